"""reports, texts, dates → reuse: the passages that two reports share, and what kind of sharing each is.

Shared fingerprints say where to look; each is stretched to the longest run of equal words around it. A fingerprint that stands
in many reports on days far apart is stock: an outlet's own boilerplate when one outlet has it, common background otherwise.
Fingerprints are never dropped for being frequent: an agency text in 200 outlets is frequent. Above `crowd` holders each
report is joined to the earliest holder only, which keeps the join linear and still links every copy.

Joining and counting is SQL, stretching is array arithmetic over the whole pile (decision 7). Where two prints follow each
other in both reports at one distance, the later one lies in the same run and is no seed of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headwater.settings import Settings
from headwater.stages.reuse.bodies import Bodies, Truths, Whole, bodies
from headwater.stages.reuse.prints import prints
from headwater.stages.reuse.runs import Runs, apart, longest_runs

VERSION = 3
QUOTED_FROM = 0.7  # share of quoted words from which a passage is a quotation
WHOLE = 8  # shared fingerprints from which even stock alone can be most of a report
KINDS = pa.array(["text", "quotation", "boilerplate", "background"])

REPORTS = "SELECT id, text FROM reports ORDER BY id"
STRETCHES = """SELECT report, start, "end" FROM texts WHERE kind = 'body' ORDER BY report, start"""
MARKED = """
    WITH held AS (
        SELECT p.*, r.outlet, coalesce(d.first, '9999') || r.id AS turn, d.first::DATE AS day
        FROM prints p JOIN numbered n ON n.number = p.report JOIN reports r ON r.id = n.report LEFT JOIN dates d ON d.report = r.id
    ),
    spread AS (
        SELECT hash, count(DISTINCT report) AS holders, arg_min(report, turn) AS earliest, date_diff('day', min(day), max(day)) AS days
        FROM held GROUP BY hash HAVING min(report) <> max(report)
    ),
    own AS (
        SELECT hash, outlet FROM held SEMI JOIN (SELECT hash FROM spread WHERE holders >= 3 AND days >= getvariable('stock_days')) USING (hash)
        WHERE outlet IS NOT NULL GROUP BY hash, outlet
        HAVING count(DISTINCT report) >= 3 AND date_diff('day', min(day), max(day)) >= getvariable('stock_days')
    )
    SELECT h.report, h.place, h.hash, s.earliest, s.holders > getvariable('crowd') AS crowded,
        CASE WHEN before.holders <= getvariable('crowd') THEN hash(h.before, h.gap) END AS follows,
        coalesce(s.holders >= 4 AND s.days >= getvariable('stock_days'), false) AS background, own.hash IS NOT NULL AS boilerplate
    FROM held h JOIN spread s USING (hash) LEFT JOIN spread before ON before.hash = h.before
    LEFT JOIN own ON own.hash = h.hash AND own.outlet = h.outlet
    ORDER BY h.place
"""
SEEDS = """
    SELECT p.report AS a, q.report AS b, p.place AS a_place, q.place AS b_place
    FROM marked p JOIN marked q ON p.hash = q.hash AND p.report < q.report
    WHERE (p.follows = q.follows) IS DISTINCT FROM true AND (NOT p.crowded OR p.earliest IN (p.report, q.report))
    ORDER BY ALL
"""
NAMED = """
    SELECT 'u-' || substr(md5(concat_ws('|', x.report, y.report, a_start, b_start, words)), 1, 16) AS id, x.report AS a, y.report AS b,
        a_start, a_end, b_start, b_end, words, kind, 'equal-words@2' AS rule
    FROM found f JOIN numbered x ON x.number = f.a JOIN numbered y ON y.number = f.b ORDER BY id
"""


def reuse(*, sql: Callable[..., pa.Table], settings: Settings) -> pa.Table:
    """Return the shared passages of all pairs of reports; `sql` runs a select over the tables and any it is given by name."""
    its = bodies(sql(REPORTS), sql(STRETCHES))
    numbered = pa.table({"number": np.arange(len(its.reports)), "report": pa.array(its.reports, pa.string())})
    marked = sql(MARKED, prints=_prints(its, settings), numbered=numbered)
    seeds = sql(SEEDS, marked=marked)
    runs = longest_runs(its, **{name: seeds.column(name).to_numpy() for name in ("a", "b", "a_place", "b_place")})
    worth = _worth(runs, _counts(marked, runs, settings.gram))
    runs = apart(runs.take(np.flatnonzero(worth & (runs.words >= settings.shortest_passage))))
    return sql(NAMED, found=_table(its, runs, _counts(marked, runs, settings.gram)), numbered=numbered)


def _prints(its: Bodies, settings: Settings) -> pa.Table:
    """Every fingerprint with the one before it in its report, and how many words lie between where the two begin."""
    found = prints(its, gram=settings.gram, window=settings.window)
    report = np.searchsorted(its.first, found.place, side="right") - 1
    gap = np.diff(found.place, prepend=0)
    follows = (np.diff(report, prepend=-1) == 0) & (gap <= settings.gram)
    before = np.roll(found.hash, 1)
    columns = {"report": report.astype(np.int32), "place": found.place, "hash": found.hash, "gap": gap.astype(np.int32)}
    return pa.table({**columns, "before": pa.array(before, mask=~follows)})


@dataclass(frozen=True, slots=True)
class _Counts:
    """Fingerprints inside runs, in one of their reports: that others share, those of the outlet's own, those that are stock at all."""

    shared: Whole
    boilerplate: Whole
    stock: Whole


def _counts(marked: pa.Table, runs: Runs, gram: int) -> tuple[_Counts, _Counts]:
    """Count the fingerprints inside runs, in a and in b."""
    at, boilerplate, background = (marked.column(n).to_numpy() for n in ("place", "boilerplate", "background"))
    sums = _sums(boilerplate), _sums(boilerplate | background)

    def side(place: Whole) -> _Counts:
        start, end = np.searchsorted(at, place), np.searchsorted(at, place + runs.words - gram, side="right")
        return _Counts(end - start, *(each[end] - each[start] for each in sums))

    return side(runs.a_place), side(runs.b_place)


def _sums(truths: Truths) -> Whole:
    return np.concatenate([[0], np.cumsum(truths, dtype=np.int64)])


def _worth(runs: Runs, counts: tuple[_Counts, _Counts]) -> Truths:
    """Tell of each run whether its pair shares anything but stock, or so much that it can be most of a report."""
    if not len(runs):
        return np.empty(0, dtype=np.bool_)
    new = np.concatenate([[True], (np.diff(runs.a) != 0) | (np.diff(runs.b) != 0)])
    pair = np.cumsum(new) - 1
    own = np.minimum(*(side.shared - side.stock for side in counts))
    fresh, shared = (np.bincount(pair, weights=column) for column in (own, counts[0].shared))
    return np.asarray(((fresh > 0) | (shared >= WHOLE))[pair])


def _table(its: Bodies, runs: Runs, counts: tuple[_Counts, _Counts]) -> pa.Table:
    last = runs.words - 1
    return pa.table(
        {
            "a": runs.a,
            "b": runs.b,
            "a_start": its.start[runs.a_place],
            "a_end": its.end[runs.a_place + last],
            "b_start": its.start[runs.b_place],
            "b_end": its.end[runs.b_place + last],
            "words": runs.words,
            "kind": KINDS.take(pa.array(_kind(its, runs, counts))),
        }
    )


def _kind(its: Bodies, runs: Runs, counts: tuple[_Counts, _Counts]) -> npt.NDArray[np.int64]:
    """Return the place of each run's kind in `KINDS`: a quotation on both sides, or mostly stock on either."""
    sums = _sums(its.quoted)
    quoted = [
        sums[place + runs.words] - sums[place] >= QUOTED_FROM * runs.words for place in (runs.a_place, runs.b_place)
    ]
    boilerplate = [side.boilerplate * 2 > side.shared for side in counts]
    stock = [side.stock * 2 > side.shared for side in counts]
    return np.asarray(
        np.select([quoted[0] & quoted[1], boilerplate[0] | boilerplate[1], stock[0] | stock[1]], [1, 2, 3], 0)
    )
