"""Cases as somebody might mail them who means harm: a sound case, changed byte by byte, row by row, or with files beside it."""

import sqlite3
import struct
from collections.abc import Callable, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path

JOURNAL = bytes.fromhex("d9d505f920a163d7")
WAL = 0x377F0682
SECTOR = 512
Change = Callable[[Path], None]


def hot_journal(names: Path) -> bytes:
    """Return a rollback journal that SQLite plays back and then deletes what it names as its super-journal."""
    name = str(names).encode()
    head = JOURNAL + struct.pack(">IIIII", 0, 1, 1, SECTOR, 4096)
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + JOURNAL
    return head.ljust(SECTOR, b"\0") + tail


def wal_header(*, page: int = 4096, magic: int = WAL, right: bool = True) -> bytes:
    """Return the 32 bytes with which a WAL begins, with the right checksum or a wrong one."""
    words = struct.pack(">6I", magic, 3007000, page, 0, 11, 22)
    one = two = 0
    for first, second in struct.iter_unpack("<2I", words):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return words + struct.pack(">2I", one if right else one ^ 1, two)


def with_sql(path: Path, *statements: str) -> None:
    """Change a case by SQL, as nothing of ours would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def with_schema(path: Path, name: str, sql: str) -> None:
    """Give a table another text in the schema than the one that it was made by."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
        connection.commit()


def with_bytes(path: Path, changes: Mapping[int, bytes]) -> None:
    """Put bytes at places of a file."""
    content = bytearray(path.read_bytes())
    for place, new in changes.items():
        content[place : place + len(new)] = new
    path.write_bytes(content)


def seen(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return what lies in a folder, with the digest of its bytes, its mode and its time."""
    return {
        str(path.relative_to(folder)): _looks(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def _looks(path: Path) -> tuple[str, int, int]:
    status = path.lstat()
    content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
    return sha256(content).hexdigest(), status.st_mode, status.st_mtime_ns


def with_unknown(path: Path, table: str, column: str) -> None:
    """Make a cell unknown where none may be: the schema forbids it, so that it is changed meanwhile."""
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with_schema(path, table, sql.replace(" NOT NULL", ""))
    with_sql(path, f'UPDATE {table} SET "{column}" = NULL')
    with_schema(path, table, sql)


def with_loop(path: Path, number: int) -> None:
    """Let a page that leads to others lead to itself, by the last of its pointers and by all others."""
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    inner = [place for place in range(size, len(content), size) if content[place] in (2, 5)]
    place = inner[number % len(inner)]
    itself = (place // size + 1).to_bytes(4, "big")
    content[place + 8 : place + 12] = itself
    for cell in range(int.from_bytes(content[place + 3 : place + 5], "big")):
        at = place + int.from_bytes(content[place + 12 + 2 * cell : place + 14 + 2 * cell], "big")
        content[at : at + 4] = itself
    path.write_bytes(content)
