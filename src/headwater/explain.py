"""From any id to the rows, rules and characters that it rests on, quoted."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from headwater.errors import NoSuchId
from headwater.records import (
    PREFIXES,
    Candidate,
    Capture,
    Claim,
    Dispute,
    Gatherer,
    Line,
    Record,
    Report,
    Tally,
    Version,
    Visit,
    Voice,
    columns,
)
from headwater.store import Store

ID = re.compile(r"[a-z]{1,2}-[0-9a-f]{16}(?:-\d{6})?")
DEPTH = 2  # levels below the row that was asked for; every row shown carries its id, so that one can go on
MOST = 24  # rows shown of one list; what is left out is counted
MOST_AGAINST = 8  # disputes shown of a claim
BEFORE, AFTER = 60, 60  # characters of context around a quoted span


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters of a report: what they are, and the text around them."""

    what: str
    report: str
    """the id that it came with"""
    report_id: str
    start: int
    end: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row, the rule that made it, the characters that it points at, and the rows that it came from."""

    id: str
    table: str
    about: str
    row: dict[str, Any]
    rule: str | None
    quotes: tuple[Quote, ...]
    because: "tuple[Explanation, ...]"
    left_out: int


def explain(store: Store, id_: str) -> Explanation:
    """Return the explanation of an id. A report is also found by the id that it came with. Raise NoSuchId."""
    row = _row(store, id_) or next((report for report in store.all(Report) if report.name == id_), None)
    if row is None:
        raise NoSuchId(id_, "is no id of this case", hint="ids are shown by `brief`, `claims` and `table`")
    return _explained(store, row, DEPTH, {row.id})


def _row(store: Store, id_: str) -> Record | None:
    record = PREFIXES.get(id_.split("-")[0])
    return store.one(record, id_) if record and ID.fullmatch(id_) else None


def _explained(store: Store, row: Record, depth: int, seen: set[str]) -> Explanation:
    shown = {name: value for name, value in asdict(row).items() if name != "text"}  # type: ignore[call-overload]
    about = [other.id for other in _about(store, row)] if depth else []
    against = [other.id for other in _against(store, row)][:MOST_AGAINST] if depth else []
    made = shown.get("because", []) if row.table == "claims" else []
    ids = [*about, *made, *against, *_named(shown, row)] if depth else []
    wanted = [other for other in dict.fromkeys(ids) if other not in seen]
    below = []
    for other in wanted[:MOST]:
        found = _row(store, other)
        if found is not None and not isinstance(found, Report):
            below.append(_explained(store, found, depth - 1, seen | {row.id, found.id}))
    return Explanation(
        id=row.id,
        table=row.table,
        about=(type(row).__doc__ or "").split("\n")[0],
        row=shown,
        rule=shown.get("rule"),
        quotes=tuple(_quotes(store, row)),
        because=tuple(below),
        left_out=max(0, len(wanted) - MOST),
    )


def _named(shown: dict[str, Any], row: Record) -> Iterator[str]:
    """Ids that stand in the row itself, other than its own and its report's."""
    for name, value in shown.items():
        if name in {"id", "report", "chain", "evidence", "words"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and ID.fullmatch(each) and each != row.id:
                yield each


def _about(store: Store, row: Record) -> Iterator[Record]:
    """Rows that speak about a claim (its tally, its lines) or a statement (a gatherer better than its own)."""
    if row.table == "statements":
        yield from store.some(Gatherer, "statement", [row.id])
        yield from store.some(Voice, "statement", [row.id])
    if row.table == "reports":
        for record in (Version, Capture, Candidate):
            yield from store.some(record, "report", [row.id])
    if row.table == "claims":
        yield from (visit for visit in store.all(Visit) if _visits(visit, row))
        yield from store.some(Tally, "claim", [row.id])
        yield from (line for line in store.some(Line, "claim", [row.id]) if line.bound == "max")


def _visits(visit: Visit, row: Record) -> bool:
    """Tell whether a claim has a statement from another story by this visit."""
    return isinstance(row, Claim) and visit.story == row.story and visit.statement in row.statements


def _against(store: Store, row: Record) -> Iterator[Record]:
    """The disputes of a claim."""
    if row.table == "claims":
        yield from (dispute for dispute in store.all(Dispute) if row.id in (dispute.a, dispute.b))


def _quotes(store: Store, row: Record) -> Iterator[Quote]:
    """Every span that the row holds, in its report."""
    if isinstance(row, Report):
        return
    for end_name in [name for name in _columns(row) if name == "end" or name.endswith("_end")]:
        start, end = getattr(row, end_name.replace("end", "start")), getattr(row, end_name)
        owner = end_name.removesuffix("_end") if end_name in ("a_end", "b_end") else "report"
        report = store.one(Report, getattr(row, owner))
        if report is not None and start is not None and end is not None:
            what = end_name.removesuffix("_end") if end_name != "end" else row.table.removesuffix("s")
            yield Quote(
                what=what if owner == "report" else f"passage in {owner}",
                report=report.name,
                report_id=report.id,
                start=start,
                end=end,
                before=report.text[max(0, start - BEFORE) : start],
                text=report.text[start:end],
                after=report.text[end : end + AFTER],
            )


def _columns(row: Record) -> list[str]:
    return [column.name for column in columns(type(row))]
