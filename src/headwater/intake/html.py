"""HTML pages: main text by Trafilatura, and what a page says of itself by `clues`, from one tree.

Offsets count the main text, since markup is not what a report says; each paragraph stands on a line of its own.
"""

import re
from collections.abc import Iterator
from typing import Any

from headwater.errors import BrokenShape, EmptyReport, IntakeError, TooLarge
from headwater.intake import clues, days
from headwater.intake.charsets import characters
from headwater.intake.clue import Clue
from headwater.intake.items import Item, make_rows, problem
from headwater.intake.trimming import trimmed
from headwater.records import Candidate, Capture, Problem, Report

LARGEST_PAGE = 20_000_000
"""characters; parsers leave out what follows"""
SHELL = re.compile(
    r"\b(?:enable|turn on|activate|requires?|disabled?)\b.{0,40}\b(?:javascript|cookies)\b"
    r"|\bjavascript\b.{0,40}\b(?:disabled|required|enabled?)\b",
    re.I,
)
SHELL_WORDS = 60
"""words below which a page that asks for scripts shows nothing else"""
LARGEST_TREE = 300_000
"""elements of a page; the largest of 990 pages has 10,106, and what has more is made to harm"""
FOREIGN = (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError)
"""what parsers raise of pages that are made to break them; lxml's own errors are SyntaxErrors, which are named beside these"""


def read(item: Item) -> Iterator[Report | Problem | Candidate | Capture]:
    """Yield the report on a page, every value found for its title, outlet and dates, and how it came in; or a problem."""
    try:
        yield from list(_page(item))
    except IntakeError as error:
        yield problem(error)


def _page(item: Item) -> Iterator[Report | Candidate | Capture]:
    tree = _tree(item)
    elements = list(
        tree.iter()
    )  # held, because lxml makes each anew for every walk over the tree otherwise: a fifth of our time
    if len(elements) > LARGEST_TREE:
        raise BrokenShape(item.place, f"has more than {LARGEST_TREE:,} elements", hint="no report needs so many")
    try:
        found = clues.find(tree, address=_address(item))
        text = trimmed(_main_text(tree), tree)
    except (*FOREIGN, SyntaxError) as error:
        raise BrokenShape(item.place, f"is a page that cannot be taken apart: {str(error)[:100]}") from error
    if not text:
        raise EmptyReport(item.place, "is a page without main text")
    if len(text.split()) < SHELL_WORDS and SHELL.search(text):
        raise EmptyReport(
            item.place, "shows its text to scripts only", hint="open it in a browser, save it and read the file"
        )
    yield from make_rows(item, text=text, clues=(*found, *clues.first_reported(text), *_captured(item)))


def _tree(item: Item) -> Any:
    """Return the tree of a page. Raise EmptyReport where there is none, BrokenShape where it cannot be parsed."""
    from trafilatura import load_html  # takes half a second, which only pages are worth

    text = characters(item)
    if not text.strip():
        raise EmptyReport(item.place, "is empty")
    if len(text) > LARGEST_PAGE:
        raise TooLarge(item.place, f"has more than {LARGEST_PAGE:,} characters", hint="is it a page?")
    try:
        tree = load_html(text)
    except (*FOREIGN, SyntaxError) as error:
        raise BrokenShape(item.place, f"is a page that cannot be taken apart: {str(error)[:100]}") from error
    if tree is None:
        raise EmptyReport(item.place, "is a page without main text")
    return tree


def _main_text(tree: Any) -> str:
    """Return the paragraphs of a page, one a line; tables are kept, since reports set lists of the dead in them."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, with_metadata=False, include_comments=False, include_tables=True)
    return str(found.text or "") if found is not None else ""


def _address(item: Item) -> str:
    """Return the address that a page answered under, as far as anything told."""
    told = [each.value for each in item.clues if each.field == "url"]
    if item.came:
        told = [*(each for each in (item.came.final, item.came.url) if each), *told]
    return next((each for each in told if days.host_of(each)), "")


def _captured(item: Item) -> Iterator[Clue]:
    """Yield when the page was fetched or captured: no report is from later."""
    if item.came and item.came.at and (at := days.iso(item.came.at)):
        yield Clue("captured", at, "archive")
