"""Tables of reports: JSON Lines, JSON and CSV, with the usual names for their columns (passim's among them)."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from headwater.errors import BadRow, IntakeError
from headwater.intake.items import Item, decode, make_report, problem
from headwater.records import Problem, Report, ident

NAMES = {
    "name": ("id", "name", "uid", "doc_id"),
    "outlet": ("outlet", "source", "publisher", "series", "newspaper", "site", "sitename", "domain", "media"),
    "published": ("published", "date", "datetime", "pubdate", "publish_date", "published_at", "timestamp", "time"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "content", "body", "article", "maintext", "fulltext"),
    "url": ("url", "link", "uri", "href"),
}
csv.field_size_limit(1 << 30)


def read_json_lines(item: Item) -> Iterator[Report | Problem]:
    """Yield a report or a problem a line."""
    try:
        lines = _split(item)
    except IntakeError as error:
        yield problem(error)
        return
    yield from _rows(item, enumerate(filter(str.strip, lines), 1))


def _split(item: Item) -> list[str]:
    return decode(item).split("\n")  # not splitlines(): a JSON string may hold U+2028


def _rows(item: Item, lines: Iterable[tuple[int, str]]) -> Iterator[Report | Problem]:
    for number, line in lines:
        try:
            yield _report(item, number, _parsed(f"{item.place}:{number}", line))
        except IntakeError as error:
            yield problem(error)


def _parsed(place: str, text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise BadRow(place, "is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        raise BadRow(place, f"is not JSON: {str(error)[:120]}") from error


def read_json(item: Item) -> Iterator[Report | Problem]:
    """Yield the reports of a JSON file: one object, or a list of them; a file of JSON lines under this name works too."""
    try:
        whole = _parsed(item.place, decode(item))
    except IntakeError as error:
        if item.content.count(b"\n{"):
            yield from read_json_lines(item)
        else:
            yield problem(error)
        return
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        try:
            yield _report(item, number, row)
        except IntakeError as error:
            yield problem(error)


def read_csv(item: Item) -> Iterator[Report | Problem]:
    """Yield a report or a problem a row."""
    yield from _table(item, ",")


def read_tsv(item: Item) -> Iterator[Report | Problem]:
    """Yield a report or a problem a row of tab-separated values."""
    yield from _table(item, "\t")


def _table(item: Item, delimiter: str) -> Iterator[Report | Problem]:
    try:
        rows = csv.DictReader(io.StringIO(decode(item), newline=""), delimiter=delimiter)
        for number, row in enumerate(rows, 1):
            try:
                yield _report(item, number, row)
            except IntakeError as error:
                yield problem(error)
    except IntakeError as error:
        yield problem(error)
    except csv.Error as error:
        yield problem(BadRow(item.place, f"is not a table: {error}"))


def _report(item: Item, number: int, row: Any) -> Report:
    """Return the report in a row; one without id and address is named after its file and content, not after its place."""
    place = f"{item.place}:{number}"
    if not isinstance(row, Mapping):
        raise BadRow(place, "is not an object with named fields")
    known = {key: _field(row, names) for key, names in NAMES.items()}
    text = known.pop("text")
    if text is None:
        raise BadRow(place, "has no text", hint=f"a column named {', '.join(NAMES['text'])} is looked for")
    name = known.pop("name") or known["url"] or f"{item.name}#{ident('r', *known.values(), text)[2:10]}"
    return make_report(name=name, text=text, **known)


def _field(row: Mapping[Any, Any], names: Iterable[str]) -> str | None:
    folded = {str(key).strip().casefold(): value for key, value in row.items()}
    for name in names:
        value = folded.get(name)
        if (
            isinstance(value, str | int | float)
            and not isinstance(value, bool)
            and value == value
            and str(value).strip()
        ):
            return str(value)  # NaN, which pandas writes for nothing, is not equal to itself
    return None
