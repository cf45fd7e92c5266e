"""The review queue: questions to a person, those first whose answer would change most lines.

Two things are asked. Whether a text that is only likely to come from another one does: the lower end of an interval takes it for copied,
the upper end does not. And whether two names of one claim are one speaker. What an answer changes is counted, not guessed: the lines
of the story are counted again as if it had been given.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations

from headwater.ask.rows import StoryRows, story_rows
from headwater.records import Derivation
from headwater.stages.lines import Told, counts
from headwater.stages.words import fold
from headwater.store import Store

STORIES = 20  # looked at, those with the widest intervals
SHOWN = 40  # questions
ALIKE = 0.72  # likeness of two names from which one asks whether they are one; lower ones were unlike on inspection
PLAIN = frozenset("the of for and in a an to on at by al el".split())


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `derivation` is about the texts `one` and `two`, `speaker` about the names."""

    kind: str
    story: str
    story_title: str
    one: str
    one_name: str
    two: str
    two_name: str
    evidence: tuple[str, ...]
    weights: tuple[float, ...]
    """log-odds of each, where there are any"""
    claims: int
    """claims of which an answer changes the interval"""
    lines: int
    """by how many lines in all the ends of their intervals move, over both answers"""


@dataclass(frozen=True, slots=True)
class Reviews:
    """The queue; `open_stories` have a claim whose interval is not one number, `looked_at` of them were counted through."""

    questions: tuple[Question, ...]
    left_out: int
    open_stories: int
    looked_at: int


def reviews(store: Store, story: str | None = None) -> Reviews:
    """Return the questions of a case, or of one story."""
    wide = """
        SELECT c.story, sum(t.lines_max - t.lines_min) AS width FROM claims c JOIN tallies t ON t.claim = c.id
        WHERE t.lines_max > 1 GROUP BY c.story HAVING sum(t.reports > 1) > 0 ORDER BY width DESC, c.story
    """
    wanted = [row["story"] for row in store.select(wide) if story in (None, row["story"])]
    found = [each for id_ in wanted[:STORIES] for each in _questions(story_rows(store, id_))]
    found = [each for each in found if each.lines]
    found.sort(key=lambda each: (-each.lines, -each.claims, each.story, each.one, each.two))
    return Reviews(tuple(found[:SHOWN]), max(0, len(found) - SHOWN), len(wanted), min(len(wanted), STORIES))


def _questions(rows: StoryRows) -> Iterator[Question]:
    before = _intervals(rows.told)
    for each in _unsure(rows):
        sure = _intervals(replace(rows.told, derivations=_with(rows.told.derivations, replace(each, sure=True))))
        apart = _intervals(replace(rows.told, derivations=_with(rows.told.derivations, replace(each, overruled=True))))
        claims, lines = _moved(before, sure, apart)
        yield Question(
            kind="derivation",
            story=rows.story.id,
            story_title=rows.story.title,
            one=each.child,
            one_name=rows.name(each.child),
            two=each.parent or "",
            two_name=rows.name(each.parent) if each.parent else each.unseen or "unknown",
            evidence=tuple(each.evidence),
            weights=tuple(each.weights),
            claims=claims,
            lines=lines,
        )
    for one, two in _alike(rows):
        together = replace(
            rows.told,
            statements=[replace(s, origin=two) if s.origin == one else s for s in rows.told.statements],
            voices=[replace(v, origin=two) if v.origin == one else v for v in rows.told.voices],
        )
        claims, lines = _moved(before, _intervals(together))
        likeness = SequenceMatcher(None, fold(one), fold(two)).ratio()
        yield Question(
            kind="speaker",
            story=rows.story.id,
            story_title=rows.story.title,
            one=one,
            one_name=one,
            two=two,
            two_name=two,
            evidence=(f"{likeness:.0%} of the letters stand in one order",),
            weights=(),
            claims=claims,
            lines=lines,
        )


def _intervals(told: Told) -> dict[str, tuple[int, int]]:
    return {each.claim.id: (each.lines_min, each.lines_max) for each in counts(told)}


def _moved(before: dict[str, tuple[int, int]], *answers: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """How many claims change under any answer, and by how many lines their ends move in all."""
    claims, lines = set[str](), 0
    for after in answers:
        for claim, (low, high) in before.items():
            moved = abs(after[claim][0] - low) + abs(after[claim][1] - high)
            if moved:
                claims.add(claim)
                lines += moved
    return len(claims), lines


def _unsure(rows: StoryRows) -> list[Derivation]:
    """Unsure derivations between two reports that made gatherers of some claim one."""
    used = {id_ for count in rows.counts.values() for id_ in count.merged}
    return [each for each in rows.told.derivations if each.id in used and not each.sure and each.parent in rows.reports]


def _with(derivations: Sequence[Derivation], changed: Derivation) -> list[Derivation]:
    return [changed if each.id == changed.id else each for each in derivations]


def _alike(rows: StoryRows) -> list[tuple[str, str]]:
    """Names of two origins of one claim, both witnesses at the upper end, that are spelt alike or share a rare word."""
    named = {each.origin for each in rows.statements.values() if each.origin and each.origin_named}
    pairs = Counter[tuple[str, str]]()
    for count in rows.counts.values():
        said = {rows.statements[edge.statement].origin for edge in count.most}
        for one, two in combinations(sorted(each for each in said if each and each in named), 2):
            pairs[one, two] += 1
    common = _words(named)
    return [pair for pair, _ in pairs.most_common() if _may_be_one(*pair, common)]


def _words(names: Iterable[str]) -> Counter[str]:
    return Counter(word for name in names for word in set(fold(name).split()) - PLAIN)


def _may_be_one(one: str, two: str, common: Counter[str]) -> bool:
    shared = (set(fold(one).split()) & set(fold(two).split())) - PLAIN
    return any(common[word] == 2 for word in shared) or SequenceMatcher(None, fold(one), fold(two)).ratio() >= ALIKE
