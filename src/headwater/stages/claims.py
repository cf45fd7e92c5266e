"""readings, statements, stories → claims: statements, across the reports of a story, that say the same thing.

Counts are one claim when role and number are the same; deeds when the doer is; events when their words are alike enough, by
average linkage. Nothing is joined on topic alone: the likeness of two events is the share of rare words that they have in
common, and different numbers or a negation on one side weigh against it. A word's rarity comes from the background
statistics only, so that another report in the pile never changes whether two statements say the same.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from headwater.lists.background import counts
from headwater.records import Claim, Reading, Statement, Story, ident
from headwater.settings import Settings
from headwater.stages.clusters import cluster

VERSION = 1
COUNTED = ("killed", "wounded")
DEEDS = ("claimed", "blamed")
NEGATIONS = frozenset("not no never denied deni reject baseless untru".split())
CLEAR_LENGTH = 140  # characters; a claim is shown by the statement nearest to one plain sentence
NUMBER_CLASH = 0.5  # factor on the likeness of two events that name different numbers


def claims(
    *, stories: Sequence[Story], readings: Sequence[Reading], statements: Sequence[Statement], settings: Settings
) -> Iterator[Claim]:
    """Yield the claims of a story."""
    said = {statement.id: statement for statement in statements}
    for story in stories:
        for kind, value, members in _groups(readings, settings):
            yield _claim(story, kind, value, members, said)


def _groups(readings: Sequence[Reading], settings: Settings) -> Iterator[tuple[str, str | None, list[Reading]]]:
    by_value: dict[tuple[str, str | None], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.kind != "event":
            by_value[reading.kind, reading.value].append(reading)
    for (kind, value), members in sorted(by_value.items(), key=lambda each: (each[0][0], each[0][1] or "")):
        yield kind, value, members
    for members in event_groups([reading for reading in readings if reading.kind == "event"], settings):
        yield "event", None, members


def event_groups(readings: Sequence[Reading], settings: Settings) -> list[list[Reading]]:
    """Group event readings that say the same; equal words are compared once, so that copies pull nothing."""
    by_words: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    for reading in readings:
        by_words[tuple(reading.words)].append(reading)
    names = {f"{number:06d}": words for number, words in enumerate(sorted(by_words))}
    bags = {name: frozenset(words) for name, words in names.items()}
    scores = _scores(bags)
    return [
        [reading for name in found for reading in by_words[names[name]]] for found in cluster(list(names), scores, settings.claim_score)
    ]


def _scores(bags: Mapping[str, frozenset[str]]) -> dict[tuple[str, str], float]:
    holders: dict[str, list[str]] = defaultdict(list)
    for name, bag in bags.items():
        for word in bag:
            holders[word].append(name)
    pairs = {pair for held in holders.values() for pair in combinations(sorted(held), 2)}
    return {pair: score for pair in pairs if (score := event_likeness(bags[pair[0]], bags[pair[1]])) > 0}


def event_likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return how much two events have in common, 0 to 1: the mean of Dice and overlap coefficient over word weights."""
    both = sum(map(weight, a & b))
    left, right = sum(map(weight, a)), sum(map(weight, b))
    if not both or len(a & b) < 2:
        return 0.0
    dice, overlap = 2 * both / (left + right), both / min(left, right)
    score = (dice + overlap) / 2
    if _numbers(a) and _numbers(b) and not _numbers(a) & _numbers(b):
        score *= NUMBER_CLASH
    return round(score, 6)


def _numbers(bag: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in bag if word.isdigit())


def weight(word: str) -> float:
    """Return the weight of a stem: the logarithm of how rare it is in the background."""
    known = counts()
    return math.log((known[""] + 1) / (known.get(word, 0) + 1)) if not word.isdigit() else 2.0


def _claim(story: Story, kind: str, value: str | None, members: Sequence[Reading], said: Mapping[str, Statement]) -> Claim:
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
