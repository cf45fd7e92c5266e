"""Paths and links → batches of rows: the way in, whatever it is that is to be read."""

from collections.abc import Iterable, Iterator, Sequence

from headwater.intake.cells import Cell
from headwater.intake.crew import Batch, Coming, Crew
from headwater.intake.errand import Errand
from headwater.intake.fetching import fetched, followed
from headwater.intake.files import Walk
from headwater.intake.links import Links


def read(paths: Iterable[str], errand: Errand) -> Iterator[Batch]:
    """Yield what is found under paths and links, as it comes: reports and problems, with how they came and what they say of themselves.

    `-` is standard input; an errand that follows reads the pages that a feed's entries lead to in place of the entries.
    """
    with Links(errand.settings) as net, Cell(errand.settings) as opener:
        follow = (lambda entries: followed(entries, errand, net)) if errand.follow else None
        with Crew(errand.settings, follow=follow) as crew:
            yield from crew.read(_all(list(paths), Walk(errand, opener), net))


def _all(paths: Sequence[str], walk: Walk, net: Links) -> Coming:
    """Yield what lies under the paths, then what the links lead to, all of them at once."""
    yield from walk.through(paths)
    if walk.links:
        yield from fetched(walk.links, walk.errand, net)
