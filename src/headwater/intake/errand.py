"""What one reading is told: the settings, whether feeds' links are followed, what the case has already, and where it counts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from headwater.intake.items import Came
from headwater.records import Problem
from headwater.settings import Settings

LINK_BYTES = 60_000
"""what a link counts for in the estimate of the time left, since nobody knows how long its page is"""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that the case has: sent back, it answers only when there is another."""

    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the case has already: by address, the server's validators and whether it was just read; by how it came, whether it was read."""

    validators: Callable[[str], Validators | None] = lambda url: None
    fresh: Callable[[str], bool] = lambda url: False
    has: Callable[[Came], bool] = lambda came: False


@dataclass(slots=True)
class Meter:
    """How far reading is, in bytes, of how many as far as is known; and how many items were there already."""

    done: int = 0
    of: int = 0
    again: int = 0
    left: int = 0
    """pages that feeds lead to and that are left for the next time"""


@dataclass(slots=True)
class Heard:
    """What servers answered: by address, what they said of what they sent; what had nothing new, and what could not be had."""

    answered: dict[str, Came] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One reading."""

    settings: Settings
    follow: bool = False
    known: Known = field(default_factory=Known)
    meter: Meter = field(default_factory=Meter)
    heard: Heard = field(default_factory=Heard)
