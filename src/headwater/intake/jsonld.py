"""JSON-LD of a page → what its article says of itself: clues in the words of schema.org.

Only what is said of the article of this page counts; articles that it lists, quotes or comments on are others'. The page's title
tells which is which where there are several.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from headwater.intake.clue import Clue

PLACE = "json-ld"
MOST_NODES = 2_000
WORK = re.compile(r"(?:Article|Posting|Report|Story|Review|CreativeWork|Episode|Recipe|Thesis|HowTo|NewsItem)$")
PAGE = re.compile(r"(?:Page|Object|WebSite)$")
INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
SALVAGED = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"((?:[^"\\]|\\.){4,300})"')
FIELDS = {
    "title": ("headline", "name"),
    "published": ("datePublished", "dateCreated"),
    "modified": ("dateModified",),
    "byline": ("author",),
    "outlet": ("publisher",),
    "credit": (
        "provider",
        "sourceOrganization",
        "copyrightHolder",
        "creditText",
        "isBasedOn",
        "isBasedOnUrl",
        "citation",
    ),
}
Node = Mapping[str, Any]


def clues(scripts: Sequence[str], *, title: str) -> Iterator[Clue]:
    """Yield clues from the texts of a page's JSON-LD scripts, those of the article that bears the page's title first."""
    nodes: list[Node] = []
    for text in scripts:
        parsed = _parsed(text)
        if parsed is None:
            yield from _salvaged(text)
        else:
            nodes += _nodes(parsed)
    known = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    for node in _own(nodes, title):
        for field, keys in FIELDS.items():
            if field != "title" or WORK.search(_kind(node)) or "headline" in node:
                for key in keys:
                    yield from (Clue(field, value, PLACE) for value in _values(node.get(key), known))


def _parsed(text: str) -> Any:
    """Return a script's value, mended where it is broken in a usual way; None where it is none."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for mend in (str, unescape, lambda told: re.sub(r",\s*([}\]])", r"\1", told)):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _salvaged(text: str) -> Iterator[Clue]:
    """Yield what can be told from a script that is no JSON."""
    fields = {"datePublished": "published", "dateModified": "modified", "headline": "title"}
    for key, value in SALVAGED.findall(text[:500_000]):
        yield Clue(fields[key], unescape(value), PLACE)


def _nodes(parsed: Any) -> list[Node]:
    """Return the objects at the top, in lists and graphs, and what a page names as its main thing, in order."""
    waiting: list[Any] = [parsed]
    found: list[Node] = []
    while waiting and len(found) < MOST_NODES:
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting = [*each[:MOST_NODES], *waiting]
        elif isinstance(each, dict):
            found.append(each)
            waiting = [*(each[key] for key in INSIDE if isinstance(each.get(key), dict | list)), *waiting]
    return found


def _kind(node: Node) -> str:
    kind = node.get("@type", "")
    return next((each for each in map(str, kind) if WORK.search(each)), "") if isinstance(kind, list) else str(kind)


def _own(nodes: Sequence[Node], title: str) -> list[Node]:
    """Return the article of the page, then the page itself; of several articles the one that bears the page's title, else the first."""
    works = [node for node in nodes if WORK.search(_kind(node))]
    told = _folded(title)
    named = [
        node
        for node in works
        if told and (its := _folded(_first(node.get("headline") or node.get("name")))) and (its in told or told in its)
    ]
    pages = [node for node in nodes if PAGE.search(_kind(node)) and ("datePublished" in node or "dateModified" in node)]
    return [*(named or works)[:1], *pages[:1]]


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", unescape(text).casefold())


def _first(value: Any) -> str:
    return next(_values(value, {}), "")


def _values(value: Any, known: Mapping[str, Node], *, depth: int = 0) -> Iterator[str]:
    """Yield the texts of a value: itself, its name, its address, or what its @id stands for."""
    if isinstance(value, list):
        for each in value[:20] if depth < 3 else ():
            yield from _values(each, known, depth=depth + 1)
    elif isinstance(value, dict):
        its = value.get("name") or value.get("url")
        if not its and depth < 3 and (other := known.get(str(value.get("@id")))):
            its = other.get("name")
        if its and not isinstance(its, dict):
            yield from _values(its, known, depth=depth + 1)
    elif isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
        yield " ".join(unescape(str(value)).split())
