"""A stretch of a report's text and what it is, before it becomes a row of `texts`."""

from collections.abc import Sequence
from dataclasses import dataclass

BLANK = "blank@1"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span and what it is, before it becomes a row."""

    start: int
    end: int
    kind: str
    rule: str


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join neighbours of one kind and drop empty ones; the rule is that of the first that is no blank line."""
    found: list[Stretch] = []
    for stretch in stretches:
        if stretch.start >= stretch.end:
            continue
        if found and found[-1].kind == stretch.kind:
            rule = stretch.rule if found[-1].rule == BLANK else found[-1].rule
            found[-1] = Stretch(found[-1].start, stretch.end, stretch.kind, rule)
        else:
            found.append(stretch)
    return found
