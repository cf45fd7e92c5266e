"""The schema of a case file, and the steps from each older one; a case made by any release keeps opening.

What was read is kept and migrated: `MIGRATIONS[n]` takes a case from version n to n + 1. What was worked out from it can be
worked out again: a derived table whose columns are those of another release is made anew, and the next run fills it.
"""

import re
import sqlite3
from collections.abc import Callable

from headwater.records import (
    RECORDS,
    Address,
    Candidate,
    Capture,
    Column,
    Correction,
    Problem,
    Record,
    Report,
    Watch,
    columns,
)

SQL_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", list[str]: "TEXT", list[float]: "TEXT"}


KEPT = (Report, Problem, Correction, Capture, Candidate, Address, Watch)


def create_tables(connection: sqlite3.Connection) -> None:
    """Version 0 to 1: one table a record class, and the log of runs."""
    for record in RECORDS:
        _create(connection, record)
    connection.execute(
        "CREATE TABLE done (stage TEXT, report TEXT, made_by TEXT, PRIMARY KEY (stage, report)) WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE runs (stage TEXT PRIMARY KEY, version INTEGER, settings TEXT, inputs TEXT, rows INTEGER) WITHOUT ROWID"
    )


def renew_derived(connection: sqlite3.Connection) -> None:
    """Make anew the derived tables of another release; every stage then counts as never run."""
    old = [
        record
        for record in RECORDS
        if record not in KEPT and _names(connection, record) != [c.name for c in columns(record)]
    ]
    for record in old:
        connection.execute(f"DROP TABLE IF EXISTS {record.table}")
        _create(connection, record)
    for table, names in INDEXES:
        connection.execute(f"CREATE INDEX IF NOT EXISTS {_index_name(table, names)} ON {table} ({names})")
    if old:
        connection.execute("DELETE FROM done")
        connection.execute("DELETE FROM runs")
        connection.execute("DELETE FROM kept")


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether a case has the tables, columns and indexes of this release, without asking to write."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != len(MIGRATIONS):
        return False
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    return {_index_name(*each) for each in INDEXES} <= there and all(
        _names(connection, record) == [c.name for c in columns(record)] for record in RECORDS
    )


def is_readable(connection: sqlite3.Connection) -> bool:
    """Tell whether a case of this or an earlier release has all that questions ask for."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tables >= {"sought", "sought_words", "progress", "runs", "kept", "done"} and all(
        _names(connection, record) == [c.name for c in columns(record)] for record in RECORDS
    )


def _index_name(table: str, names: str) -> str:
    return "_".join([table, "by", *re.findall(r"\w+", names)])


def _names(connection: sqlite3.Connection, record: type[Record]) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({record.table})")]


def _create(connection: sqlite3.Connection, record: type[Record]) -> None:
    connection.execute(table_ddl(record))
    if "report" in {column.name for column in columns(record)}:
        connection.execute(f"CREATE INDEX {record.table}_report ON {record.table} (report)")


def add_corrections(connection: sqlite3.Connection) -> None:
    """Version 1 to 2: what a person puts right is kept with the case."""
    if not _names(connection, Correction):
        _create(connection, Correction)


def sign_corrections(connection: sqlite3.Connection) -> None:
    """Version 2 to 3: a correction says who made it, when and why."""
    there = _names(connection, Correction)
    for column in columns(Correction):
        if column.name not in there:
            connection.execute(f"ALTER TABLE {Correction.table} ADD COLUMN {_column_ddl(column)}")


def keep_groups(connection: sqlite3.Connection) -> None:
    """Version 3 to 4: what each group of a stage was made from, and which rows it made."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS kept (stage TEXT, key TEXT, digest TEXT, ids TEXT, PRIMARY KEY (stage, key)) WITHOUT ROWID"
    )


def index_words(connection: sqlite3.Connection) -> None:
    """Version 4 to 5: words can be searched for, and a run says how far it is to whoever looks at the case meanwhile."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS sought (number INTEGER PRIMARY KEY, kind TEXT, its TEXT, UNIQUE (kind, its))"
    )
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS sought_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute(
        'CREATE TABLE IF NOT EXISTS progress (process INTEGER PRIMARY KEY, stage TEXT, done INTEGER, "of" INTEGER, at TEXT)'
    )


def keep_captures(connection: sqlite3.Connection) -> None:
    """Version 5 to 6: how a report came in, every value that it gave for its title, outlet and dates, and what is watched."""
    for record in (Capture, Candidate, Address, Watch):
        if not _names(connection, record):
            _create(connection, record)


def tell_lives(connection: sqlite3.Connection) -> None:
    """Version 6 to 7: a run says which process it is, and not only by a number that others get again."""
    connection.execute("DROP TABLE IF EXISTS progress")
    connection.execute(
        "CREATE TABLE progress"
        ' (process INTEGER PRIMARY KEY, stage TEXT, done INTEGER, "of" INTEGER, at TEXT, life TEXT)'
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    create_tables,
    add_corrections,
    sign_corrections,
    keep_groups,
    index_words,
    keep_captures,
    tell_lives,
)
INDEXES: tuple[tuple[str, str], ...] = (
    ("reports", "outlet"), ("reports", "url"), ("reports", "name"), ("captures", "url"),
    ("captures", "record"), ("addresses", "url"), ("dates", "first, report"), ("readings", "statement"),
    ("readings", "report, place_name"), ("reuse", "a"), ("reuse", "b"), ("rewordings", "a"), ("rewordings", "b"),
    ("derivations", "child"), ("derivations", "parent"), ("visits", "story"), ("claims", "story"), ("claims", "statement"),
    ("lines", "claim"), ("versions", "page"),
    ("lines", "statement"), ("tallies", "claim"), ("tallies", "reports, claim, lines_min, lines_max"), ("disputes", "story, kind"),
)  # fmt: skip
"""tables and columns by which pages ask for rows of one story, report or claim"""


def table_ddl(record: type[Record]) -> str:
    """Return the CREATE TABLE of a record class."""
    return f"CREATE TABLE {record.table} ({', '.join(_column_ddl(column) for column in columns(record))}) WITHOUT ROWID"


def _column_ddl(column: Column) -> str:
    rest = " PRIMARY KEY" if column.name == "id" else "" if column.unknown else " NOT NULL"
    return f'"{column.name}" {SQL_TYPES[column.type]}{rest}'
