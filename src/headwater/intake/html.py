"""HTML pages: main text and metadata by Trafilatura. Offsets count the main text, since markup is not what a report says."""

from collections.abc import Iterator
from typing import Any

from headwater.errors import EmptyReport, IntakeError
from headwater.intake.items import Item, decode, make_report, problem
from headwater.records import Problem, Report


def read(item: Item) -> Iterator[Report | Problem]:
    """Yield the report on a page."""
    try:
        yield _page(item)
    except IntakeError as error:
        yield problem(error)


def _page(item: Item) -> Report:
    import trafilatura  # takes half a second, which only pages are worth

    found: Any = trafilatura.bare_extraction(
        decode(item), with_metadata=True, include_comments=False, include_tables=False
    )
    if found is None or not found.text:
        raise EmptyReport(item.place, "is a page without main text")
    return make_report(
        name=item.name,
        text=found.text,
        outlet=found.sitename or found.hostname,
        published=found.date,
        title=found.title,
        url=found.url,
    )
