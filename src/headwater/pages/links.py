"""Where a page leads: addresses of the server, or files of an exported case. None means that it is not to be had here."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

BY_NAME = ("speaker", "outlet")
"""views whose name may hold anything, so that it stands behind the question mark"""

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")
"""what may stand in the name of a file as it is; every id of ours is so"""


class Links(Protocol):
    """What templates ask for an address."""

    @property
    def live(self) -> bool:
        """Tell whether pages can be changed and asked for another moment."""

    def to(self, view: str, *names: str, **asked: str | int | None) -> str | None:
        """Return the address of a view, with what is asked of it."""

    def file(self, name: str) -> str:
        """Return the address of a file that ships with the pages."""


@dataclass(frozen=True, slots=True)
class Served:
    """Addresses of the local server."""

    live: bool = True

    def to(self, view: str, *names: str, **asked: str | int | None) -> str | None:
        """Return a path with a query; what is not asked for is left out."""
        if view in BY_NAME:
            asked, names = {"name": names[0], **asked}, ()
        path = "/" if view == "stories" else "/" + "/".join([view, *(quote(name, safe="") for name in names)])
        kept = {key.replace("_", "-"): value for key, value in asked.items() if value not in (None, "")}
        return f"{path}?{urlencode(kept)}" if kept else path

    def file(self, name: str) -> str:
        """Return the path of a shipped file."""
        return f"/static/{name}"


@dataclass(frozen=True, slots=True)
class Files:
    """Names of the files of an exported case, seen from a page among them; `written` are those that exist."""

    written: Collection[str]
    live: bool = False

    def to(self, view: str, *names: str, **asked: str | int | None) -> str | None:
        """Return a file's name; what only a server can answer has none."""
        if any(value not in (None, "") for key, value in asked.items() if key != "start"):  # a file has its whole text
            return None
        name = file_of(view, *names)
        return name if name in self.written else None

    def file(self, name: str) -> str:
        """Return the name of a shipped file."""
        return f"static/{name}"


def file_of(view: str, *names: str) -> str:
    """Return the name of the file in which a view is exported, whatever an id holds: one that is none of ours is told by its digest."""
    return "index.html" if view == "stories" else "-".join([view, *map(_part, names)]) + ".html"


def _part(name: str) -> str:
    if PLAIN.fullmatch(name):
        return name
    return f"x{hashlib.blake2b(name.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"
