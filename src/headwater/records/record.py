"""What every table has: an id made from content, columns that are read off its class, and an order."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints

R = TypeVar("R", bound="Record")


def ident(prefix: str, *parts: object) -> str:
    """Return an id made from content: the table's letter and 16 hexadecimal digits of BLAKE2b over the parts."""
    said = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.blake2b(said.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


class Record:
    """What the record classes share: the name of their table and the letter that their ids begin with."""

    table: ClassVar[str]
    prefix: ClassVar[str]
    id: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, its Python type, whether it may be unknown, and what it holds."""

    name: str
    type: type[str] | type[int] | type[float] | type[bool] | type[list[str]] | type[list[float]]
    unknown: bool
    doc: str


def columns(record: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a record class, in order."""
    untyped: Any = record  # a class is hashable, which its own __hash__ keeps mypy from seeing
    return _columns(untyped)


@cache
def _columns(record: Any) -> tuple[Column, ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    plain, doc = get_args(hint)
    parts = get_args(plain) if isinstance(plain, UnionType) else (plain,)
    kinds = [part for part in parts if part is not NoneType]
    return Column(name, kinds[0], NoneType in parts, doc)


def values(record: Record) -> tuple[Any, ...]:
    """Return a record's values in the order of its columns."""
    return tuple(getattr(record, column.name) for column in columns(type(record)))


def in_order(records: Iterable[R]) -> list[R]:
    """Sort records by id: the one order in which tables are kept, so that the order of reading changes nothing."""
    return sorted(records, key=lambda record: record.id)
