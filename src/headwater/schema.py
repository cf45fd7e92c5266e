"""What a case of a release may hold by its schema, and nothing else: no view, trigger, generated column or table of others.

In goes what SQLite keeps of the schema, out comes what is wrong with it. A view under a table's name, or a trigger, runs its author's
SQL when a table is read or written. So each text must be one that a release makes: what the migrations made up to the case's version,
and for derived tables, whose columns change from release to release, a plain list of columns.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from headwater.migrations import KEPT, MIGRATIONS, SQL_TYPES, renew_derived
from headwater.records import TABLES, Record, columns

SELECT = "SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 1000"
NAME = r'"?([a-z_]{1,40})"?'
COLUMN = re.compile(rf"{NAME} (TEXT|INTEGER|REAL)( PRIMARY KEY| NOT NULL)?")
TABLE = re.compile(rf"CREATE TABLE {NAME} \((.+)\) WITHOUT ROWID")
INDEX = re.compile(rf"CREATE INDEX {NAME} ON {NAME} \({NAME}(?:, {NAME})*\)")
WORDS_CONFIG = [("version", 4)]
"""what FTS5 keeps of the search index's settings; more of them would change what is found, and in which order"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a schema."""

    type: str
    name: str
    table: str
    sql: str | None


def of(connection: sqlite3.Connection) -> list[Entry]:
    """Return the schema of an open file."""
    return [Entry(*row) for row in connection.execute(SELECT)]


def fault(entries: Iterable[Entry], version: int) -> str | None:
    """Return what is in a schema that a case of this version cannot have, or lacks; None when nothing."""
    listed = list(entries)
    there = {entry.name for entry in listed}
    for entry in strange(listed, version):
        return f"has the {entry.type} {str(entry.name)[:60]}, which no release makes so"
    if version < len(MIGRATIONS):
        return None
    derived = {record.table for record in TABLES.values() if record not in KEPT}
    lacking = sorted(name for name, entry in _made(version).items() if entry.type == "table" and name not in derived)
    return next((f"lacks the table {name}" for name in lacking if name not in there), None)


def strange(entries: Iterable[Entry], version: int) -> Iterator[Entry]:
    """Yield what is in a schema that no release makes so."""
    listed = list(entries)
    there = {entry.name: entry for entry in listed}
    known = max(1, min(version, len(MIGRATIONS)))
    yield from (entry for entry in listed if not _is_ours(entry, there, known))


def has_plain(entries: Iterable[Entry], record: type[Record]) -> list[str]:
    """Return the columns of a table that are ours, where it is a table of plain columns under this name; else none."""
    entry = next((entry for entry in entries if entry.name == record.table), None)
    if entry is None or entry.type != "table":
        return []
    ours = {column.name for column in columns(record)}
    return [name for name, _, _ in _plain(entry) or () if name in ours]


@cache
def _made(version: int) -> Mapping[str, Entry]:
    """What the migrations make up to a version, with this release's tables and, at its own version, indexes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in MIGRATIONS[:version]:
            step(connection)
        if version == len(MIGRATIONS):
            renew_derived(connection)
        return {entry.name: entry for entry in of(connection)}


def _is_ours(entry: Entry, there: Mapping[str, Entry], version: int) -> bool:
    """Tell whether a release makes an entry so; a case of an older one may hold what any step up to now makes."""
    steps = range(1 if version < len(MIGRATIONS) else version, len(MIGRATIONS) + 1)
    if any(entry == _made(step).get(entry.name) for step in steps):
        return True
    if entry.type == "table" and entry.name in TABLES:
        return _is_older(entry, TABLES[entry.name], version)
    if entry.type == "index" and entry.table in TABLES and entry.table in there:
        match = INDEX.fullmatch(entry.sql or "")
        is_older = version < len(MIGRATIONS) or there[entry.table] != _made(version).get(entry.table)
        return is_older and match is not None and match.group(1, 2) == (entry.name, entry.table)
    return False


def _is_older(entry: Entry, record: type[Record], version: int) -> bool:
    """Tell whether a table is one of another release: plain columns, and for what is kept none that we do not know."""
    plain = _plain(entry)
    if plain is None or plain[0][0] != "id":
        return False
    if record not in KEPT:
        return True
    ours = [
        (
            column.name,
            SQL_TYPES[column.type],
            " PRIMARY KEY" if column.name == "id" else "" if column.unknown else " NOT NULL",
        )
        for column in columns(record)
    ]
    return plain == ours or (version < len(MIGRATIONS) and set(plain) <= set(ours))


def _plain(entry: Entry) -> list[tuple[str, str, str]] | None:
    """Return name, type and constraint of each column of a table that has nothing but plain columns."""
    match = TABLE.fullmatch(entry.sql or "")
    if match is None or match.group(1) != entry.name or entry.table != entry.name:
        return None
    parts = list(_columns(match.group(2)))
    return None if None in parts else [part for part in parts if part]


def _columns(text: str) -> Iterator[tuple[str, str, str] | None]:
    for part in text.split(", "):
        match = COLUMN.fullmatch(part)
        yield (match.group(1), match.group(2), match.group(3) or "") if match else None
