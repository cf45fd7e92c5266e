"""What a page, mail, feed or archive says of a report's title, outlet, byline and dates: which of it is taken, and why.

In go clues, each a value and the place where it stood; out comes one value a field and a verdict a clue. Nothing is thrown away:
what was not taken is kept beside what was, so that somebody can see why a report has the date that it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """One value for one field, and where it stood; the fields and places are those of `candidates`."""

    field: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A clue, whether it was taken, and why or why not."""

    clue: Clue
    won: bool
    why: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value a field (title, outlet, published, url, byline, …; missing where unknown), and what became of each clue."""

    values: Mapping[str, str]
    verdicts: tuple[Decided, ...]


def choose(clues: Sequence[Clue]) -> Chosen:
    """Return the first value of each field."""
    values: dict[str, str] = {}
    verdicts = []
    for clue in dict.fromkeys(clues):
        won = clue.field not in values
        values.setdefault(clue.field, clue.value)
        verdicts.append(Decided(clue, won, "first" if won else "another came first"))
    return Chosen(values, tuple(verdicts))
