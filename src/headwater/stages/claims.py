"""readings, statements, stories → claims: statements, across the reports of a story, that say the same thing.

An event whose statements all stand in one other claim is that claim, and not told twice. Counts are one claim when role and number are the same and the
statements have anything else in common, or say nothing else; deeds when the doer is
the same; events when their words are alike enough, by average linkage. Nothing is joined on topic alone: what counts is the
share of rare words in common, a common number speaks for sameness and different numbers against it. A word's rarity comes
from the background statistics only, so that another report in the pile never changes whether two statements say the same.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from headwater.lists.background import counts
from headwater.records import Claim, Reading, Statement, Story, ident
from headwater.settings import Settings
from headwater.stages.clusters import cluster
from headwater.stages.doings import led_back

VERSION = 6
COUNTED = ("killed", "wounded")
DEEDS = ("claimed", "doer")
NAMED = (*DEEDS, "means")
NEGATIONS = frozenset("not no never denied deni reject baseless untru".split())
FEW = 3  # words beside the toll; with no more than these nothing else can be compared
TOLL = frozenset(
    """peopl kill die dead death toll wound injur civilian person victim fatal casualti rise risen rose number total
    least bodi hurt live lost known now""".split()
)
"""stems in which a toll is told"""
CLEAR_LENGTH = 140  # characters; a claim is shown by the statement nearest to one plain sentence


def claims(
    *, stories: Sequence[Story], readings: Sequence[Reading], statements: Sequence[Statement], settings: Settings
) -> Iterator[Claim]:
    """Yield the claims of a story."""
    said = {statement.id: statement for statement in statements}
    for story in stories:
        groups = list(_groups(readings, settings))
        definite = [{reading.statement for reading in members} for kind, _, members in groups if kind != "event"]
        for kind, value, members in groups:
            if kind != "event" or not any({reading.statement for reading in members} <= its for its in definite):
                yield _claim(story, kind, value, members, said)


def _groups(readings: Sequence[Reading], settings: Settings) -> Iterator[tuple[str, str | None, list[Reading]]]:
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
        if kind in NAMED:
            yield kind, value, members
            continue
        found = _counted(members, settings) if kind in COUNTED else alike(members, settings.claim_score, settings)
        for group in found:
            yield kind, value, group


def _doer(value: str) -> str:
    """The name in a doer's value, without the kind of deed: Front (execution)."""
    return value.split(" (")[0]


def _counted(readings: Sequence[Reading], settings: Settings) -> list[list[Reading]]:
    """Group equal counts of one role; one that tells nothing but its number ("nine dead") is of the largest group."""
    bare = [
        reading for reading in readings if len(set(reading.words) - TOLL - _numbers(frozenset(reading.words))) <= FEW
    ]
    telling = [reading for reading in readings if reading not in bare]
    groups = sorted(
        alike(telling, settings.claim_context, settings), key=lambda its: (-len(its), min(r.id for r in its))
    )
    if not groups:
        return [bare]
    return [groups[0] + bare, *groups[1:]]


def alike(readings: Sequence[Reading], threshold: float, settings: Settings) -> list[list[Reading]]:
    """Group readings that say the same; equal words are compared once, so that copies pull nothing."""
    by_words: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        by_words[tuple(reading.words)].append(reading)
    names = {f"{number:06d}": words for number, words in enumerate(sorted(by_words))}
    scores = _scores({name: frozenset(words) for name, words in names.items()}, settings)
    return [
        [reading for name in found for reading in by_words[names[name]]]
        for found in cluster(list(names), scores, threshold)
    ]


def _scores(bags: Mapping[str, frozenset[str]], settings: Settings) -> dict[tuple[str, str], float]:
    holders: dict[str, list[str]] = defaultdict(list)
    for name, bag in bags.items():
        for word in bag:
            holders[word].append(name)
    pairs = {pair for held in holders.values() for pair in combinations(sorted(held), 2)}
    return {pair: score for pair in pairs if (score := likeness(bags[pair[0]], bags[pair[1]], settings)) > 0}


def likeness(a: frozenset[str], b: frozenset[str], settings: Settings) -> float:
    """Return the probability that two bags of stems say the same; 0 when they share fewer than two."""
    if len(a & b) < 2:
        return 0.0
    both, left, right = (sum(map(weight, bag)) for bag in (a & b, a, b))
    evidence = (
        settings.claim_bias
        + settings.claim_dice * 2 * both / (left + right)
        + settings.claim_overlap * both / min(left, right)
    )
    if _numbers(a) and _numbers(b):
        evidence += settings.claim_number if _numbers(a) & _numbers(b) else settings.claim_clash
    return round(1 / (1 + math.exp(-evidence)), 6)


def _numbers(bag: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in bag if word.isdigit())


def weight(word: str) -> float:
    """Return the weight of a stem: the logarithm of how rare it is in the background."""
    known = counts()
    return math.log((known[""] + 1) / (known.get(word, 0) + 1)) if not word.isdigit() else 2.0


def _claim(
    story: Story, kind: str, value: str | None, members: Sequence[Reading], said: Mapping[str, Statement]
) -> Claim:
    ids = sorted({reading.statement for reading in members})
    return Claim(
        id=ident("m", story.id, kind, value, *ids),
        story=story.id,
        kind=kind,
        value=value,
        statement=min(ids, key=lambda each: _unclear(said[each])),
        statements=ids,
        readings=sorted(reading.id for reading in members),
        rule=f"{'same-words' if kind == 'event' else 'same-value'}@1",
    )


def _unclear(statement: Statement) -> tuple[bool, bool, int, str]:
    """Sort key: asserting before other stances, a named origin before none, then the length nearest to a plain sentence."""
    length = statement.end - statement.start
    return statement.stance != "asserts", not statement.origin_named, abs(length - CLEAR_LENGTH), statement.id
