"""readings, statements, voices, reports, stories, visits, corrections → claims: statements, across the reports of a story, that say the same thing.

An event whose statements all stand in one other claim is that claim, and not told twice. Counts are one claim when role and number are the same and the
statements have anything else in common, or say nothing else; deeds when the doer is
the same; events when their words are alike enough, by average linkage. Nothing is joined on topic alone: what counts is the
share of rare words in common that are no names, and how near their vectors are; a common number speaks for sameness and
different numbers against it. A word's rarity comes
from the background statistics only, so that another report in the pile never changes whether two statements say the same.
What a person joined, moved or parted is done last. Statements that visit the story join its claims and make none of their own.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from headwater.records import Claim, Correction, Reading, Report, Statement, Story, Voice, ident
from headwater.settings import Settings
from headwater.stages.bags import shared
from headwater.stages.clusters import cluster
from headwater.stages.doings import led_back
from headwater.stages.readings import COUNTED
from headwater.stages.regrouping import Group, regrouped
from headwater.stages.spans.vectors import Vector, shipped_encoder
from headwater.stages.stories import TOLD_BY
from headwater.stages.voices import as_heard
from headwater.stages.wheres import elsewhere

VERSION = 19
MARKS = f"""
    SELECT DISTINCT c.*, m.story AS key FROM corrections c JOIN readings g ON g.id = c.name
    JOIN {TOLD_BY} m ON m.report = g.report
    WHERE c.kind IN ('one-claim', 'moved', 'other-claim')
"""
DEEDS = ("claimed", "doer")
NAMED = (*DEEDS, "means")
OFTEN = ("doer", "means")
"""what one story can tell of several deeds; for one deed responsibility is claimed"""
MANY = 10  # a count from which equal ones need nothing else in common
TELLING = 3  # words from which what is said can be held against other words: "a truce", "the inspectors" say too little
ENOUGH = 2  # words that equal counts must have in common
APART = (
    -1.0
)  # in place of a probability: what says neither when nor where does not make one claim of two that are apart
FEW = 3  # words beside the toll; with no more than these nothing else can be compared
TOLL = frozenset(
    """peopl kill die dead death toll wound injur civilian person victim fatal casualti rise risen rose number total
    least bodi hurt live lost known now displac flee fled evacu arrest detain captur abduct kidnap hostag miss trap besieg
    polic soldier fighter resid student worker men women children""".split()
)
"""stems in which a toll is told"""
BEFORE = 3  # days before a story's first report at which what it tells can have happened
SPOKEN = re.compile(r"^[\"“‘\x27]|\b(?:I|we|my|our|me|us)\b")
"""what somebody says of himself, or the beginning of a quotation: seldom clear without what stands around it"""
CLEAR_STEP = 40  # characters; nearer lengths are as clear
CLEAR_LENGTH = 140  # characters; a claim is shown by the statement nearest to one plain sentence


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Days, both included, ISO 8601; `first` is "" where the past is open."""

    first: str
    last: str

    def apart(self, other: "Days") -> bool:
        """Tell whether more than a day lies between the two."""
        return _next(self.last) < other.first or _next(other.last) < self.first


@lru_cache(maxsize=10_000)
def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a reading is compared by: its stems, those of them that are names, and its content."""

    words: frozenset[str]
    names: frozenset[str]
    content: str
    times: frozenset[Days]
    """when it happened, as its statements say or, where they say nothing, on the days of the story"""
    places: frozenset[str]
    """where it happened, as its statements say"""


class Contents:
    """What statements say, character by character, with the vectors of those that were asked for."""

    def __init__(self, said: Mapping[str, Statement], texts: Mapping[str, str], story: Story) -> None:
        self._said, self._texts = said, texts
        self._now = (
            Days((date.fromisoformat(story.first) - timedelta(days=BEFORE)).isoformat(), story.last)
            if story.first and story.last
            else None
        )
        self._vectors: dict[str, Vector] = {}

    def compared(self, readings: Sequence[Reading]) -> Compared:
        """Return what stands for readings with equal words: the first of them by its characters, and all their names."""
        names = frozenset[str]().union(*(reading.names for reading in readings))
        times = frozenset(time for reading in readings if (time := self._time(reading)))
        return Compared(
            frozenset(readings[0].words),
            names,
            min(self.plain(self._said[reading.statement]) for reading in readings),
            times,
            frozenset(reading.place for reading in readings if reading.place),
        )

    def _time(self, reading: Reading) -> Days | None:
        return Days(reading.first or "", reading.last) if reading.last else self._now

    def nearness(self, a: str, b: str) -> float:
        """Return the cosine of two contents' vectors."""
        return float(self._vector(a) @ self._vector(b))

    def _vector(self, content: str) -> Vector:
        if content not in self._vectors:
            self._vectors[content] = shipped_encoder().vector(content)
        return self._vectors[content]

    def plain(self, statement: Statement) -> str:
        """Return a statement's words on one line."""
        return " ".join(self._texts[statement.report][statement.start : statement.end].split())


def claims(
    *,
    stories: Sequence[Story],
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    reports: Sequence[Report],
    voices: Sequence[Voice],
    marks: Sequence[Correction],
    settings: Settings,
) -> Iterator[Claim]:
    """Yield the claims of a story."""
    said = {statement.id: statement for statement in as_heard(statements, voices)}
    by_id = {reading.id: reading for reading in readings}
    texts = {report.id: report.text for report in reports}
    for story in stories:
        contents, own = Contents(said, texts, story), frozenset(story.reports)
        groups = list(_groups(readings, contents, settings))
        definite = [{reading.statement for reading in members} for kind, _, members in groups if kind != "event"]
        told = [
            (kind, value, members)
            for kind, value, members in groups
            if kind != "event" or not any({reading.statement for reading in members} <= its for its in definite)
        ]
        for group in regrouped([[reading.id for reading in members] for _, _, members in told], marks):
            kind, value, _ = told[group.machine]
            if all(by_id[each].report not in own for each in group.members):
                continue
            yield _claim(story, kind, value, [by_id[each] for each in group.members], said, contents, group)


def _groups(
    readings: Sequence[Reading], contents: Contents, settings: Settings
) -> Iterator[tuple[str, str | None, list[Reading]]]:
    by_value: dict[tuple[str, str | None], list[Reading]] = defaultdict(list)
    chosen = led_back(
        (_doer(each.value) for each in readings if each.kind in DEEDS and each.value),
        (word for each in readings for word in each.words),
    )
    for reading in readings:
        value = reading.value
        if reading.kind in DEEDS and value:
            value = chosen[_doer(value)] + value[len(_doer(value)) :]
        by_value[reading.kind, value].append(reading)
    for (kind, value), members in sorted(by_value.items(), key=lambda each: (each[0][0], each[0][1] or "")):
        if kind in COUNTED:
            found = _counted(members, contents, settings)
        else:
            bonus = settings.claim_same_value if kind in NAMED else 0.0
            least = settings.claim_least_named if kind in OFTEN else settings.claim_least - bonus
            found = alike(members, contents, settings.claim_score, settings, bonus=bonus, least=least)
        for group in found:
            yield kind, value, group


def _doer(value: str) -> str:
    """The name in a doer's value, without the kind of deed: Front (execution)."""
    return value.split(" (")[0]


def _counted(readings: Sequence[Reading], contents: Contents, settings: Settings) -> list[list[Reading]]:
    """Group equal counts of one role; one that tells nothing but its number ("nine dead") is of the largest group."""
    bare = [reading for reading in readings if is_bare(reading)]
    telling = [reading for reading in readings if reading not in bare]
    many = int(readings[0].value or 0) >= MANY
    groups = sorted(
        alike(telling, contents, None, settings, many=many), key=lambda its: (-len(its), min(r.id for r in its))
    )
    if not groups:
        return [bare]
    return [groups[0] + bare, *groups[1:]]


def is_bare(reading: Reading) -> bool:
    """Tell whether a count says nothing else that could be compared: nine dead."""
    return len(set(reading.words) - TOLL - _numbers(frozenset(reading.words))) <= FEW


def alike(
    readings: Sequence[Reading],
    contents: Contents,
    threshold: float | None,
    settings: Settings,
    *,
    bonus: float = 0.0,
    least: float | None = None,
    many: bool = False,
) -> list[list[Reading]]:
    """Group readings that say the same; equal words are compared once, so that copies pull nothing.

    `bonus` is the log-odds that something else adds for every pair: the same doer. `least` is what words must add. Without a threshold, as for equal counts of one role, two words in common will do, and the vectors are not asked for.
    """
    equal: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        equal[tuple(reading.words)].append(reading)
    if len({reading.report for reading in readings}) < 2:  # one report says it once, and nothing can be counted
        return [equal[words] for words in sorted(equal)]
    names = {f"{number:06d}": words for number, words in enumerate(sorted(equal))}
    compared = {name: contents.compared(equal[words]) for name, words in names.items()}
    needed = settings.claim_least if least is None else least
    scores = _scores(compared, contents if threshold is not None else None, settings, bonus, needed, many=many)
    return [
        [reading for name in found for reading in equal[names[name]]]
        for found in cluster(list(names), scores, threshold if threshold is not None else settings.claim_context)
    ]


def _scores(
    compared: Mapping[str, Compared],
    contents: Contents | None,
    settings: Settings,
    bonus: float,
    least: float,
    *,
    many: bool,
) -> dict[tuple[str, str], float]:
    """Probabilities that two say the same; who share too few words for any vectors to make up for it are left out."""
    found = {}
    for one, two in combinations(sorted(compared), 2) if many else _with_words_in_common(compared):
        a, b = compared[one], compared[two]
        if other_time(a, b) or other_place(a, b):
            found[one, two] = APART
            continue
        words = by_words(a, b, settings)
        if contents is None:
            found[one, two] = float(many or len((a.words & b.words) - TOLL - _numbers(a.words)) >= ENOUGH)
        elif words >= least and (bonus or min(len(a.words), len(b.words)) >= TELLING):
            near = settings.claim_meaning * contents.nearness(a.content, b.content)
            found[one, two] = round(1 / (1 + math.exp(-(settings.claim_bias + words + near + bonus))), 6)
    return found


def _with_words_in_common(compared: Mapping[str, Compared]) -> list[tuple[str, str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    for name, each in compared.items():
        for word in each.words:
            holders[word].append(name)
    return sorted({pair for held in holders.values() for pair in combinations(sorted(held), 2)})


def other_time(a: Compared, b: Compared) -> bool:
    """Tell whether two things happened at different times, as far as anybody says."""
    return bool(a.times and b.times) and all(one.apart(other) for one in a.times for other in b.times)


def other_place(a: Compared, b: Compared) -> bool:
    """Tell whether two things happened in different places, as far as anybody says."""
    return bool(a.places and b.places) and all(elsewhere(one, other) for one in a.places for other in b.places)


def by_words(a: Compared, b: Compared, settings: Settings) -> float:
    """Return what the words of two statements add to the log-odds that they say the same.

    What is said counts more than of whom: everybody in a story names the same people and places.
    """
    names = a.names | b.names
    said = shared(a.words - names, b.words - names)
    evidence = settings.claim_dice * said.dice + settings.claim_overlap * said.overlap
    evidence += settings.claim_names * shared(a.words & names, b.words & names).dice
    if _numbers(a.words) and _numbers(b.words):
        evidence += settings.claim_number if _numbers(a.words) & _numbers(b.words) else settings.claim_clash
    return evidence


def _numbers(bag: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in bag if word.isdigit())


def _claim(
    story: Story,
    kind: str,
    value: str | None,
    members: Sequence[Reading],
    said: Mapping[str, Statement],
    contents: Contents,
    group: Group,
) -> Claim:
    ids = sorted({reading.statement for reading in members})
    return Claim(
        id=ident("m", story.id, kind, value, *ids),
        story=story.id,
        kind=kind,
        value=value,
        statement=min(ids, key=lambda each: _unclear(said[each], contents.plain(said[each]))),
        statements=ids,
        readings=sorted(reading.id for reading in members),
        rule=f"{'same-words' if kind == 'event' else 'same-value'}@1",
        because=group.because,
    )


def _unclear(statement: Statement, words: str) -> tuple[bool, bool, int, bool, str, str]:
    """Sort key: asserting before other stances, told before quoted in the first person, then the length nearest to a plain sentence.

    Of equally clear ones the words decide, so that publishing one again under another name changes nothing.
    """
    far = abs(len(words) - CLEAR_LENGTH) // CLEAR_STEP
    return (
        statement.stance != "asserts",
        bool(SPOKEN.search(words)),
        far,
        not statement.origin_named,
        words,
        statement.id,
    )
