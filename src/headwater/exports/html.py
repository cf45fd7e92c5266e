"""A case as static pages that open from disk, without a server and without scripts: to hand over, to archive, to print.

Every story, report and drawn comparison is written, and the claims that several reports make, that are disputed or that somebody denies
or doubts; a claim that one report makes stands in its story. What only a server can answer (search, another moment) has no link.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from typing import Any, BinaryIO

from headwater import ask
from headwater.exports.folder import Folder
from headwater.pages import Files, Shell, file_of, render
from headwater.records import Problem, Report, Story
from headwater.settings import Settings
from headwater.store import Store

TOP = ("stories", "disputes", "outlets", "corrections", "problems")


@dataclass(frozen=True, slots=True)
class _Page:
    """One file to write: the view, the names in its address, and what its template shows."""

    view: str
    names: tuple[str, ...]
    title: str
    values: dict[str, Any]

    @property
    def file(self) -> str:
        return file_of(self.view, *self.names)


def write_pages(store: Store, folder: Folder, settings: Settings) -> None:
    """Write a case as pages into a folder, the first page first."""
    pairs = sorted({pair for story in store.ids(Story) for pair in _pairs(store, story)})
    links = Files(frozenset(_files(store, pairs)))
    for page in _pages(store, settings, pairs):
        shell = Shell(case=store.path.name, view=page.view, title=page.title)
        folder.write(page.file, partial(_fill, render(page.view, shell, links, **page.values).encode()))
    shipped = resources.files("headwater.pages") / "static"
    for name in ("headwater.css", "mark.svg"):
        folder.write(f"static/{name}", partial(_fill, (shipped / name).read_bytes()))


def _fill(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _files(store: Store, pairs: list[tuple[str, str]]) -> Iterator[str]:
    yield from map(file_of, TOP)
    yield from (file_of("story", each) for each in store.ids(Story))
    yield from (file_of("report", each) for each in store.ids(Report))
    yield from (file_of("claim", each) for each in _claims(store))
    yield from (file_of("compare", *each) for each in pairs)


def _claims(store: Store) -> list[str]:
    """Claims of several reports, disputed ones, and those that somebody denies or doubts."""
    select = """
        SELECT c.id FROM claims c JOIN tallies t ON t.claim = c.id WHERE t.reports > 1 OR t.denies + t.doubts > 0
        UNION SELECT a FROM disputes UNION SELECT b FROM disputes ORDER BY 1
    """
    return [row["id"] for row in store.select(select)]


def _pairs(store: Store, story: str) -> Iterator[tuple[str, str]]:
    for edge in ask.story_page(store, story).tree.edges:
        if not edge.parent.startswith("unseen:"):
            yield edge.child, edge.parent


def _pages(store: Store, settings: Settings, pairs: list[tuple[str, str]]) -> Iterator[_Page]:
    listed = ask.story_list(store, settings, ask.Asked(size="all"), shown=None)
    yield _Page("stories", (), "Stories", {"page": listed})
    yield _Page("disputes", (), "Disputes", {"page": ask.boards(store, shown=None), "kind": None})
    yield _Page("outlets", (), "Outlets", {"page": ask.outlets(store)})
    yield _Page("corrections", (), "Corrections", {"page": ask.correction_list(store)})
    yield _Page("problems", (), "Could not be read", {"page": ask.ProblemList(tuple(store.all(Problem)))})
    for story in store.ids(Story):
        page = ask.story_page(store, story)
        yield _Page("story", (story,), page.title, {"page": page})
    for claim in _claims(store):
        said = ask.claim_page(store, claim)
        yield _Page("claim", (claim,), said.line.text, {"page": said})
    for report in store.ids(Report):
        its = ask.report_page(store, report, None)
        yield _Page("report", (report,), its.title or its.name, {"page": its})
    for one, two in pairs:
        laid = ask.compare(store, one, two)
        title = f"{laid.a.outlet or laid.a.name} and {laid.b.outlet or laid.b.name}"
        yield _Page("compare", (one, two), title, {"page": laid, "story": ask.story_of(store, one)})
