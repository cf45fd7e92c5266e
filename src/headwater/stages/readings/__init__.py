"""reports, statements, dates → readings: what a statement says, in forms that can be compared.

A statement may say several things: how many were killed, how many wounded, who claims the deed, who did it and with what. One that
tells none of these tells an event, as its significant words. Numbers are read by the role that the words around them give, never by
digits alone; a number whose role is unclear is not read. Each has the time and the place that its statement names, if it names one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from headwater.records import Date, Reading, Report, Statement, ident
from headwater.settings import Settings
from headwater.stages.readings.actors import named
from headwater.stages.readings.doers import claimant, doers
from headwater.stages.readings.means import means
from headwater.stages.whens import is_recalled, narrowest
from headwater.stages.wheres import told_at, wheres
from headwater.stages.words import significant, words_of

VERSION = 22
SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VAGUE = {
    "dozens": 24, "several dozen": 24, "scores": 40, "hundreds": 200, "several hundred": 200, "thousands": 2000, "several thousand": 2000
}  # fmt: skip
"""lowest number that the plural allows: more than one dozen, score, hundred"""
_UNITS = "|".join(sorted([*SMALL[1:], *TENS], key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}(?:[,.]\d{{3}}){{1,6}}|\d+|(?:{_UNITS})(?:[ -](?:{_UNITS}))?(?: hundred)?|(?:a|one|two|three) (?:dozen|hundred)|{'|'.join(VAGUE)})"
BOUND = r"(?:(?P<bound>at least|more than|over|as many as|up to|about|around|some|nearly|almost|roughly|an estimated|no fewer than|no less than|fewer than|less than)\s+)?(?:(?:another|an additional|a further)\s+)?"
WHO = (
    r"(?:people|persons?|civilians?|citizens|men|women|children|child|fighters|soldiers|troops|militants|terrorists?|rebels|insurgents|policemen|officers"
    r"|members|martyrs|victims|others|bodies|fatalities|deaths|lives|passengers|pilgrims|workers|residents|students|personnel|guards|jihadists|injuries|casualties|villagers|patients|crew)"
)
PEOPLE = rf"(?:of )?(?:the |other |more |mostly |mainly )?(?:[\w-]+ ){{0,3}}?{WHO}"
UNIT = re.compile(
    rf"\s+(?:of )?(?:(?!(?:and|or|of|by|in|on|at|near|from|when|as|after|were|was|are|is|have|has|had|been|killed|wounded|injured|died|dead)\b)[\w-]+ ){{0,3}}?(?P<unit>{WHO}|medics|doctors|nurses|journalists|pilots|policemen)\b",
    re.I,
)
NO_UNIT = frozenset("others bodies fatalities deaths lives injuries casualties".split())
"""nouns behind a number that do not say who they were"""
KILLED = r"(?:killed|dead|died|martyred|slain|perished|lost their lives|fatalities|deaths|executed)"
WOUNDED = r"(?:wounded|injured|hurt|injuries|sickened)"
KILL = r"(?:kill(?:s|ed|ing)?|claim(?:s|ed|ing)?(?: the)? lives of|claim(?:s|ed|ing)?|martyr(?:ed|ing))"
ANYONE = r"(?:[\w-]+ ){0,2}?[a-z]*(?:s|men|women|people)"
"""a plural noun that is not in the list: dockers, ferrymen"""
AMONG = r"(?:,?\s+(?:mostly|mainly|most of them|many of them|including|among them)(?:\s+(?!were\b|was\b|had\b|have\b)[\w,-]+){1,8}?)?"
"""what is told of them between their number and what happened to them"""
DAY = r"(?:late|early|overnight|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
WERE = r"(?:(?:have|has|had|were|was|are|is|being|been|reported|reportedly|also|now|known|feared|confirmed|to)\s+){1,5}"
WOUND = r"(?:wound(?:s|ed|ing)?|injur(?:es|ed|ing)|hurt(?:ing)?)"
LOWER = {"at least", "more than", "over", "no fewer than", "no less than"}
UPPER = {"as many as", "up to", "fewer than", "less than"}


def _shapes(noun: str, verb: str, plain: str) -> tuple[re.Pattern[str], ...]:
    number = rf"(?<!no ){BOUND}(?P<number>{NUMBER})"
    return tuple(
        re.compile(shape, re.I)
        for shape in (
            rf"\b{number}\s+(?:{PEOPLE}{AMONG}\s+)?(?:(?:have|has|had|were|was|are|is|being|been|reported|reportedly|also|confirmed|left|got|lay|some|of them|in all)\s+){{0,4}}{noun}\b",
            rf"\b{number}\s+{ANYONE}{AMONG}\s+{WERE}{noun}\b",
            rf"\b{plain}\s+{number}(?=\s+{ANYONE}\b)",
            rf"\b{verb}\s+(?:and {WOUND} |and {KILL} )?(?:the lives of |an additional )?{number}(?=\s+{PEOPLE}\b|\s*$|\s+(?:and|in|on|at|of|near|after|when|as|others?|more|including|with|from|by|{DAY})\b|[,.;\"”])",
        )
    )


COUNTS = {
    "killed": _shapes(KILLED, KILL, r"kill(?:s|ed|ing)"),
    "wounded": _shapes(WOUNDED, WOUND, r"(?:wound|injur)(?:s|ed|es|ing)"),
}
OTHERS = {
    "displaced": (r"(?:displaced|uprooted|driven (?:out|from)|fled|evacuated|forced (?:out|from|to (?:flee|leave)))", r"(?:displac|uproot|evacuat)(?:es|ed|ing)"),
    "arrested": (r"(?:arrested|detained|captured|taken (?:prisoner|captive)|in custody)", r"(?:arrest|detain|captur)(?:s|es|ed|ing)"),
    "abducted": (r"(?:abducted|kidnapped|taken hostage|held hostage|seized)", r"(?:abduct|kidnap|kidnapp)(?:s|ed|ing)"),
    "missing": (r"(?:missing|unaccounted for)", r"(?:missing:?)"),
    "trapped": (r"(?:trapped|besieged|encircled)", r"(?:trapp|besieg|encircl)(?:es|ed|ing)"),
}  # fmt: skip
"""what else happens to people in numbers: the words after their number, and those before it"""
SOME_PEOPLE = PEOPLE.replace(r"(?:of )?", "").replace(r"(?:[\w-]+ ){0,3}?", r"(?:(?!and\b|or\b|of\b)[\w-]+ ){0,3}?")
"""people right behind their number: neither one of them, nor what stands beside something else that is counted"""
COUNTS_OF_OTHERS = {
    kind: tuple(
        re.compile(shape, re.I)
        for shape in (
            rf"\b(?<!no ){BOUND}(?P<number>{NUMBER})\s+{SOME_PEOPLE}{AMONG}\s+(?:(?:have|has|had|were|was|are|is|being|been|be|reported|reportedly|also|still|remain|remained|who|others|confirmed)\s+){{0,4}}{noun}\b",
            rf"\b{verb}\s+(?<!no ){BOUND}(?P<number>{NUMBER})\s+{SOME_PEOPLE}\b",
        )
    )
    for kind, (noun, verb) in OTHERS.items()
}
"""people only: of villages captured and families displaced the unit is another"""
TOLL = re.compile(
    rf"\b(?:death |casualty )?toll\b[^.;]{{0,90}}?\b(?:to|at|of|is|reached|was|stands at|stood at|rose to|risen to|hit)\s+{BOUND}(?P<number>{NUMBER})(?:\s+(?:dead|people|civilians|killed))?\b",
    re.I,
)
BODIES = re.compile(
    rf"\b(?:(?:bodies|corpses|remains) of|martyred)\s+{BOUND}(?P<number>{NUMBER})\b|\b{BOUND.replace('bound', 'bound2')}(?P<number2>{NUMBER})\s+(?:[A-Z][\w-]+\s+)?(?:martyrs|fatalities|deaths)\b",
    re.I,
)
SECOND = re.compile(
    rf"{KILLED}\b[^.;]{{0,40}}?\band\s+{BOUND}(?P<number>{NUMBER})\s+(?:{PEOPLE}\s+)?(?:were\s+|also\s+)?{WOUNDED}",
    re.I,
)
SOMEBODY = (
    r"(?:man|woman|boy|girl|teen|teenager|child|toddler|baby|infant|person|civilian|student|worker|driver|passenger|passer-by"
    r"|bystander|resident|villager|fighter|soldier|officer|policeman|policewoman|deputy|guard|pilot|medic|doctor|nurse|paramedic"
    r"|journalist|reporter|photographer|cameraman|teacher|farmer|shopkeeper|mother|father|grandmother|grandfather|son|daughter)"
)
AUXILIARY = r"(?:was|were|is|are|has been|had been|have been|been|being|be|left|found|lay|lying)"
FILLER = r"(?:also|later|then|reportedly|shot|stabbed|and|badly|critically|seriously|fatally|pronounced)"
_PERSON = (
    rf"\b(?:an?|the)\s+(?:(?!(?:and|or|of|in|who|that|was|were|said|by)\b)[\w-]+\s+){{0,4}}?{SOMEBODY}"
    r"(?:\s+(?:identified|named|aged)\b[^.;]{0,40}?|,[^.,;]{1,40},)?"
)
ONE = {
    "killed": re.compile(
        rf"{_PERSON}\s+(?:(?:{AUXILIARY}\s+)(?:{FILLER}\s+){{0,3}}?(?:killed|dead|slain|executed|(?:shot|stabbed|beaten) to death|fatally (?:shot|wounded|injured))"
        rf"|(?:(?:has|had|also|later|then|reportedly)\s+){{0,2}}?died)\b",
        re.I,
    ),
    "wounded": re.compile(
        rf"{_PERSON}\s+{AUXILIARY}\s+(?:{FILLER}\s+){{0,3}}?(?<!fatally )(?<!mortally )(?:wounded|injured|hurt)\b", re.I
    ),
}
"""one person, told without a number, to whom it was done"""
ROLE = r"(?:was|were|is|are|has|had|have|been|being|killed|dead|died|wounded|injured|hurt|left|missing|others?)\b"
ALSO = re.compile(
    rf"(?:\s+(?!{ROLE})[\w-]+){{1,4}}?\s+and\s+(?:an?|{NUMBER})\s+(?:(?!{ROLE})[\w-]+\s+){{0,3}}?(?:men|women|boys|girls|children|{SOMEBODY})\b",
    re.I,
)
SEVERAL_BEFORE = re.compile(r"\b(?:men|women|boys|girls|children|adults)\s+and\s*$", re.I)
"""numbers that tell a part of them: three adults and a child, two men and three women"""
ONE_BEFORE = re.compile(rf"\b(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?{SOMEBODY}\s+and\s*$", re.I)
"""the driver and 30 passengers: at least 30"""
CLAIMED = re.compile(
    r"\b(?:claim(?:s|ed|ing)?\s+(?:responsibility|credit|the\s+(?:attack|bombing|blast|killing))|(?:was|were|been)\s+claimed\b(?:\s+by|\W*$)|said\s+(?:it|its)\s+(?:carried|fighters|men)|responsibility for the)",
    re.I,
)
CUT_OFF = re.compile(r"[.,]\d|\s\d{3}\b|\s*(?:million|billion)\b", re.I)
"""what follows a number of which only a part was read: 1.9 million"""
HEADLINE = 0.6  # share of capitals from which they tell no names
COUNTED = ("killed", "wounded", *OTHERS)
"""kinds of reading whose value is a number of people"""
DEFINITE = (*COUNTED, "claimed", "doer")
"""a statement that tells one of these is of that claim, and what happened is not told once more as an event of its own"""
MAY_COUNT = re.compile(
    r"kill|dead|death|die[ds]|slain|martyr|perish|lives|fatal|execut|wound|injur|hurt|sicken|toll|bodies|corpse|remains|claim|shot|stab|beaten"
    r"|displac|uproot|driven|fled|evacuat|forced|arrest|detain|captur|taken|custody|abduct|kidnap|held|seized|missing|unaccounted|trap|besieg|encircl",
    re.I,
)
"""words of which at least one stands in whatever tells how many; the shapes themselves are slow to look for"""
BACKGROUND = re.compile(
    r"\bsince (?:the (?:start|beginning|outbreak|conflict|war|uprising|revolt)|[A-Z][a-z]+ (?:19|20)\d\d|(?:19|20)\d\d|\w+ (?:conflict|war|uprising|revolt))|\b(?:conflict|civil war|uprising)\b.{0,40}\b(?:began|broke out|erupted|started|since)\b|\b(?:last|previous) (?:year|month)\b"
    r"|\bso far (?:in|this)\b|\b(?:string|spate|series|wave|spree) of (?:[\w-]+ ){0,2}(?:attacks|bombings|shootings|killings|murders|homicides|deaths|assassinations)\b"
    r"|\bseparate (?:[\w-]+ )?(?:attacks|bombings|shootings|incidents|killings)\b|\bin (?:20|19)\d\d\b|\bin the (?:past|last) (?:\w+ )?(?:days|weeks|months|years)\b",
    re.I,
)
"""totals over many happenings, which are no toll of one"""


JUDGES = re.compile(
    r"\W*(?:(?:strongly|also|has|have|had|had earlier) )*(?:condemn|denounc|deplor|mourn|lament|prais|welcom|applaud)(?:s|es|ed|ing)?\b|\W*(?:hails|hailed|hailing)\b",
    re.I,
)
"""who condemns or welcomes a deed takes it for granted, and is no evidence of it"""
HABIT = re.compile(
    r"\b(?:repeatedly|regularly|routinely|frequently|often|previously|in the past(?!\s+(?:\w+\s+){0,2}(?:hours|days|weeks|months|years)))\b"
    r"|\b(?:has|have|had)\b[^.;]{0,60}\bbefore(?:$|[.;,]|\s+hence)|\bprevious (?:[\w-]+ ){0,2}(?:attacks?|strikes?|bombings?|massacres?)\b"
    r"|\bresponsible for (?:[\w-]+ ){0,4}(?:and other )?(?:[\w-]+ )?(?:attacks|massacres|bombings|crimes|killings)\b|\bhave been claimed\b",
    re.I,
)
"""deeds told as a habit or of earlier times, which are not what the story is about"""


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    value: str | None
    bound: str | None
    start: int
    end: int
    rule: str
    unit: str | None = None


def readings(
    *, reports: Sequence[Report], statements: Sequence[Statement], dates: Sequence[Date], settings: Settings
) -> Iterator[Reading]:
    """Yield what each statement of a report says."""
    for report in reports:
        today = next((date.fromisoformat(each.first) for each in dates if each.first), None)
        places = wheres(report.text)
        for statement in sorted(statements, key=lambda each: (each.start, each.id)):
            content = report.text[statement.start : statement.end]
            words = list(dict.fromkeys(in_figures(word) for word in significant(words_of(content))))
            names = sorted(set(words) & names_in(content))
            when = narrowest(content, today) if today else None
            where = told_at(places, statement.start, statement.end)
            for found in _read(content, statement):
                yield Reading(
                    id=ident("g", statement.id, found.kind, found.value, found.start),
                    report=report.id,
                    statement=statement.id,
                    kind=found.kind,
                    value=found.value,
                    bound=found.bound,
                    recalled=is_recalled(content, found.start),
                    unit=found.unit,
                    words=words,
                    names=names,
                    first=when.first.isoformat() if when and when.first else None,
                    last=when.last.isoformat() if when else None,
                    when_start=statement.start + when.start if when else None,
                    when_end=statement.start + when.end if when else None,
                    place=where.place.id if where else None,
                    place_name=where.place.full_name if where else None,
                    place_start=where.start if where else None,
                    place_end=where.end if where else None,
                    start=statement.start + found.start,
                    end=statement.start + found.end,
                    rule=found.rule,
                )


def names_in(content: str) -> frozenset[str]:
    """Return the stems of words written with a capital behind the first word; none where nearly all are, as in a headline."""
    words = words_of(content)
    written = [word for word in words[1:] if content[word.start].isupper()]
    if len(written) > HEADLINE * len(words):
        return frozenset()
    return frozenset(significant(written))


def in_figures(word: str) -> str:
    """Return a number word in figures, any other word as it is: four killed and 4 killed say the same."""
    return str(number_of(word)) if word in SMALL[1:] or word in TENS else word


def _read(content: str, statement: Statement) -> list[_Found]:
    found = (
        []
        if BACKGROUND.search(content) or JUDGES.match(content)
        else [*_counts(content), *_deeds(content, statement), *_means(content)]
    )
    if any(each.kind in DEFINITE for each in found):
        return found
    return [*found, _Found("event", None, None, 0, len(content), "words@1")]


def _counts(content: str) -> Iterator[_Found]:
    if not MAY_COUNT.search(content):
        return
    seen: set[tuple[str, str]] = set()
    shapes = [(kind, shape) for counts in (COUNTS, COUNTS_OF_OTHERS) for kind, each in counts.items() for shape in each]
    for kind, shape in [*shapes, ("killed", TOLL), ("killed", BODIES), ("wounded", SECOND)]:
        for m in shape.finditer(content):
            group = "number" if m["number"] else "number2"
            value = number_of(m[group])
            if (
                value is None
                or (kind, str(value)) in seen
                or _is_year(m[group], content, m.end(group))
                or CUT_OFF.match(content, m.end(group))
                or _is_part(content, m, group)
            ):
                continue
            seen.add((kind, str(value)))
            bound = bound_of(m[group.replace("number", "bound")], m[group])
            if ONE_BEFORE.search(content[: m.start(group)]):
                bound = "at least"
            yield _Found(kind, str(value), bound, m.start(), m.end(), f"{kind}@1", _unit(content, m.end(group)))
    for kind, shape in ONE.items():
        singles = list(shape.finditer(content))
        if (
            len(singles) == 1
            and not any(told == kind for told, _ in seen)
            and not SEVERAL_BEFORE.search(content[: singles[0].start()])
        ):
            yield _Found(kind, "1", "exactly", singles[0].start(), singles[0].end(), f"{kind}-one@1")


def _unit(content: str, end: int) -> str | None:
    """Who was counted, as the noun behind the number says: civilians, fighters."""
    m = UNIT.match(content, end)
    unit = m["unit"].lower() if m else None
    return None if unit in NO_UNIT else unit


def _is_part(content: str, m: re.Match[str], group: str) -> bool:
    """Tell whether a number is one of two that add up: three adults and a child, a girl and two boys."""
    return bool(ALSO.match(content, m.end(group)) or SEVERAL_BEFORE.search(content[: m.start(group)]))


def number_of(text: str) -> int | None:
    """Return the number that digits or number words stand for; vague plurals give the least they allow."""
    plain = re.sub(r"[,.](?=\d{3})", "", text.lower())
    if plain.isdigit():
        return int(plain)
    if plain in VAGUE:
        return VAGUE[plain]
    total = 0
    for word in re.split(r"[ -]", plain):
        if word in SMALL:
            total += SMALL.index(word)
        elif word in TENS:
            total += 10 * (TENS.index(word) + 2)
        elif word == "dozen":
            total = max(total, 1) * 12
        elif word == "hundred":
            total = max(total, 1) * 100
        elif word != "a":
            return None
    return total or None


def bound_of(phrase: str | None, number: str) -> str:
    """Return exactly, at least, about, at most, or vaguely for a plural that gives no number."""
    if number.lower() in VAGUE:
        return "vaguely"
    if (phrase or "").lower() in LOWER:
        return "at least"
    if phrase is None:
        return "exactly"
    return "at most" if phrase.lower() in UPPER else "about"


def _is_year(number: str, content: str, end: int) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not re.match(rf"\s+(?:killed|dead|{WHO})\b", content[end:])


def _deeds(content: str, statement: Statement) -> Iterator[_Found]:
    """Who claims the deed, and who is said to have done it."""
    if HABIT.search(content):
        return
    body = statement.origin if statement.origin_named and statement.speaker_kind != "named person" else None
    if m := CLAIMED.search(content):
        who = claimant(content) or (named(body) or body if body else None)
        yield _Found("claimed", who, None, m.start(), m.end(), "claimed@1")
        return
    for each in doers(content, speaker=body):
        value = each.who if each.deed == "attack" else f"{each.who} ({each.deed})"
        yield _Found("doer", value, None, each.start, each.end, f"doer-{each.deed}@1")
        if each.itself:
            yield _Found("claimed", each.who, None, each.start, each.end, "claimed-itself@1")


def _means(content: str) -> Iterator[_Found]:
    for each in means(content):
        yield _Found("means", each.kind, None, each.start, each.end, "means@1")
