"""reports, texts → the words of all bodies in one row of numbers, so that whole piles are compared by array arithmetic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headwater.stages.reuse.cutting import Hashes, Whole, cut
from headwater.stages.words import quotations

REPORTS_AT_ONCE = 500  # bounds the memory of one step

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a pile, report after report in the order of `reports`.

    `word`, `start`, `end` and `quoted` have one entry a word: its hash, its span in the report's text, and whether it stands
    inside quotation marks. The words of report n are those from `first[n]` up to `first[n + 1]`.
    """

    reports: list[str]
    first: Whole
    word: Hashes
    start: Whole
    end: Whole
    quoted: Truths

    @property
    def report(self) -> Whole:
        """Return the number of the report of every word."""
        return np.repeat(np.arange(len(self.reports)), np.diff(self.first))


def bodies(reports: pa.Table, stretches: pa.Table) -> Bodies:
    """Return the bodies of reports (`id`, `text`) by stretches (`report`, `start`, `end`), both ordered by report and place."""
    its = _by_report(stretches)
    ids: list[str] = []
    parts = [_Part.empty()]
    for batch in reports.to_batches(max_chunksize=REPORTS_AT_ONCE):
        here, texts = (batch.column(name).to_pylist() for name in ("id", "text"))
        parts.append(_part(texts, [its.get(report, []) for report in here]))
        ids.extend(here)
    counts = np.concatenate([part.counts for part in parts])
    return Bodies(
        ids,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("word", "start", "end", "quoted")),
    )


def _by_report(stretches: pa.Table) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for report, start, end in zip(*(stretches.column(n).to_pylist() for n in ("report", "start", "end")), strict=True):
        found.setdefault(report, []).append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of a few reports, and how many each has."""

    counts: Whole
    word: Hashes
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    quoted: Truths

    @classmethod
    def empty(cls) -> "_Part":
        place = np.empty(0, dtype=np.int32)
        return cls(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64), place, place, np.empty(0, dtype=np.bool_))


def _part(texts: Sequence[str], stretches: Sequence[Sequence[tuple[int, int]]]) -> _Part:
    """Cut the stretches of some reports into words; all are laid end to end, a mark that is in no word between them."""
    flat = [(number, start, end) for number, its in enumerate(stretches) for start, end in its]
    if not flat:
        return replace(_Part.empty(), counts=np.zeros(len(texts), dtype=np.int64))
    found = cut("\n".join(texts[number][start:end] for number, start, end in flat))
    number, start, end = np.array(flat, dtype=np.int64).T
    laid = np.cumsum(end - start + 1) - (end - start + 1)  # where each stretch begins among all
    stretch = np.searchsorted(laid, found.start, side="right") - 1
    shift = start[stretch] - laid[stretch]
    quotes = [_inside(quotations(texts[n], a, b), a) for n, a, b in flat]
    quoted = _quoted(found.start, [(laid[n] + a, laid[n] + b) for n, spans in enumerate(quotes) for a, b in spans])
    counts = np.bincount(number[stretch], minlength=len(texts))
    return _Part(
        counts.astype(np.int64),
        found.hash,
        (found.start + shift).astype(np.int32),
        (found.end + shift).astype(np.int32),
        quoted,
    )


def _inside(spans: Iterable[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    return [(a - start, b - start) for a, b in spans]


def _quoted(starts: Whole, quotes: Iterable[tuple[int, int]]) -> Truths:
    inside = np.zeros(len(starts) + 1, dtype=np.int64)
    for start, end in quotes:
        inside[np.searchsorted(starts, start)] += 1
        inside[np.searchsorted(starts, end)] -= 1
    return np.cumsum(inside)[:-1] > 0
