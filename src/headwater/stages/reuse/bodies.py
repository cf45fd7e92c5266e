"""reports, texts → the words of all bodies in one row of numbers, so that whole piles are compared by array arithmetic."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headwater.stages.words import WORD, fold, quotations

Whole = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
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


class _Hashes(dict[str, int]):
    """64-bit hashes of folded words, worked out once a word; the same on every machine and in every process."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(fold(word).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = int.from_bytes(digest, "big")
        return self[word]


def bodies(reports: pa.Table, stretches: pa.Table) -> Bodies:
    """Return the bodies of reports (`id`, `text`) by stretches (`report`, `start`, `end`), both ordered by report and place."""
    known, its = _Hashes(), _by_report(stretches)
    ids, counts, parts = [], [], []
    for batch in reports.to_batches(max_chunksize=1000):
        for id_, text in zip(*(batch.column(name).to_pylist() for name in ("id", "text")), strict=True):
            found = [_stretch(text, start, end, known) for start, end in its.get(id_, ())]
            parts.extend(found)
            ids.append(id_)
            counts.append(sum(len(each[0]) for each in found))
    joined = [np.concatenate(column) if parts else np.empty(0) for column in zip(*parts, strict=True)] or [
        np.empty(0)
    ] * 4
    word, start, end, quoted = joined
    return Bodies(
        ids,
        np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
        word.astype(np.uint64, copy=False),
        start.astype(np.int32, copy=False),
        end.astype(np.int32, copy=False),
        quoted.astype(np.bool_, copy=False),
    )


def _by_report(stretches: pa.Table) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for report, start, end in zip(*(stretches.column(n).to_pylist() for n in ("report", "start", "end")), strict=True):
        found.setdefault(report, []).append((start, end))
    return found


def _stretch(text: str, start: int, end: int, known: _Hashes) -> tuple[npt.NDArray[Any], ...]:
    spans = [m.span() for m in WORD.finditer(text, start, end)]
    places = np.array(spans, dtype=np.int32).reshape(-1, 2)
    words = np.fromiter((known[text[a:b]] for a, b in spans), dtype=np.uint64, count=len(spans))
    return words, places[:, 0], places[:, 1], _quoted(places[:, 0], quotations(text, start, end))


def _quoted(starts: npt.NDArray[np.int32], quotes: Iterable[tuple[int, int]]) -> Truths:
    inside = np.zeros(len(starts) + 1, dtype=np.int64)
    for start, end in quotes:
        inside[np.searchsorted(starts, start)] += 1
        inside[np.searchsorted(starts, end)] -= 1
    return np.cumsum(inside)[:-1] > 0
