"""Small pieces of text: inert, cut to a length, counted, wrapped."""

import textwrap
import unicodedata

import click

WIDTH = 110
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def inert(text: str) -> str:
    """Return text that cannot steer a terminal: control and direction characters are made visible."""
    return "".join(
        "·" if c in DIRECTION_MARKS or (unicodedata.category(c) == "Cc" and c not in "\n") else c for c in text
    )


def short(text: str, length: int) -> str:
    """Return the text on one line, cut at a word to at most so many characters."""
    plain = inert(" ".join(text.split()))
    cut = textwrap.shorten(plain, length, placeholder=" …")
    return cut if cut.strip(" …") or not plain else f"{plain[: length - 1]}…"  # one long word, such as an address


def many(count: int, noun: str, plural: str | None = None) -> str:
    """Return "1 report", "2 reports"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def lines(low: int, high: int) -> str:
    """Return an interval of lines: "2 lines", "1 to 3 lines"."""
    return many(high, "line") if low == high else f"{low} to {high} lines"


def heading(text: str) -> str:
    """Return a heading, bold on a terminal."""
    return click.style(inert(text), bold=True)


def dim(text: str) -> str:
    """Return text that may be passed over."""
    return click.style(text, dim=True)


def wrapped(text: str, indent: str, first: str = "") -> list[str]:
    """Return the text wrapped to the width, every line indented, the first one led by `first`."""
    return textwrap.wrap(
        inert(text), WIDTH, initial_indent=indent + first, subsequent_indent=indent + " " * len(first)
    ) or [indent + first]
