"""`verify`: the file is whole, every span lies in its report, and every span holds what is shown from it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from headwater import genuine, runs
from headwater.errors import BadRecord
from headwater.lists import bodies, newsrooms
from headwater.migrations import KEPT
from headwater.pipeline import STAGES
from headwater.records import (
    RECORDS,
    TABLES,
    Claim,
    Credit,
    Dispute,
    Line,
    Reading,
    Record,
    Report,
    Reuse,
    Sentence,
    Statement,
    Story,
    Tally,
    Text,
    columns,
)
from headwater.settings import Settings
from headwater.stages.doings import spelt
from headwater.stages.readings import COUNTED, number_of
from headwater.stages.words import fold
from headwater.store import Store

Texts = dict[str, str]
R = TypeVar("R", bound=Record)
OWNERS = frozenset({"report", "child", "parent", "a", "b"})
NAMED = {
    "statement": "statements", "statements": "statements", "sentence": "sentences", "reading": "readings", "readings": "readings",
    "claim": "claims", "story": "stories", "reports": "reports", "neighbourhood": "reports", "apart": "reports",
}  # fmt: skip
"""columns that name a row of another table"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows were checked and what is wrong with them; a case is sound when `faults` is empty."""

    checked: int
    faults: tuple[str, ...]
    stale: tuple[str, ...]


def verify(store: Store, settings: Settings) -> Verdict:
    """Check a case from end to end: whether it is as this release would have made it."""
    faults = [f"the file: {fault}" for fault in store.check()]
    if faults:  # nothing that is read from a damaged file means anything
        return Verdict(0, tuple(faults), ())
    stale = _stale(store, settings)
    faults.extend(faults_of_rows(store, fresh=None if stale is None else {*TABLES} - {*_tables(stale)}))
    if not faults:
        texts = {report.id: report.text for report in store.all(Report)}
        for check in CHECKS:
            faults.extend(check(store, texts))
    checked = sum(store.count(record) for record in RECORDS)
    return Verdict(checked, tuple(faults), tuple(stale or ()))


def _stale(store: Store, settings: Settings) -> list[str] | None:
    """Stages that are stale; None where a row keeps that from being told."""
    try:
        return runs.stale(store, settings)
    except BadRecord:
        return None


def _tables(stages: Collection[str]) -> Iterator[str]:
    yield from (record.table for stage in STAGES if stage.name in stages for record in stage.writes)


def faults_of_rows(store: Store, *, fresh: Collection[str] | None = None) -> Iterator[str]:
    """Yield what is wrong with rows by themselves, with spans, and with what rows name that is not there.

    With `fresh`, what a row names is looked for in these tables' rows only: a run that was killed leaves others behind for the next.
    """
    ids = dict[str, set[str]]()
    for record in RECORDS:
        try:
            rows = store.all(record)
        except BadRecord as error:
            yield f"{error.thing}: {error.message}"
            continue
        for row in rows:
            if (fault := genuine.fault(row)) is not None:
                yield f"{row.id}: {fault}"
        ids[record.table] = {row.id for row in rows}
    yield from _nobodys_rows(store, ids.get(Report.table, ()))
    for record in RECORDS:
        if fresh is None or record.table in fresh:
            yield from _dangling(store, record, ids)
    if fresh is None or {Claim.table, Tally.table} <= set(fresh):
        tallied = {tally.claim for tally in _readable(store, Tally)}
        yield from (f"{claim}: its tally is not there" for claim in sorted(ids.get(Claim.table, set()) - tallied))


def _dangling(store: Store, record: type[Record], ids: Mapping[str, set[str]]) -> Iterator[str]:
    """Rows that name others which are not there."""
    words = [column.name for column in columns(record) if column.type in (str, list[str])]
    named = [(name, NAMED[name]) for name in words if name in NAMED]
    if record is Dispute:
        named += [("a", Claim.table), ("b", Claim.table)]
    for row in _readable(store, record) if named and record not in KEPT else ():
        for name, table in named:
            value = getattr(row, name)
            for id_ in value if isinstance(value, list) else [value]:
                if id_ is not None and table in ids and id_ not in ids[table]:
                    yield f"{row.id}: its {name} {str(id_)[:40]} is not there"


def _readable(store: Store, record: type[R]) -> list[R]:
    """Rows of a table, none where one cannot be read; that is said elsewhere."""
    try:
        return store.all(record)
    except BadRecord:
        return []


def _nobodys_rows(store: Store, reports: Collection[str]) -> Iterator[str]:
    """Rows of reports that are not there; with such rows the other checks cannot be made."""
    for record in RECORDS:
        owners = OWNERS & {column.name for column in columns(record)}
        if record in (Dispute, Report):  # a and b of a dispute are claims
            continue
        for row in _readable(store, record) if owners else ():
            for owner in sorted(owners):
                report = getattr(row, owner)
                if report is not None and report not in reports:
                    yield f"{row.id}: its {owner} {report[:40]} is not there"


def _spans_lie_in_their_reports(store: Store, texts: Texts) -> Iterator[str]:
    for record in RECORDS:
        names = {column.name for column in columns(record)}
        ends = [name for name in names if name == "end" or name.endswith("_end")]
        if ends and "report" in names and record is not Report:
            for row in store.all(record):
                yield from _outside(row, ends, texts)


def _outside(row: Record, ends: list[str], texts: Texts) -> Iterator[str]:
    length = len(texts.get(getattr(row, "report", ""), ""))
    for name in ends:
        start, end = getattr(row, name.replace("end", "start")), getattr(row, name)
        if (start is None) != (end is None) or (start is not None and not 0 <= start < end <= length):
            yield f"{row.id}: {name} {start}-{end} lies outside its report"


def _texts_cover_their_reports(store: Store, texts: Texts) -> Iterator[str]:
    by_report: dict[str, list[Text]] = defaultdict(list)
    for text in store.all(Text):
        by_report[text.report].append(text)
    for report, stretches in by_report.items():
        ordered = sorted(stretches, key=lambda each: each.start)
        edges = [0, *(each.end for each in ordered)]
        if [each.start for each in ordered] != edges[:-1] or edges[-1] != len(texts[report]):
            yield f"{report}: its stretches do not cover it"


def _passages_are_shared(store: Store, texts: Texts) -> Iterator[str]:
    for passage in store.all(Reuse):
        left, right = (
            texts[passage.a][passage.a_start : passage.a_end],
            texts[passage.b][passage.b_start : passage.b_end],
        )
        if _letters(left) != _letters(right):
            yield f"{passage.id}: its two spans are not the same words"


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _credits_hold_their_names(store: Store, texts: Texts) -> Iterator[str]:
    for credit in store.all(Credit):
        words = texts[credit.report][credit.start : credit.end]
        if credit.name not in words and not newsrooms.same(credit.name, words):
            yield f"{credit.id}: {words!r} does not name {credit.name}"


def _numbers_stand_in_their_spans(store: Store, texts: Texts) -> Iterator[str]:
    for reading in store.all(Reading):
        if reading.kind in COUNTED and not reading.rule.startswith(f"{reading.kind}-one@"):
            words = texts[reading.report][reading.start : reading.end].lower().replace(",", "").split()
            pieces = {
                " ".join(words[a:b]).strip(".;:")
                for a in range(len(words))
                for b in range(a + 1, min(len(words), a + 3) + 1)
            }
            if reading.value not in {str(number_of(piece)) for piece in pieces}:
                yield f"{reading.id}: {reading.value} does not stand in its span"


def _speakers_stand_in_their_reports(store: Store, texts: Texts) -> Iterator[str]:
    for statement in store.all(Statement):
        last = fold((statement.speaker or "").split()[-1]) if statement.speaker else ""
        if (
            statement.speaker
            and newsrooms.find(statement.speaker) is None
            and bodies.find(statement.speaker) is None
            and last not in fold(texts[statement.report])
        ):
            yield f"{statement.id}: its report does not name {statement.speaker}"


def _members_exist(store: Store, texts: Texts) -> Iterator[str]:
    said, read = set(store.ids(Statement)), set(store.ids(Reading))
    for claim in store.all(Claim):
        if not {claim.statement, *claim.statements} <= said or not set(claim.readings) <= read:
            yield f"{claim.id}: rests on rows that are not there"
    yield from _counts_agree(store, said, read)
    stories: list[str] = [report for story in store.all(Story) for report in story.reports]
    if store.count(Story) and (len(stories) != len(set(stories)) or not set(stories) <= set(texts)):
        yield "stories: a report is missing or stands in two of them"
    sentences = set(store.ids(Sentence))
    yield from (f"{s.id}: its sentence is not there" for s in store.all(Statement) if s.sentence not in sentences)


def _counts_agree(store: Store, said: set[str], read: set[str]) -> Iterator[str]:
    """A claim's value is that of its readings, and its interval the number of its witnesses."""
    claims = {claim.id: claim for claim in store.all(Claim)}
    values_of = {reading.id: reading.value for reading in store.all(Reading)}
    witnesses = Counter((line.claim, line.bound) for line in store.all(Line))
    for claim in claims.values():
        if not claim.because and not _say({values_of.get(reading) for reading in claim.readings}, claim.value):
            yield f"{claim.id}: its readings do not say {claim.value}"
    for line in store.all(Line):
        if line.statement not in said or line.claim not in claims:
            yield f"{line.id}: its statement or claim is not there"
    for tally in store.all(Tally):
        low, high = witnesses[tally.claim, "min"], witnesses[tally.claim, "max"]
        if tally.claim not in claims or (tally.lines_min, tally.lines_max) != (
            _floor(low, tally),
            max(high, _floor(low, tally)),
        ):
            yield f"{tally.id}: its interval is not the number of its witnesses"


def _say(values: set[str | None], value: str | None) -> bool:
    """Tell whether readings say what their claim does; a doer is called by one name however he is spelt or told of."""
    if value is None or None in values:
        return values == {value}
    name, _, deed = value.partition(" (")
    whose = name.endswith(("government", "coalition"))
    parts = [each.partition(" (") for each in values if each]
    return all(
        its_deed == deed
        and (its == name or spelt(its) == spelt(name) or (whose and its.endswith(("government", "coalition"))))
        for its, _, its_deed in parts
    )


def _floor(low: int, tally: Tally) -> int:
    return max(low, 1) if tally.reports else 0


CHECKS: tuple[Callable[[Store, Texts], Iterator[str]], ...] = (
    _spans_lie_in_their_reports,
    _texts_cover_their_reports,
    _passages_are_shared,
    _credits_hold_their_names,
    _numbers_stand_in_their_spans,
    _speakers_stand_in_their_reports,
    _members_exist,
)
