"""How well two careful readers of the gold agree with each other: the ceiling of what a program can reach there.

In: `ceilings.json`, one row a number and world, with where the figure comes from. Out: `Ceiling`s by full name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The agreement of second readers on one number; low and high differ where it was measured more than once."""

    name: str
    """as in a result: `world.lines.error`"""
    low: float
    high: float
    source: str

    def __str__(self) -> str:
        return f"{self.low:.2f}" if self.low == self.high else f"{self.low:.2f}–{self.high:.2f}"


def read_ceilings() -> Mapping[str, Ceiling]:
    """Return every ceiling that is known, by the name of its number."""
    text = resources.files("headwater.measure").joinpath("ceilings.json").read_text(encoding="utf-8")
    ceilings = [
        Ceiling(f"{row['world']}.{row['number']}", row["low"], row["high"], row["source"]) for row in json.loads(text)
    ]
    return {ceiling.name: ceiling for ceiling in ceilings}
