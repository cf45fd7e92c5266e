"""Which fingerprints several reports hold, who held each first, and which are stock: one sorted pass over all of them.

A fingerprint that stands in three reports of one outlet, or four of all, on days far enough apart is stock: the outlet's
boilerplate, or background.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from headwater.settings import Settings
from headwater.stages.reuse.bodies import Bodies, Truths
from headwater.stages.reuse.cutting import Hashes, Whole
from headwater.stages.reuse.prints import Prints

OF_OUTLET, OF_ALL = 3, 4  # reports that hold a fingerprint from which it can be stock, of one outlet and of all
UNDATED = np.iinfo(np.int32).min
NUMBERS = """
    SELECT r.id, coalesce(dense_rank() OVER (ORDER BY r.outlet), 0)::INTEGER AS outlet, r.outlet IS NULL AS nameless,
        date_diff('day', DATE '1970-01-01', d.first::DATE)::INTEGER AS day,
        (row_number() OVER (ORDER BY coalesce(d.first, '9999'), r.id) - 1)::INTEGER AS turn
    FROM reports r LEFT JOIN dates d ON d.report = r.id ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """Fingerprints that two reports or more hold, in the order of the words, one entry each.

    `group` is the same for equal ones; `earliest` is the report that held it first; `follows` is the same for two when each has
    the same one right before it at the same distance, and 0 where that tells nothing.
    """

    report: Whole
    place: Whole
    group: Whole
    earliest: Whole
    crowded: Truths
    follows: Hashes
    boilerplate: Truths
    background: Truths

    def table(self) -> pa.Table:
        """Return what a join for pairs of reports needs."""
        return pa.table(
            {name: getattr(self, name) for name in ("report", "place", "group", "earliest", "crowded", "follows")}
        )


def shared(bodies: Bodies, found: Prints, numbers: pa.Table, settings: Settings) -> Shared:
    """Return the shared ones among all fingerprints; `numbers` has a row a report: outlet, day, and turn by day."""
    report = np.asarray(np.searchsorted(bodies.first, found.place, side="right") - 1)
    order = np.argsort(found.hash, kind="stable")
    group, start = _groups(found.hash[order])
    its = report[order]
    holders = np.add.reduceat(_new(group, its), start) if len(start) else start
    several = (holders > 1)[group]
    order, its = order[several], its[several]
    group, start = _groups(found.hash[order])
    holders = holders[holders > 1]
    outlet, day, turn = _numbers(numbers)
    first = np.argsort(turn)[np.minimum.reduceat(turn[its], start)] if len(start) else start
    spread = _spread(day[its], start)
    stock = (holders >= OF_ALL) & (spread >= settings.stock_days)
    own = _own(group, outlet[its], its, day[its], settings.stock_days)
    kept = np.sort(order)
    place = np.argsort(order)  # from the order by hash back to the order of the words
    few = np.zeros(len(found.hash), dtype=np.bool_)
    few[order] = (holders <= settings.crowd)[group]
    return Shared(
        report=report[kept],
        place=found.place[kept],
        group=group[place],
        earliest=first[group][place],
        crowded=~few[kept],
        follows=_follows(found, report, few, settings.gram)[kept],
        boilerplate=own[place],
        background=stock[group][place],
    )


def _groups(ordered: npt.NDArray[np.generic]) -> tuple[Whole, Whole]:
    """Number runs of equal values; return the number of each value and where each run begins."""
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(ordered) else np.empty(0, dtype=np.bool_)
    return (np.cumsum(begins) - 1).astype(np.int64), np.flatnonzero(begins)


def _new(group: Whole, report: Whole) -> Whole:
    """1 where a report stands in a group for the first time (reports rise within a group)."""
    new = np.ones(len(group), dtype=np.int64)
    new[1:] = (np.diff(group) != 0) | (np.diff(report) != 0)
    return new


def _numbers(numbers: pa.Table) -> tuple[Whole, Whole, Whole]:
    outlet = np.where(numbers.column("nameless").to_numpy(), -1, numbers.column("outlet").to_numpy())
    day = numbers.column("day").fill_null(int(UNDATED)).to_numpy()
    return outlet.astype(np.int64), day.astype(np.int64), numbers.column("turn").to_numpy().astype(np.int64)


def _spread(day: Whole, start: Whole) -> Whole:
    """Return the days between the first and the last dated report of each group; -1 where none is dated."""
    if not len(start):
        return start
    dated = day != UNDATED
    last = np.maximum.reduceat(day, start)
    first = np.minimum.reduceat(np.where(dated, day, np.iinfo(np.int64).max), start)
    return np.where(last == UNDATED, -1, last - first)


def _own(group: Whole, outlet: Whole, report: Whole, day: Whole, apart: int) -> Truths:
    """Tell of each fingerprint whether it is boilerplate of the outlet that printed it here."""
    found = np.zeros(len(group), dtype=np.bool_)
    named = np.flatnonzero(outlet >= 0)
    order = named[np.lexsort((report[named], outlet[named], group[named]))]
    pair, start = _groups(group[order] * (int(outlet.max(initial=0)) + 1) + outlet[order])
    if len(start):
        many = np.add.reduceat(_new(pair, report[order]), start) >= OF_OUTLET
        found[order] = (many & (_spread(day[order], start) >= apart))[pair]
    return found


def _follows(found: Prints, report: Whole, few: Truths, gram: int) -> Hashes:
    """Hash the fingerprint before each and the distance to it; 0 where there is none, it stands off, or it is crowded."""
    gap = np.diff(found.place, prepend=0)
    near = (np.diff(report, prepend=-1) == 0) & (gap <= gram) & np.roll(few, 1)
    mixed = (np.roll(found.hash, 1) * np.uint64(31) + gap.astype(np.uint64)) | np.uint64(1)
    return np.asarray(np.where(near, mixed, np.uint64(0)))
