"""The list of stories: when, where, how many reports, on how many lines their best claim stands, what is disputed; by facets and words.

Everything is counted over all stories that fit, and what is not shown is said. Only ids, days and counts are read, so that a list over
thousands of stories comes at once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from headwater import runs
from headwater.ask.search import reports_with
from headwater.records import Problem, Report
from headwater.settings import Settings
from headwater.store import Store

SHOWN = 40  # stories on one page
VALUES = 12  # values shown of a facet
PLACES = 2  # places named of a story
SORTS = ("reports", "lines", "disputes", "newest", "oldest")
SIZES = ("several", "one", "all")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which stories are wanted, and in which order; None asks for nothing."""

    words: str | None = None
    sort: str = "reports"
    size: str = "several"
    """several, one or all: how many reports a story has"""
    month: str | None = None
    place: str | None = None
    outlet: str | None = None
    dispute: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """How many reports are of one day."""

    day: str
    reports: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One story in the list."""

    id: str
    title: str
    first: str | None
    last: str | None
    places: tuple[str, ...]
    reports: int
    outlets: int
    unknown_outlets: int
    undated: int
    claims: int
    """claims that several of its reports make"""
    lines_min: int
    lines_max: int
    """interval of the one of them on most lines; 0 where there is none"""
    one_line: int
    """those of them that stand on one line at most"""
    disputes: int
    """those that are no mere update"""
    updates: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, and how many of the stories found have it."""

    value: str
    label: str
    stories: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list; `left_out` values are not shown."""

    name: str
    label: str
    values: tuple[Value, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class StoryList:
    """The stories asked for, with what the case holds."""

    case: str
    asked: Asked
    reports: int
    undated: int
    unknown_outlets: int
    problems: int
    stale: tuple[str, ...]
    every: int
    """stories of the case"""
    found: int
    stories: tuple[Listed, ...]
    facets: tuple[Facet, ...]
    pages: int


@dataclass(slots=True)
class _Facts:
    """What is gathered about one story."""

    row: Listed
    months: set[str] = field(default_factory=set)
    every_place: set[str] = field(default_factory=set)
    every_outlet: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


def story_list(store: Store, settings: Settings, asked: Asked, *, shown: int | None = SHOWN) -> StoryList:
    """Return the stories that fit what is asked, so many on a page, or all on one."""
    facts = _facts(store)
    wanted = set(reports_with(store, asked.words)) if asked.words else None
    tests = _tests(asked, wanted, _members(store) if wanted is not None else {})
    found = [each for each in facts if all(test(each) for test in tests.values())]
    rows = sorted((each.row for each in found), key=_order(asked.sort))
    length = shown or max(1, len(rows))
    pages = max(1, -(-len(rows) // length))
    start = length * (min(max(asked.page, 1), pages) - 1)
    outlets = store.select("SELECT sum(outlet IS NULL) AS unknown FROM reports")
    undated = store.select("SELECT count(*) AS many FROM dates WHERE first IS NULL")
    return StoryList(
        case=store.path.name,
        asked=asked,
        reports=store.count(Report),
        undated=undated[0]["many"],
        unknown_outlets=outlets[0]["unknown"] or 0,
        problems=store.count(Problem),
        stale=tuple(runs.stale(store, settings)),
        every=len(facts),
        found=len(found),
        stories=tuple(rows[start : start + length]),
        facets=tuple(_facets(asked, facts, tests)),
        pages=pages,
    )


def _order(sort: str) -> Callable[[Listed], tuple[object, ...]]:
    orders: dict[str, Callable[[Listed], tuple[object, ...]]] = {
        "reports": lambda row: (-row.reports, row.first or "9999", row.id),
        "lines": lambda row: (-row.lines_max, -row.lines_min, -row.reports, row.id),
        "disputes": lambda row: (-row.disputes, -row.updates, -row.reports, row.id),
        "newest": lambda row: ("".join(chr(0x10FFFF - ord(c)) for c in row.last or ""), row.id),
        "oldest": lambda row: (row.first or "9999", row.id),
    }
    return orders.get(sort, orders["reports"])


def _tests(
    asked: Asked, wanted: set[str] | None, members: Mapping[str, Sequence[str]]
) -> dict[str, Callable[[_Facts], bool]]:
    """What a story must be, by facet."""
    tests: dict[str, Callable[[_Facts], bool]] = {}
    if asked.size != "all":
        tests["size"] = lambda each: (each.row.reports > 1) == (asked.size != "one")
    if asked.month:
        tests["month"] = lambda each: asked.month in each.months
    if asked.place:
        tests["place"] = lambda each: asked.place in each.every_place
    if asked.outlet:
        tests["outlet"] = lambda each: asked.outlet in each.every_outlet
    if asked.dispute:
        tests["dispute"] = lambda each: asked.dispute in each.kinds
    if wanted is not None:
        tests["words"] = lambda each: not wanted.isdisjoint(members[each.row.id])
    return tests


def _facets(asked: Asked, facts: Sequence[_Facts], tests: Mapping[str, Callable[[_Facts], bool]]) -> Iterable[Facet]:
    """Each facet counts the stories that fit all that is asked but itself, so that another value can be chosen."""
    ways: dict[str, tuple[str, Callable[[_Facts], Iterable[str]], str | None]] = {
        "size": ("Reports", lambda each: ["one" if each.row.reports == 1 else "several"], asked.size),
        "month": ("Month", lambda each: each.months, asked.month),
        "place": ("Place", lambda each: each.every_place, asked.place),
        "outlet": ("Outlet", lambda each: each.every_outlet, asked.outlet),
        "dispute": ("Disputed", lambda each: each.kinds, asked.dispute),
    }
    for name, (label, values, chosen) in ways.items():
        others = [test for key, test in tests.items() if key != name]
        counted = Counter(value for each in facts if all(test(each) for test in others) for value in set(values(each)))
        if chosen and chosen not in counted and name != "size":
            counted[chosen] = 0
        if len(counted) < 2 and not (chosen and name != "size"):
            continue
        by_size = sorted(counted, key=lambda value: (value != chosen, -counted[value], value))
        shown = by_size[:VALUES]
        if name == "month":
            shown.sort()
        yield Facet(
            name,
            label,
            tuple(Value(each, each, counted[each], each == chosen) for each in shown),
            len(by_size) - len(shown),
        )


def _members(store: Store) -> dict[str, list[str]]:
    return {row["id"]: json.loads(row["reports"]) for row in store.select("SELECT id, reports FROM stories")}


def _facts(store: Store) -> list[_Facts]:
    days = {row["report"]: row["first"] for row in store.select("SELECT report, first FROM dates")}
    outlets = {row["id"]: row["outlet"] for row in store.select("SELECT id, outlet FROM reports WHERE outlet NOT NULL")}
    places = _places(store)
    claimed = {row["story"]: row for row in store.select(CLAIMED)}
    disputed: dict[str, Counter[str]] = defaultdict(Counter)
    for row in store.select("SELECT story, kind, count(*) AS many FROM disputes GROUP BY story, kind"):
        disputed[row["story"]][row["kind"]] = row["many"]
    found = []
    for row in store.select("SELECT id, title, first, last, reports FROM stories"):
        its = json.loads(row["reports"])
        where: Counter[str] = Counter()
        for each in its:
            where.update(places.get(each, {}))
        count, kinds = claimed.get(row["id"]), disputed[row["id"]]
        per_day = Counter(days[each] for each in its if days.get(each))
        known = {outlets[each] for each in its if each in outlets}
        listed = Listed(
            id=row["id"],
            title=row["title"],
            first=row["first"],
            last=row["last"],
            places=tuple(sorted(where, key=lambda place: (-where[place], place))[:PLACES]),
            reports=len(its),
            outlets=len(known),
            unknown_outlets=sum(each not in outlets for each in its),
            undated=sum(days.get(each) is None for each in its),
            claims=count["claims"] if count else 0,
            lines_min=count["lines_min"] if count else 0,
            lines_max=count["lines_max"] if count else 0,
            one_line=count["one_line"] if count else 0,
            disputes=sum(kinds.values()) - kinds["update"],
            updates=kinds["update"],
            days=tuple(Day(day, per_day[day]) for day in sorted(per_day)),
        )
        found.append(_Facts(listed, {day[:7] for day in per_day}, set(where), known, set(kinds)))
    return found


CLAIMED = """
    SELECT c.story, count(*) AS claims, max(t.lines_max * 1000 + t.lines_min) / 1000 AS lines_max,
        max(t.lines_max * 1000 + t.lines_min) % 1000 AS lines_min, sum(t.lines_max = 1) AS one_line
    FROM tallies t CROSS JOIN claims c ON c.id = t.claim WHERE t.reports > 1 GROUP BY c.story
"""
"""of the claims that several reports make; CROSS keeps SQLite from scanning all others first"""


def _places(store: Store) -> dict[str, dict[str, int]]:
    """How often each report's readings name a place, towns and regions with their country."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    select = "SELECT report, place_name, count(*) AS many FROM readings WHERE place_name NOT NULL GROUP BY report, place_name"
    for row in store.select(select):
        found[row["report"]][row["place_name"]] = row["many"]
    return found


def with_values(asked: Asked, values: Mapping[str, str]) -> Asked:
    """Return what is asked with the values of an address; those that mean nothing are passed over."""
    known = {
        name: values[name].strip() for name in ("words", "month", "place", "outlet", "dispute") if values.get(name)
    }
    sort = values.get("sort") if values.get("sort") in SORTS else asked.sort
    size = values.get("size") if values.get("size") in SIZES else asked.size
    page = values.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return replace(asked, sort=str(sort), size=str(size), page=number, **{k: v for k, v in known.items() if v})
