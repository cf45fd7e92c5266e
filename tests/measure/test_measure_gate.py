"""Floors and the gate, and the table that shows results."""

from pathlib import Path

import pytest

from headwater.errors import AskError
from headwater.measure.gate import Breach, Floor, gate, lowered, raised, read_floors, write_floors
from headwater.measure.results import Result, not_measured
from headwater.measure.table import table

FLOORS = {
    "x.f": Floor("at_least", 0.5, "measured"),
    "x.lines.error": Floor("at_most", 0.3, "measured"),
    "y.f": Floor("at_least", 0.9, "measured"),
}


def result(**numbers: float | int | None) -> Result:
    """A result of the data set x."""
    return Result(
        "x", {f"x.{name.replace('__', '.')}": value for name, value in numbers.items()}, {"x.f none": 0.1}, ""
    )


def test_numbers_on_the_right_side_pass() -> None:
    """Nothing is breached at the bound itself, and a data set that was not measured breaches nothing."""
    assert gate([result(f=0.5, lines__error=0.3), not_measured("y", Path("y"))], FLOORS) == ()


def test_numbers_on_the_wrong_side() -> None:
    """A share below its floor and an error above it are breaches, and so is a number that could not be worked out."""
    assert gate([result(f=0.49, lines__error=0.31)], FLOORS) == (
        Breach("x.f", 0.49, FLOORS["x.f"]),
        Breach("x.lines.error", 0.31, FLOORS["x.lines.error"]),
    )
    assert gate([result(f=None, lines__error=0.1)], FLOORS) == (Breach("x.f", None, FLOORS["x.f"]),)


def test_floors_rise_and_never_fall() -> None:
    """A better number lifts its floor to just below it; a worse one leaves it."""
    better, worse = raised(FLOORS, [result(f=0.7, lines__error=0.1)]), raised(FLOORS, [result(f=0.1, lines__error=0.9)])
    assert (better["x.f"].bound, better["x.lines.error"].bound) == (0.68, 0.12)
    assert worse == FLOORS


def test_new_numbers_get_a_floor() -> None:
    """Shares and errors get one with a margin, counts without; sizes and parts of an F1 get none."""
    found = raised({}, [result(f=0.5, error=0.2, no_claim=3, gold=78, p=0.9, nothing=0.0)])
    assert {name: (floor.side, floor.bound) for name, floor in found.items()} == {
        "x.error": ("at_most", 0.22),
        "x.f": ("at_least", 0.48),
        "x.no_claim": ("at_most", 3),
    }


def test_lowering_takes_a_reason() -> None:
    """Without a reason a floor stays; with one, the reason and the old bound are kept."""
    with pytest.raises(AskError):
        lowered(FLOORS, "x.f", 0.4, reason=" ")
    assert lowered(FLOORS, "x.f", 0.4, reason="gold corrected")["x.f"].reason == "gold corrected (was 0.5)"


def test_floors_survive_their_file(tmp_path: Path) -> None:
    """Written and read again, floors are the same."""
    write_floors(FLOORS, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == FLOORS


def test_floors_of_this_release_can_be_read() -> None:
    """Every floor that ships has a reason."""
    assert all(floor.reason for floor in read_floors().values())


def test_table() -> None:
    """Baselines stand beside their number, counts have no decimals, and unknown is a dash."""
    lines = table([result(f=0.25, gold=7, r=None)]).splitlines()
    assert [line.split() for line in lines[4:]] == [["x.f", "0.250", "0.100", "none"], ["x.gold", "7"], ["x.r", "-"]]
