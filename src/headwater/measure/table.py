"""Results as plain text: one line a number, what was measured, and the baselines beside it; both worlds side by side."""

from collections.abc import Iterable, Mapping, Sequence

from headwater.measure import worlds
from headwater.measure.ceilings import Ceiling, read_ceilings
from headwater.measure.results import Number, Result

UNKNOWN = "-"
HEAD = ("number", "measured", "baselines")
SECOND_READERS = "2nd readers"


def table(results: Iterable[Result]) -> str:
    """Return the results as lines of fixed-width columns: the worlds in one block, then a block for each data set."""
    blocks = list(results)
    compared = [result for result in blocks if result.name in worlds.TITLES and result.measured]
    others = [result for result in blocks if result not in compared]
    parts = [compare(compared, read_ceilings())] if compared else []
    return "\n".join([*parts, *([_each_alone(others)] if others else [])])


def compare(results: Sequence[Result], ceilings: Mapping[str, Ceiling]) -> str:
    """Return the worlds side by side, with the agreement of second readers beside each number where it is known."""
    head = ("number", *(title for result in results for title in (worlds.TITLES[result.name], SECOND_READERS)))
    lines = [head, *(_compared(row) for row in worlds.rows(results, ceilings))]
    widths = _widths(lines)
    shown_lines = [_aligned(line, widths) for line in lines]
    notes = [f"{worlds.TITLES[result.name]} ({result.name}): {result.note}" for result in results]
    return "\n".join(
        [shown_lines[0], _aligned(["-" * width for width in widths], widths), *shown_lines[1:], "", *notes, ""]
    )


def shown(value: Number) -> str:
    """Return a number as text: counts as they are, shares with three digits, unknown as a dash."""
    if value is None:
        return UNKNOWN
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _each_alone(results: Sequence[Result]) -> str:
    rows = {result.name: [_row(result, name) for name in result.numbers] for result in results}
    widths = _widths([HEAD, *(row for its in rows.values() for row in its)])
    lines = [_line(HEAD, widths), _line(tuple("-" * width for width in widths), widths)]
    for result in results:
        lines += ["", f"{result.name}: {result.note}", *(_line(row, widths) for row in rows[result.name])]
    return "\n".join(lines) + "\n"


def _compared(row: worlds.Row) -> tuple[str, ...]:
    cells = (text for cell in row.cells for text in (shown(cell.value), str(cell.ceiling or "")))
    return (f"  {row.name}" if row.baseline else row.name, *cells)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    """The first column to the left, values to the right, each ceiling close behind its value."""
    name, *cells = line
    return "  ".join(
        [f"{name:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))]
    ).rstrip()


def _row(result: Result, name: str) -> tuple[str, ...]:
    beside = {key.partition(" ")[2]: value for key, value in result.baselines.items() if key.partition(" ")[0] == name}
    return name, shown(result.numbers[name]), "   ".join(f"{shown(value)} {key}" for key, value in beside.items())


def _widths(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    return tuple(max(map(len, column)) for column in zip(*rows, strict=True))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, value, beside = row
    return f"{name:<{widths[0]}}  {value:>{widths[1]}}  {beside}".rstrip()
