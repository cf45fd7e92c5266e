"""A case before SQLite sees it: a plain file with the first bytes of a case, and beside it nothing but a WAL of ours.

In goes a path, out comes what lies there, or an error. A case may come from a stranger, and SQLite obeys what lies beside a file: it
plays back a journal, and deletes the file that a journal names. No run of ours leaves a journal, since a case is in WAL mode from its
first byte on; a WAL is what a run that was killed leaves, and holds no name of any file. So a journal is refused whatever it holds, and
a WAL is ours when it begins as a WAL of this file does: SQLite itself checks the sums of all that follows.

Fields of the header: https://www.sqlite.org/fileformat2.html
"""

import os
import shutil
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from headwater.errors import NewerCase, NoSuchCase, NotACase, NotPlain, StrayFile, UnwritableCase
from headwater.migrations import MIGRATIONS

APPLICATION_ID = 0x48445752  # "HDWR", so that file(1) and we can tell a case from any other SQLite file
MAGIC = b"SQLite format 3\0"
HEADER, WAL_HEADER = 100, 32  # bytes
WAL_MAGIC, WAL_FORMAT = 0x377F0682, 3007000
PAGES = frozenset(2**n for n in range(10, 17))  # bytes of a page; ours have 4096
PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
MODE = 0o600  # what a case says is nobody else's business
LOOKS = 5  # a writer may be between two steps when we look
IMPORT = "`headwater import CASE NEW` makes a clean copy of what the case itself holds"
ANOTHER_KIND = "is it another kind of file?"


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a case: whether there is a WAL that holds something, and whether its index is there."""

    wal: bool
    index: bool


def status(path: Path) -> os.stat_result:
    """Return what the file system says of a case. Raise NoSuchCase, NotPlain."""
    lying = _there(path)
    if lying is None:
        raise NoSuchCase(str(path), "there is no such case", hint="`headwater read CASE PATH…` makes one")
    if not stat.S_ISREG(lying.st_mode):
        raise NotPlain(str(path), f"is {_kind(lying)}, and a case is a file", hint="name the file itself")
    return lying


def make(path: Path) -> None:
    """Make an empty file that nobody else may read, where there is nothing. Raise NotPlain, UnwritableCase."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), MODE))
    except FileExistsError:
        status(path)
    except OSError as error:
        raise UnwritableCase(
            str(path), f"cannot be made: {error.strerror}", hint="is there such a folder, and may you write there?"
        ) from error


def beside(path: Path) -> Beside:
    """Return what lies beside a case. Raise StrayFile where it is not what a run of ours leaves."""
    journal, wal, index = (path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))
    if _there(journal) is not None:
        raise StrayFile(str(journal), "is a journal, and no run of ours leaves one", hint=IMPORT)
    for _ in range(LOOKS):
        has_wal, has_index = (
            _single(wal),
            _single(index),
        )  # a writer makes the WAL first, and takes its index away first
        if has_wal is not None or has_index is None:
            return Beside(bool(has_wal and has_wal.st_size), has_index is not None)
    raise StrayFile(str(index), "is the index of a WAL that is not there", hint=IMPORT)


def check_header(path: Path, *, has_wal: bool) -> None:
    """Read the first bytes of a case that holds something. Raise NotACase, NewerCase, NotPlain.

    While there is a WAL the newest pages are in it, and the file may be shorter or longer than it says.
    """
    for look in range(1, LOOKS + 1):
        content, size = _first(path, HEADER)
        fault = _fault(content, size, has_wal=has_wal or beside(path).wal)
        if fault is None:
            break
        if look == LOOKS:
            raise NotACase(str(path), f"is no case: {fault}", hint=ANOTHER_KIND)
    version = _number(content, 60)
    if version > len(MIGRATIONS):
        raise NewerCase(str(path), f"was made by a newer release (schema {version})", hint="install that release")
    if has_wal:
        check_wal(path, page=_page(content))


def check_wal(path: Path, *, page: int) -> None:
    """Tell that a WAL begins as one of this file does. Raise StrayFile."""
    wal = path.with_name(path.name + "-wal")
    for _ in range(LOOKS):
        if _there(wal) is None:  # its writer has ended meanwhile
            return
        content, size = _first(wal, WAL_HEADER)
        if size < WAL_HEADER or _is_wal(content, page):  # nothing is committed before the header is whole
            return
    raise StrayFile(str(wal), "is no WAL of this case", hint=IMPORT)


def _fault(content: bytes, size: int, *, has_wal: bool) -> str | None:
    """Return what is wrong with the header of a file of so many bytes."""
    if len(content) < HEADER or not content.startswith(MAGIC):
        return "it does not begin as a SQLite file does"
    page, pages, version = _page(content), _number(content, 28), _number(content, 60)
    is_new = _number(content, 68) == 0 and version == 0  # whoever made it was killed, or its tables are in the WAL
    if _number(content, 68) != APPLICATION_ID and not is_new:
        return "it is a SQLite file of another program"
    if page not in PAGES or content[20] != 0:
        return f"it has pages of {page} bytes, {content[20]} of them set aside"
    if content[18:20] != b"\2\2":
        return "it is not in WAL mode"
    if _number(content, 56) not in (0, 1) or version < 0:
        return "its text is not in UTF-8" if version >= 0 else f"there is no schema {version}"
    if size % page or (not has_wal and size != pages * page):
        return f"it has {size} bytes, and says that it has {pages} pages of {page}"
    return None


def _is_wal(content: bytes, page: int) -> bool:
    """Tell whether 32 bytes are the header of a WAL over pages of this size, with its checksum."""
    magic, form, size, *_ = struct.unpack(">6I", content[:24])
    if magic not in (WAL_MAGIC, WAL_MAGIC | 1) or form != WAL_FORMAT or size != page:
        return False
    order = ">" if magic & 1 else "<"
    one = two = 0
    for first, second in struct.iter_unpack(f"{order}2I", content[:24]):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return (one, two) == struct.unpack(">2I", content[24:32])


def _first(path: Path, count: int) -> tuple[bytes, int]:
    """Return the first bytes of a plain file and its length, without following a link or waiting for a pipe."""
    try:
        file = os.open(path, PLAIN)
    except FileNotFoundError:
        return b"", 0
    except OSError as error:
        raise NotPlain(
            str(path), f"cannot be opened: {error.strerror}", hint="name a file that you may read"
        ) from error
    try:
        lying = os.fstat(file)
        if not stat.S_ISREG(lying.st_mode):
            raise NotPlain(str(path), f"is {_kind(lying)}, and a case is a file", hint="name the file itself")
        return os.read(file, count), lying.st_size
    finally:
        os.close(file)


def _there(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # a name that no file can have, a folder that may not be looked into
        raise NotPlain(str(path), f"cannot be looked at: {error}", hint="name a file that you may read") from error


def _single(path: Path) -> os.stat_result | None:
    """Return a file beside a case that is there. Raise NotPlain for a link and for a file that has another name, too."""
    lying = _there(path)
    if lying is not None and (not stat.S_ISREG(lying.st_mode) or lying.st_nlink > 1):
        what = "has another name, too" if stat.S_ISREG(lying.st_mode) else f"is {_kind(lying)}"
        raise NotPlain(str(path), f"{what}: writing to it would change another file", hint=IMPORT)
    return lying


def _kind(lying: os.stat_result) -> str:
    kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(lying.st_mode), "a device")


def _page(content: bytes) -> int:
    size = int.from_bytes(content[16:18], "big")
    return 65536 if size == 1 else size


def _number(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 4], "big", signed=place == 60)


def looks(path: Path) -> tuple[object, ...]:
    """Return by what a case and its WAL are seen to change while they are copied."""
    both = (_there(path.with_name(path.name + end)) for end in ("", "-wal"))
    return tuple((file.st_ino, file.st_size, file.st_mtime_ns) if file else None for file in both)


def copy(path: Path, target: Path) -> None:
    """Copy a plain file to a new one that nobody else may read. Raise NotPlain, UnwritableCase."""
    try:
        file = os.open(path, PLAIN)
    except OSError as error:
        raise NotPlain(
            str(path), f"cannot be opened: {error.strerror}", hint="name a file that you may read"
        ) from error
    with os.fdopen(file, "rb") as source:
        lying = os.fstat(source.fileno())
        if not stat.S_ISREG(lying.st_mode):
            raise NotPlain(str(path), f"is {_kind(lying)}, and a case is a file", hint="name the file itself")
        make(target)
        with target.open("r+b") as copied:
            shutil.copyfileobj(source, copied)
