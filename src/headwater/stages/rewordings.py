"""likenesses, reports, sentences → rewordings: sentences of two reports that say one thing in other words, in the same order.

Looked for where two reports can tell of one happening and their openings are alike: comparing all pairs would cost too much, and an
agency's notices of two raids are worded alike though neither is the other's text. Two sentences are as alike as their
significant words, rare ones weighing more (Dice). A pair of reports is one text reworded when the sentences of the shorter have,
on the mean, a close counterpart in the other, and several stand in one order: two reporters at one briefing share facts, seldom
their sequence and their rare details together. Encoder vectors were tried and separate worse (EXPERIMENTS.md): they say same topic.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.records import Report, Rewording, Sentence, ident
from headwater.settings import Settings
from headwater.stages.bags import shared, weight, weight_of
from headwater.stages.words import quotations, significant, words_of

VERSION = 2
SHORTEST = 4  # significant words of a sentence that is compared
SHOWN = 8  # shared words that a row names, the rarest first

_PAIRS = (
    "pairs AS (SELECT a, b FROM likenesses WHERE joined AND (words >= getvariable('reworded_opening') OR copied > 0))"
)
REPORTS_OF_PAIR = f"WITH {_PAIRS} SELECT r.*, a || '|' || b AS key FROM pairs JOIN reports r ON r.id IN (a, b)"
SENTENCES_OF_PAIR = f"""WITH {_PAIRS}
    SELECT s.*, a || '|' || b AS key FROM pairs JOIN sentences s ON s.report IN (a, b) WHERE NOT s.heading"""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with its significant stems."""

    sentence: Sentence
    words: frozenset[str]


def rewordings(*, reports: Sequence[Report], sentences: Sequence[Sentence], settings: Settings) -> Iterator[Rewording]:
    """Yield the counterparts of a pair of reports, if one can be the other's text reworded."""
    a, b = sorted(reports, key=lambda each: each.id)
    left, right = (_said(report, sentences) for report in (a, b))
    if not left or not right:
        return
    table = [[shared(one.words, two.words).dice for two in right] for one in left]
    mean = max(_mean(table), _mean(list(zip(*table, strict=True))))
    aligned = in_order(counterparts(table, settings.reworded_sentence))
    if mean < settings.reworded_mean or len(aligned) < settings.reworded_ordered:
        return
    if sum(weight_of(left[row].words & right[column].words) for row, column in aligned) < settings.reworded_shared:
        return
    for row, column in aligned:
        yield _row(a.id, b.id, left[row], right[column], table[row][column], mean)


def _said(report: Report, sentences: Sequence[Sentence]) -> list[_Said]:
    """The sentences with the words that are the report's own: two that quote one speaker need not be of one text."""
    found = []
    quoted = quotations(report.text, 0, len(report.text))
    for each in sorted((s for s in sentences if s.report == report.id), key=lambda s: s.start):
        own = (
            word
            for word in words_of(report.text, each.start, each.end)
            if not any(start <= word.start < end for start, end in quoted)
        )
        words = frozenset(significant(own))
        if len(words) >= SHORTEST:
            found.append(_Said(each, words))
    return found


def _mean(table: Sequence[Sequence[float]]) -> float:
    return sum(max(row) for row in table) / len(table)


def counterparts(table: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """Return pairs (row, column), each row and column at most once, the closest first taken."""
    cells = sorted(
        (
            (score, row, column)
            for row, scores in enumerate(table)
            for column, score in enumerate(scores)
            if score >= least
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    rows, columns, found = set[int](), set[int](), []
    for _, row, column in cells:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            found.append((row, column))
    return sorted(found)


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest run of pairs whose columns rise with their rows (patience sorting; Fredman 1975)."""
    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, column) in enumerate(pairs):
        place = bisect_left(tops, column)
        before.append(heads[place - 1] if place else -1)
        tops[place : place + 1] = [column]
        heads[place : place + 1] = [index]
    found, index = [], heads[-1] if heads else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _row(a: str, b: str, one: _Said, two: _Said, likeness: float, mean: float) -> Rewording:
    common = sorted(one.words & two.words, key=lambda word: (-weight(word), word))
    return Rewording(
        id=ident("j", a, b, one.sentence.start, two.sentence.start),
        a=a,
        b=b,
        a_start=one.sentence.start,
        a_end=one.sentence.end,
        b_start=two.sentence.start,
        b_end=two.sentence.end,
        likeness=round(likeness, 6),
        mean=round(mean, 6),
        words=common[:SHOWN],
        rule="aligned-sentences@1",
    )
