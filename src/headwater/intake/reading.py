"""Paths and links → batches of rows: the way in, whatever it is that is to be read."""

from collections.abc import Iterable, Iterator, Sequence

from headwater.intake.cells import Cell
from headwater.intake.crew import Batch, Coming, Crew
from headwater.intake.errand import Errand
from headwater.intake.fetching import fetched, followed
from headwater.intake.files import Walk


def read(paths: Iterable[str], errand: Errand) -> Iterator[Batch]:
    """Yield what is found under paths and links, as it comes: reports and problems, with how they came and what they say of themselves.

    `-` is standard input; an errand that follows reads the pages that a feed's entries lead to in place of the entries.
    """
    follow = (lambda entries: followed(entries, errand)) if errand.follow else None
    with Crew(errand.settings, follow=follow) as crew, Cell(errand.settings) as opener:
        yield from crew.read(_all(list(paths), Walk(errand, opener)))


def _all(paths: Sequence[str], walk: Walk) -> Coming:
    """Yield what lies under the paths, then what the links lead to, all of them at once."""
    yield from walk.through(paths)
    if walk.links:
        yield from fetched(walk.links, walk.errand)
