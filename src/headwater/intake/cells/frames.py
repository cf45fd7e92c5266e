"""What passes between a cell and whoever asks it: frames, each a line of JSON with its length, then that many bytes.

Nothing is pickled, so that a reader gone wrong can only ever send rows of the tables that are named here, and bytes.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import IO, Any, TypeVar

from headwater.intake.items import Came, Item
from headwater.intake.metadata import Clue
from headwater.records import Candidate, Capture, Problem, Record, Report

ROWS: dict[str, type[Record]] = {each.table: each for each in (Report, Problem, Candidate, Capture)}
LONGEST_HEAD = 64_000_000  # bytes; a report of two million characters is a tenth of it
T = TypeVar("T")
Row = Report | Problem | Candidate | Capture


class BrokenFrame(Exception):
    """What came is not a frame: the other side has died or gone wrong."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it is, its fields, and the bytes behind it."""

    kind: str
    fields: dict[str, Any]
    content: bytes = b""


def write(stream: IO[bytes], frame: Frame) -> None:
    """Write a frame and flush it."""
    head = json.dumps({"kind": frame.kind, "size": len(frame.content), **frame.fields})
    stream.write(head.encode() + b"\n")
    stream.write(frame.content)
    stream.flush()


def read(stream: IO[bytes]) -> Frame:
    """Return the next frame. Raise BrokenFrame where there is none."""
    line = stream.readline(LONGEST_HEAD)
    if not line.endswith(b"\n"):
        raise BrokenFrame
    try:
        fields = json.loads(line)
        kind, size = fields.pop("kind"), int(fields.pop("size"))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise BrokenFrame from error
    content = stream.read(size)
    if len(content) < size:
        raise BrokenFrame
    return Frame(kind, fields, content)


def of_item(item: Item, **more: Any) -> Frame:
    """Return the frame that carries an item."""
    fields = asdict(item)
    return Frame("item", {"item": {key: fields[key] for key in fields if key != "content"}, **more}, item.content)


def to_item(frame: Frame) -> Item:
    """Return the item that a frame carries. Raise BrokenFrame."""
    fields = frame.fields["item"]
    clues = tuple(Clue(**each) for each in fields.pop("clues"))
    came = fields.pop("came")
    if came:
        came = Came(**{**came, "hops": tuple(came["hops"])})
    return _made(lambda: Item(**fields, content=frame.content, clues=clues, came=came))


def of_row(row: Row) -> Frame:
    """Return the frame that carries a row."""
    return Frame("row", {"table": row.table, "row": asdict(row)})


def to_row(frame: Frame) -> Row:
    """Return the row that a frame carries. Raise BrokenFrame when it is none of a table that readers write."""
    record: Any = ROWS.get(frame.fields.get("table", ""))
    if record is None:
        raise BrokenFrame
    row: Row = _made(lambda: record(**frame.fields["row"]))
    return row


def _made(make: Callable[[], T]) -> T:
    try:
        return make()
    except (TypeError, KeyError) as error:
        raise BrokenFrame from error
