"""The folder into which an export is written: nothing outside it is touched, no link is followed, and all its files come or none.

Files are made in a hidden folder inside it, readable by nobody else, and put in their places when all of them are there. What was there
under their names is given back when one cannot be put there. A file keeps the mode of the one that it takes the place of.
"""

import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from headwater.errors import UnwritableFolder

NAME = re.compile(r"(?:static/)?[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
HINT = "name a folder of yours in which there is room; what was there is as it was"


@dataclass(slots=True)
class Folder:
    """A folder that is being filled."""

    path: Path
    made: int
    """descriptor of the hidden folder in which files are made"""
    names: list[str] = field(default_factory=list)

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> None:
        """Make one file; it is put in its place with all others. Raise UnwritableFolder."""
        if not NAME.fullmatch(name) or name in self.names:
            raise UnwritableFolder(str(self.path / name), "is no name for a file", hint="this is a fault of ours")
        file = os.open(str(len(self.names)), NEW, 0o600, dir_fd=self.made)
        with os.fdopen(file, "wb") as opened:
            fill(opened)
        self.names.append(name)


@contextmanager
def filling(path: Path) -> Iterator[Folder]:
    """Open a folder, made where there is none, and put all that was written inside the block in its place. Raise UnwritableFolder."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = os.open(path, FOLDER)
    except OSError as error:
        raise UnwritableFolder(str(path), f"cannot be written into: {_why(error, path)}", hint=HINT) from error
    hidden = f".headwater-{secrets.token_hex(8)}"
    try:
        os.mkdir(hidden, 0o700, dir_fd=place)
        made = os.open(hidden, FOLDER, dir_fd=place)
        try:
            folder = Folder(path, made)
            yield folder
            _put(folder, place)
        finally:
            for name in os.listdir(made):
                os.unlink(name, dir_fd=made)
            os.close(made)
            os.rmdir(hidden, dir_fd=place)
    except OSError as error:
        raise UnwritableFolder(str(path), f"cannot be written into: {_why(error, path)}", hint=HINT) from error
    finally:
        os.close(place)


def _put(folder: Folder, place: int) -> None:
    """Put every file in its place, or give back what was there."""
    places = {"": place}
    if any("/" in name for name in folder.names):
        with suppress(FileExistsError):
            os.mkdir("static", 0o700, dir_fd=place)
        places["static"] = os.open("static", FOLDER, dir_fd=place)
    done = list[tuple[int, str, str]]()
    try:
        for number, name in enumerate(folder.names):
            where, _, last = name.rpartition("/")
            done.append((places[where], last, str(number)))
            _put_one(folder.made, places[where], last, str(number))
    except OSError:
        for there, last, put in reversed(done):
            _give_back(folder.made, there, last, put)
        raise
    finally:
        if "static" in places:
            os.close(places["static"])


def _put_one(made: int, place: int, name: str, number: str) -> None:
    """Put one file in its place; what was there is kept aside until all are."""
    with suppress(FileNotFoundError):
        was = os.stat(name, dir_fd=place, follow_symlinks=False)
        if stat.S_ISDIR(was.st_mode):
            raise IsADirectoryError(21, "a folder has the name of a file", name)
        if stat.S_ISREG(was.st_mode):
            os.chmod(number, stat.S_IMODE(was.st_mode), dir_fd=made)
        os.rename(name, f"was-{number}", src_dir_fd=place, dst_dir_fd=made)
    os.rename(number, name, src_dir_fd=made, dst_dir_fd=place)


def _give_back(made: int, place: int, name: str, number: str) -> None:
    left = set(os.listdir(made))
    with suppress(OSError):
        if f"was-{number}" in left:
            os.rename(f"was-{number}", name, src_dir_fd=made, dst_dir_fd=place)
        elif number not in left:
            os.unlink(name, dir_fd=place)


def _why(error: OSError, path: Path) -> str:
    if path.is_symlink():
        return "it is a link"
    return (error.strerror or str(error)) + (f" ({error.filename})" if isinstance(error, IsADirectoryError) else "")
