"""Full-text search over reports, statements, claims and names: how many hold the words, and the best of them in their text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from headwater import searching
from headwater.ask.shown import called
from headwater.records import Claim, Report, Statement
from headwater.store import Store

SHOWN = 25  # of a kind
AROUND = 90  # characters of context
EVERY = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """A row that holds the words: what it is called, and the text before, in and after the first of them."""

    id: str
    name: str
    report: str | None
    view: str | None
    """of a name: speaker or outlet, whose page has it"""
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind."""

    kind: str
    many: int
    shown: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked and what was found."""

    words: str
    hits: tuple[Hits, ...]
    left_out: tuple[str, ...] = ()
    """terms that were not looked for: too many of them, or too long"""


def search(store: Store, words: str) -> Search:
    """Return what holds all the words; those inside double quotes stand in a row, and a word that ends in * is a beginning."""
    hits = []
    for kind in searching.KINDS:
        found = [_found(store, each, words) for each in searching.find(store, words, kind, most=SHOWN)]
        hits.append(Hits(kind, searching.count(store, words, kind), tuple(each for each in found if each)))
    return Search(words, tuple(hits), searching.wanted(words).left_out)


def reports_with(store: Store, words: str) -> list[str]:
    """Return the ids of the reports that hold all the words."""
    return [hit.id for hit in searching.find(store, words, "report", most=EVERY)]


def _found(store: Store, hit: searching.Hit, words: str) -> Found | None:
    makers: dict[str, Callable[[Store, str, str], Found | None]] = {
        "report": _report,
        "statement": _statement,
        "claim": _claim,
    }
    return makers[hit.kind](store, hit.id, words) if hit.kind in makers else _name(store, hit.id)


def _name(store: Store, name: str) -> Found:
    """A name leads to the speaker, or where nobody of that name speaks to the outlet."""
    said = """
        SELECT 1 FROM statements WHERE origin = ?1 UNION ALL SELECT 1 FROM statements WHERE speaker = ?1
        UNION ALL SELECT 1 FROM voices WHERE origin = ?1 OR speaker = ?1 LIMIT 1
    """
    return Found(name, name, None, "speaker" if store.select(said, name) else "outlet", "", "", "")


def _report(store: Store, id_: str, words: str) -> Found | None:
    report = store.one(Report, id_)
    if report is None:
        return None
    return _cut(id_, report, 0, len(report.text), words)


def _statement(store: Store, id_: str, words: str) -> Found | None:
    said = store.one(Statement, id_)
    report = store.one(Report, said.report) if said else None
    return _cut(id_, report, said.start, said.end, words) if said and report else None


def _claim(store: Store, id_: str, words: str) -> Found | None:
    claim = store.one(Claim, id_)
    said = store.one(Statement, claim.statement) if claim else None
    report = store.one(Report, said.report) if said else None
    return _cut(id_, report, said.start, said.end, words) if claim and said and report else None


def _cut(id_: str, report: Report, start: int, end: int, words: str) -> Found:
    """The first of the words inside a span, with what stands around it there."""
    first, last = _place(report.text[start:end], words)
    first, last = start + first, start + last
    name = called(report.outlet, report.name)
    lead, tail = max(start, first - AROUND), min(end, last + AROUND)
    before, after = report.text[lead:first], report.text[last:tail]
    return Found(
        id=id_,
        name=report.title or name if id_ == report.id else name,
        report=report.id,
        view=None,
        before=("…" if lead > start else "") + before,
        text=report.text[first:last],
        after=after + ("…" if tail < end else ""),
    )


def _place(text: str, words: str) -> tuple[int, int]:
    for term in searching.wanted(words).terms:
        found = re.search(rf"(?<!\w){re.escape(term.rstrip('*'))}", text, re.I)
        if found:
            return found.start(), found.end()
    return 0, 0
