"""reports, texts, dates, credits → reuse: the passages that two reports share, and what kind of sharing each is.

Shared fingerprints say where to look; each is stretched to the longest run of equal words around it. A fingerprint that stands
in many reports on days far apart is stock: an outlet's own boilerplate when one outlet has it, common background otherwise.
A passage of two reports that both credit one agency for their text is that agency's.
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
from headwater.stages.reuse.bodies import Bodies, Truths, bodies
from headwater.stages.reuse.cutting import Whole
from headwater.stages.reuse.prints import prints
from headwater.stages.reuse.runs import Runs, apart, longest_runs
from headwater.stages.reuse.shared import NUMBERS, Shared, shared

VERSION = 7
QUOTED_FROM = 0.7  # share of words inside quotation marks, on either side, from which a passage is a quotation
WHOLE = 8  # shared fingerprints from which even stock alone can be most of a report
KINDS = pa.array(["text", "quotation", "boilerplate", "background"])

REPORTS = "SELECT id, text FROM reports ORDER BY id"
STRETCHES = """SELECT report, start, "end" FROM texts WHERE kind = 'body' ORDER BY report, start"""
SEEDS = """
    WITH few AS (SELECT * FROM shared WHERE NOT crowded), many AS (SELECT * FROM shared WHERE crowded),
    first AS (SELECT * FROM many WHERE report = earliest),
    pairs AS (
        SELECT p.report AS a, q.report AS b, p.place AS a_place, q.place AS b_place
        FROM few p JOIN few q ON p."group" = q."group" AND p.report < q.report WHERE p.follows = 0 OR p.follows <> q.follows
        UNION ALL
        SELECT least(p.report, q.report), greatest(p.report, q.report), least(p.place, q.place), greatest(p.place, q.place)
        FROM first p JOIN many q ON p."group" = q."group" AND p.report <> q.report WHERE p.follows = 0 OR p.follows <> q.follows
    )
    SELECT * FROM pairs ORDER BY ALL
"""
NAMED = """
    WITH lines AS (SELECT DISTINCT report, name FROM credits WHERE kind = 'line'),
    one_agency AS (SELECT DISTINCT p.report AS a, q.report AS b FROM lines p JOIN lines q ON p.name = q.name AND p.report < q.report)
    SELECT 'u-' || substr(md5(concat_ws('|', x.report, y.report, a_start, b_start, words)), 1, 16) AS id, x.report AS a, y.report AS b,
        a_start, a_end, b_start, b_end, words, quoted,
        CASE WHEN kind = 'text' AND o.a IS NOT NULL THEN 'agency' ELSE kind END AS kind, 'equal-words@4' AS rule
    FROM found f JOIN numbered x ON x.number = f.a JOIN numbered y ON y.number = f.b
    LEFT JOIN one_agency o ON o.a = x.report AND o.b = y.report ORDER BY id
"""


def reuse(*, sql: Callable[..., pa.Table], settings: Settings) -> pa.Table:
    """Return the shared passages of all pairs of reports; `sql` runs a select over the tables and any it is given by name."""
    its = bodies(sql(REPORTS), sql(STRETCHES))
    numbered = pa.table({"number": np.arange(len(its.reports)), "report": pa.array(its.reports, pa.string())})
    held = shared(its, prints(its, gram=settings.gram, window=settings.window), sql(NUMBERS), settings)
    seeds = sql(SEEDS, shared=held.table())
    runs = longest_runs(its, **{name: seeds.column(name).to_numpy() for name in ("a", "b", "a_place", "b_place")})
    worth = _worth(runs, _counts(held, runs, settings.gram))
    runs = apart(runs.take(np.flatnonzero(worth & (runs.words >= settings.shortest_passage))))
    return sql(NAMED, found=_table(its, runs, _counts(held, runs, settings.gram)), numbered=numbered)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Fingerprints inside runs, in one of their reports: that others share, those of the outlet's own, those that are stock at all."""

    shared: Whole
    boilerplate: Whole
    stock: Whole


def _counts(held: Shared, runs: Runs, gram: int) -> tuple[_Counts, _Counts]:
    """Count the fingerprints inside runs, in a and in b."""
    sums = _sums(held.boilerplate), _sums(held.boilerplate | held.background)

    def side(place: Whole) -> _Counts:
        start, end = (
            np.searchsorted(held.place, place),
            np.searchsorted(held.place, place + runs.words - gram, side="right"),
        )
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
            "quoted": _quoted(its, runs),
            "kind": KINDS.take(pa.array(_kind(its, runs, counts))),
        }
    )


def _quoted(its: Bodies, runs: Runs) -> Whole:
    """Return how many words of each run stand inside quotation marks, in the report where more do: the other may be a transcript."""
    sums = _sums(its.quoted)
    inside = (sums[place + runs.words] - sums[place] for place in (runs.a_place, runs.b_place))
    return np.asarray(np.maximum(*inside))


def _kind(its: Bodies, runs: Runs, counts: tuple[_Counts, _Counts]) -> npt.NDArray[np.int64]:
    """Return the place of each run's kind in `KINDS`: mostly inside quotation marks on either side, or mostly stock."""
    boilerplate = [side.boilerplate * 2 > side.shared for side in counts]
    stock = [side.stock * 2 > side.shared for side in counts]
    return np.asarray(
        np.select(
            [_quoted(its, runs) >= QUOTED_FROM * runs.words, boilerplate[0] | boilerplate[1], stock[0] | stock[1]],
            [1, 2, 3],
            0,
        )
    )
