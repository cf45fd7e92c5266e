"""Results as plain text: one line a number, what was measured, and the baselines beside it."""

from collections.abc import Iterable, Sequence

from headwater.measure.results import Number, Result

UNKNOWN = "-"
HEAD = ("number", "measured", "baselines")


def table(results: Iterable[Result]) -> str:
    """Return the results as lines of fixed-width columns, a block for each data set."""
    blocks = list(results)
    rows = {result.name: [_row(result, name) for name in result.numbers] for result in blocks}
    widths = _widths([HEAD, *(row for its in rows.values() for row in its)])
    lines = [_line(HEAD, widths), _line(tuple("-" * width for width in widths), widths)]
    for result in blocks:
        lines += ["", f"{result.name}: {result.note}", *(_line(row, widths) for row in rows[result.name])]
    return "\n".join(lines) + "\n"


def shown(value: Number) -> str:
    """Return a number as text: counts as they are, shares with three digits, unknown as a dash."""
    if value is None:
        return UNKNOWN
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _row(result: Result, name: str) -> tuple[str, ...]:
    beside = {key.partition(" ")[2]: value for key, value in result.baselines.items() if key.partition(" ")[0] == name}
    return name, shown(result.numbers[name]), "   ".join(f"{shown(value)} {key}" for key, value in beside.items())


def _widths(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    return tuple(max(map(len, column)) for column in zip(*rows, strict=True))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, value, beside = row
    return f"{name:<{widths[0]}}  {value:>{widths[1]}}  {beside}".rstrip()
