"""Pages: the frozen page objects of `ask` as HTML, with pictures drawn into it as SVG and everything escaped.

The same templates make what the server shows and what an export writes; only the addresses differ (`links`).
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from headwater.ask.reportpage import WINDOW
from headwater.pages import drawings
from headwater.pages.links import Files, Links, Served, file_of
from headwater.pages.panels import DATED, PANELS, Panel

__all__ = ["PANELS", "Files", "Links", "Panel", "Served", "Shell", "file_of", "render"]

VISIBLE_CONTROLS = frozenset("\t\n\r")


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page shows around its own: the case, the view, its address for machines, notes to the reader."""

    case: str
    view: str
    title: str
    json: str | None = None
    csv: str | None = None
    note: str | None = None
    running: str | None = None
    words: str = ""
    here: str = "/"
    author: str = ""
    undo: str | None = None
    """id of the correction that was kept last, to be taken back at once"""


def render(template: str, shell: Shell, links: Links, **values: Any) -> str:
    """Return a page as HTML."""
    return _environment().get_template(f"{template}.html").render(shell=shell, links=links, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("headwater.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    environment.globals.update(panels=PANELS, dated=DATED, draw=drawings, window=WINDOW)
    environment.filters.update(
        percent=percent,
        many=many,
        lines=lines,
        short=short,
        visible=visible,
        day=day,
        count=count,
        weight=weight,
        exact=exact,
    )
    return environment


def visible(value: Any) -> Any:
    """Return text in which control characters and changes of writing direction can be seen, and change nothing."""
    if not isinstance(value, str) or isinstance(value, Markup) or not any(_hidden(c) for c in value):
        return value
    return "".join(f"‹U+{ord(c):04X}›" if _hidden(c) else c for c in value)


def _hidden(character: str) -> bool:
    if character.isascii():
        return (character < " " and character not in VISIBLE_CONTROLS) or character == "\x7f"
    return unicodedata.category(character) in ("Cc", "Cs") or unicodedata.bidirectional(character) in (
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    )  # fmt: skip


def exact(value: str) -> Markup:
    """Return text for a hidden field: escaped, and otherwise as it is, since it comes back as the name of something."""
    return Markup(escape(value))


def percent(share: float | None) -> str:
    """Return a share of 1 as a percentage; unknown stays unknown."""
    return "unknown" if share is None else f"{share:.0%}"


def count(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}".replace(",", "\u202f")


def many(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: 1 line, 2 lines."""
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def weight(odds: float) -> str:
    """Return log-odds with their sign."""
    return f"{odds:+.1f}".replace("-", "\u2212")


def lines(low: int, high: int) -> str:
    """Return an interval of lines in words."""
    return many(high, "line") if low == high else f"{low} to {many(high, 'line')}"


def day(first: str | None, last: str | None = None) -> str:
    """Return a day or a span of days."""
    if first is None and last is None:
        return "no date"
    if first == last or last is None:
        return str(first)
    return f"{first or '?'} to {last}"


def short(text: str, letters: int = 120) -> str:
    """Return text on one line, cut at a word."""
    plain = " ".join(text.split())
    if len(plain) <= letters:
        return plain
    return plain[:letters].rsplit(" ", 1)[0] + " …"
