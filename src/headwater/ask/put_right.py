"""What a person put right, with what people call what it is about; and what could not be read."""

from dataclasses import dataclass

from headwater.ask.shown import names
from headwater.records import Correction, Problem
from headwater.store import Store


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """Corrections in the order in which they were made; `names` gives ids what people call them."""

    corrections: tuple[Correction, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class ProblemList:
    """What could not be read."""

    problems: tuple[Problem, ...]


def correction_list(store: Store) -> CorrectionList:
    """Return every correction in force."""
    made = sorted(store.all(Correction), key=lambda each: each.number)
    return CorrectionList(tuple(made), names(store) if made else {})
