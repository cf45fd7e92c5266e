"""Files and folders in: what is simple is read here, everything else goes out as an item for a cell, archives record by record."""

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from headwater.errors import BadRow, IntakeError, LeftUnread, NoSuchPath, TooLarge
from headwater.intake.cells import Cell, Found
from headwater.intake.errand import LINK_BYTES, Errand
from headwater.intake.items import Came, Item, decode, in_bounds, problem
from headwater.intake.links import is_link
from headwater.intake.shapes import LINKS_ENDINGS, WARC, ending, shape_of, shape_of_file

TEXT_ENDINGS = frozenset({"", ".txt", ".text", *LINKS_ENDINGS})
SITE = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/|$)|\d+(?:\.\d+){3}[:/])", re.I)
LONGEST_LIST = 10_000_000  # bytes of a file of links


@dataclass(slots=True)
class Walk:
    """Goes through files and folders; the links that it finds in lists are kept for who fetches them."""

    errand: Errand
    opener: Cell
    links: list[str] = field(default_factory=list)

    def through(self, paths: Sequence[str]) -> Iterator[Found]:
        """Yield what lies under the paths; `-` is standard input."""
        files = [Path(path) for path in paths if path != "-" and not is_link(path)]
        self._expect([*filter(is_link, paths)], sum(map(_size, files)))
        for path in files:
            try:
                found = _links_in(path)
            except IntakeError as error:
                yield problem(error)
                continue
            if found is None:
                yield from self._path(path, path.name)
                continue
            self._expect([line for line in found if is_link(line)], 0)
            yield from (
                problem(BadRow(path.name, f"{line[:80]} is no link", hint="links begin with https:// or http://"))
                for line in found
                if not is_link(line)
            )
        if "-" in paths:
            yield from self._content(Item("-", "-", sys.stdin.buffer.read()))

    def _expect(self, links: Sequence[str], size: int) -> None:
        self.links.extend(links)
        self.errand.meter.of += size + LINK_BYTES * len(links)

    def _path(self, path: Path, place: str) -> Iterator[Found]:
        if path.is_dir():
            for inside in sorted(path.iterdir()):
                if not inside.name.startswith("."):
                    yield from self._path(inside, f"{place}/{inside.name}")
            return
        before = self.errand.meter.done
        try:
            yield from self._file(path, place)
        except IntakeError as error:
            yield problem(error)
        self.errand.meter.done = before + _size(path)

    def _file(self, path: Path, place: str) -> Iterator[Found]:
        if not path.is_file():
            hint = "for a link write https:// in front" if SITE.match(str(path)) else ""
            raise NoSuchPath(str(path), "there is no such file or folder", hint=hint)
        if ending(path.name) in LINKS_ENDINGS:
            raise LeftUnread(place, "is a list of links inside a folder", hint="name it, and its links are fetched")
        shape = shape_of_file(path.name, place=place)
        if shape is WARC:
            yield from self._opened(path, place)
            return
        limit = self.errand.settings.largest_file
        if path.stat().st_size > limit:
            raise TooLarge(place, f"has more than {limit:,} bytes", hint="split it")
        content = _bytes(path)
        came = None if shape.simple else Came(way="file", digest=hashlib.sha256(content).hexdigest())
        yield from self._content(Item(path.name, place, content, came=came))

    def _opened(self, path: Path, place: str) -> Iterator[Found]:
        """Yield the items of an archive, of whatever size, less those that the case has already."""
        before, meter = self.errand.meter.done, self.errand.meter
        for found in self.opener.read(Item(path.name, place, b""), path=path):
            meter.done = before + self.opener.position
            if isinstance(found, Item) and found.came and self.errand.known.has(found.came):
                meter.again += 1
            elif isinstance(found, Item) and found.came:
                yield replace(found, came=replace(found.came, hops=(f"inside {place}",)))
            else:
                yield found

    def _content(self, item: Item) -> Iterator[Found]:
        """Yield the rows of what is simple, and what is not as the item that it is."""
        shape = shape_of(item)
        if shape.simple:
            yield from in_bounds(shape.reader()(item), self.errand.settings.largest_report)
        else:
            yield item


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    return path.stat().st_size if path.is_file() else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSuchPath(str(path), f"cannot be opened: {error.strerror}") from error


def _links_in(path: Path) -> list[str] | None:
    """Return the lines of a file of links (by its ending, or a text that begins with one and is mostly links), else None."""
    told = ending(path.name) in LINKS_ENDINGS
    if ending(path.name) not in TEXT_ENDINGS or not path.is_file() or path.stat().st_size > LONGEST_LIST:
        return None
    lines = [line.strip() for line in decode(Item(path.name, path.name, _bytes(path))).splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if told or (lines and is_link(lines[0]) and sum(map(is_link, lines)) >= len(lines) / 2) else None
