"""What a look at feeds brought, as text."""

from collections.abc import Iterator
from dataclasses import asdict

from headwater.cli.show.plain import dim, heading, inert, lines, many, wrapped
from headwater.cli.show.rows import line
from headwater.watching import Moved, Round


def watched(found: Round) -> str:
    """Return what one round brought: what is new, what could not be had, which claims have other lines."""
    return "\n".join(_body(found))


def _body(found: Round) -> Iterator[str]:
    yield f"{found.at}  {_brought(found)}"
    for each in found.problems:
        yield dim(f"   {line(asdict(each))}")
    for statement in found.lost:
        yield f"   ! no claim has statement {statement} any more: it is watched no longer"
    for moved in found.moved:
        yield from _moved(moved)


def _brought(found: Round) -> str:
    if found.busy or found.reading is None:
        return f"not looked: {inert(found.busy or 'unknown')}"
    new = many(found.reading.new, "new report")
    resting = f", {many(found.resting, 'feed')} at rest after failing" if found.resting else ""
    moved = f"; {many(len(found.moved), 'claim')} with other lines" if found.moved else ""
    return f"{many(found.asked, 'feed')} asked{resting}: {new}, {many(len(found.problems), 'new problem')}{moved}"


def _moved(moved: Moved) -> Iterator[str]:
    was = "new" if moved.was_min is None or moved.was_max is None else f"was {lines(moved.was_min, moved.was_max)}"
    yield heading(f"   now {lines(moved.lines_min, moved.lines_max)} ({was})")
    yield from wrapped(moved.text, "     ")
    for each in moved.lines:
        yield dim(f"       {inert(each)}")
    yield dim(f"     {moved.claim}")
