"""Watching feeds: read what is new at intervals, for days, and say which claims got other lines of evidence by it.

Everything that is needed to go on stands in the case: what servers said, what has failed how often, what was last told of each
claim. So a watch that was killed goes on where it was, and tells what changed meanwhile, once.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from headwater.case import Case, Reading
from headwater.errors import BusyCase, NoSuchId
from headwater.intake.links import normal
from headwater.known import is_due
from headwater.records import Address, Claim, Line, Problem, Report, Statement, Tally, Watch, ident
from headwater.runs import Step
from headwater.store import Store

GIVEN_UP = 8  # failures in a row, over half a day, after which a page is not asked for again
WORTH_TELLING = 2  # lines from which a claim that is new is told by itself


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim whose lines are other than when they were last told."""

    claim: str
    text: str
    was_min: int | None
    """unknown for a claim that is new"""
    was_max: int | None
    lines_min: int
    lines_max: int
    lines: tuple[str, ...]
    """each line at the upper end: its origin, and through whom"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the feeds brought."""

    at: str
    """when it began, ISO 8601"""
    asked: int
    resting: int
    """feeds that failed lately and are not asked yet"""
    reading: Reading | None
    """unknown where the case was busy"""
    problems: tuple[Problem, ...]
    """those that are new"""
    moved: tuple[Moved, ...]
    lost: tuple[str, ...]
    """statements whose claims were to be watched and that no claim has any more"""
    busy: str | None


def watch(
    case: Case,
    feeds: Sequence[str],
    *,
    every: float,
    follow: bool = False,
    claims: Sequence[str] = (),
    rounds: int | None = None,
    pause: Callable[[float], None] = time.sleep,
    listen: Callable[[Step], None] = lambda step: None,
) -> Iterator[Round]:
    """Yield what each look at the feeds brings, one every so many seconds, for ever or for so many rounds.

    `claims` are ids of claims to be watched from now on; without any, every claim is. Raise NoSuchId.
    """
    _begin(case.store, claims)
    number = 0
    while rounds is None or number < rounds:
        started = time.monotonic()
        done = _round(case, feeds, follow=follow, listen=listen)
        yield done.round
        with case.store.transaction():  # only now: who is killed before it was told is told again
            _note(case.store, done.told)
        number += 1
        if number != rounds:
            pause(max(0.0, every - (time.monotonic() - started)))


def _begin(store: Store, claims: Sequence[str]) -> None:
    """Note the claims that are to be watched; what is watched already keeps what was last told of it."""
    found = {each.id: each for each in store.some(Claim, "id", claims)}
    for missing in set(claims) - set(found):
        raise NoSuchId(missing, "is no claim of this case", hint="`headwater claims CASE` lists them")
    tallies = {each.claim: each for each in store.some(Tally, "claim", found)}
    asked = {each.statement for each in store.all(Watch) if each.asked}
    named = [_watch(each, tallies[each.id], asked=True) for each in found.values() if each.statement not in asked]
    with store.transaction():
        if claims:
            store.change("DELETE FROM watches WHERE NOT asked")
            store.renew(Watch, named)
        elif asked or not store.count(Watch):
            store.clear(Watch)  # from now on all are watched, as they stand
            store.add(Watch, _as_told(store))


def _as_told(store: Store) -> list[Watch]:
    tallies = {each.claim: each for each in store.all(Tally)}
    return [_watch(each, tallies[each.id], asked=False) for each in store.all(Claim) if each.id in tallies]


def _watch(claim: Claim, tally: Tally, *, asked: bool) -> Watch:
    return Watch(
        id=ident("wa", claim.statement),
        statement=claim.statement,
        asked=asked,
        lines_min=tally.lines_min,
        lines_max=tally.lines_max,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    round: Round
    told: "_News"


def _round(case: Case, feeds: Sequence[str], *, follow: bool, listen: Callable[[Step], None]) -> _Done:
    store, at = case.store, datetime.now(UTC).isoformat(timespec="seconds")
    before = set(store.ids(Problem))
    due = [feed for feed in feeds if is_due(store, normal(feed))]
    busy, reading = None, None
    try:
        reading = case.read(*due, *(_missed(store, feeds) if follow else ()), follow=follow, listen=listen)
    except BusyCase as error:
        busy = str(error)
    news = store.some(Problem, "id", set(store.ids(Problem)) - before)
    told = _News((), (), (), everything=False) if busy else _told(store)
    round_ = Round(at, len(due), len(feeds) - len(due), reading, tuple(news), told.moved, told.lost, busy)
    return _Done(round_, told)


def _missed(store: Store, feeds: Sequence[str]) -> list[str]:
    """Return the pages that feeds led to, could not be had, and may be asked for again; given up after some tries."""
    of_feeds = {normal(feed) for feed in feeds}
    tried = [each.url for each in store.all(Address) if 0 < each.failures < GIVEN_UP and each.url not in of_feeds]
    return [url for url in tried if is_due(store, url)]


@dataclass(frozen=True, slots=True)
class _News:
    moved: tuple[Moved, ...]
    lost: tuple[str, ...]
    kept: tuple[Watch, ...]
    everything: bool
    """whether all claims are watched"""


def _note(store: Store, told: _News) -> None:
    """Note what was told, and let go of what is watched no longer."""
    if told.everything:
        store.clear(Watch)
    store.renew(Watch, told.kept)
    for each in told.lost:
        store.change("DELETE FROM watches WHERE statement = ?", each)


def _told(store: Store) -> _News:
    """Return what moved since it was last told."""
    watches = {each.statement: each for each in store.all(Watch)}
    asked = {each.statement for each in watches.values() if each.asked}
    tallies = {each.claim: each for each in store.all(Tally)}
    moved, kept, seen = [], [], set[str]()
    for claim in store.all(Claim):
        its = [watches[each] for each in claim.statements if each in watches]
        seen.update(each.statement for each in its)
        named = [each for each in its if each.asked]
        tally = tallies[claim.id]
        if asked and not named:
            continue
        if watches and _is_news(named or its, tally):
            moved.append(_moved(store, claim, named or its, tally))
        kept += _kept(claim, tally, named)
    lost = tuple(sorted(asked - seen))
    moved.sort(key=lambda each: (-each.lines_max, -each.lines_min, each.claim))
    return _News(tuple(moved), lost, tuple(kept), everything=not asked)


def _kept(claim: Claim, tally: Tally, named: Sequence[Watch]) -> list[Watch]:
    if not named:
        return [_watch(claim, tally, asked=False)]
    return [
        Watch(id=each.id, statement=each.statement, asked=True, lines_min=tally.lines_min, lines_max=tally.lines_max)
        for each in named
    ]


def _is_news(its: Sequence[Watch], tally: Tally) -> bool:
    """Tell whether either end of the interval has moved; a claim that is new must have lines enough."""
    if not its:
        return tally.lines_min >= WORTH_TELLING
    return (_most(its, "lines_min"), _most(its, "lines_max")) != (tally.lines_min, tally.lines_max)


def _most(its: Sequence[Watch], end: str) -> int:
    return max(int(getattr(each, end)) for each in its)


def _moved(store: Store, claim: Claim, its: Sequence[Watch], tally: Tally) -> Moved:
    (statement,) = store.some(Statement, "id", [claim.statement])
    (report,) = store.some(Report, "id", [statement.report])
    witnesses = [each for each in store.some(Line, "claim", [claim.id]) if each.bound == "max"]
    return Moved(
        claim=claim.id,
        text=" ".join(report.text[statement.start : statement.end].split()),
        was_min=_most(its, "lines_min") if its else None,
        was_max=_most(its, "lines_max") if its else None,
        lines_min=tally.lines_min,
        lines_max=tally.lines_max,
        lines=tuple(sorted(f"{each.origin} through {each.gatherer}" for each in witnesses)),
    )
