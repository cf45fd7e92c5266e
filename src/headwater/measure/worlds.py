"""Both worlds side by side: the same numbers on stories that the rules were made on, and on stories of other worlds.

In: results of `origins` and `world`. Out: rows of one table: a number with its value in each world, beside it how well
second readers agree where that is known, and under it the baselines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.measure.ceilings import Ceiling
from headwater.measure.results import Number, Result

TITLES: Mapping[str, str] = {"origins": "Syria", "world": "world"}
"""what the column of a data set is called"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in one world, and the agreement of second readers on it where it is known."""

    value: Number
    ceiling: Ceiling | None


@dataclass(frozen=True, slots=True)
class Row:
    """A number, or a baseline of the number above it, in every world."""

    name: str
    baseline: bool
    cells: tuple[Cell, ...]


def rows(results: Sequence[Result], ceilings: Mapping[str, Ceiling]) -> tuple[Row, ...]:
    """Return every number of the worlds in order, each with its baselines under it."""
    numbers = dict.fromkeys(_bare(result, name) for result in results for name in result.numbers)
    baselines = dict.fromkeys(_bare(result, name) for result in results for name in result.baselines)
    found: list[Row] = []
    for number in numbers:
        found.append(Row(number, False, tuple(_number(result, number, ceilings) for result in results)))
        for key in baselines:
            of, _, name = key.partition(" ")
            if of == number:
                found.append(Row(name, True, tuple(_baseline(result, key) for result in results)))
    return tuple(found)


def _number(result: Result, number: str, ceilings: Mapping[str, Ceiling]) -> Cell:
    name = f"{result.name}.{number}"
    return Cell(result.numbers.get(name), ceilings.get(name))


def _baseline(result: Result, key: str) -> Cell:
    return Cell(result.baselines.get(f"{result.name}.{key}"), None)


def _bare(result: Result, name: str) -> str:
    """The name of a number or baseline without that of its data set."""
    return name.removeprefix(f"{result.name}.")
