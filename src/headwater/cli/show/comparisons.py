"""Two reports side by side in the terminal: copied words bold, altered words as they are, what stands alone dimmed."""

import textwrap
from collections.abc import Iterator

import click

from headwater.ask import Comparison, Piece, Row, Side
from headwater.cli.show.plain import dim, heading, inert

COLUMN = 54  # characters; two columns and the gap fit 112


def comparison(found: Comparison) -> str:
    """Return both reports in two columns, with the shares both ways."""
    return "\n".join(_lines(found))


def _lines(found: Comparison) -> Iterator[str]:
    yield heading(_beside(_name(found.a), _name(found.b)))
    yield f"{found.b.shared:.0%} of {inert(found.b.name)} stands word for word in {inert(found.a.name)}: {found.b.grade}"
    yield f"{inert(found.a.name)} gave {found.a.shared:.0%} of itself"
    for each in found.derivations or ("the case has no derivation between the two",):
        yield dim(inert(each))
    yield ""
    for row in found.rows:
        yield from _row(row)


def _name(side: Side) -> str:
    return f"{side.outlet or 'unknown outlet'} {side.name} {(side.published or 'undated')[:10]}"


def _beside(left: str, right: str) -> str:
    return f"{left[:COLUMN]:<{COLUMN}}  {right[:COLUMN]}"


def _row(row: Row) -> Iterator[str]:
    left, right = _wrapped(row.a), _wrapped(row.b)
    mark = {"text": "=", "reworded": "~", "own": " "}.get(row.kind, row.kind[0])
    for number in range(max(len(left), len(right))):
        one, two = (side[number] if number < len(side) else () for side in (left, right))
        width = sum(len(piece.text) for piece in one)
        yield _styled(one) + " " * (COLUMN - width) + f" {mark if number == 0 else ' '} " + _styled(two)
    yield ""


def _wrapped(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """The pieces in lines of the column's width."""
    text = inert("".join(piece.text for piece in pieces))
    same = [piece.same for piece in pieces for _ in piece.text]
    lines, place = [], 0
    for line in textwrap.wrap(text, COLUMN, drop_whitespace=True):
        place = text.index(line.split(" ")[0], place) if line else place
        lines.append(tuple(_runs(text[place : place + len(line)], same[place : place + len(line)])))
        place += len(line)
    return lines


def _runs(text: str, same: list[bool]) -> Iterator[Piece]:
    start = 0
    for number in range(1, len(text) + 1):
        if number == len(text) or same[number] != same[start]:
            yield Piece(text[start:number], same[start])
            start = number


def _styled(line: tuple[Piece, ...]) -> str:
    return "".join(
        click.style(piece.text, bold=True) if piece.same else click.style(piece.text, fg="yellow") for piece in line
    )
