"""What an import took and left, as text."""

from collections.abc import Iterator

from headwater.cli.show.plain import inert, many
from headwater.importing import Imported


def imported(done: Imported) -> str:
    """Return the answer: a line a table that held anything, and a line for each thing that was left alone."""
    return "\n".join([*_tables(done), *(f"left: {inert(line)}" for line in done.left)])


def _tables(done: Imported) -> Iterator[str]:
    for each in done.tables:
        if each.came:
            yield f"{many(each.came, 'row')} of {each.table}: {each.kept} taken, {many(each.problems, 'problem')}"
    if not any(each.came for each in done.tables):
        yield "nothing of it is ours"
