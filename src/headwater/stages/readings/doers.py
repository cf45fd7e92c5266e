"""Who a statement says did a deed: killed, bombed, shelled, fired, executed, shot down.

Shapes: `S shelled …` · `… was shelled by S` · `strikes by S` · `S air strikes` · `accused S of …`, `blamed S` · `S is responsible`,
`S was behind …`. The doer is given by one name however it is told: a state's army, warplanes, regime and president are its
government; rebels, insurgents and gunmen without a name are those; a coalition goes by who leads it. Whose government is meant
stays open where the statement does not say. No parser: the words right beside the verb decide, and anything else is left unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from headwater.lists import countries
from headwater.lists.bodies import usual
from headwater.stages.readings.actors import ARMED, COALITION, DAY, GOVERNMENT, named

TOKEN = re.compile(r"[^\W_]+(?:[.’'-]{1,2}[^\W_]+)*|[^\w\s]")
GROUP = frozenset("group faction brigade movement front organisation organization battalion network".split())
MODIFIERS = frozenset(
    """the a an armed air security state ground islamist international joint allied pro-government pro-regime unidentified
    unknown masked so-called hardline foreign other several some criminal notorious opposition-held pro-assad military
    northern southern eastern western central north south east west northeastern northwestern southeastern southwestern
    al el bin abu takfiri regular local sunni shiite shia islamic affiliated allied anti-government sectarian special""".split()
)
PEOPLE = frozenset(ARMED) | frozenset(
    "members member men group groups forces soldiers supporters commander commanders unit units".split()
)
BEING = frozenset("is are was were be been being".split())
SKIPPED = frozenset(
    """has have had also then allegedly reportedly purportedly apparently again twice deliberately repeatedly later
    earlier would could may might must did just recently indiscriminately all already meanwhile""".split()
)
ATTACKS = re.compile(
    r"(?:kill(?:s|ed|ing)?|bomb(?:s|ed|ing)?|bombard(?:s|ed|ing)?|shell(?:s|ed|ing)?|str(?:ikes?|iking|uck)|attack(?:s|ed|ing)?|hit(?:s|ting)?|target(?:s|ed|ing)?"
    r"|raid(?:s|ed|ing)?|pound(?:s|ed|ing)?|fir(?:es?|ed|ing)|launch(?:es|ed|ing)?|drop(?:s|ped|ping)?|unleash(?:es|ed|ing)?|carr(?:y|ies|ied|ying)|stag(?:es?|ed|ing)|gass(?:es|ed|ing)"
    r"|ambush(?:es|ed|ing)?|storm(?:s|ed|ing)?|murder(?:s|ed|ing)?|massacr(?:es?|ed|ing)|detonat(?:es?|ed|ing)|blew|us(?:es?|ed|ing)|conduct(?:s|ed|ing)?|perpetrat(?:es?|ed|ing)|plant(?:s|ed|ing)?|shot|commit(?:s|ted|ting)?)$",
    re.I,
)
NEEDS_WEAPON = re.compile(
    r"(?:us(?:es?|ed|ing)|carr(?:y|ies|ied|ying)|stag|conduct|perpetrat|plant|commit|launch|hit|target|unleash|drop|fir|storm)",
    re.I,
)
"""verbs that are deeds of this kind only beside a weapon or an attack"""
WEAPON = re.compile(
    r"\b(?:chemical|toxic|poison\w*|gas\w*|chlorine|sarin|nerve|phosphorus|cluster|barrel|bombs?|bombings?|bombardments?|attacks?|(?:air ?)?strikes?|airstrikes?|raids?|rockets?|missiles?|shells?|shelling|mortars?|explosives?|massacres?|killings?|assault)\b",
    re.I,
)
STRIKES = re.compile(
    r"(?:air-?)?(?:strikes?|raids?)$|attacks?$|airstrikes?$|shelling$|bombardments?$|bombings?$|rockets?$|shells$|missiles?$|bombs?$|gunfire$|fire$|mortars?$",
    re.I,
)
BEFORE_STRIKES = frozenset(
    "air force rocket mortar artillery chemical gas barrel drone missile fresh new heavy intense bomb aerial toxic deadly car truck".split()
)
EXECUTION = re.compile(r"(?:execut|behead|hang(?:ed|ing)?\b|lynch)", re.I)
EXECUTES = re.compile(r"(?:execut(?:es?|ed|ing|ion)|behead(?:s|ed|ing)?|lynch(?:es|ed|ing)?)$", re.I)
RESPONSIBLE = frozenset(["responsible", "behind"])
ACCUSING = re.compile(r"(?:accus|blam)(?:es?|ed|ing)$|(?:hold|held|holds|holding)$", re.I)
PREPOSITIONS = frozenset("in at near of on from to inside outside around over against for with between against".split())
AGENT = 8  # tokens from a participle or a noun of attack to the "by" of its agent
LONGEST = 9  # tokens of a doer's phrase


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did it and what kind of deed, with the characters that say so."""

    who: str
    deed: str
    start: int
    end: int
    itself: bool = False
    """whether the speaker says it of itself"""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or bool(re.match(r"(?:al|el|as|ash)-[A-Z]", self.text))


def doers(content: str, *, speaker: str | None = None) -> Iterator[Doer]:
    """Yield the doers that a content names, each once a kind of deed; "it" and "we" are the speaker where that is a body."""
    words = [_Word(m.group(), m.start(), m.end()) for m in TOKEN.finditer(content)]
    seen: set[tuple[str, str]] = set()
    weapon = max((m.start() for m in WEAPON.finditer(content)), default=-1)
    for index in range(len(words)):
        for deed, span in _told(words, index, weapon):
            own = _own(words, span, speaker)
            if (own is None and _only_begins(words, span)) or _ruled_out(words, span[0]):
                continue
            who = own or named(content[words[span[0]].start : words[span[1] - 1].end])
            if who and (who, deed) not in seen:
                seen.add((who, deed))
                first, last = min(span[0], index), max(span[1] - 1, index)
                yield Doer(who, deed, words[first].start, words[last].end, own is not None)


def claimant(content: str) -> str | None:
    """Return who claims a deed by the content itself: "the Front claimed responsibility", "was claimed by the Front"."""
    words = [_Word(m.group(), m.start(), m.end()) for m in TOKEN.finditer(content)]
    for index, word in enumerate(words):
        if word.low not in ("claimed", "claims", "claiming", "claim"):
            continue
        by = _find(words, index + 1, "by", 3)
        span = _after(words, by + 1) if by is not None else _before(words, index)
        if span and (who := named(content[words[span[0]].start : words[span[1] - 1].end])):
            return who
    return None


def _only_begins(words: Sequence[_Word], span: tuple[int, int]) -> bool:
    """Tell whether a doer is one unlisted word that has its capital from standing first: Dust, Gunfire."""
    first = words[span[0]]
    known = usual(first.text) or countries.is_demonym(first.text) or countries.demonym_of(first.text)
    alone = span == (0, 1) and not first.text.isupper() and not known
    return alone and first.low not in GOVERNMENT | set(ARMED) | COALITION


def _ruled_out(words: Sequence[_Word], start: int) -> bool:
    """Tell whether the words before a doer say that it was another: rather than by the rebels, not from the rebels."""
    before = [word.low for word in words[max(0, start - 4) : start]]
    pairs = list(pairwise(before))
    return (
        ("rather", "than") in pairs
        or ("instead", "of") in pairs
        or any(b in ("by", "from") and a == "not" for a, b in pairs)
    )


def _own(words: Sequence[_Word], span: tuple[int, int], speaker: str | None) -> str | None:
    if speaker and span[1] - span[0] == 1 and words[span[0]].low in ("it", "we"):
        return named(speaker)
    return None


def _told(words: Sequence[_Word], index: int, weapon: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield deed and doer's words for each shape that stands at a word; `weapon` is where the last weapon is named."""
    word = words[index]
    if ACCUSING.match(word.text):
        if (span := _after(words, index + 1)) or (
            index + 1 < len(words) and (on := _find(words, index + 1, "on", 4)) and (span := _after(words, on + 1))
        ):
            yield "attack", span
        return
    if word.low in RESPONSIBLE:
        if index and words[index - 1].low in BEING | {"not"} and (span := _before(words, index - 1)):
            yield "attack", span
        return
    executes, attacks = EXECUTES.match(word.text), ATTACKS.match(word.text)
    if executes or attacks:
        down = word.low == "shot" and index + 1 < len(words) and words[index + 1].low == "down"
        deed = "execution" if executes else "downing" if down else "attack"
        armed = not NEEDS_WEAPON.match(word.text) or word.start <= weapon
        by = _by(words, index + 1, AGENT if executes else 3)
        if (by is not None and (span := _after(words, by + 1))) or (armed and (span := _before(words, index))):
            yield deed, span
    if STRIKES.match(word.text) or (word.low == "use" and word.start <= weapon):
        by = _by(words, index + 1, AGENT)
        if (by is not None and (span := _after(words, by + 1))) or (
            span := _before(words, index, over=BEFORE_STRIKES, told_by_noun=True)
        ):
            yield "attack", span


def _by(words: Sequence[_Word], start: int, within: int) -> int | None:
    """The "by" of an agent: right behind a participle, or behind a noun of attack and a participle that tells of doing it."""
    by = _find(words, start, "by", within)
    if by is None or any(
        word.low in ("claimed", "reported", "confirmed", "denied", "condemned", "caused", "hit", "controlled", "held")
        for word in words[start:by]
    ):
        return None
    return by


def _find(words: Sequence[_Word], start: int, wanted: str, within: int) -> int | None:
    for index in range(start, min(len(words), start + within)):
        if words[index].low == wanted:
            return index
        if not words[index].text[0].isalnum():
            return None
    return None


def _before(
    words: Sequence[_Word], index: int, *, over: frozenset[str] = SKIPPED, told_by_noun: bool = False
) -> tuple[int, int] | None:
    """The doer's words that end before `index`; None in the passive and behind a preposition."""
    end = index
    while end and words[end - 1].low in over:
        end -= 1
    if end and words[end - 1].low in BEING:
        return None
    if end and words[end - 1].low in ("it", "we") and not told_by_noun:
        return end - 1, end
    start = end
    while start and end - start < LONGEST and _of_a_doer(words[start - 1]):
        start -= 1
    while start < end and words[start].low in ("the", "a", "an", "and"):
        start += 1
    while (start < end and DAY.match(words[start].text)) or (
        start < end and words[start].low in ("last", "on", "early", "late")
    ):
        start += 1
    if start == end:
        return None
    behind = words[start - 1].low if start else ""
    if not told_by_noun and behind in ("the", "a") and start > 1:
        behind = words[start - 2].low
    if not told_by_noun and behind in PREPOSITIONS and not _members(words, start):
        return None
    return (start, end) if not told_by_noun or end < index or _adjective(words[end - 1]) else None


def _members(words: Sequence[_Word], start: int) -> bool:
    """Tell whether "of" or "from" before a name stands behind its people: members of the Front, a fighter from the Front."""
    before = [word.low for word in words[max(0, start - 3) : start] if word.low not in ("the", "of", "from")]
    return bool(before) and before[-1] in PEOPLE


def _adjective(word: _Word) -> bool:
    """Tell whether a word can stand right before "strikes" as their doer: government, rebel, Russian, US-led."""
    return (
        word.low in GOVERNMENT | set(ARMED) | COALITION
        or word.low.endswith("-led")
        or countries.is_demonym(word.text)
        or usual(word.text) is not None
    )


def _after(words: Sequence[_Word], start: int) -> tuple[int, int] | None:
    if start + 2 < len(words) and words[start].low in (
        "a",
        "an",
        "the",
        "members",
        "member",
        "fighters",
        "militants",
        "some",
    ):
        people = start + (words[start].low in ("a", "an", "the", "some"))
        if words[people].low in PEOPLE and people + 1 < len(words) and words[people + 1].low in ("of", "from"):
            start = people + 2
    end = start
    while (
        end < len(words)
        and end - start < LONGEST
        and (_of_a_doer(words[end]) or (words[end].low == "of" and end > start))
    ):
        end += 1
    while end > start and words[end - 1].low in PREPOSITIONS | {"the", "a", "an"}:
        end -= 1
    return (start, end) if end > start else None


def _of_a_doer(word: _Word) -> bool:
    low = word.low
    return (
        word.capital
        or low in GOVERNMENT | set(ARMED) | COALITION | GROUP | MODIFIERS
        or low.endswith(("-led", "-backed", "-linked", "-affiliated"))
    )
