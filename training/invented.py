"""Invented reports with known spans: the wording of crises that Wikinews has little of.

In: a seed. Out: articles whose people, places and events are made up. They cover agencies quoted and told, unnamed
officials, relayed reports, denials, doubts, forecasts, headlines, and sentences that nobody is credited with. Spans
follow PolNeAR: the outermost speaker only, auxiliaries and adverbs in the cue, the person told in none, "that" in the
content, a closing full stop outside it.

A frame is text with `<s>speaker</s>`, `<c>cue</c>`, `<x>content</x>` and `{slots}`; slots are filled from `SLOTS`,
again and again.
"""

import random
import re

from polnear import Article, Span

MARK = re.compile(r"<(/?)([scx])>")
SLOT = re.compile(r"\{(\w+)\}")
KIND = {"s": "speaker", "c": "cue", "x": "content"}

SLOTS: dict[str, tuple[str, ...]] = {
    "first": ("Samir", "Hala", "Yusuf", "Rania", "Omar", "Leila", "Anton", "Mira", "Petro", "Ivana", "Daoud", "Nadia", "Kwame", "Amina", "Tomas", "Elena"),
    "last": ("al-Tawil", "Haddad", "Darwish", "Abdel Karim", "Qasim", "Barazi", "Melnik", "Koval", "Osei", "Diallo", "Ferran", "Novak", "Saleh", "Nasser", "Rahal"),
    "person": ("{first} {last}", "{first} {last}", "{first} {last}, {role}", "{role_bare} {first} {last}", "{last}", "Dr {first} {last}"),
    "role": ("the {group}'s director", "a spokesman for {ministry}", "a resident of {place}", "head of {group}", "a doctor in {place}", "the governor of {place}", "who runs a field clinic near {place}"),
    "role_bare": ("Foreign Minister", "President", "Defence Minister", "Army spokesman Col.", "spokesman", "Governor", "opposition leader", "aid worker", "UN envoy"),
    "group": ("the Orontes Monitoring Group", "the Coastal Observatory", "the Observatory", "the monitoring group", "the Relief Coordination Office", "the Red Crescent", "Physicians Without Frontiers", "the Civil Defence"),
    "ministry": ("the Defence Ministry", "the Foreign Ministry", "the Interior Ministry", "the Health Ministry", "the army", "the government", "the presidency", "the coalition", "the United Nations", "the WHO"),
    "agency": ("AFP", "Reuters", "the Associated Press", "AP", "SANA", "Xinhua", "Anadolu", "the state news agency", "state television", "Al-Sahel TV", "the BBC", "Interfax", "RIA", "state media", "local media", "the daily Al-Nahar al-Jadid"),
    "hidden": ("a security official", "a military source", "two officials", "officials", "activists", "residents", "witnesses", "opposition activists", "a rebel commander", "a Western diplomat", "a senior official", "a medical source", "three people with knowledge of the talks", "an official who asked not to be named", "a source close to the negotiations", "a police officer", "medics", "rebels"),
    "paper": ("a statement", "the report", "a UN report", "satellite images", "a leaked memo", "the document", "a survey by {group}", "its annual report"),
    "named": ("{person}", "{person}", "{group}", "{ministry}", "{agency}", "{hidden}", "{hidden}", "{paper}", "{person} of {group}"),
    "source": ("{person}", "{person}", "{group}", "{ministry}", "{agency}", "{hidden}", "{hidden}", "{person} of {group}", "he", "she"),
    "said": ("said", "said", "said", "has said", "added", "reported", "also said", "claimed", "announced", "confirmed", "stated", "warned", "stressed", "said on {day}", "said in a statement", "told", "insisted", "noted", "alleged"),
    "saidx": ("said", "said", "said", "added", "reported", "says", "said in a statement", "said on {day}", "confirmed"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "place": ("Tal Amran", "Deir Sabil", "Qasr al-Nahr", "Wadi Hamra", "Marj Salim", "the city of Halfa", "the northern town of Bira", "Novy Brod", "Kestrel Bay", "the port of Jazira", "eastern Sumra", "Port Adane", "the Zamra district"),
    "n": ("two", "three", "five", "at least seven", "12", "at least 14", "more than 20", "36", "dozens of", "some 150", "hundreds of", "nearly 4,000", "about 60"),
    "who": ("people", "civilians", "soldiers", "fighters", "children", "women and children", "rebels", "aid workers", "pilgrims", "policemen"),
    "weapon": ("a car bomb", "an air strike", "barrel bombs", "artillery fire", "a missile", "mortar shells", "a suicide bomber", "rockets", "a drone", "heavy shelling"),
    "target": ("a market", "a school", "a hospital", "a checkpoint", "a bakery", "a bus", "a convoy", "a refugee camp", "the airport", "a residential area", "a water plant"),
    "fact": (
        "{n} {who} were killed when {weapon} hit {target} in {place}", "{weapon} struck {target} near {place} on {day}",
        "{n} {who} had been wounded", "the death toll had risen to {n}", "government forces had retaken {place}",
        "clashes broke out in {place} after midnight", "{n} {who} were missing", "the toll was likely to rise",
        "the attack was carried out by {side}", "a chemical agent was used in {place}", "{n} families had fled {place}",
        "food and medicine were running out in {place}", "the ceasefire was holding", "two hostages had been released",
        "the convoy was not allowed to enter {place}", "its warplanes had hit {n} positions of {side}",
        "talks would resume on {day}", "the bridge into {place} had been destroyed", "at least {n} of the dead were children",
    ),
    "future": ("fall within days", "withdraw from {place}", "resume talks on {day}", "launch an offensive on {place}", "run out of fuel within a week", "sign the agreement", "send {n} more troops", "reopen the crossing", "face a famine by winter"),
    "side": ("rebels", "the army", "government forces", "the jihadists", "separatists", "the militia", "the coalition", "foreign fighters"),
    "deed": ("any role in the attack", "the allegations", "involvement in the strike on {place}", "the report", "using banned weapons", "that its aircraft had flown over {place}", "that any of its soldiers had been captured", "targeting civilians", "the claim"),
    "quote": ("We heard three explosions and then everything was dust", "There is nothing left to eat", "This is a massacre", "We will not negotiate under fire", "The situation is under control", "It was the worst night since the siege began", "Most of the wounded are children", "No one has been able to reach the area", "We have no information about this", "They came at dawn"),
    "plain": (
        "{weapon} hit {target} in {place} on {day}.", "The town has changed hands several times since the conflict began.", "{n} {who} live in {place}.",
        "No group has claimed responsibility.", "The road to {place} remained closed.", "It was not immediately clear who was behind the attack.",
        "{place} lies {n} kilometres from the border.", "The war has displaced hundreds of thousands.", "Ambulances rushed to the scene.", "Schools stayed shut on {day}.",
    ),
}  # fmt: skip

FRAMES = (
    "<s>{source}</s> <c>{said}</c> <x>{fact}</x>.",
    "<s>{source}</s> <c>{said}</c> <x>that {fact}</x>.",
    "<x>{fact}</x>, <s>{source}</s> <c>{saidx}</c>.",
    "<x>{fact}</x>, <c>according to</c> <s>{named}</s>.",
    "<x>{fact}</x>, <s>{hidden}</s> <c>told</c> {agency} on condition of anonymity.",
    "<x>{fact}</x>, <s>{person}</s> <c>told</c> {agency}.",
    "<c>According to</c> <s>{named}</s>, <x>{fact}</x>.",
    "<s>{person}</s> <c>told</c> {agency} <x>that {fact}</x>.",
    "<s>{person}</s> <c>told</c> {agency} <x>{fact}</x>.",
    "<s>{hidden}</s>, speaking on condition of anonymity, <c>told</c> {agency} <x>that {fact}</x>.",
    "<x>“{quote},”</x> <s>{source}</s> <c>{saidx}</c>.",
    "<x>“{quote},”</x> <s>{person}</s> <c>told</c> {agency} by telephone.",
    "<x>“{quote},”</x> <c>said</c> <s>{person}</s>.",
    "<s>{source}</s> <c>said:</c> <x>“{quote}. {quote}.”</x>",
    "<x>“{quote},”</x> <s>{source}</s> <c>said</c>. <x>“{quote}.”</x>",
    "<s>{agency}</s> <c>quoted</c> <x>{hidden} as saying that {fact}</x>.",
    "<s>{agency}</s> <c>reported</c>, <x>citing {hidden}, that {fact}</x>.",
    "<s>{agency}</s> <c>cited</c> <x>{person} as saying {fact}</x>.",
    "<s>{person}</s> <c>was quoted as saying</c> by {agency} <x>that {fact}</x>.",
    "<s>{person}</s> <c>was quoted</c> by {agency} <c>as saying</c> <x>{fact}</x>.",
    "Citing {hidden}, <s>{agency}</s> <c>said</c> <x>{fact}</x>.",
    "<s>{ministry}</s> <c>denied</c> <x>{deed}</x>.",
    "<s>{source}</s> <c>has denied</c> <x>{deed}</x>.",
    "<s>{source}</s> <c>strongly denied</c> <x>{deed}</x>.",
    "<s>{ministry}</s> <c>rejected</c> <x>{deed}</x>, which <s>{group}</s> <c>had reported</c> on {day}.",
    "<s>{ministry}</s> <c>could not confirm</c> <x>that {fact}</x>.",
    "<s>{source}</s> <c>questioned</c> <x>whether {fact}</x>.",
    "<s>{source}</s> <c>blamed</c> <x>{side} for the attack</x>.",
    "<s>{source}</s> <c>accused</c> <x>{side} of targeting {target}</x>.",
    "<x>{place}</x> <c>is expected to</c> <x>{future}</x>.",
    "<s>{source}</s> <c>expects</c> <x>{side} to {future}</x>.",
    "<s>{source}</s> <c>predicted</c> <x>that {side} would {future}</x>.",
    "<s>{source}</s> <c>warned</c> <x>that {place} could {future}</x>.",
    "<s>{ministry}</s> <c>vowed</c> <x>to {future}</x>.",
    "<s>{paper}</s> <c>showed</c> <x>that {fact}</x>.",
    "<s>{ministry}</s> <c>said in a statement carried by</c> {agency} <x>that {fact}</x>.",
    "<s>{group}</s>, which relies on a network of sources on the ground, <c>said</c> <x>{fact}</x>.",
    "<x>{fact}</x> and <x>{fact}</x>, <s>{source}</s> <c>added</c>.",
    "<s>{source}</s> <c>said</c> <x>{fact}</x>, <c>adding</c> <x>that {fact}</x>.",
    "{plain}",
    "{plain}",
    "{plain} {plain}",
)
HEADLINES = (
    "<x>{weapon} kills {n} in {place}</x><c>:</c> <s>{group}</s>",
    "<x>{n} dead in {place} attack</x>, <s>{hidden}</s> <c>say</c>",
    "<s>{ministry}</s> <c>denies</c> <x>{deed}</x>",
    "{place} attack: what is known",
)


def invent(count: int, seed: int) -> list[Article]:
    """`count` short reports; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [_report(f"invented-{index}", chance) for index in range(count)]


def _report(name: str, chance: random.Random) -> Article:
    headline = [chance.choice(HEADLINES)] if chance.random() < 0.4 else []
    frames = [chance.choice(FRAMES) for _ in range(chance.randint(3, 9))]
    parts = [_capital(_fill(frame, chance)) for frame in headline + frames]
    gaps = ["\n\n" if i < len(headline) or chance.random() < 0.3 else " " for i in range(len(parts) - 1)]
    marked = parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True))
    return _read_marks(name, marked)


def _fill(frame: str, chance: random.Random) -> str:
    while SLOT.search(frame):
        frame = SLOT.sub(lambda match: chance.choice(SLOTS[match[1]]), frame)
    return frame


def _capital(marked: str) -> str:
    """A capital letter at the start of a sentence, whatever mark stands before it."""
    return re.sub(r"^((?:<\w>)*“?)(\w)", lambda match: match[1] + match[2].upper(), marked)


def _read_marks(name: str, marked: str) -> Article:
    text, spans, opened, last = "", [], 0, 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark[1]:
            spans.append(Span(opened, len(text), KIND[mark[2]]))
        opened = len(text)
    return Article(name, text + marked[last:], tuple(sorted(spans)))
