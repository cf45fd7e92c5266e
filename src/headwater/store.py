"""The case file: SQLite in WAL mode, so that many can read while a run writes and `kill -9` loses nothing committed.

In go records, out come records or Arrow tables; lists are kept as JSON text. Every change is made inside `transaction()`.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from headwater import casefile, opening
from headwater.errors import BadRecord, BusyCase, DamagedCase
from headwater.migrations import MIGRATIONS, is_current, renew_derived
from headwater.processes import life_of
from headwater.records import TABLES, Record, columns
from headwater.rows import arrow_schema, batch, ids, records, to_cells, to_sql

__all__ = ["Kept", "Progress", "Store", "arrow_schema", "table_named"]

ROWS_AT_ONCE = 20_000
STEPS = 10_000  # of SQLite's machine, well under a millisecond, between two questions whether to go on
CACHE, SMALL_CACHE = 65_536, 12_288  # kB of pages kept in memory; the latter while a pile of any size is read in
FROM_ROWS = ("malformed JSON", "fts5", "vtable constructor failed", "integer overflow", "JSON")
"""how errors begin that SQLite takes for those of our SQL and that rows bring about"""
PROGRESS = (int, str, int, int, str, str)
"""types of what is noted of a run"""
R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A group of a stage: the digest of all that it was made from, and the ids of the rows that it made."""

    digest: str
    ids: list[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a process is: its stage, how many of how many groups (0 where nobody counts), and when it said so, ISO 8601."""

    process: int
    stage: str
    done: int
    of: int
    at: str
    life: str | None = None
    """what tells the process from every other that has its number; unknown until it is noted"""


class Store:
    """An open case file; close it, or use it in a `with`. One that is only read changes nothing and never waits for a run that writes."""

    def __init__(self, path: Path, *, create: bool, only_read: bool = False) -> None:
        self.path, self._only_read = path, only_read
        self._changing = self._at_one_moment = self._closed = self._over = False
        self._is_over: Callable[[], bool] | None = None
        self._open(create=create)

    def _open(self, *, create: bool) -> None:
        self._opened = opening.to_read(self.path) if self._only_read else opening.to_write(self.path, create=create)
        self._connection, self._count_anew = self._opened.connection, _uncounted
        self._connection.execute(f"PRAGMA cache_size = -{CACHE}")
        if self._only_read:
            pages = self._connection.execute("PRAGMA page_count").fetchone()[0]
            self._count_anew = opening.bound(self._connection, pages)
            if self._is_over is not None:
                self.until(self._is_over)
            return
        try:
            if not is_current(self._connection):
                _migrate(self._connection, self.path)
            opening.defend(self._connection)
        except BaseException:
            self._opened.close()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is pending, since every change was committed by its transaction. Closing again does nothing."""
        if not self._closed:
            self._closed = True
            self._opened.close()

    def until(self, is_over: Callable[[], bool]) -> None:
        """End every statement from now on, with sqlite3.OperationalError, as soon as this is true; it is asked again and again."""

        def ends() -> bool:
            self._over = is_over()
            return self._over

        self._is_over = is_over
        self._connection.set_progress_handler(ends, STEPS)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside, or nothing of it; one inside another is part of it.

        Nobody else writes between what is read inside and what is written. Raise BusyCase where somebody else writes for too long.
        """
        if self._changing:
            yield
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise self._ours(error) from error
        self._changing = True
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.DatabaseError):
                raise self._ours(error) from error
            raise
        finally:
            self._changing = False

    def _ours(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> Exception:
        """Return what an error of SQLite's is in our words, or the error where it is our own mistake."""
        if self._over:  # whoever asked wants no answer any more
            return error
        if str(error).startswith(FROM_ROWS):
            return BadRecord(str(self.path), f"has a row that no run makes: {error}", hint=casefile.IMPORT)
        return opening.said(error, self.path) or error

    def _read(self, select: str, values: Sequence[object], take: Callable[[sqlite3.Cursor], T]) -> T:
        """Return what is taken of a select's rows; of a file that is read without locks and has changed, of what it is now."""
        self._count_anew()
        try:
            taken = take(self._connection.execute(select, values))
        except (sqlite3.DatabaseError, UnicodeDecodeError, BadRecord) as error:
            if self._has_changed():
                return self._read_again(select, values, take)
            raise (error if isinstance(error, BadRecord) else self._ours(error)) from error
        return self._read_again(select, values, take) if self._has_changed() else taken

    def _has_changed(self) -> bool:
        """Tell whether a file that is read without locks is not as it was."""
        return self._opened.sign is not None and opening.sign(self.path) != self._opened.sign

    def _read_again(self, select: str, values: Sequence[object], take: Callable[[sqlite3.Cursor], T]) -> T:
        if self._at_one_moment:
            raise BusyCase(str(self.path), "was written to while it was read", hint="ask again")
        self._opened.close()
        self._open(create=False)
        return self._read(select, values, take)

    @contextmanager
    def small_cache(self) -> Iterator[None]:
        """Keep few pages of the file in memory, so that what is read in needs as much memory at its end as at its beginning."""
        self._connection.execute(f"PRAGMA cache_size = -{SMALL_CACHE}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA cache_size = -{CACHE}")

    def add(self, record: type[Record], rows: Iterable[Record]) -> int:
        """Add rows that are not there yet (ids are made from content, so the same row is there already); return how many."""
        before = self._connection.total_changes
        marks = ", ".join("?" for _ in columns(record))
        self._connection.executemany(f"INSERT OR IGNORE INTO {record.table} VALUES ({marks})", map(to_sql, rows))
        return self._connection.total_changes - before

    def renew(self, record: type[Record], rows: Iterable[Record]) -> None:
        """Add rows, each in place of the one with its id."""
        marks = ", ".join("?" for _ in columns(record))
        self._connection.executemany(f"INSERT OR REPLACE INTO {record.table} VALUES ({marks})", map(to_sql, rows))

    def add_table(self, record: type[Record], rows: pa.Table) -> int:
        """Add the rows of an Arrow table whose columns are those of the record; return how many were new."""
        before, names = self._connection.total_changes, [column.name for column in columns(record)]
        marks = ", ".join("?" for _ in names)
        for part in rows.select(names).to_batches(max_chunksize=ROWS_AT_ONCE):
            cells = (to_cells(part.column(name)) for name in names)
            self._connection.executemany(
                f"INSERT OR IGNORE INTO {record.table} VALUES ({marks})", zip(*cells, strict=True)
            )
        return self._connection.total_changes - before

    def clear(self, record: type[Record], *, reports: Sequence[str] | None = None) -> None:
        """Delete all rows of a table, or those of some reports."""
        if reports is None:
            self._connection.execute(f"DELETE FROM {record.table}")
        else:
            self._connection.executemany(
                f"DELETE FROM {record.table} WHERE report = ?", [(report,) for report in reports]
            )

    def leave(self, record: type[Record], ids: Iterable[str]) -> None:
        """Delete all rows but those with these ids."""
        self._connection.execute("CREATE TEMP TABLE left_alone (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._connection.executemany("INSERT OR IGNORE INTO left_alone VALUES (?)", ((each,) for each in ids))
        self._connection.execute(f"DELETE FROM {record.table} WHERE id NOT IN (SELECT id FROM left_alone)")
        self._connection.execute("DROP TABLE left_alone")

    def all(self, record: type[R]) -> list[R]:
        """Return every row of a table, by id."""
        return self._read(f"SELECT * FROM {record.table} ORDER BY id", (), lambda rows: list(records(record, rows)))

    def one(self, record: type[R], id_: str) -> R | None:
        """Return the row with this id, or None."""
        select = f"SELECT * FROM {record.table} WHERE id = ?"
        return next(iter(self._read(select, (id_,), lambda rows: list(records(record, rows)))), None)

    def some(self, record: type[R], column: str, wanted: Iterable[str]) -> list[R]:
        """Return the rows whose column holds one of these values, by id."""
        if column not in {each.name for each in columns(record)}:
            raise KeyError(column)
        select = f'SELECT * FROM {record.table} WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY id'
        values = (json.dumps(sorted(set(wanted))),)
        return self._read(select, values, lambda rows: list(records(record, rows)))

    def select(self, select: str, *values: object) -> list[dict[str, Any]]:
        """Return the rows of a select as dicts; lists come as the JSON text in which they are kept."""

        def dicts(rows: sqlite3.Cursor) -> list[dict[str, Any]]:
            names = [each[0] for each in rows.description]
            return [dict(zip(names, row, strict=True)) for row in rows]

        return self._read(select, values, dicts)

    def change(self, statement: str, *values: object) -> None:
        """Run one statement that changes rows; call inside `transaction()`."""
        self._connection.execute(statement, values)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile.

        Raise BusyCase where a file that is read without locks was written to: what was read before and after is not of one moment.
        """
        if self._opened.sign is not None:
            self._at_one_moment = True
            try:
                yield
            finally:
                self._at_one_moment = False
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def count(self, record: type[Record]) -> int:
        """Return the number of rows of a table."""
        return int(self._read(f"SELECT count(*) FROM {record.table}", (), lambda rows: rows.fetchone()[0]))

    def ids(self, record: type[Record]) -> list[str]:
        """Return the ids of a table, in order."""
        return self._read(f"SELECT id FROM {record.table} ORDER BY id", (), lambda rows: [row[0] for row in rows])

    def arrow(self, record: type[Record]) -> pa.Table:
        """Return a table as Arrow, by id."""

        def batches(rows: sqlite3.Cursor) -> list[pa.RecordBatch]:
            parts = []
            while some := rows.fetchmany(ROWS_AT_ONCE):
                parts.append(batch(record, some))
            return parts

        found = self._read(f"SELECT * FROM {record.table} ORDER BY id", (), batches)
        return pa.Table.from_batches(found, schema=arrow_schema(record))

    # ── what has been done ──────────────────────────────────────────────────────────────────────────────────────────────

    def done(self, stage: str, made_by: str) -> set[str]:
        """Return the reports that a stage has finished, with this version and these settings."""
        select = "SELECT report FROM done WHERE stage = ? AND made_by = ?"
        return self._read(select, (stage, made_by), lambda rows: {row[0] for row in rows})

    def mark_done(self, stage: str, made_by: str, reports: Iterable[str]) -> None:
        """Note that a stage has finished these reports."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO done VALUES (?, ?, ?)", [(stage, r, made_by) for r in reports]
        )

    def kept(self, stage: str) -> dict[str, Kept]:
        """Return by key what each group of a stage was made from and which rows it made."""
        rows = self._read("SELECT key, digest, ids FROM kept WHERE stage = ?", (stage,), sqlite3.Cursor.fetchall)
        return {key: Kept(digest, ids(made, f"kept {str(key)[:40]!r}")) for key, digest, made in rows}

    def keep(self, stage: str, groups: Mapping[str, Kept]) -> None:
        """Note the same for all groups of a stage, in place of what was noted before."""
        self._connection.execute("DELETE FROM kept WHERE stage = ?", (stage,))
        self._connection.executemany(
            "INSERT INTO kept VALUES (?, ?, ?, ?)",
            [(stage, key, each.digest, json.dumps(each.ids)) for key, each in groups.items()],
        )

    def forget(self, stage: str) -> None:
        """Forget that a stage has ever run, so that it runs again."""
        self._connection.execute("DELETE FROM done WHERE stage = ?", (stage,))
        self._connection.execute("DELETE FROM kept WHERE stage = ?", (stage,))
        self._connection.execute("DELETE FROM runs WHERE stage = ?", (stage,))

    def inputs_of(self, stage: str) -> str | None:
        """Return the hash of what a stage last ran on, or None if it has not run."""
        row = self._read("SELECT inputs FROM runs WHERE stage = ?", (stage,), sqlite3.Cursor.fetchone)
        return str(row[0]) if row else None

    def log_run(self, stage: str, *, version: int, settings: str, inputs: str, rows: int) -> None:
        """Record with what a stage last ran."""
        self._connection.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)", (stage, version, settings, inputs, rows)
        )

    # ── how far a run is ────────────────────────────────────────────────────────────────────────────────────────────────

    def note_progress(self, progress: Progress) -> None:
        """Say how far this process is, to whoever looks at the case meanwhile."""
        life = progress.life or life_of(progress.process)
        row = (progress.process, progress.stage, progress.done, progress.of, progress.at, life)
        with suppress(
            sqlite3.OperationalError
        ):  # a courtesy to who looks on, which a full disk must not turn into an error
            self._connection.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?)", row)

    def end_progress(self, process: int) -> None:
        """Say that this process has ended its run."""
        with suppress(sqlite3.OperationalError):
            self._connection.execute("DELETE FROM progress WHERE process = ?", (process,))

    def progress(self) -> list[Progress]:
        """Return how far the runs of this case are; one of a process that was killed stays until the next run."""
        select = "SELECT * FROM progress ORDER BY process LIMIT 1000"
        rows = self._read(select, (), sqlite3.Cursor.fetchall)
        return [Progress(*row) for row in rows if tuple(map(type, row)) == PROGRESS]  # what a run of ours notes

    def end_all_progress(self) -> None:
        """Forget what any process said, in a case on which none is at work."""
        self._connection.execute("DELETE FROM progress")

    def copy(self, path: Path) -> None:
        """Write the case as it stands to another file, which nobody else may read."""
        casefile.make(path)
        with closing(sqlite3.connect(path)) as target:
            target.execute("PRAGMA journal_mode = OFF")
            self._connection.backup(target)
        if self._has_changed():
            os.unlink(path)
            raise BusyCase(str(self.path), "was written to while it was read", hint="ask again")

    def check(self) -> list[str]:
        """Return what SQLite's own integrity check finds wrong; empty when nothing."""
        self._count_anew()
        try:
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found


def _uncounted() -> None:
    """Count nothing: a run may take as long as it needs."""


def table_named(name: str) -> type[Record] | None:
    """Return the record class of a table, or None."""
    return TABLES.get(name)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for step in MIGRATIONS[version:]:
            step(connection)
        renew_derived(connection)
        connection.execute(f"PRAGMA application_id = {casefile.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise DamagedCase(str(path), f"cannot be brought up to date: {error}") from error
        raise BusyCase(str(path), "is being written by somebody else", hint="try again when that is done") from error
    except sqlite3.DatabaseError as error:
        raise DamagedCase(str(path), f"cannot be brought up to date: {error}") from error
