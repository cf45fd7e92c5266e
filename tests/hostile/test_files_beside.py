"""What lies beside a mailed case, and what its first bytes say: refused by name before SQLite sees any of it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from crafting import hot_journal, seen, wal_header, with_bytes

from headwater import Case
from headwater import open as open_case
from headwater.errors import HeadwaterError, NewerCase, NotACase, NotPlain, StrayFile

Copied = Callable[[], Path]


def to_write(path: Path) -> Case:
    """Open a case to write."""
    return open_case(path, create=False)


def to_read(path: Path) -> Case:
    """Open a case to read."""
    return open_case(path, mode="read")


WAYS = pytest.mark.parametrize("opening", [to_write, to_read], ids=["to write", "to read"])


def beside(path: Path, end: str) -> Path:
    """Return the name of a file beside a case."""
    return path.with_name(path.name + end)


@WAYS
def test_a_journal_beside_a_case_deletes_nothing(
    opening: Callable[[Path], Case], copy_of_newsroom: Copied, tmp_path: Path
) -> None:
    """A journal that names a file as its super-journal makes SQLite delete that file; it is refused before SQLite sees it."""
    path, letter = copy_of_newsroom(), tmp_path / "letter.txt"
    letter.write_text("mine")
    beside(path, "-journal").write_bytes(hot_journal(letter))
    before = seen(tmp_path)
    with pytest.raises(StrayFile, match=r"HW108.*import"):
        opening(path)
    assert seen(tmp_path) == before


@WAYS
@pytest.mark.parametrize("content", [b"", b"\0" * 600, b"words"], ids=["empty", "zeros", "words"])
def test_any_journal_is_refused(opening: Callable[[Path], Case], content: bytes, copy_of_newsroom: Copied) -> None:
    """No run of ours leaves a journal, so that what it holds does not matter."""
    path = copy_of_newsroom()
    beside(path, "-journal").write_bytes(content)
    with pytest.raises(StrayFile):
        opening(path)


@WAYS
@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_a_link_beside_a_case_is_refused(
    opening: Callable[[Path], Case], end: str, copy_of_newsroom: Copied, tmp_path: Path
) -> None:
    """A symbolic link, a second name of another file, and a folder in the place of a journal, a WAL or its index."""
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    made: dict[str, Callable[[Path], object]] = {
        "link": lambda place: place.symlink_to(letter),
        "broken link": lambda place: place.symlink_to(tmp_path / "nothing"),
        "second name": lambda place: os.link(letter, place),
        "folder": lambda place: place.mkdir(),
        "pipe": os.mkfifo,
    }
    for make in made.values():
        path = copy_of_newsroom()
        make(beside(path, end))
        with pytest.raises((StrayFile, NotPlain)):
            opening(path)
    assert letter.read_text() == "mine"
    assert not (tmp_path / "nothing").exists()


@WAYS
@pytest.mark.parametrize(
    "content",
    [
        b"words that are no WAL, and more than its first bytes are",
        wal_header(right=False),
        wal_header(page=1024),
        wal_header(magic=1),
    ],
    ids=["words", "wrong sum", "other pages", "other magic"],
)
def test_a_wal_that_is_not_of_the_case_is_refused(
    opening: Callable[[Path], Case], content: bytes, copy_of_newsroom: Copied
) -> None:
    """What is no WAL of this file would be thrown away by SQLite without a word."""
    path = copy_of_newsroom()
    beside(path, "-wal").write_bytes(content)
    with pytest.raises(StrayFile):
        opening(path)
    assert beside(path, "-wal").read_bytes() == content


@WAYS
def test_an_index_without_its_wal_is_refused(opening: Callable[[Path], Case], copy_of_newsroom: Copied) -> None:
    """Nothing of ours leaves the index of a WAL without the WAL."""
    path = copy_of_newsroom()
    beside(path, "-shm").write_bytes(b"\0" * 32768)
    with pytest.raises(StrayFile):
        opening(path)


@WAYS
def test_a_case_is_a_plain_file(opening: Callable[[Path], Case], copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """A link to a case, a pipe, a folder and a device are refused, and nothing waits for a pipe to be filled."""
    link, pipe = tmp_path / "link.headwater", tmp_path / "pipe.headwater"
    link.symlink_to(copy_of_newsroom())
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(NotPlain, match="HW107"):
            opening(path)


def test_nothing_is_made_through_a_link(tmp_path: Path) -> None:
    """A link that leads to nothing does not make a case where it leads."""
    (tmp_path / "x.headwater").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotPlain):
        open_case(tmp_path / "x.headwater")
    assert not (tmp_path / "elsewhere").exists()


HEADERS: dict[str, tuple[dict[int, bytes], type[HeadwaterError]]] = {
    "another magic": ({0: b"SQLite format 9\0"}, NotACase),
    "pages of 3": ({16: b"\0\3"}, NotACase),
    "pages of 512": ({16: b"\2\0"}, NotACase),
    "no WAL": ({18: b"\1\1"}, NotACase),
    "reserved bytes": ({20: b"\x20"}, NotACase),
    "UTF-16": ({56: b"\0\0\0\2"}, NotACase),
    "another program's": ({68: b"\0\0\0\1"}, NotACase),
    "a newer release's": ({60: b"\0\0\3\xe7"}, NewerCase),
    "a negative version": ({60: b"\xff\xff\xff\xff"}, NotACase),
    "more pages": ({28: b"\0\1\0\0"}, NotACase),
    "fewer pages": ({28: b"\0\0\0\2"}, NotACase),
}


@WAYS
@pytest.mark.parametrize("name", HEADERS)
def test_first_bytes_that_are_not_ours_are_refused(
    opening: Callable[[Path], Case], name: str, copy_of_newsroom: Copied
) -> None:
    """Each field of the header that a case of ours has one value for."""
    path = copy_of_newsroom()
    changes, error = HEADERS[name]
    with_bytes(path, changes)
    before = path.read_bytes()
    with pytest.raises(error):
        opening(path)
    assert path.read_bytes() == before


@WAYS
@pytest.mark.parametrize("change", ["cut", "longer", "odd"])
def test_a_file_that_is_not_as_long_as_it_says_is_refused(
    opening: Callable[[Path], Case], change: str, copy_of_newsroom: Copied
) -> None:
    """Pages that are missing, pages behind the last, and a part of a page."""
    path = copy_of_newsroom()
    content = path.read_bytes()
    path.write_bytes({"cut": content[:-4096], "longer": content + b"\0" * 4096, "odd": content + b"\0"}[change])
    with pytest.raises(NotACase):
        opening(path)
