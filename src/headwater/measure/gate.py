"""The gate: measured numbers may not fall below the floors that are written down, and floors rise with them.

In: results and `floors.json`, which gives a number the bound `at_least` or `at_most` and the `reason` for it. Out: one
`Breach` for each number on the wrong side. A data set that was not measured breaches nothing; a number that has a floor
and could not be worked out does. Lowering a floor takes a reason, which is kept in the file with the old bound.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from headwater.errors import AskError
from headwater.measure.results import Number, Result

Side = Literal["at_least", "at_most"]
MARGIN = 0.02
"""kept between what is measured and its floor: about what one changed decision moves in the smaller sets"""
SMALLER_IS_BETTER = frozenset(
    ["error", "false_joins", "no_claim", "furniture_in_body", "min_above_one", "wrong", "kept", "lost"]
)
UNPINNED = frozenset(["gold", "pairs", "linked", "p", "r", "abstained", "against", "near", "unknown"])
"""last parts of the names of numbers that say how much there was, or are a part of an F1 that has a floor"""
MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Floor:
    """The bound of one number, and why it stands there."""

    side: Side
    bound: float
    reason: str

    def holds(self, value: float) -> bool:
        """Whether a value is on the right side."""
        return value >= self.bound if self.side == "at_least" else value <= self.bound

    def stricter(self, other: "Floor") -> bool:
        """Whether another floor for the same number asks for more."""
        return other.bound != self.bound and self.holds(other.bound)

    @property
    def holds_always(self) -> bool:
        """Whether no share or count could breach it."""
        return self.side == "at_least" and self.bound <= 0


@dataclass(frozen=True, slots=True)
class Breach:
    """A number on the wrong side of its floor; `value` is None when it could not be worked out."""

    name: str
    value: Number
    floor: Floor

    def __str__(self) -> str:
        side = self.floor.side.replace("_", " ")
        return f"{self.name} is {self.value}, and must be {side} {self.floor.bound} ({self.floor.reason})"


Floors = Mapping[str, Floor]
FLOORS = Path(__file__).with_name("floors.json")


def gate(results: Iterable[Result], floors: Floors | None = None) -> tuple[Breach, ...]:
    """Return every number of the data sets measured that is on the wrong side of its floor, by name."""
    kept = read_floors() if floors is None else floors
    measured = {result.name: result.numbers for result in results if result.measured}
    values = {name: measured[_data_set(name)].get(name) for name in kept if _data_set(name) in measured}
    found = (Breach(name, value, kept[name]) for name, value in sorted(values.items()))
    return tuple(each for each in found if each.value is None or not each.floor.holds(each.value))


def raised(
    floors: Floors, results: Iterable[Result], *, margin: float = MARGIN, reason: str = MEASURED
) -> dict[str, Floor]:
    """Return the floors moved up to what was measured less a margin, with new ones for new numbers; none moves down.

    A count (an int) gets no margin, and a bound that no value could breach is left out. What moves keeps the reason.
    """
    values = {name: value for result in results for name, value in result.numbers.items() if value is not None}
    pinned = {name: value for name, value in values.items() if name.rpartition(".")[2] not in UNPINNED}
    found = {name: _floor_at(name, value, margin, reason) for name, value in pinned.items()}
    higher = {name: floor for name, floor in found.items() if name not in floors or floors[name].stricter(floor)}
    return dict(sorted({**floors, **{name: floor for name, floor in higher.items() if not floor.holds_always}}.items()))


def lowered(floors: Floors, name: str, bound: float, *, reason: str) -> dict[str, Floor]:
    """Return the floors with one moved down, for a reason that is kept. Raises AskError without floor or reason."""
    if name not in floors:
        raise AskError(name, "has no floor", hint="measure it and raise the floors first")
    if not reason.strip():
        raise AskError(
            name, "cannot have its floor lowered without a reason", hint="say why it may be worse than it was"
        )
    old = floors[name]
    return {**floors, name: Floor(old.side, bound, f"{reason.strip()} (was {old.bound})")}


def read_floors(path: Path | None = None) -> dict[str, Floor]:
    """Return the floors of a file; those of this release by default."""
    if path is None:
        text = resources.files("headwater.measure").joinpath("floors.json").read_text(encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
    return {name: _floor(row) for name, row in json.loads(text).items()}


def write_floors(floors: Floors, path: Path) -> None:
    """Write floors to a file, by name, one a line."""
    lines = [
        f" {json.dumps(name)}: {json.dumps(_row(floor), ensure_ascii=False)}" for name, floor in sorted(floors.items())
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _data_set(name: str) -> str:
    return name.partition(".")[0]


def _floor_at(name: str, value: float, margin: float, reason: str) -> Floor:
    """The floor just on the worse side of a value."""
    room = 0 if isinstance(value, int) else margin
    if name.rpartition(".")[2] in SMALLER_IS_BETTER:
        return Floor("at_most", round(value + room, 3), reason)
    return Floor("at_least", round(value - room, 3), reason)


def _floor(row: Mapping[str, Any]) -> Floor:
    side: Side = "at_least" if "at_least" in row else "at_most"
    return Floor(side, row[side], row["reason"])


def _row(floor: Floor) -> dict[str, Any]:
    return {floor.side: floor.bound, "reason": floor.reason}
