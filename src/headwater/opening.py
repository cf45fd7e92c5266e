"""Opening a case file: to write, or to read without changing or making a file.

In goes a path, out comes a connection over which nothing of the case runs: its schema is ours, its pages are whole, and what SQLite
could be made to do by a file is switched off. To write, SQLite's locks and WAL are as always. To read there are three ways:

    nobody has written lately   no locks, no files beside the case (`immutable`); whoever reads looks whether the file has changed since
    a WAL with its index        somebody writes, or was killed at it: the WAL is read with its locks, and no byte is written to the case
    a WAL without an index      or in a folder that may not be written: both are copied to a place of our own, and read there
"""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater import casefile, held, schema
from headwater.errors import (
    BusyCase,
    CaseError,
    DamagedCase,
    DiskFull,
    EndlessCase,
    ForeignSchema,
    NewerCase,
    NotACase,
    NotPlain,
    OlderCase,
    UnwritableCase,
)
from headwater.migrations import MIGRATIONS, is_readable

PATIENCE = 30.0  # seconds that one who writes waits for another
STEP = 100_000  # instructions of SQLite's machine between two looks at how many there were
STEPS_A_PAGE, STEPS_AT_LEAST = 2, 1_000  # set by hand: to read all rows of a page takes less than a hundredth of a step
LARGEST_CELL = 256_000_000  # bytes
FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)
DEFENSIVE, TRUSTED_SCHEMA = 1010, 1017  # SQLITE_DBCONFIG_*, which Python names from 3.12 on
MEMORY = Path(":memory:")
Sign = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open case: its connection, and what is to be done about it when it is closed."""

    connection: sqlite3.Connection
    key: held.Key | None = None
    locking: bool = False
    sign: Sign | None = None
    """of a file that is read without locks: by what it is seen to have changed"""
    place: TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the connection, and take away what was copied."""
        if self.key is None:
            self.connection.close()
        elif self.locking:
            with held.DOOR:
                self.connection.close()
                held.closes(self.key)
        else:
            held.close_unlocked(self.key, self.connection)
        if self.place is not None:
            self.place.cleanup()


def to_write(path: Path, *, create: bool) -> Opened:
    """Open a case to read and write; what is no case of ours is refused before anything is written to it."""
    if path == MEMORY:
        connection = sqlite3.connect(path, isolation_level=None)
        harden(connection)
        return Opened(connection)
    with held.DOOR:
        if create:
            casefile.make(path)
        return _writing(path)


def to_read(path: Path) -> Opened:
    """Open a case to read; its bytes, its time and what lies beside it stay as they are."""
    with held.DOOR:
        for _ in range(casefile.LOOKS):
            opened = _reading(path)
            if opened is not None:
                return opened
    raise BusyCase(str(path), "is opened and closed by somebody else all the time", hint="try again later")


def _reading(path: Path) -> Opened | None:
    """Open a case to read; None where somebody began to write just now, and what lies beside it is to be looked at again."""
    status = casefile.status(path)
    key, lies = held.key_of(status), casefile.beside(path)
    if not status.st_size:
        raise NotACase(str(path), "holds nothing yet", hint="`headwater read CASE PATH…` fills it")
    _look(path, status, lies)
    if not lies.index and not lies.wal:
        return _unlocked(path, key)
    if lies.index:
        try:
            return _checked(path, _locked(path, key, "ro"), reading=True)
        except sqlite3.DatabaseError as error:
            if not _is_closed(error):
                raise _said_or_damaged(error, path) from error
    return _copied(path, key)


def sign(path: Path) -> Sign | None:
    """Return by what a file that changes is seen to change; None while a WAL beside it holds what it will be."""
    if casefile.beside(path).wal:
        return None
    status = casefile.status(path)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def said(error: sqlite3.DatabaseError | UnicodeDecodeError, path: Path) -> CaseError | None:
    """Return what an error of SQLite's is in our words; None where it is our own SQL that is wrong.

    Where SQLite names what it cannot read, and the name is no UTF-8, Python gives an error of decoding in its place.
    """
    code: int | None = getattr(error, "sqlite_errorcode", None)
    thing, kind = str(path), (code or 0) & 0xFF
    if code in FULL:
        return DiskFull(thing, "cannot grow: the disk is full", hint="make room; the same command goes on from there")
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BusyCase(thing, f"is being written by somebody else: {error}", hint="try again later")
    if kind == sqlite3.SQLITE_INTERRUPT:
        return EndlessCase(thing, "takes longer to ask than a case of its size can need", hint=casefile.IMPORT)
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return UnwritableCase(thing, f"may not be written: {error}", hint="take a copy, and change that")
    if code is None or kind not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE):
        return DamagedCase(thing, f"is damaged: {error}", hint=casefile.IMPORT)
    return None


def bound(connection: sqlite3.Connection, pages: int) -> Callable[[], None]:
    """End every statement that takes more steps than a file of so many pages can need; return what begins to count anew."""
    most = max(STEPS_AT_LEAST, pages * STEPS_A_PAGE)
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return steps > most

    def begin() -> None:
        nonlocal steps
        steps = 0

    connection.set_progress_handler(step, STEP)
    return begin


def _writing(path: Path) -> Opened:
    status = casefile.status(path)
    lies = casefile.beside(path)
    if status.st_size or lies.wal:
        _look(path, status, lies)
    try:
        opened = _locked(path, held.key_of(status), "rw")
        if not status.st_size:
            opened.connection.execute("PRAGMA journal_mode = OFF")  # a new file needs no journal, and is to leave none
        checked = _checked(path, opened, reading=False)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
            checked.connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError as error:
        raise _said_or_damaged(error, path) from error
    return checked


def _look(path: Path, status: os.stat_result, lies: casefile.Beside) -> None:
    """Look at the first bytes, unless this process has done so and holds the file since."""
    if not held.is_locked(held.key_of(status)):
        casefile.check_header(path, has_wal=lies.wal)


def _locked(path: Path, key: held.Key, mode: str) -> Opened:
    """Connect with SQLite's own locks."""
    held.opens(key)
    try:
        return Opened(_connected(path, key, f"mode={mode}"), key, locking=True)
    except BaseException:
        held.closes(key)
        raise


def _unlocked(path: Path, key: held.Key) -> Opened | None:
    seen = sign(path)
    if seen is None or seen[:2] != key:
        return None
    try:
        opened = Opened(_connected(path, key, "immutable=1"), key, sign=seen)
        return _checked(path, opened, reading=True)
    except sqlite3.DatabaseError as error:
        raise _said_or_damaged(error, path) from error


def _copied(path: Path, key: held.Key) -> Opened:
    """Copy a case and its WAL to a place of our own, and open that."""
    if held.is_locked(key):
        raise BusyCase(str(path), "is being written by this process", hint="try again later")
    place = TemporaryDirectory(prefix="headwater-")
    try:
        copy = Path(place.name) / path.name
        before = casefile.looks(path)
        casefile.copy(path, copy)
        casefile.copy(path.with_name(path.name + "-wal"), copy.with_name(copy.name + "-wal"))
        if casefile.looks(path) != before:
            raise BusyCase(str(path), "is being written by somebody else", hint="try again later")
        opened = to_write(copy, create=False)
        opened.connection.execute("PRAGMA query_only = ON")
        return replace(opened, place=place)
    except BaseException:
        place.cleanup()
        raise


def _connected(path: Path, key: held.Key, how: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False
    )  # whoever closes the last one with locks may be another thread
    if held.key_of(casefile.status(path)) != key:
        connection.close()
        raise NotPlain(str(path), "was put in the place of another file just now", hint="try again")
    return connection


def _checked(path: Path, opened: Opened, *, reading: bool) -> Opened:
    """Return an open case when it is one of ours. Raise CaseError."""
    try:
        harden(opened.connection)
        _check(opened.connection, path, opened.key, reading=reading)
        if reading:
            opened.connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        opened.close()
        if isinstance(error, UnicodeDecodeError):
            raise DamagedCase(str(path), "is damaged: a name in it is no text", hint=casefile.IMPORT) from error
        raise
    return opened


def harden(connection: sqlite3.Connection) -> None:
    """Switch off what a file could make SQLite do beyond giving its rows."""
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    configure = getattr(connection, "setconfig", None)
    if configure is not None:
        configure(TRUSTED_SCHEMA, False)


def defend(connection: sqlite3.Connection) -> None:
    """Keep SQL from changing the schema and the search index by the back door, where Python can say so."""
    configure = getattr(connection, "setconfig", None)
    if configure is not None:
        configure(DEFENSIVE, True)


def _check(connection: sqlite3.Connection, path: Path, key: held.Key | None, *, reading: bool) -> None:
    """Look at version, schema and pages of an open file, with an end to it."""
    pages = _one(connection, "page_count")
    bound(connection, pages)
    try:
        entries, version = schema.of(connection), _one(connection, "user_version")
        _check_names(connection, path, version, has_tables=bool(entries))
        fault = schema.fault(entries, version) if entries else None
        if fault is not None:
            raise ForeignSchema(str(path), fault, hint=casefile.IMPORT)
        if reading and not is_readable(connection):
            raise OlderCase(
                str(path), "was made by an earlier release", hint="`headwater run CASE` brings it up to date"
            )
        _check_words(connection, path, {entry.name for entry in entries})
        _check_pages(connection, path, key)
    finally:
        connection.set_progress_handler(None, 0)


def _check_names(connection: sqlite3.Connection, path: Path, version: int, *, has_tables: bool) -> None:
    if has_tables and _one(connection, "application_id") != casefile.APPLICATION_ID:
        raise NotACase(str(path), "is a SQLite file, but not a case")
    if version > len(MIGRATIONS):
        raise NewerCase(str(path), f"was made by a newer release (schema {version})", hint="install that release")
    encoding = connection.execute("PRAGMA encoding").fetchone()[0]
    if version < 0 or (has_tables and not version) or encoding != "UTF-8":
        raise NotACase(str(path), f"has schema {version} and text in {encoding}", hint=casefile.ANOTHER_KIND)


def _check_words(connection: sqlite3.Connection, path: Path, tables: set[str]) -> None:
    """Look at the settings of the search index, which are rows of a table: they are to be those of every case."""
    if "sought_words_config" not in tables:
        return
    kept = connection.execute("SELECT k, v FROM sought_words_config LIMIT 10").fetchall()
    if kept not in ([], schema.WORDS_CONFIG):
        raise ForeignSchema(str(path), "has a search index that no release makes so", hint=casefile.IMPORT)


def _check_pages(connection: sqlite3.Connection, path: Path, key: held.Key | None) -> None:
    """Look whether the pages are whole: pages that lead back to themselves would be read for ever."""
    if key is not None and held.is_whole(str(path), key):
        return
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise DamagedCase(str(path), f"is damaged: {answer}", hint=casefile.IMPORT)
    if key is not None:
        held.found_whole(str(path), key)


def _one(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _is_closed(error: sqlite3.DatabaseError) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _said_or_damaged(error: sqlite3.DatabaseError, path: Path) -> CaseError:
    """Return the error that opening a file came to; what SQLite takes for our mistake comes from the file as well."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
        return NotACase(str(path), f"cannot be opened as a case: {error}", hint=casefile.ANOTHER_KIND)
    return said(error, path) or DamagedCase(str(path), f"cannot be opened: {error}", hint=casefile.IMPORT)
