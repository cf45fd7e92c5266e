"""Whether a row is one that this release makes: its id from its content, its kinds among those that there are, its spans in order.

In goes a record, out comes what is wrong with it. `verify` asks this of every row, `import` of every row that it takes. Questions do
not: an id that was made up is shown as it is, and harms nobody.
"""

import re
from collections.abc import Callable
from datetime import date
from hashlib import md5
from math import isfinite
from typing import Any

from headwater.records import (
    Address,
    Candidate,
    Capture,
    Claim,
    Correction,
    Credit,
    Date,
    Derivation,
    Dispute,
    Gatherer,
    Likeness,
    Line,
    Neighbourhood,
    Opening,
    Reading,
    Record,
    Report,
    Reuse,
    Rewording,
    Sentence,
    Span,
    Statement,
    Story,
    Tally,
    Text,
    Version,
    Visit,
    Voice,
    Watch,
    columns,
    ident,
)

FORM = re.compile(r"([a-z]{1,2})-[0-9a-f]{16}(?:-\d{6})?")
PARTS: dict[type[Record], Callable[[Any], tuple[object, ...]]] = {
    Report: lambda row: (row.name, row.outlet, row.published, row.title, row.url, row.text),
    Correction: lambda row: (row.kind, row.name, row.into, row.report),
    Capture: lambda row: (
        row.report, row.way, row.url, row.final, *row.hops, row.record, row.captured, row.digest,
    ),
    Candidate: lambda row: (row.report, row.field, row.value, row.place),
    Address: lambda row: (row.url,),
    Watch: lambda row: (row.statement,),
    Text: lambda row: (row.report, row.start, row.end),
    Date: lambda row: (row.report,),
    Sentence: lambda row: (row.report, row.start, row.end),
    Credit: lambda row: (row.report, row.start, row.end, row.kind),
    Voice: lambda row: (row.statement,),
    Opening: lambda row: (row.report,),
    Rewording: lambda row: (row.a, row.b, row.a_start, row.b_start),
    Gatherer: lambda row: (row.statement,),
    Story: lambda row: tuple(row.reports),
    Claim: lambda row: (row.story, row.kind, row.value, *row.statements),
    Line: lambda row: (row.claim, row.bound, row.statement),
    Tally: lambda row: (row.claim,),
    Dispute: lambda row: (row.a, row.b),
}  # fmt: skip
"""what an id is made from, where that stands in the row; Python's ids"""
JOINED: dict[type[Record], Callable[[Any], str]] = {
    Neighbourhood: lambda row: row.report,
    Version: lambda row: row.report,
    Visit: lambda row: row.story + row.reading,
    Likeness: lambda row: row.a + row.b,
}
"""the same for ids that a select makes"""
STANCES = frozenset({"asserts", "denies", "doubts", "forecasts"})
KINDS: dict[tuple[type[Record], str], frozenset[str]] = {
    (Correction, "kind"): frozenset(
        "merge rename split copied one-text apart from not-from one-story other-story one-claim moved other-claim stance no-line"
        " one-line own-line".split()
    ),
    (Capture, "way"): frozenset({"link", "feed", "archive", "mail", "file"}),
    (Text, "kind"): frozenset({"body", "heading", "dateline", "credit", "caption", "furniture"}),
    (Credit, "kind"): frozenset({"line", "joint", "cited", "photo", "possible"}),
    (Span, "kind"): frozenset({"speaker", "cue", "content"}),
    (Statement, "stance"): STANCES,
    (Voice, "stance"): STANCES,
    (Reuse, "kind"): frozenset({"text", "agency", "quotation", "boilerplate", "background"}),
    (Derivation, "direction"): frozenset({"certain", "likely", "undecidable"}),
    (Line, "bound"): frozenset({"min", "max"}),
}
"""columns that hold one of a few words"""
DAYS: dict[type[Record], tuple[str, ...]] = {
    Date: ("first", "last"),
    Story: ("first", "last"),
    Reading: ("first", "last"),
    Statement: ("horizon_first", "horizon_last"),
    Opening: ("days",),
}
"""columns that hold days, ISO 8601"""
MOST = 2**53
"""of any count; a number beyond it was made up"""


def fault(row: Record) -> str | None:
    """Return what is wrong with a row, by itself; None when nothing."""
    record = type(row)
    if (wrong := _wrong_id(row, record)) is not None:
        return wrong
    for (table, name), words in KINDS.items():
        if table is record and getattr(row, name) not in words:
            return f"its {name} is {str(getattr(row, name))[:40]!r}, and there is no such {name}"
    for column in columns(record):
        value = getattr(row, column.name)
        if column.type is int and value is not None and abs(value) > MOST:
            return f"its {column.name} is {value}"
        numbers = value if column.type == list[float] else [value] if column.type is float and value is not None else []
        if not all(map(isfinite, numbers)):
            return f"its {column.name} is without end"
    if isinstance(row, Derivation) and row.child == row.parent:
        return "it comes from itself"
    return _no_day(row) or _unpaired(row)


def _no_day(row: Record) -> str | None:
    for name in DAYS.get(type(row), ()):
        value = getattr(row, name)
        for day in value if isinstance(value, list) else [value]:
            if day is not None and not _is_day(day):
                return f"its {name} {day[:40]!r} is no day"
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_id(row: Record, record: type[Record]) -> str | None:
    form = FORM.fullmatch(row.id)
    if form is None or form.group(1) != record.prefix:
        return f"its id is none of {record.table}"
    parts, joined = PARTS.get(record), JOINED.get(record)
    made = row.id
    if isinstance(row, Derivation):
        made = row.id if row.id in _of_derivation(row) else ""
    elif parts is not None:
        made = ident(record.prefix, *parts(row))
    elif joined is not None:
        made = f"{record.prefix}-{md5(joined(row).encode('utf-8', 'surrogatepass'), usedforsecurity=False).hexdigest()[:16]}"
    return None if made == row.id else "its id is not made from what it holds"


def _of_derivation(row: Derivation) -> set[str]:
    """The ids that a derivation may have: by what two texts share, by a text that is not in the pile, by a person's mark."""
    return {
        ident("d", row.child, row.parent),
        ident("d", row.child, "unseen", row.unseen),
        ident("d", row.child, row.parent or f"unseen {row.unseen}", "person"),
    }


def _unpaired(row: Record) -> str | None:
    """Lists that belong together are of one length."""
    pairs = {Story: [("apart", "apart_why")], Derivation: [("evidence", "weights"), ("way_evidence", "way_weights")]}
    for one, two in pairs.get(type(row), ()):
        first, second = len(getattr(row, one)), len(getattr(row, two))
        if first != second and second:
            return f"its {one} and {two} are not of one length"
    return None
