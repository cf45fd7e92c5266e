"""Plain text: one file is one report, as people paste them; outlet and date stay unknown."""

from collections.abc import Iterator

from headwater.errors import IntakeError
from headwater.intake.items import Item, decode, make_report, problem
from headwater.records import Problem, Report


def read(item: Item) -> Iterator[Report | Problem]:
    """Yield the report in a text file."""
    try:
        yield make_report(name=item.name, text=decode(item), place=item.place)
    except IntakeError as error:
        yield problem(error)
