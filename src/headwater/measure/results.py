"""What a scorer hands back: its numbers, the simplest baselines beside them, and a note on what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Number = float | int | None
"""None where there was nothing to divide by: unknown, not 0"""


@dataclass(frozen=True, slots=True)
class Result:
    """The numbers of one data set; none of them when it is not there."""

    name: str
    numbers: Mapping[str, Number]
    """dotted name, beginning with that of the data set, to value: `origins.lines.error`"""
    baselines: Mapping[str, float]
    """name of a number, a space and the name of the baseline, to value: `origins.lines.error always one`"""
    note: str

    @property
    def measured(self) -> bool:
        """Whether there was anything to measure."""
        return bool(self.numbers)


def not_measured(name: str, missing: Path) -> Result:
    """Return the result of a data set that is not there."""
    return Result(name, {}, {}, f"not measured: {missing} is not there")


def named(name: str, numbers: Mapping[str, Number]) -> dict[str, Number]:
    """Put the name of the data set before every number."""
    return {f"{name}.{key}": value for key, value in numbers.items()}


def named_baselines(name: str, baselines: Mapping[str, Number]) -> dict[str, float]:
    """Put the name of the data set before every baseline; one that could not be worked out is left out."""
    return {f"{name}.{key}": value for key, value in baselines.items() if value is not None}
