"""What a reader of a page sees about its headline: the headline itself, who wrote below it, the dates beside it.

In goes the tree of a page, out come clues in the place `visible`, nearest first. Menus, comments and teasers of other reports are passed
over, for the dates in them are others'.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from headwater.intake import days
from headwater.intake.clue import Clue

PLACE = "visible"
PASSED = frozenset(
    "script style noscript template nav aside select option button textarea svg iframe form head video audio object".split()
)
OTHERS = re.compile(
    r"comment|kommentar|coment|respond|sidebar|side-bar|related|recommend|widget|newsletter|cookie|consent|trending|popular|most-read"
    r"|latest|breaking|(?:site|page)-?footer|navbar|navigation|\bnav\b|\bmenu\b|read-?next|read-?more"
    r"|see-?also|siehe-auch|mehr-zum|tagcloud|calendar|kalender"
    r"|promo|\badvert|upcoming|\bevents?\b|archive-list|pagination",
    re.I,
)
TEASER = re.compile(r"teaser|\bcard\b", re.I)
BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td"
    " th tr ul time".split()
)
DATED = re.compile(r"publish|posted|(?:entry|post|article|story)[-_]?(?:date|time)", re.I)
UPDATED = re.compile(
    r"(?:updated?|modifi|revised|last (?:changed|edited)|aktualisier|ge[äa]ndert|änderung|bearbeitet"
    r"|\bstand\b|mis[e]? à jour|modifié|actualiza|atualiza"
    r"|aggiorna|bijgewerkt|gewijzigd|обновл|оновлен|aktualizac|uppdatera|oppdatert|opdateret|güncelle)\w*\W*(?:\w+\W+){0,2}$",
    re.I,
)
PUBLISHED = re.compile(
    r"(?:publish|posted|first (?:published|posted)|veröffentlicht|erstellt|erschienen|online seit|verfasst"
    r"|publi[éeck]|postato|publicad|pubblicat|geplaatst|gepubliceerd"
    r"|опублик|opublikowan|publicerad|publisert|yayın|mitteilung vom|\bdat(?:e|um|a)\b|fecha)\w*\W*(?:\w+\W+){0,3}$",
    re.I,
)
BY = re.compile(r"^(?:by|von|par|por|di|door|av|автор:?|text:|autor(?:in)?:|author:|written by)\s+(?=[\w«„“])", re.I)
NEAR_BEFORE, NEAR_AFTER = 300, 1_200  # characters about the headline in which its dates stand
LONGEST_LINE = 180  # characters of a line that is no prose
LONG_LINES = 2  # standfirsts between a headline and its date
MOST_ELEMENTS, MOST_HEADINGS = 60_000, 200
SHORT = 11  # letters of a heading; a shorter one stands in too many titles


@dataclass(slots=True)
class Line:
    """A line as it is shown, the element that it begins in, and the date in its markup if there is one."""

    text: str
    element: HtmlElement
    marked: str = ""


def clues(tree: HtmlElement, *, title: str, language: str) -> Iterator[Clue]:
    """Yield headline, byline and dates as they are shown."""
    headline = _headline(tree, title)
    lines = _lines(tree, headline)
    if headline is not None and (shown := _told(headline)):
        yield Clue("title", shown, PLACE)
    near = list(_near(lines, headline))
    yield from _bylines(near)
    found = list(_dates(near, language))
    if not any(each.field == "published" for each in found):
        found += _dates([each for each in lines if each not in near and _speaks_of_date(each)], language)
    yield from dict.fromkeys(found)


def _told(element: HtmlElement) -> str:
    """Return the text of an element as it is shown, without what runs."""
    if next(element.iter("script", "style"), None) is None:
        return " ".join(str(element.text_content()).split())
    return " ".join("".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _headline(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that says what the page's title says, or else its first main heading."""
    told = _folded(title)
    headings = [
        each for each in islice(tree.iter("h1", "h2", "h3"), MOST_HEADINGS) if 3 < len(_folded(_told(each))) < 400
    ]
    for each in headings:
        its = _folded(_told(each))
        if told and (its == told or (len(its) > SHORT and its in told) or (len(told) > SHORT and told in its)):
            return each
    return next((each for each in headings if each.tag == "h1"), None)


def _lines(tree: HtmlElement, headline: HtmlElement | None) -> list[Line]:
    """Return the lines of the page less what is others'; a walk without calls of itself, for pages nest deeper than Python calls."""
    body = tree.find("body")
    about = {headline, *headline.iterancestors()} if headline is not None else set()
    lines: list[Line] = []
    walker = iterwalk(tree if body is None else body, events=("start", "end"))
    for event, element in islice(walker, 2 * MOST_ELEMENTS):
        if event == "end":
            _add(lines, element.tail, element.getparent(), element.tag in BLOCKS)
        elif element not in about and _is_others(element):
            walker.skip_subtree()
        else:
            _open(lines, element)
    return [each for each in lines if each.text or each.marked]


def _is_others(element: HtmlElement) -> bool:
    if element.tag in PASSED:
        return True
    if element.tag in ("body", "html", "main", "article", "time"):
        return False
    called = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    return bool(OTHERS.search(called) or (TEASER.search(called) and _leads_on(element)))


def _leads_on(element: HtmlElement) -> bool:
    """Whether a teaser leads to another report: a link and a heading; a standfirst that is called teaser has neither."""
    return element.find(".//a") is not None and next(element.iter("h2", "h3", "h4"), None) is not None


def _open(lines: list[Line], element: HtmlElement) -> None:
    _add(lines, element.text, element, element.tag in BLOCKS)
    if element.tag == "time":
        lines[-1].marked = (element.get("datetime") or "").strip()


def _add(lines: list[Line], text: str | None, element: HtmlElement, fresh: bool) -> None:
    told = " ".join(text.split()) if text else ""
    if fresh or not lines:
        lines.append(Line(told, element))
    elif told:
        lines[-1].text = f"{lines[-1].text} {told}".strip()


def _near(lines: Sequence[Line], headline: HtmlElement | None) -> Iterator[Line]:
    """Yield the lines about the headline: those after it to the second paragraph, nearest first, then those shortly before it."""
    at = next((n for n, each in enumerate(lines) if headline is not None and _within(each.element, headline)), None)
    if at is None:
        return
    passed = paragraphs = 0
    for each in lines[at:]:
        yield each
        passed += len(each.text)
        paragraphs += len(each.text) > LONGEST_LINE
        if passed > NEAR_AFTER or paragraphs > LONG_LINES:
            break
    passed = 0
    for each in reversed(lines[:at]):
        passed += len(each.text)
        if passed > NEAR_BEFORE:
            return
        yield each


def _within(element: HtmlElement, outer: HtmlElement) -> bool:
    return element is outer or any(each is outer for each in element.iterancestors())


def _speaks_of_date(line: Line) -> bool:
    if len(line.text) > LONGEST_LINE:
        return False
    if line.marked and (line.element.get("pubdate") is not None or DATED.search(line.element.get("class", ""))):
        return True
    return any(PUBLISHED.search(line.text[: each.start]) for each in days.written(line.text))


def _dates(lines: Sequence[Line], language: str) -> Iterator[Clue]:
    """Yield the dates of lines that are no prose; of a date with its own markup the markup counts, for it has the hour."""
    before = ""
    for line in lines:
        shown = days.written(line.text[:LONGEST_LINE], language=language)
        if len(line.text) > LONGEST_LINE:
            shown = [each for each in shown[:1] if _opens(line.text[: each.start])]
        marked = days.iso(line.marked, language=language) if line.marked else None
        start = 0
        for each in shown:
            told = line.text[start : each.start] if start or each.start > 3 else f"{before} {line.text[: each.start]}"
            field = "modified" if UPDATED.search(told[-60:]) else "published"
            if marked and marked[:10] == each.day:
                yield Clue(field, marked, PLACE)
            yield Clue(field, each.day, PLACE)
            start = each.end
        if marked and not shown:
            told = f"{before} {line.text}"
            yield Clue(
                "modified" if UPDATED.search(before[-60:]) or UPDATED.search(line.text[:60]) else "published",
                marked,
                PLACE,
            )
        before = line.text if len(line.text) < 60 else ""


def _opens(before: str) -> bool:
    """Whether a date after these words opens a paragraph of prose, as a dateline does."""
    return len(before.strip()) < 3 or bool(PUBLISHED.search(before) and len(before) < 40)


def _bylines(lines: Sequence[Line]) -> Iterator[Clue]:
    for line in lines:
        rel = line.element.get("rel") == "author" or re.search(
            r"\b(?:author|byline)(?:[-_]+name)?\b", line.element.get("class", "")
        )
        if (rel or BY.match(line.text)) and 4 < len(line.text) < 90:
            name = BY.sub("", line.text)
            if name[:1].isupper() and not days.written(name):
                yield Clue("byline", name, PLACE)
