"""The case file: SQLite in WAL mode, so that many can read while a run writes and `kill -9` loses nothing committed.

In go records, out come records or Arrow tables; lists are kept as JSON text. Every change is made inside `transaction()`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from headwater.errors import BusyCase, DamagedCase, DiskFull, NewerCase, NoSuchCase, NotACase
from headwater.migrations import MIGRATIONS, is_current, renew_derived
from headwater.records import TABLES, Column, Record, columns, values

APPLICATION_ID = 0x48445752  # "HDWR", so that file(1) and we can tell a case from any other SQLite file
ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
    list[float]: pa.list_(pa.float64()),
}
TURNED = (bool, list[str], list[float])  # types that SQLite keeps in another form
ROWS_AT_ONCE = 20_000
STEPS = 10_000  # of SQLite's machine, well under a millisecond, between two questions whether to go on
CACHE, SMALL_CACHE = 65_536, 12_288  # kB of pages kept in memory; the latter while a pile of any size is read in
FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)
R = TypeVar("R", bound=Record)


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


class Store:
    """An open case file; close it, or use it in a `with`. One that is only read never waits for a run that writes."""

    def __init__(self, path: Path, *, create: bool, only_read: bool = False) -> None:
        if not create and not path.exists():
            raise NoSuchCase(str(path), "there is no such case", hint="`headwater read CASE PATH…` makes one")
        self.path = path
        self._connection = _connect(path)
        try:
            if not is_current(self._connection):
                _migrate(self._connection, path)
            if only_read:
                self._connection.execute("PRAGMA query_only = ON")
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is pending, since every change was committed by its transaction."""
        self._connection.close()

    def until(self, is_over: Callable[[], bool]) -> None:
        """End every statement from now on, with sqlite3.OperationalError, as soon as this is true; it is asked again and again."""
        self._connection.set_progress_handler(is_over, STEPS)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside, or nothing of it."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise BusyCase(
                str(self.path), f"is being written by somebody else: {error}", hint="try again later"
            ) from error
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in FULL:
                raise DiskFull(
                    str(self.path),
                    "cannot grow: the disk is full",
                    hint="make room; the same command goes on from there",
                ) from error
            raise

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
        self._connection.executemany(f"INSERT OR IGNORE INTO {record.table} VALUES ({marks})", map(_to_sql, rows))
        return self._connection.total_changes - before

    def renew(self, record: type[Record], rows: Iterable[Record]) -> None:
        """Add rows, each in place of the one with its id."""
        marks = ", ".join("?" for _ in columns(record))
        self._connection.executemany(f"INSERT OR REPLACE INTO {record.table} VALUES ({marks})", map(_to_sql, rows))

    def add_table(self, record: type[Record], rows: pa.Table) -> int:
        """Add the rows of an Arrow table whose columns are those of the record; return how many were new."""
        before, names = self._connection.total_changes, [column.name for column in columns(record)]
        marks = ", ".join("?" for _ in names)
        for batch in rows.select(names).to_batches(max_chunksize=ROWS_AT_ONCE):
            cells = (_to_cells(batch.column(name)) for name in names)
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
        found = columns(record)
        rows = self._connection.execute(f"SELECT * FROM {record.table} ORDER BY id")
        return [record(**dict(zip((c.name for c in found), _from_sql(row, found), strict=True))) for row in rows]

    def one(self, record: type[R], id_: str) -> R | None:
        """Return the row with this id, or None."""
        found = columns(record)
        row = self._connection.execute(f"SELECT * FROM {record.table} WHERE id = ?", (id_,)).fetchone()
        return row and record(**dict(zip((c.name for c in found), _from_sql(row, found), strict=True)))

    def some(self, record: type[R], column: str, wanted: Iterable[str]) -> list[R]:
        """Return the rows whose column holds one of these values, by id."""
        found = columns(record)
        if column not in {each.name for each in found}:
            raise KeyError(column)
        select = f'SELECT * FROM {record.table} WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY id'
        rows = self._connection.execute(select, (json.dumps(sorted(set(wanted))),))
        return [record(**dict(zip((c.name for c in found), _from_sql(row, found), strict=True))) for row in rows]

    def select(self, select: str, *values: object) -> list[dict[str, Any]]:
        """Return the rows of a select as dicts; lists come as the JSON text in which they are kept."""
        cursor = self._connection.execute(select, values)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def change(self, statement: str, *values: object) -> None:
        """Run one statement that changes rows; call inside `transaction()`."""
        self._connection.execute(statement, values)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def count(self, record: type[Record]) -> int:
        """Return the number of rows of a table."""
        return int(self._connection.execute(f"SELECT count(*) FROM {record.table}").fetchone()[0])

    def ids(self, record: type[Record]) -> list[str]:
        """Return the ids of a table, in order."""
        return [row[0] for row in self._connection.execute(f"SELECT id FROM {record.table} ORDER BY id")]

    def arrow(self, record: type[Record]) -> pa.Table:
        """Return a table as Arrow, by id."""
        found = columns(record)
        rows, schema = self._connection.execute(f"SELECT * FROM {record.table} ORDER BY id"), arrow_schema(record)
        batches = []
        while some := rows.fetchmany(ROWS_AT_ONCE):
            arrays = [_array(column, cells) for column, cells in zip(found, zip(*some, strict=True), strict=True)]
            batches.append(pa.record_batch(arrays, schema=schema))
        return pa.Table.from_batches(batches, schema=schema)

    # ── what has been done ──────────────────────────────────────────────────────────────────────────────────────────────

    def done(self, stage: str, made_by: str) -> set[str]:
        """Return the reports that a stage has finished, with this version and these settings."""
        rows = self._connection.execute("SELECT report FROM done WHERE stage = ? AND made_by = ?", (stage, made_by))
        return {row[0] for row in rows}

    def mark_done(self, stage: str, made_by: str, reports: Iterable[str]) -> None:
        """Note that a stage has finished these reports."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO done VALUES (?, ?, ?)", [(stage, r, made_by) for r in reports]
        )

    def kept(self, stage: str) -> dict[str, Kept]:
        """Return by key what each group of a stage was made from and which rows it made."""
        rows = self._connection.execute("SELECT key, digest, ids FROM kept WHERE stage = ?", (stage,))
        return {key: Kept(digest, json.loads(ids)) for key, digest, ids in rows}

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
        row = self._connection.execute("SELECT inputs FROM runs WHERE stage = ?", (stage,)).fetchone()
        return str(row[0]) if row else None

    def log_run(self, stage: str, *, version: int, settings: str, inputs: str, rows: int) -> None:
        """Record with what a stage last ran."""
        self._connection.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)", (stage, version, settings, inputs, rows)
        )

    # ── how far a run is ────────────────────────────────────────────────────────────────────────────────────────────────

    def note_progress(self, progress: Progress) -> None:
        """Say how far this process is, to whoever looks at the case meanwhile."""
        row = (progress.process, progress.stage, progress.done, progress.of, progress.at)
        with suppress(
            sqlite3.OperationalError
        ):  # a courtesy to who looks on, which a full disk must not turn into an error
            self._connection.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)", row)

    def end_progress(self, process: int) -> None:
        """Say that this process has ended its run."""
        with suppress(sqlite3.OperationalError):
            self._connection.execute("DELETE FROM progress WHERE process = ?", (process,))

    def progress(self) -> list[Progress]:
        """Return how far the runs of this case are; one of a process that was killed stays until the next run."""
        return [Progress(*row) for row in self._connection.execute("SELECT * FROM progress ORDER BY process")]

    def copy(self, path: Path) -> None:
        """Write the case as it stands to another file."""
        with closing(sqlite3.connect(path)) as target:
            self._connection.backup(target)

    def check(self) -> list[str]:
        """Return what SQLite's own integrity check finds wrong; empty when nothing."""
        try:
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [] if found == ["ok"] else found


def arrow_schema(record: type[Record]) -> pa.Schema:
    """Return a table's Arrow schema, with each column's meaning as metadata."""
    return pa.schema(
        [pa.field(c.name, ARROW_TYPES[c.type], nullable=c.unknown, metadata={"doc": c.doc}) for c in columns(record)]
    )


def table_named(name: str) -> type[Record] | None:
    """Return the record class of a table, or None."""
    return TABLES.get(name)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file; one that is no case of ours is refused before anything is written to it."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        _check_ours(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
    except sqlite3.DatabaseError as error:
        raise NotACase(str(path), f"cannot be opened as a case: {error}", hint="is it another kind of file?") from error
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotACase(str(path), "is a SQLite file, but not a case")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise NewerCase(str(path), f"was made by a newer release (schema {version})", hint="install that release")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for step in MIGRATIONS[version:]:
            step(connection)
        renew_derived(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise DamagedCase(str(path), f"cannot be brought up to date: {error}") from error
        raise BusyCase(str(path), "is being written by somebody else", hint="try again when that is done") from error
    except sqlite3.DatabaseError as error:
        raise DamagedCase(str(path), f"cannot be brought up to date: {error}") from error


def _to_sql(record: Record) -> tuple[Any, ...]:
    return tuple(map(_cell, values(record)))


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _to_cells(column: pa.Array) -> list[Any]:
    cells: list[Any] = column.to_pylist()
    return list(map(_cell, cells)) if pa.types.is_list(column.type) else cells


def _from_sql(row: Sequence[Any], found: Sequence[Column]) -> Iterator[Any]:
    for cell, column in zip(row, found, strict=True):
        yield _value(cell, column)


def _value(cell: Any, column: Column) -> Any:
    if cell is None or column.type not in TURNED:
        return cell
    return bool(cell) if column.type is bool else json.loads(cell)


def _array(column: Column, cells: Iterable[Any]) -> pa.Array:
    turned = cells if column.type not in TURNED else (_value(cell, column) for cell in cells)
    return pa.array(turned, type=ARROW_TYPES[column.type])
