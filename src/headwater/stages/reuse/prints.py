"""Fingerprints of bodies, thinned by winnowing.

Schleimer, Wilkerson and Aiken (2003): of every `window` neighbouring hashes the smallest is kept, so any run of
`gram + window - 1` shared words shares at least one fingerprint, wherever it stands.
"""

from dataclasses import dataclass

import numpy as np

from headwater.stages.reuse.bodies import Bodies
from headwater.stages.reuse.cutting import Hashes, Whole

BASE = np.uint64(1_000_003)
NONE = np.iinfo(np.uint64).max
AT_ONCE = 5000  # reports; bounds the memory of one step


@dataclass(frozen=True, slots=True)
class Prints:
    """Kept fingerprints in order: place of the first word in the row of all words, and hash."""

    place: Whole
    hash: Hashes


def prints(bodies: Bodies, *, gram: int, window: int) -> Prints:
    """Return the fingerprints of all bodies; none reaches from one report into the next."""
    places, hashes = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.uint64)]
    for report in range(0, len(bodies.reports), AT_ONCE):
        first = bodies.first[report : report + AT_ONCE + 1]
        here = gram_hashes(bodies.word[first[0] : first[-1]], gram)
        kept = winnow(here, first=first[:-1] - first[0], count=np.maximum(np.diff(first) - gram + 1, 0), window=window)
        places.append(kept + first[0])
        hashes.append(here[kept])
    return Prints(np.concatenate(places), np.concatenate(hashes))


def gram_hashes(words: Hashes, gram: int) -> Hashes:
    """Return a hash of the run of `gram` words that begins at each place; the last `gram` - 1 run over the end."""
    value = np.zeros(len(words), dtype=np.uint64)
    padded = np.concatenate([words, np.zeros(gram, dtype=np.uint64)])
    for step in range(gram):
        value = value * BASE + padded[step : step + len(words)]
    return np.asarray(value ^ (value >> np.uint64(29)))


def winnow(hashes: Hashes, *, first: Whole, count: Whole, window: int) -> Whole:
    """Return the places kept: the rightmost smallest hash of every window.

    A report has `count` hashes from place `first` on; one with fewer than a window has a single, shorter one.
    """
    windows = np.where(count > 0, np.maximum(count - window + 1, 1), 0)
    begin = np.repeat(first - (np.cumsum(windows) - windows), windows) + np.arange(windows.sum())
    last = np.repeat(first + count - 1, windows)
    best, smallest = begin.copy(), np.full(len(begin), NONE, dtype=np.uint64)
    for step in range(window):
        place = np.minimum(begin + step, last)  # the last one again where a report has fewer
        better = hashes[place] <= smallest
        smallest, best = np.where(better, hashes[place], smallest), np.where(better, place, best)
    return best[np.flatnonzero(np.diff(best, prepend=-1))]  # places rise, so equal ones are neighbours
