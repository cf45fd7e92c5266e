"""Reports in. Each file shape has a module with one function that turns bytes into reports and problems.

In = out + problems: what cannot be read becomes a `Problem` with the code of the error, and the rest of the pile is read.
"""

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from headwater.errors import IntakeError, NoSuchPath, TooLarge, UnknownShape
from headwater.intake import html, rows, text
from headwater.intake.items import Item, problem
from headwater.records import Problem, Report
from headwater.settings import Settings

Reader = Callable[[Item], Iterator[Report | Problem]]
READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    "": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": rows.read_json_lines,
    ".ndjson": rows.read_json_lines,
    ".json": rows.read_json,
    ".csv": rows.read_csv,
    ".tsv": rows.read_tsv,
}


def read(paths: Iterable[str], settings: Settings) -> Iterator[Report | Problem]:
    """Yield a report or a problem for everything found under the paths; `-` is standard input."""
    for path in paths:
        if path == "-":
            yield from _items(Item("-", "-", sys.stdin.buffer.read()), settings)
        else:
            yield from _path(Path(path), Path(path).name, settings)


def _path(path: Path, place: str, settings: Settings) -> Iterator[Report | Problem]:
    if path.is_dir():
        for inside in sorted(path.iterdir()):
            if not inside.name.startswith("."):
                yield from _path(inside, f"{place}/{inside.name}", settings)
        return
    try:
        yield from _items(_item(path, place, settings), settings)
    except IntakeError as error:
        yield problem(error)


def _item(path: Path, place: str, settings: Settings) -> Item:
    if not path.is_file():
        raise NoSuchPath(str(path), "there is no such file or folder")
    if path.suffix.lower() not in READERS:
        hint = f"known endings are {', '.join(sorted(filter(None, READERS)))}"
        raise UnknownShape(place, f"files ending in {path.suffix} cannot be read", hint=hint)
    if path.stat().st_size > settings.largest_file:
        raise TooLarge(place, f"has more than {settings.largest_file:,} bytes", hint="split it")
    return Item(path.name, place, path.read_bytes())


def _items(item: Item, settings: Settings) -> Iterator[Report | Problem]:
    reader = _sniffed(item.content) if item.name == "-" else READERS[Path(item.name).suffix.lower()]
    for found in reader(item):
        if isinstance(found, Report) and len(found.text) > settings.largest_report:
            yield problem(
                TooLarge(found.name, f"has more than {settings.largest_report:,} characters", hint="is it one report?")
            )
        else:
            yield found


def _sniffed(content: bytes) -> Reader:
    """Return the reader for bytes without a name, by how they begin."""
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"[") or (start.startswith(b"{") and _is_one_object(start)):
        return rows.read_json
    return rows.read_json_lines if start.startswith(b"{") else html.read if start.startswith(b"<") else text.read


def _is_one_object(content: bytes) -> bool:
    """Tell an object over several lines from a line each: the first line of the former is not JSON by itself."""
    try:
        json.loads(content.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return True
    return False
