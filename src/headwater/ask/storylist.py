"""The list of stories: when, where, how many reports, on how many lines their best claim stands, what is disputed; by facets and words.

Everything is counted over all stories that fit, and what is not shown is said. Only ids, days and counts are read, so that a list over
thousands of stories comes at once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater import runs
from headwater.ask.search import reports_with
from headwater.records import Problem, Report
from headwater.settings import Settings
from headwater.store import Store

SHOWN = 40  # stories on one page
VALUES = 100  # values of a facet; a page shows twelve, and unfolds the others
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
    best_reports: int
    """reports that make that one"""
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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of one story before anybody looks at it: a list may have thousands, and shows forty."""

    id: str
    title: str
    first: str | None
    last: str | None
    members: Sequence[str]
    claimed: Mapping[str, int]
    disputed: Counter[str]
    months: frozenset[str]
    places: frozenset[str]
    outlets: frozenset[str]

    @property
    def disputes(self) -> int:
        return sum(self.disputed.values()) - self.disputed["update"]


def story_list(store: Store, settings: Settings, asked: Asked, *, shown: int | None = SHOWN) -> StoryList:
    """Return the stories that fit what is asked, so many on a page, or all on one."""
    known = _Known(store)
    facts = known.facts()
    tests = _tests(asked, set(reports_with(store, asked.words)) if asked.words else None)
    found = [each for each in facts if all(test(each) for test in tests.values())]
    rows = sorted(found, key=_order(asked.sort))
    length = shown or max(1, len(rows))
    pages = max(1, -(-len(rows) // length))
    asked = replace(asked, page=min(max(asked.page, 1), pages))
    start = length * (asked.page - 1)
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
        stories=tuple(known.listed(each) for each in rows[start : start + length]),
        facets=tuple(_facets(asked, facts, tests)),
        pages=pages,
    )


def _order(sort: str) -> Callable[[_Facts], tuple[object, ...]]:
    orders: dict[str, Callable[[_Facts], tuple[object, ...]]] = {
        "reports": lambda each: (-len(each.members), each.first or "9999", each.id),
        "lines": lambda each: (-each.claimed["lines_max"], -each.claimed["lines_min"], -len(each.members), each.id),
        "disputes": lambda each: (-each.disputes, -each.disputed["update"], -len(each.members), each.id),
        "newest": lambda each: ("".join(chr(0x10FFFF - ord(c)) for c in each.last or ""), each.id),
        "oldest": lambda each: (each.first or "9999", each.id),
    }
    return orders.get(sort, orders["reports"])


def _tests(asked: Asked, wanted: set[str] | None) -> dict[str, Callable[[_Facts], bool]]:
    """What a story must be, by facet."""
    tests: dict[str, Callable[[_Facts], bool]] = {}
    if asked.size != "all":
        tests["size"] = lambda each: (len(each.members) > 1) == (asked.size != "one")
    if asked.month:
        tests["month"] = lambda each: asked.month in each.months
    if asked.place:
        tests["place"] = lambda each: asked.place in each.places
    if asked.outlet:
        tests["outlet"] = lambda each: asked.outlet in each.outlets
    if asked.dispute:
        tests["dispute"] = lambda each: asked.dispute in each.disputed
    if wanted is not None:
        tests["words"] = lambda each: not wanted.isdisjoint(each.members)
    return tests


def _facets(asked: Asked, facts: Sequence[_Facts], tests: Mapping[str, Callable[[_Facts], bool]]) -> Iterable[Facet]:
    """Each facet counts the stories that fit all that is asked but itself, so that another value can be chosen."""
    ways: dict[str, tuple[str, Callable[[_Facts], Iterable[str]], str | None]] = {
        "size": ("Reports", lambda each: ("one" if len(each.members) == 1 else "several",), asked.size),
        "month": ("Month", lambda each: each.months, asked.month),
        "place": ("Place", lambda each: each.places, asked.place),
        "outlet": ("Outlet", lambda each: each.outlets, asked.outlet),
        "dispute": ("Disputed", lambda each: each.disputed, asked.dispute),
    }
    for name, (label, values, chosen) in ways.items():
        others = [test for key, test in tests.items() if key != name]
        counted = Counter(value for each in facts if all(test(each) for test in others) for value in values(each))
        if chosen and chosen not in counted and name != "size":
            counted[chosen] = 0
        if name == "size" and chosen in ("several", "one"):
            counted.setdefault(chosen, 0)
        if len(counted) < 2 and not (chosen and name != "size"):
            continue
        by_size = sorted(counted, key=lambda value: (value != chosen, -counted[value], value))
        shown = by_size[:VALUES]
        if name == "month":
            shown.sort(key=lambda value: (value != chosen, value), reverse=False)
        yield Facet(
            name,
            label,
            tuple(Value(each, counted[each], each == chosen) for each in shown),
            len(by_size) - len(shown),
        )


NOTHING: Mapping[str, int] = {"claims": 0, "lines_min": 0, "lines_max": 0, "best_reports": 0, "one_line": 0}


class _Known:
    """Look-ups over a case, read once for one list."""

    def __init__(self, store: Store) -> None:
        self._stories = store.select("SELECT id, title, first, last, reports FROM stories")
        self._days = {
            row["report"]: row["first"] for row in store.select("SELECT report, first FROM dates WHERE first NOT NULL")
        }
        self._outlets = {
            row["id"]: row["outlet"] for row in store.select("SELECT id, outlet FROM reports WHERE outlet NOT NULL")
        }
        self._places = _places(store)
        self._claimed = {row["story"]: row for row in store.select(CLAIMED)}
        self._disputed: dict[str, Counter[str]] = defaultdict(Counter)
        for row in store.select("SELECT story, kind, count(*) AS many FROM disputes GROUP BY story, kind"):
            self._disputed[row["story"]][row["kind"]] = row["many"]

    def facts(self) -> list[_Facts]:
        """Return what is known of every story."""
        return [self._facts(row) for row in self._stories]

    def _facts(self, row: Mapping[str, str]) -> _Facts:
        its = json.loads(row["reports"])
        return _Facts(
            id=row["id"],
            title=row["title"],
            first=row["first"],
            last=row["last"],
            members=its,
            claimed=self._claimed.get(row["id"], NOTHING),
            disputed=self._disputed.get(row["id"], NO_DISPUTE),
            months=frozenset(self._days[each][:7] for each in its if each in self._days),
            places=frozenset(place for each in its if each in self._places for place in self._places[each]),
            outlets=frozenset(self._outlets[each] for each in its if each in self._outlets),
        )

    def listed(self, facts: _Facts) -> Listed:
        """Return a story as the list shows it."""
        where, per_day = Counter[str](), Counter(self._days[each] for each in facts.members if each in self._days)
        for each in facts.members:
            where.update(self._places.get(each, {}))
        count = facts.claimed
        return Listed(
            id=facts.id,
            title=facts.title,
            first=facts.first,
            last=facts.last,
            places=tuple(sorted(where, key=lambda place: (-where[place], place))[:PLACES]),
            reports=len(facts.members),
            outlets=len(facts.outlets),
            unknown_outlets=sum(each not in self._outlets for each in facts.members),
            undated=sum(each not in self._days for each in facts.members),
            claims=count["claims"],
            lines_min=count["lines_min"],
            lines_max=count["lines_max"],
            best_reports=count["best_reports"],
            one_line=count["one_line"],
            disputes=facts.disputes,
            updates=facts.disputed["update"],
            days=tuple(Day(day, per_day[day]) for day in sorted(per_day)),
        )


NO_DISPUTE = Counter[str]()
CLAIMED = """
    SELECT story, count(*) AS claims, sum(lines_max = 1) AS one_line, max(best) / 1000000 AS lines_max,
        max(best) / 1000 % 1000 AS lines_min, max(best) % 1000 AS best_reports
    FROM (SELECT c.story, t.lines_max, t.lines_max * 1000000 + t.lines_min * 1000 + min(t.reports, 999) AS best
        FROM tallies t CROSS JOIN claims c ON c.id = t.claim WHERE t.reports > 1)
    GROUP BY story
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
