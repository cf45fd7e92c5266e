"""Plain text: one file is one report, as people paste them; outlet and date stay unknown."""

from collections.abc import Iterator

from headwater.errors import IntakeError
from headwater.intake.items import Item, decode, make_rows, problem
from headwater.records import Candidate, Capture, Problem, Report


def read(item: Item) -> Iterator[Report | Candidate | Capture | Problem]:
    """Yield the report in a text file."""
    try:
        yield from make_rows(item, text=decode(item), clues=())
    except IntakeError as error:
        yield problem(error)
