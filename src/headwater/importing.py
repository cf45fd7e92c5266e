"""A clean case out of one that came from somebody else: every row that was read or put right is checked and written anew.

In goes a file, out come rows in a new case and a report of what came of each. Nothing but the bytes of the file, and of its WAL where it is
one of the file's, is looked at, and that as a copy. What stages work out is not taken: it is worked out again, so that no number in
the new case rests on somebody's word. In = out + problems, table by table.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headwater import casefile, genuine, opening, schema
from headwater.errors import BadRecord, CaseError, DamagedCase, NotACase
from headwater.migrations import KEPT
from headwater.records import Problem, Record, Report, columns, ident
from headwater.rows import records
from headwater.settings import Settings
from headwater.store import Store

SMALLEST_ROW = 20  # bytes; a file that gives more rows than it can hold leads back into itself
LONGEST = 1_000_000  # characters of a cell that is no report's text
ROWS_AT_ONCE = 500
HINT = "it was left out; everything else is there"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the rows of one table: how many there were, how many are in the new case, how many are problems."""

    table: str
    came: int
    kept: int
    problems: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its tables, and what it left alone, one line each."""

    tables: tuple[Taken, ...]
    left: tuple[str, ...]


def take(source: Path, target: Store, settings: Settings) -> Imported:
    """Write the rows of a case file, whoever made it, into a new case. Raise CaseError where it is no case at all."""
    left: list[str] = []
    with TemporaryDirectory(prefix="headwater-") as place:
        copy = _copied(source, Path(place) / "case", left)
        try:
            with closing(_connected(copy)) as connection:
                entries = schema.of(connection)
                left += _not_ours(entries, connection)
                importing = _Import(source, target, settings, connection, copy.stat().st_size, left)
                tables = tuple(importing.table(record, schema.has_plain(entries, record)) for record in KEPT)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise DamagedCase(str(source), f"cannot be read at all: {error}", hint="ask for another copy") from error
    return Imported(tables, tuple(left))


def _copied(source: Path, copy: Path, left: list[str]) -> Path:
    """Copy a file, and its WAL where it is one; say what else lies beside it."""
    casefile.status(source)
    casefile.copy(source, copy)
    with copy.open("rb") as file:
        if not file.read(len(casefile.MAGIC)) == casefile.MAGIC:
            raise NotACase(str(source), "does not begin as a SQLite file does", hint=casefile.ANOTHER_KIND)
        file.seek(16)
        page = int.from_bytes(file.read(2), "big")
    try:
        if casefile.beside(source).wal:
            casefile.check_wal(source, page=page)
            casefile.copy(source.with_name(source.name + "-wal"), copy.with_name(copy.name + "-wal"))
    except CaseError as error:
        left.append(f"{error.thing}: {error.message}; it was not looked into")
    return copy


def _connected(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=rw", uri=True, isolation_level=None)
    opening.harden(connection)
    connection.text_factory = _text
    return connection


def _text(content: bytes) -> str:
    """Text as it came; bytes that are no UTF-8 become what no text may hold, and the row a problem."""
    return content.decode("utf-8", "surrogateescape")


def _not_ours(entries: Sequence[schema.Entry], connection: sqlite3.Connection) -> Iterator[str]:
    """Say which tables, views, triggers and indexes were left, where no release makes them so."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for entry in schema.strange(entries, version):
        yield f"the {entry.type} {entry.name!r:.60} is none of ours"


class _Import:
    """One import under way; its state is the file that it reads, the reports that it has taken, and what it has left."""

    def __init__(
        self,
        source: Path,
        target: Store,
        settings: Settings,
        connection: sqlite3.Connection,
        size: int,
        left: list[str],
    ) -> None:
        self._source, self._target, self._settings, self._left = source, target, settings, left
        self._connection, self._most = connection, max(1000, size // SMALLEST_ROW)
        self._anew = opening.bound(connection, size // 1024)
        self._reports = set[str]()

    def table(self, record: type[Record], names: Sequence[str]) -> Taken:
        """Take the rows of one table whose columns of these names are ours."""
        if "id" not in names:
            self._left.append(f"the table {record.table} is not there as ours is, and was not read")
            return Taken(record.table, 0, 0, 0)
        came = kept = problems = 0
        ids, good, bad = set[str](), list[Record](), list[Problem]()
        for number, cells in enumerate(self._rows(record, names), 1):
            came = number
            try:
                row = self._row(record, cells, ids)
                good.append(row)
                ids.add(row.id)
            except BadRecord as error:
                bad.append(_problem(error, f"{self._source.name}: row {number} of {record.table}"))
            if len(good) + len(bad) >= ROWS_AT_ONCE:
                kept, problems = kept + self._write(record, good, bad), problems + len(bad)
                good, bad = [], []
        kept, problems = kept + self._write(record, good, bad), problems + len(bad)
        if record is Report:
            self._reports = ids
        return Taken(record.table, came, kept, problems)

    def _rows(self, record: type[Record], names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield the cells of each row by name, as far as the file can be read."""
        self._anew()
        select = ", ".join(f'"{name}"' for name in names)
        try:
            for number, row in enumerate(self._connection.execute(f"SELECT {select} FROM {record.table}")):
                if number >= self._most:
                    self._left.append(f"the table {record.table} leads back into itself, and was not read to an end")
                    return
                yield dict(zip(names, row, strict=True))
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            self._left.append(f"the rest of the table {record.table} cannot be read: {error}")

    def _row(self, record: type[Record], cells: dict[str, Any], ids: set[str]) -> Record:
        """Return a row as a record. Raise BadRecord where it is not one that a run makes."""
        row = next(records(record, [[cells.get(column.name) for column in columns(record)]]))
        thing = f"{record.table} {row.id[:40]!r}"
        fault = genuine.fault(row) or self._fault(row)
        if row.id in ids:
            fault = "it is there twice"
        if fault is not None:
            raise BadRecord(thing, fault, hint=HINT)
        return row

    def _fault(self, row: Record) -> str | None:
        for column in columns(type(row)):
            value = getattr(row, column.name)
            for text in value if isinstance(value, list) else [value]:
                if not isinstance(text, str):
                    continue
                most = self._settings.largest_report if (type(row), column.name) == (Report, "text") else LONGEST
                if len(text) > most:
                    return f"its {column.name} has more than {most:,} characters"
                if any("\ud800" <= c <= "\udfff" for c in text):
                    return f"its {column.name} is no text in UTF-8"
        report = None if isinstance(row, Report) else getattr(row, "report", None)
        return f"its report {report[:40]} is not there" if report and report not in self._reports else None

    def _write(self, record: type[Record], good: list[Record], bad: list[Problem]) -> int:
        with self._target.transaction():
            self._target.add(Problem, bad)
            return self._target.add(record, good)


def _problem(error: BadRecord, thing: str) -> Problem:
    thing, message = (_plain(text) for text in (thing, f"{error.thing}: {error.message}"))
    return Problem(id=ident("p", thing, error.code, message), thing=thing, code=error.code, message=message, hint=HINT)


def _plain(text: str) -> str:
    """Text that a file can hold, whatever bytes it came of."""
    return text.encode("utf-8", "backslashreplace").decode()
