"""Hostile cases by number: for one number always the same, made of one to three changes of a sound case.

Changes are of its schema, its rows, its cells, its bytes, its pages, and of what lies beside it. Names of files that others want to see
deleted or written lie in a folder `outside`.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crafting import hot_journal, wal_header, with_bytes, with_loop, with_schema, with_sql, with_unknown
from rows import ROWS

from headwater.records import RECORDS, columns

Make = Callable[[Path, random.Random, Path], object]
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
NASTY: tuple[object, ...] = (
    "", "\0", "\u202e", "../../outside/letter.txt", "<script>", "[", "{}", "[null]", "[[[[]]]]", "NaN", '["r-0000000000000000"]', "'; DROP TABLE reports",
    "x" * 100_000, b"", b"\xff\xfe", b"\0" * 1000, 0, -1, 2**63 - 1, -(2**63), 9e999, -9e999, 0.1, "2024-13-45", "s-0000000000000000",
)  # fmt: skip
SCHEMAS = (
    f"CREATE VIEW more AS {ENDLESS}",
    "CREATE TRIGGER t AFTER INSERT ON corrections BEGIN UPDATE corrections SET author = 'you'; END",
    "CREATE TRIGGER t AFTER DELETE ON progress BEGIN DELETE FROM reports; END",
    "CREATE TABLE birds (name TEXT)",
    "CREATE INDEX long ON reports (length(text))",
    "CREATE TABLE more (a, b GENERATED ALWAYS AS (hex(zeroblob(a))))",
    "CREATE VIRTUAL TABLE more USING fts5 (words)",
    "ANALYZE",
)


def hostile(number: int, sound: Path, folder: Path) -> Path:
    """Make the hostile case of this number in a folder, with another folder `outside` beside it; return its file."""
    chance = random.Random(number)
    outside, place = folder / "outside", folder / "mailed"
    for each in (outside, place):
        each.mkdir(parents=True)
    (outside / "letter.txt").write_text("mine")
    path = place / "x.headwater"
    shutil.copyfile(sound, path)
    pool = OF_ROWS if number % 2 else tuple(WAYS)
    ways = chance.sample(pool, k=chance.choice([1, 1, 2, 3]))
    for way in sorted(ways, key=list(WAYS).index):  # rows first: SQLite itself must still be able to write them
        WAYS[way](path, chance, outside / "letter.txt")
    return path


def _row(path: Path, chance: random.Random, letter: Path) -> None:
    with_sql(path, ROWS[chance.choice(sorted(ROWS))])


def _cell(path: Path, chance: random.Random, letter: Path) -> None:
    record = chance.choice(RECORDS)
    column = chance.choice(columns(record))
    only = f"WHERE id = (SELECT {chance.choice(['min', 'max'])}(id) FROM {record.table})"
    if column.name != "id":
        only = chance.choice([only, ""])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f'UPDATE OR IGNORE {record.table} SET "{column.name}" = ? {only}', (chance.choice(NASTY),))
        connection.commit()


def _moved(path: Path, chance: random.Random, letter: Path) -> None:
    """Give rows of one table what a column of another holds, so that names lead to rows of the wrong kind."""
    one, two = chance.choice(RECORDS), chance.choice(RECORDS)
    column = chance.choice([each.name for each in columns(one) if each.type in (str, list[str]) and each.name != "id"])
    other = chance.choice([each.name for each in columns(two) if each.type in (str, list[str])])
    with_sql(path, f'UPDATE {one.table} SET "{column}" = coalesce((SELECT max("{other}") FROM {two.table}), \'\')')


def _gone(path: Path, chance: random.Random, letter: Path) -> None:
    record = chance.choice(RECORDS)
    with_sql(
        path,
        f"DELETE FROM {record.table} WHERE {chance.choice(['1', 'rowid_of(id) % 2', 'id > (SELECT min(id) FROM reports)'])}".replace(
            "rowid_of(id)", "length(hex(id))"
        ),
    )


def _unknown(path: Path, chance: random.Random, letter: Path) -> None:
    record = chance.choice(RECORDS)
    with_unknown(path, record.table, chance.choice([each.name for each in columns(record) if each.name != "id"]))


def _schema(path: Path, chance: random.Random, letter: Path) -> None:
    with_sql(path, chance.choice(SCHEMAS))


def _view(path: Path, chance: random.Random, letter: Path) -> None:
    table = chance.choice(RECORDS).table
    with_sql(path, f"DROP TABLE {table}", f"CREATE VIEW {table} AS {ENDLESS}")


def _text(path: Path, chance: random.Random, letter: Path) -> None:
    table = chance.choice(RECORDS).table
    with_schema(
        path,
        table,
        chance.choice(["", "CREATE TABLE", f"CREATE VIEW {table} AS SELECT 1", f"CREATE TABLE {table} (id TEXT)"]),
    )


def _loop(path: Path, chance: random.Random, letter: Path) -> None:
    with_loop(path, chance.randrange(100))


def _bytes(path: Path, chance: random.Random, letter: Path) -> None:
    size = path.stat().st_size
    with_bytes(
        path,
        {chance.randrange(size): chance.randbytes(chance.choice([1, 4, 64])) for _ in range(chance.choice([1, 8, 64]))},
    )


def _header(path: Path, chance: random.Random, letter: Path) -> None:
    with_bytes(path, {chance.randrange(100): chance.randbytes(chance.choice([1, 2, 4]))})


def _page(path: Path, chance: random.Random, letter: Path) -> None:
    pages = path.stat().st_size // 4096
    content = path.read_bytes()
    one, two = (chance.randrange(1, pages) * 4096 for _ in range(2))
    with_bytes(path, {one: chance.choice([content[two : two + 4096], b"\0" * 4096, chance.randbytes(4096)])})


def _length(path: Path, chance: random.Random, letter: Path) -> None:
    os.truncate(
        path, chance.choice([0, 1, 99, 100, 4095, 4096, path.stat().st_size - 4096, path.stat().st_size + 4096])
    )


def _journal(path: Path, chance: random.Random, letter: Path) -> None:
    beside = path.with_name(path.name + "-journal")
    beside.write_bytes(
        chance.choice([hot_journal(letter), hot_journal(letter)[: chance.randrange(600)], b"", b"words"])
    )


def _wal(path: Path, chance: random.Random, letter: Path) -> None:
    frames = chance.randbytes(chance.choice([0, 24 + 4096, 5000]))
    header = chance.choice([wal_header(), wal_header(right=False), wal_header(page=1024), b"words" * 10])
    path.with_name(path.name + "-wal").write_bytes(header + frames)


def _index(path: Path, chance: random.Random, letter: Path) -> None:
    path.with_name(path.name + "-shm").write_bytes(chance.randbytes(chance.choice([0, 10, 32768])))


def _link(path: Path, chance: random.Random, letter: Path) -> None:
    beside = path.with_name(path.name + chance.choice(["-journal", "-wal", "-shm"]))
    beside.unlink(missing_ok=True)
    if chance.random() < 0.3:
        os.link(letter, beside)
    else:
        beside.symlink_to(chance.choice([letter, letter.with_name("new.txt"), path]))


def _itself(path: Path, chance: random.Random, letter: Path) -> None:
    moved = path.with_name("moved")
    path.rename(moved)
    path.symlink_to(chance.choice([moved, letter, letter.with_name("new.txt"), path]))


WAYS: dict[str, Make] = {
    "row": _row, "cell": _cell, "moved": _moved, "gone": _gone, "unknown": _unknown, "schema": _schema, "view": _view, "text": _text, "loop": _loop,
    "page": _page, "bytes": _bytes, "header": _header, "length": _length, "journal": _journal, "wal": _wal, "index": _index, "link": _link,
    "itself": _itself,
}  # fmt: skip
"""in the order in which they can be made"""
OF_ROWS = ("row", "cell", "moved", "gone", "unknown")
"""ways after which a case still opens; every other number is made of these alone"""
