"""The views of a case: which question each asks, which template shows the answer, and which rows its CSV holds."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from headwater import ask
from headwater.explain import explain
from headwater.records import Problem
from headwater.settings import Settings
from headwater.store import Store

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What a view is asked: the case, the names in the path, the values behind the question mark."""

    store: Store
    settings: Settings
    names: tuple[str, ...]
    values: Values
    whole: bool = False
    """whether everything is wanted and not a page of it, as in CSV"""

    @property
    def moment(self) -> str | None:
        """The moment as of which the view is wanted."""
        return self.values.get("as-of") or None

    def number(self, name: str, default: int) -> int:
        """Return a value as a number; what is none is the default."""
        given = self.values.get(name, "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else default


@dataclass(frozen=True, slots=True)
class View:
    """One kind of page: how many names its path has, its answer, its title, its rows for CSV, and more for its template."""

    names: int
    page: Callable[[Request], Any]
    title: Callable[[Any], str]
    rows: Callable[[Any], list[Any]]
    template: str = ""
    more: Callable[[Request, Any], dict[str, Any]] = lambda request, page: {}


def _stories(request: Request) -> ask.StoryList:
    asked = ask.with_values(ask.Asked(), {**request.values, "words": request.values.get("q", "")})
    if request.whole:
        return ask.story_list(request.store, request.settings, asked, shown=None)
    return ask.story_list(request.store, request.settings, asked)


def _speakers(request: Request) -> ask.Speakers:
    words = request.values.get("q") or None
    if request.whole:
        return ask.speakers(request.store, words, shown=None)
    return ask.speakers(request.store, words, request.number("page", 1))


def _disputes(page: ask.Boards) -> list[Any]:
    return [
        {"story": board.story, "title": board.title, **asdict(each)}
        for board in page.boards
        for row in board.rows
        for each in row.disputes
    ]


def _board(request: Request) -> ask.Boards:
    board = ask.board(request.store, request.names[0], request.moment)
    kinds = Counter(dispute.kind for row in board.rows for dispute in row.disputes)
    shown = (board,) if board.rows else ()
    return ask.Boards(None, tuple(sorted(kinds.items())), len(shown), 1, 1, shown)


VIEWS: dict[str, View] = {
    "stories": View(
        0,
        _stories,
        lambda page: "Stories",
        lambda page: list(page.stories),
    ),
    "story": View(
        1,
        lambda r: ask.story_page(r.store, r.names[0], r.moment),
        lambda page: page.title,
        lambda page: list(page.claims),
    ),
    "claim": View(
        1,
        lambda r: ask.claim_page(r.store, r.names[0], r.moment),
        lambda page: page.line.text,
        lambda page: [*page.asserts, *page.denies, *page.doubts, *page.forecasts],
    ),
    "report": View(
        1,
        lambda r: ask.report_page(r.store, r.names[0], r.number("start", 0), at=r.number("at", 0)),
        lambda page: page.title or page.name,
        lambda page: list(page.statements),
    ),
    "compare": View(
        2,
        lambda r: ask.compare(r.store, *r.names),
        lambda page: f"{page.a.outlet or page.a.name} and {page.b.outlet or page.b.name}",
        lambda page: list(page.rows),
        more=lambda r, page: {"story": ask.story_of(r.store, page.a.id)},
    ),
    "speakers": View(
        0,
        _speakers,
        lambda page: "Speakers and origins",
        lambda page: list(page.speakers),
    ),
    "speaker": View(
        0,
        lambda r: ask.speaker(r.store, r.values.get("name", "")),
        lambda page: page.speaker.name,
        lambda page: list(page.statements),
    ),
    "outlets": View(0, lambda r: ask.outlets(r.store), lambda page: "Outlets", lambda page: list(page.outlets)),
    "outlet": View(
        0,
        lambda r: ask.outlet(r.store, r.values.get("name", "")),
        lambda page: page.outlet.name,
        lambda page: list(page.reports),
    ),
    "disputes": View(
        0,
        lambda r: ask.boards(r.store, r.values.get("kind") or None, r.number("page", 1)),
        lambda page: "Disputes",
        _disputes,
        more=lambda r, page: {"kind": page.kind},
    ),
    "board": View(
        1, _board, lambda page: "Disputes", _disputes, template="disputes", more=lambda r, page: {"kind": None}
    ),
    "search": View(
        0,
        lambda r: ask.search(r.store, r.values.get("q", "")),
        lambda page: f"Search: {page.words}",
        lambda page: [{"kind": hits.kind, **asdict(hit)} for hits in page.hits for hit in hits.shown],
    ),
    "review": View(
        0,
        lambda r: ask.reviews(r.store, r.values.get("story") or None),
        lambda page: "Review",
        lambda page: list(page.questions),
    ),
    "corrections": View(
        0, lambda r: ask.correction_list(r.store), lambda page: "Corrections", lambda page: list(page.corrections)
    ),
    "problems": View(
        0,
        lambda r: ask.ProblemList(tuple(r.store.all(Problem))),
        lambda page: "Could not be read",
        lambda page: list(page.problems),
    ),
    "explain": View(
        1,
        lambda r: explain(r.store, r.names[0]),
        lambda page: f"Why {page.id}",
        lambda page: [asdict(quote) for quote in page.quotes],
    ),
}
