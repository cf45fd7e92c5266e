"""Runs of equal words: shared fingerprints stretched to both sides as far as the words of two reports agree.

Two stretches are equal when their polynomial hashes are (Karp and Rabin 1987); how far they agree is found by trying steps of
halving length, for all runs at once.
"""

from dataclasses import dataclass

import numpy as np

from headwater.stages.reuse.bodies import Bodies
from headwater.stages.reuse.cutting import Hashes, Whole

BASE = np.uint64(0x9E3779B97F4A7C15)
AT_ONCE = 1_000_000  # seeds; bounds the memory of one step


@dataclass(frozen=True, slots=True)
class Runs:
    """Equal words, one entry a run: the numbers of both reports, places in the row of all words, and length in words."""

    a: Whole
    b: Whole
    a_place: Whole
    b_place: Whole
    words: Whole

    def __len__(self) -> int:
        return len(self.words)

    def take(self, which: Whole) -> "Runs":
        """Return some of the runs, in the order asked for."""
        return Runs(self.a[which], self.b[which], self.a_place[which], self.b_place[which], self.words[which])


@dataclass(frozen=True, slots=True)
class Sums:
    """Hashes of every beginning of the row of words, from which that of any stretch follows."""

    total: Hashes
    power: Hashes
    local: Whole
    """place of every word within its report"""

    def equal(self, one: Whole, other: Whole, length: Whole) -> "np.typing.NDArray[np.bool_]":
        """Tell whether as many words from either place on are the same."""
        left, right = self.total[one + length] - self.total[one], self.total[other + length] - self.total[other]
        return np.asarray(left * self.power[self.local[other]] == right * self.power[self.local[one]])


def sums(bodies: Bodies) -> Sums:
    """Return the hashes of a pile."""
    lengths = np.diff(bodies.first)
    local = (np.arange(len(bodies.word)) - np.repeat(bodies.first[:-1], lengths)).astype(np.int32)
    power = np.ones(int(lengths.max(initial=0)) + 1, dtype=np.uint64)
    np.cumprod(np.full(len(power) - 1, BASE), out=power[1:])
    total = np.zeros(len(bodies.word) + 1, dtype=np.uint64)
    np.cumsum(bodies.word * power[local], out=total[1:])
    return Sums(total, power, np.concatenate([local, np.zeros(1, dtype=np.int32)]))


def longest_runs(bodies: Bodies, *, a: Whole, b: Whole, a_place: Whole, b_place: Whole) -> Runs:
    """Stretch seeds, places with equal words in reports a and b, to whole runs; each run once, by pair and place."""
    known, parts = sums(bodies), []
    for start in range(0, len(a), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        one, two, here, there = (column[part].astype(np.int64) for column in (a, b, a_place, b_place))
        back = _agreement(known, here, there, np.minimum(here - bodies.first[one], there - bodies.first[two]), -1)
        on = _agreement(known, here, there, np.minimum(bodies.first[one + 1] - here, bodies.first[two + 1] - there), 1)
        parts.append(_once(Runs(one, two, here - back, there - back, back + on)))
    every = [
        np.concatenate(column)
        for column in zip(*((p.a, p.b, p.a_place, p.b_place, p.words) for p in parts), strict=True)
    ]
    return _once(Runs(*every)) if parts else Runs(*(np.empty(0, dtype=np.int64) for _ in range(5)))


def _agreement(known: Sums, one: Whole, other: Whole, limit: Whole, way: int) -> Whole:
    """Return how many words agree from both places on (`way` 1) or before them (-1), up to a limit."""
    found = np.zeros(len(one), dtype=np.int64)
    step = 1 << max(int(limit.max(initial=0)).bit_length() - 1, 0)
    while step:
        fits = found + step <= limit
        length = np.where(fits, step, 0)
        shift = found if way > 0 else -(found + length)
        found += np.where(fits & known.equal(one + shift, other + shift, length), step, 0)
        step //= 2
    return found


def _once(runs: Runs) -> Runs:
    order = np.lexsort((runs.b_place, runs.a_place, runs.b, runs.a))
    its = runs.take(order)
    same = (np.diff(its.a_place) == 0) & (np.diff(its.b_place) == 0)
    return its.take(np.flatnonzero(np.concatenate([[True], ~same])[: len(its)]))


def apart(runs: Runs) -> Runs:
    """Return runs of which no two of one pair share a word in either report; of two that do the longer is kept."""
    crowded = _overlapping_pairs(runs)
    drop = np.zeros(len(runs), dtype=np.bool_)
    for start, end in crowded:
        kept: list[int] = []
        for each in sorted(range(start, end), key=lambda n: (-runs.words[n], runs.a_place[n], runs.b_place[n])):
            if any(_overlap(runs, each, other) for other in kept):
                drop[each] = True
            else:
                kept.append(each)
    return runs.take(np.flatnonzero(~drop))


def _overlapping_pairs(runs: Runs) -> list[tuple[int, int]]:
    """Return first and last entry, the last left out, of each pair that has runs which overlap in either report."""
    if not len(runs):
        return []
    new = np.concatenate([[True], (np.diff(runs.a) != 0) | (np.diff(runs.b) != 0)])
    pair, edges = np.cumsum(new) - 1, np.append(np.flatnonzero(new), len(runs))
    found = np.zeros(len(edges) - 1, dtype=np.bool_)
    for place in (runs.a_place, runs.b_place):
        order = np.lexsort((place, pair))
        touching = (place[order][:-1] + runs.words[order][:-1] > place[order][1:]) & (np.diff(pair[order]) == 0)
        found[pair[order][1:][touching]] = True
    return [(int(edges[n]), int(edges[n + 1])) for n in np.flatnonzero(found)]


def _overlap(runs: Runs, one: int, other: int) -> bool:
    def touch(place: Whole) -> bool:
        return bool(place[one] < place[other] + runs.words[other] and place[other] < place[one] + runs.words[one])

    return touch(runs.a_place) or touch(runs.b_place)
