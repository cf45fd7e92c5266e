"""Reports in. Each file shape has a module with one function that turns bytes into reports and problems.

In = out + problems: what cannot be read becomes a `Problem` with the code of the error, and the rest of the pile is read.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from headwater.errors import IntakeError, NoSuchPath, TooLarge, UnknownShape
from headwater.intake import html, rows, text
from headwater.intake.items import Item, problem
from headwater.records import Problem, Report
from headwater.settings import Settings

READERS = {
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
            yield from _items(Item("-", sys.stdin.buffer.read()), settings)
        else:
            yield from _path(Path(path), settings)


def _path(path: Path, settings: Settings) -> Iterator[Report | Problem]:
    if path.is_dir():
        for inside in sorted(path.iterdir()):
            if not inside.name.startswith("."):
                yield from _path(inside, settings)
        return
    try:
        yield from _items(_item(path, settings), settings)
    except IntakeError as error:
        yield problem(error)


def _item(path: Path, settings: Settings) -> Item:
    if not path.is_file():
        raise NoSuchPath(str(path), "there is no such file or folder")
    if path.suffix.lower() not in READERS:
        hint = f"known endings are {', '.join(sorted(filter(None, READERS)))}"
        raise UnknownShape(path.name, f"files ending in {path.suffix} cannot be read", hint=hint)
    if path.stat().st_size > settings.largest_file:
        raise TooLarge(path.name, f"has more than {settings.largest_file:,} bytes", hint="split it")
    return Item(path.name, path.read_bytes())


def _items(item: Item, settings: Settings) -> Iterator[Report | Problem]:
    reader = _sniffed(item.content) if item.name == "-" else READERS[Path(item.name).suffix.lower()]
    for found in reader(item):
        if isinstance(found, Report) and len(found.text) > settings.largest_report:
            yield problem(
                TooLarge(found.name, f"has more than {settings.largest_report:,} characters", hint="is it one report?")
            )
        else:
            yield found


def _sniffed(content: bytes):  # type: ignore[no-untyped-def]  # one of the readers above, whose type is theirs
    start = content.lstrip()[:1]
    return (
        rows.read_json_lines
        if start == b"{"
        else rows.read_json
        if start == b"["
        else html.read
        if start == b"<"
        else text.read
    )
