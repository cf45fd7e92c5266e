"""Where a row of the file becomes a record or Arrow, and is checked; and the way back.

SQLite keeps what it is given, whatever a column's type says, and a case may come from a stranger. So here, and nowhere else, every cell
is held to its column: the right type, unknown only where it may be, lists that are JSON lists of what they are to hold.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from headwater.errors import BadRecord
from headwater.records import Column, Record, columns, values

ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
    list[float]: pa.list_(pa.float64()),
}
TURNED = (bool, list[str], list[float])  # types that SQLite keeps in another form
CELLS: dict[Any, tuple[type, ...]] = {float: (float, int), bool: (int,), list[str]: (str,), list[float]: (str,)}
"""what a cell may be, where that is not the column's own type"""
HINT = "`headwater verify CASE` says what is wrong with it, `headwater import CASE NEW` takes the rows that are right"
R = TypeVar("R", bound=Record)


def records(record: type[R], rows: Iterable[Sequence[Any]]) -> Iterator[R]:
    """Yield a record for each row, cells in the order of its columns. Raise BadRecord."""
    declared = columns(record)
    names, turned = [column.name for column in declared], [n for n, c in enumerate(declared) if c.type in TURNED]
    good = set[tuple[type, ...]]()  # most rows have the same types
    for row in rows:
        types = tuple(map(type, row))
        if types not in good:
            for cell, column in zip(row, declared, strict=True):
                _check(cell, column, record, row)
            good.add(types)
        cells = list(row)
        for n in turned:
            cells[n] = _value(cells[n], declared[n], record, row)
        yield record(**dict(zip(names, cells, strict=True)))


def batch(record: type[Record], rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Return rows as Arrow. Raise BadRecord."""
    declared = columns(record)
    arrays = []
    for number, (column, cells) in enumerate(zip(declared, zip(*rows, strict=True), strict=True)):
        wrong = set(map(type, cells)) - _allowed(column)
        if wrong:
            bad = next(row for row in rows if type(row[number]) in wrong)
            _check(bad[number], column, record, bad)
        turned = [_value(row[number], column, record, row) for row in rows] if column.type in TURNED else cells
        arrays.append(pa.array(turned, type=ARROW_TYPES[column.type]))
    return pa.record_batch(arrays, schema=arrow_schema(record))


def arrow_schema(record: type[Record]) -> pa.Schema:
    """Return a table's Arrow schema, with each column's meaning as metadata."""
    return pa.schema(
        [pa.field(c.name, ARROW_TYPES[c.type], nullable=c.unknown, metadata={"doc": c.doc}) for c in columns(record)]
    )


def to_sql(record: Record) -> tuple[Any, ...]:
    """Return a record's cells as the file keeps them."""
    return tuple(map(_cell, values(record)))


def to_cells(column: pa.Array) -> list[Any]:
    """Return an Arrow column's cells as the file keeps them."""
    cells: list[Any] = column.to_pylist()
    return list(map(_cell, cells)) if pa.types.is_list(column.type) else cells


def ids(text: Any, thing: str) -> list[str]:
    """Return a list of words that is kept as JSON. Raise BadRecord."""
    words = _parsed(text, thing)
    if not all(type(word) is str for word in words):
        raise BadRecord(thing, "holds a list of other things than words", hint=HINT)
    return words


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _allowed(column: Column) -> set[type]:
    return {*CELLS.get(column.type, (column.type,)), *([type(None)] if column.unknown else [])}


def _check(cell: Any, column: Column, record: type[Record], row: Sequence[Any]) -> None:
    if type(cell) not in _allowed(column):
        what = "is unknown, and may not be" if cell is None else f"is {type(cell).__name__}"
        raise BadRecord(_thing(record, row), f"its {column.name} {what}", hint=HINT)


def _value(cell: Any, column: Column, record: type[Record], row: Sequence[Any]) -> Any:
    if cell is None or column.type not in TURNED:
        return cell
    if column.type is bool:
        return bool(cell)
    thing = _thing(record, row)
    if column.type == list[str]:
        return ids(cell, f"{thing}, {column.name}")
    numbers = _parsed(cell, f"{thing}, {column.name}")
    if not all(type(number) in (float, int) for number in numbers):
        raise BadRecord(thing, f"its {column.name} holds other things than numbers", hint=HINT)
    return numbers


def _parsed(text: Any, thing: str) -> list[Any]:
    try:
        parsed = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadRecord(thing, f"holds no JSON: {error}", hint=HINT) from error
    if type(parsed) is not list:
        raise BadRecord(thing, "holds no list", hint=HINT)
    return parsed


def _thing(record: type[Record], row: Sequence[Any]) -> str:
    return f"{record.table} {str(row[0])[:40]!r}"
