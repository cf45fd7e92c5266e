"""Which case files this process has open, so that closing one descriptor never drops the locks of another.

POSIX lets go of all locks that a process holds on a file as soon as the process closes any descriptor of it. SQLite knows of its own
connections and waits; it does not know of us reading the first bytes, nor does it count a connection without locks (`immutable`). So
files are looked at and opened one at a time in a process, the first bytes are read only while no connection with locks is open, and a
connection without locks is closed when the last one with locks has been. This is state of the process because the locks are.

https://www.sqlite.org/howtocorrupt.html, section 2.2
"""

import os
import sqlite3
from dataclasses import dataclass, field
from threading import RLock

DOOR = RLock()
"""held while a file is looked at, opened or closed"""


@dataclass
class _Held:
    """One file: how many connections with locks are open, and those without that wait to be closed."""

    locking: int = 0
    waiting: list[sqlite3.Connection] = field(default_factory=list)


Key = tuple[int, int]
_FILES: dict[Key, _Held] = {}
_WHOLE: set[tuple[str, Key]] = set()
MOST_REMEMBERED = 1000


def key_of(status: os.stat_result) -> Key:
    """Return by what a file is known, whatever it is called."""
    return status.st_dev, status.st_ino


def is_locked(key: Key) -> bool:
    """Tell whether this process has the file open with locks; then it was looked at before."""
    return key in _FILES


def opens(key: Key) -> None:
    """Note that a connection with locks is about to be opened; `closes` goes with it."""
    with DOOR:
        _FILES.setdefault(key, _Held()).locking += 1


def closes(key: Key) -> None:
    """Note that a connection with locks is closed; those that waited for it are closed, too."""
    with DOOR:
        held = _FILES[key]
        held.locking -= 1
        if not held.locking:
            del _FILES[key]
            for connection in held.waiting:
                connection.close()


def close_unlocked(key: Key, connection: sqlite3.Connection) -> None:
    """Close a connection without locks, or leave that to the last one with locks."""
    with DOOR:
        if key in _FILES:
            _FILES[key].waiting.append(connection)
        else:
            connection.close()


def is_whole(path: str, key: Key) -> bool:
    """Tell whether this process has found the pages of the file whole before: a server does not look again with every page."""
    return (path, key) in _WHOLE


def found_whole(path: str, key: Key) -> None:
    """Remember that the pages of a file are whole."""
    if len(_WHOLE) >= MOST_REMEMBERED:
        _WHOLE.clear()
    _WHOLE.add((path, key))
