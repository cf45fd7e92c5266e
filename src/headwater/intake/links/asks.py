"""What is asked for, what it ends as where it ends as no item or problem, and the two doors to the world that tests replace."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from headwater.intake.metadata import Clue

Pause = Callable[[float], Awaitable[object]]
"""waits so many seconds"""
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""host and port → its addresses, as text; raises OSError where there are none"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One link to fetch."""

    url: str
    name: str = ""
    """id for the report; the url where empty"""
    clues: tuple[Clue, ...] = ()
    """what a feed said of it, handed on to the item"""
    record: str | None = None
    """handed on to where it is kept how the item came"""
    etag: str | None = None
    """with `modified`, what the server said of its version the last time; it is asked only for another one"""
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that the page is the one that was had before (304)."""

    ask: Ask
