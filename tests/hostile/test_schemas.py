"""Schemas that no release makes: nothing of them runs, and the case is refused by name."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from crafting import with_schema, with_sql

from headwater import open as open_case
from headwater.case import take_over
from headwater.errors import CaseError, EndlessCase, ForeignSchema
from headwater.migrations import MIGRATIONS
from headwater.store import Store

Copied = Callable[[], Path]
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
REPORTS = '("id" TEXT PRIMARY KEY, "name" TEXT NOT NULL, "outlet" TEXT, "published" TEXT, "title" TEXT, "url" TEXT, "text" TEXT NOT NULL'

SQL: dict[str, tuple[str, ...]] = {
    "a view in the place of a table": ("DROP TABLE disputes", f"CREATE VIEW disputes AS {ENDLESS}"),
    "a view beside the tables": ("CREATE VIEW more AS SELECT id FROM reports",),
    "a trigger that signs a correction": (
        "CREATE TRIGGER signs AFTER INSERT ON corrections BEGIN UPDATE corrections SET author = 'you'; END",
    ),
    "a trigger under an index's name": (
        "DROP INDEX claims_by_story",
        "CREATE TRIGGER claims_by_story AFTER DELETE ON claims BEGIN DELETE FROM reports; END",
    ),
    "a table of others": ("CREATE TABLE birds (name TEXT)",),
    "a generated column": (
        "DROP TABLE claims",
        "CREATE TABLE claims (id TEXT PRIMARY KEY, story TEXT GENERATED ALWAYS AS (upper(id))) WITHOUT ROWID",
    ),
    "a default": ("DROP TABLE claims", "CREATE TABLE claims (id TEXT PRIMARY KEY, x TEXT DEFAULT (randomblob(9))) WITHOUT ROWID"),
    "a check": ("DROP TABLE claims", "CREATE TABLE claims (id TEXT PRIMARY KEY, x TEXT CHECK (length(x) > 0)) WITHOUT ROWID"),
    "an index over an expression": ("CREATE INDEX long ON reports (length(text))",),
    "an index of some rows": ("DROP INDEX reports_by_url", "CREATE INDEX reports_by_url ON reports (url) WHERE url = '1'"),
    "a search index of another kind": (
        "DROP TABLE sought_words",
        "CREATE VIRTUAL TABLE sought_words USING fts5 (words, content = 'reports', content_rowid = 'text')",
    ),
    "a virtual table in the place of a table": ("DROP TABLE disputes", "CREATE VIRTUAL TABLE disputes USING rtree (id, a, b)"),
    "settings of the search index": ("INSERT INTO sought_words_config VALUES ('rank', 'bm25(10.0)')",),
    "a table that is missing": ("DROP TABLE corrections",),
    "a table with a column of others": ("ALTER TABLE reports ADD COLUMN more TEXT",),
    "statistics": ("ANALYZE",),
}  # fmt: skip
TEXTS: dict[str, tuple[str, str]] = {
    "a text that is no SQL": ("reports", "CREATE TABLE reports ("),
    "a text of another table": ("reports", f"CREATE TABLE claims {REPORTS}) WITHOUT ROWID"),
    "a table with rowids": ("reports", f"CREATE TABLE reports {REPORTS})"),
    "a text for the view": ("disputes", f"CREATE VIEW disputes AS {ENDLESS}"),
    "no text": ("disputes", ""),
}


def refused(path: Path) -> None:
    """Open a case to read and to write; both must be refused, and the file be left alone."""
    before = path.read_bytes()
    for mode in ("read", "write"):
        with pytest.raises(CaseError) as raised:
            open_case(path, create=False, mode=mode)  # type: ignore[arg-type]
        assert raised.value.code in {"HW104", "HW109"}
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", SQL)
def test_a_schema_that_no_release_makes_is_refused(name: str, copy_of_newsroom: Copied) -> None:
    """Views, triggers, tables, columns and indexes of others, whatever they are called."""
    path = copy_of_newsroom()
    with_sql(path, *SQL[name])
    refused(path)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_the_schema_that_was_put_in_is_refused(name: str, copy_of_newsroom: Copied) -> None:
    """The schema's own table can be written, and then says what no `CREATE` would."""
    path = copy_of_newsroom()
    with_schema(path, *TEXTS[name])
    refused(path)


def test_a_name_that_is_no_text_is_refused_and_not_a_fault_of_decoding(
    copy_of_newsroom: Copied, tmp_path: Path
) -> None:
    """SQLite names the table that it cannot read, and Python cannot read the name: refused with a code, by `import` as well."""
    path = copy_of_newsroom()
    content = path.read_bytes()
    path.write_bytes(
        content.replace(b"CREATE TABLE disputes (", b"CREATE TABLE \xe5isputes ,").replace(
            b"disputesdisputes", b"\xe5isputes\xe5isputes"
        )
    )
    refused(path)
    with pytest.raises(CaseError, match="HW104"):
        take_over(path, tmp_path / "new.headwater")


def test_a_hostile_schema_in_the_wal_is_refused(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """What a WAL adds to a sound file is looked at as the file is."""
    path = copy_of_newsroom()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("CREATE VIEW more AS SELECT 1")
        writer.commit()
        copy = tmp_path / "mailed.headwater"
        for end in ("", "-wal"):
            copy.with_name(copy.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    for mode in ("read", "write"):
        with pytest.raises(ForeignSchema):
            open_case(copy, create=False, mode=mode)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_what_our_own_steps_make_is_ours(version: int, tmp_path: Path) -> None:
    """A case at each step of the migrations opens, and is brought up to date."""
    path = tmp_path / "old.headwater"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for step in MIGRATIONS[:version]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {0x48445752}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
    open_case(path, create=False).close()
    open_case(path, mode="read").close()


def test_a_question_without_end_is_ended(copy_of_newsroom: Copied) -> None:
    """A select over rows that multiply ends with a code; so does every other one that takes more steps than the file can need."""
    with Store(copy_of_newsroom(), create=False, only_read=True) as store, pytest.raises(EndlessCase, match="HW111"):
        store.select(ENDLESS)
