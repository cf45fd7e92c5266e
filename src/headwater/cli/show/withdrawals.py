"""What a withdrawal would do, as text: what falls, what loses lines, how much stays."""

from collections.abc import Iterator, Sequence

from headwater.ask import Change, Withdrawal
from headwater.cli.show.plain import dim, heading, inert, many, short

SHOWN = 30  # claims of one kind


def withdrawal(found: Withdrawal) -> str:
    """Return the answer; the case itself is as it was."""
    body = [
        heading(f"Without {', '.join(map(inert, found.withdrawn))}")
        + dim(f"  {many(found.reports, 'report')}, {many(found.statements, 'statement')}; nothing is deleted"),
        *_changes(f"{many(len(found.falls), 'claim')} would fall", found.falls),
        *_changes(f"{many(len(found.loses), 'claim')} would rest on other lines", found.loses),
        f"   {many(found.stays, 'claim')} would stay as they are",
    ]
    return "\n".join(body)


def _changes(title: str, changes: Sequence[Change]) -> Iterator[str]:
    yield f"   {title}"
    for each in changes[:SHOWN]:
        after = "nobody left" if each.after is None else _lines(each.after)
        yield f"     {_lines(each.before)} → {after}   {inert(short(each.text, 90))} " + dim(each.id)
    if len(changes) > SHOWN:
        yield dim(f"     … and {len(changes) - SHOWN} more: --json shows all")


def _lines(interval: tuple[int, int]) -> str:
    low, high = interval
    return f"{low}" if low == high else f"{low} to {high}"
