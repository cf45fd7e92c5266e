"""The folder into which an export is written: nothing outside it is touched, no link is followed, and all its files come or none.

Files are made in a hidden folder inside it, readable by nobody else, and put in their places when all of them are there. What was there
under their names is given back when one cannot be put there. A file keeps the mode of the one that it takes the place of.
"""

import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from headwater.errors import UnwritableFolder

NAME = re.compile(r"(?:static/)?[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
HINT = "name a folder of yours in which there is room; what was there is as it was"


@dataclass(frozen=True, slots=True)
class _Place:
    """An open folder; where the system knows no names inside an open folder, its path."""

    path: Path
    file: int | None

    def name(self, name: str) -> str:
        """Return a file's name as system calls want it."""
        return name if self.file is not None else str(self.path / name)

    def names(self) -> list[str]:
        """Return what is in it."""
        return os.listdir(self.file if self.file is not None else self.path)

    def status(self, name: str) -> os.stat_result | None:
        """Return what a file is, without following a link; None where there is none."""
        try:
            return os.stat(self.name(name), dir_fd=self.file, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def rename(self, name: str, to: "_Place", new: str) -> None:
        """Move a file of this folder into another one, in the place of what is there."""
        os.replace(self.name(name), to.name(new), src_dir_fd=self.file, dst_dir_fd=to.file)

    def remove(self, name: str) -> None:
        """Take a file away."""
        os.unlink(self.name(name), dir_fd=self.file)

    @contextmanager
    def inside(self, name: str) -> Iterator["_Place"]:
        """Open a folder in this one, made where there is none. Raise OSError for a link."""
        with suppress(FileExistsError):
            os.mkdir(self.name(name), 0o700, dir_fd=self.file)
        with _opened(self.path / name, self.name(name), self.file) as place:
            yield place


@dataclass(slots=True)
class Folder:
    """A folder that is being filled."""

    path: Path
    made: _Place
    """the hidden folder in which files are made"""
    names: list[str] = field(default_factory=list)

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """Make one file; it is put in its place with all others. Raise UnwritableFolder."""
        if not NAME.fullmatch(name) or name in self.names:
            raise UnwritableFolder(str(self.path / name), "is no name for a file", hint="this is a fault of ours")
        file = os.open(self.made.name(str(len(self.names))), NEW, 0o600, dir_fd=self.made.file)
        with os.fdopen(file, "wb") as opened:
            fill(opened)
        self.names.append(name)


@contextmanager
def filling(path: Path) -> Iterator[Folder]:
    """Open a folder, made where there is none, and put all that was written inside the block in its place. Raise UnwritableFolder."""
    hidden = f".headwater-{secrets.token_hex(8)}"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _opened(path, str(path), None) as place:
            try:
                with place.inside(hidden) as made:
                    try:
                        folder = Folder(path, made)
                        yield folder
                        _put(folder, place)
                    finally:
                        for name in made.names():
                            made.remove(name)
            finally:
                os.rmdir(place.name(hidden), dir_fd=place.file)
    except OSError as error:
        raise UnwritableFolder(str(path), f"cannot be written into: {_why(error, path)}", hint=HINT) from error


@contextmanager
def _opened(path: Path, name: str, inside: int | None) -> Iterator[_Place]:
    """Open a folder without following a link, if that is what it is."""
    if os.open not in os.supports_dir_fd:
        if path.is_symlink():
            raise NotADirectoryError(20, "it is a link", str(path))
        yield _Place(path, None)
        return
    file = os.open(name, FOLDER, dir_fd=inside)
    try:
        yield _Place(path, file)
    finally:
        os.close(file)


def _put(folder: Folder, place: _Place) -> None:
    """Put every file in its place, or give back what was there."""
    with ExitStack() as stack:
        shipped = [name for name in folder.names if "/" in name]
        static = stack.enter_context(place.inside("static")) if shipped else place
        done = list[tuple[_Place, str, str]]()
        try:
            for number, name in enumerate(folder.names):
                done.append((static if "/" in name else place, name.rpartition("/")[2], str(number)))
                _put_one(folder.made, *done[-1])
        except OSError:
            for there, last, put in reversed(done):
                _give_back(folder.made, there, last, put)
            raise


def _put_one(made: _Place, place: _Place, name: str, number: str) -> None:
    """Put one file in its place; what was there is kept aside until all are."""
    was = place.status(name)
    if was is not None:
        if stat.S_ISDIR(was.st_mode):
            raise IsADirectoryError(21, "a folder has the name of a file", name)
        if stat.S_ISREG(was.st_mode):
            os.chmod(made.name(number), stat.S_IMODE(was.st_mode), dir_fd=made.file)
        place.rename(name, made, f"was-{number}")
    made.rename(number, place, name)


def _give_back(made: _Place, place: _Place, name: str, number: str) -> None:
    left = set(made.names())
    with suppress(OSError):
        if f"was-{number}" in left:
            made.rename(f"was-{number}", place, name)
        elif number not in left:
            place.remove(name)


def _why(error: OSError, path: Path) -> str:
    if path.is_symlink():
        return "it is a link"
    return (error.strerror or str(error)) + (f" ({error.filename})" if isinstance(error, IsADirectoryError) else "")
