"""Which reader an item is for: by the media type that was told, by how its bytes begin, by the ending of its name."""

import codecs
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Any

from headwater.errors import UnknownShape
from headwater.intake.items import Item

Reader = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of item and the function that reads it, named so that nothing is imported before it is needed."""

    name: str
    module: str
    function: str = "read"
    spreads: bool = False
    """whether it holds items of its own, which come one by one"""
    simple: bool = False
    """whether it is so simple that a file of it is read in our own process"""

    def reader(self) -> Reader:
        """Return the function; importing it may take half a second."""
        found: Reader = getattr(import_module(f"headwater.intake.{self.module}"), self.function)
        return found


TEXT = Shape("text", "text", simple=True)
LINES = Shape("JSON Lines", "rows", "read_json_lines", simple=True)
JSON = Shape("JSON", "rows", "read_json", simple=True)
CSV = Shape("CSV", "rows", "read_csv", simple=True)
TSV = Shape("TSV", "rows", "read_tsv", simple=True)
PAGE = Shape("page", "html")
SAVED_PAGE = Shape("saved page", "mail", "read_page")
MAIL = Shape("mail", "mail")
PDF = Shape("PDF", "office", "read_pdf")
DOCX = Shape("Word document", "office", "read_docx")
FEED = Shape("feed", "feeds", "spread", spreads=True)
ENTRY = Shape("entry of a feed", "feeds", "read_entry")
WARC = Shape("web archive", "archives", "spread", spreads=True)

ENTRY_MEDIA = "application/x-headwater-entry+json"
ENDINGS = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT, "": TEXT,
    ".html": PAGE, ".htm": PAGE, ".xhtml": PAGE,
    ".mhtml": SAVED_PAGE, ".mht": SAVED_PAGE, ".eml": MAIL,
    ".jsonl": LINES, ".ndjson": LINES, ".json": JSON, ".csv": CSV, ".tsv": TSV,
    ".pdf": PDF, ".docx": DOCX,
    ".rss": FEED, ".atom": FEED, ".rdf": FEED, ".xml": FEED,
    ".warc": WARC, ".wacz": WARC,
}  # fmt: skip
PACKED = frozenset({".gz", ".zip", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".rar"})
LINKS_ENDINGS = frozenset({".urls", ".links"})
MEDIA = {
    "text/html": PAGE, "application/xhtml+xml": PAGE, "text/plain": TEXT, "text/markdown": TEXT,
    "multipart/related": SAVED_PAGE, "message/rfc822": MAIL,
    "application/json": JSON, "application/x-ndjson": LINES, "application/jsonl": LINES, "text/csv": CSV,
    "text/tab-separated-values": TSV, "application/feed+json": FEED, "application/rss+xml": FEED,
    "application/atom+xml": FEED, "application/rdf+xml": FEED, "application/xml": FEED, "text/xml": FEED,
    "application/pdf": PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    "application/warc": WARC, "application/wacz": WARC, "application/wacz+zip": WARC,
    ENTRY_MEDIA: ENTRY,
}  # fmt: skip
STARTS = (
    (b"%PDF-", PDF),
    (b"WARC/1.", WARC),
    (b"\xef\xbb\xbf<", PAGE),
    (b"MIME-Version:", MAIL),
    (b"From: <Saved by", SAVED_PAGE),
)
XML_FEEDS = (b"<rss", b"<feed", b"<rdf:RDF", b"<RDF")
LOOKED_AT = 2_000  # bytes from the beginning
UNREADABLE = ("image/", "audio/", "video/", "font/")


def ending(name: str) -> str:
    """Return the ending of a name that says what is in it, in lower case; `.warc` for `.warc.gz`."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix == ".gz" and path.stem.lower().endswith(".warc") else suffix


def shape_of_file(name: str, *, place: str) -> Shape:
    """Return the shape of a file by the ending of its name. Raise UnknownShape."""
    shape = ENDINGS.get(ending(name))
    if shape is None:
        packed = "unpack it first; " if ending(name) in PACKED else ""
        hint = f"{packed}known endings are {', '.join(sorted(filter(None, ENDINGS)))}"
        raise UnknownShape(place, f"files ending in {PurePath(name).suffix} cannot be read", hint=hint)
    return shape


def shape_of(item: Item) -> Shape:
    """Return the shape of something that came over the web, from an archive or from standard input. Raise UnknownShape."""
    told = item.media.split(";")[0].strip().lower()
    if told.startswith(UNREADABLE):
        raise UnknownShape(item.place, f"is {told}, which holds no text", hint="give the page that it is on")
    looks, named = _looks(item.content), ENDINGS.get(ending(item.name.split("?")[0]))
    if named is TEXT and not ending(item.name):
        named = None  # a name without ending says nothing
    shape = MEDIA.get(told) or (looks or named if told else named or looks or TEXT)
    if looks and shape and looks is not shape and _beats(looks, shape):
        shape = looks
    if shape is None:
        raise UnknownShape(item.place, f"is {told}, which cannot be read")
    return shape


def _beats(looks: Shape, told: Shape) -> bool:
    """Bytes that begin like a PDF are one whatever the server says; a page told to be text is one too, a text told to be a page is not."""
    return looks in (PDF, WARC, SAVED_PAGE) or (told in (TEXT, FEED, JSON, PAGE) and looks in (PAGE, FEED))


def _looks(content: bytes) -> Shape | None:
    start = content[:LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip()
    for begins, shape in STARTS:
        if start.startswith(begins):
            return shape
    if start.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in content[:LOOKED_AT] or b"[Content_Types].xml" in content[:LOOKED_AT] else WARC
    if start.startswith(b"<"):
        return FEED if any(mark in start for mark in XML_FEEDS) else PAGE
    return _json(content, start) if start[:1] in (b"{", b"[") else None


def _json(content: bytes, start: bytes) -> Shape | None:
    if b"//jsonfeed.org/version/" in start:
        return FEED
    if start.startswith(b"["):
        return JSON
    return JSON if _is_one_object(content) else LINES


def _is_one_object(content: bytes) -> bool:
    """Tell an object over several lines from a line each: the first line of the former is not JSON by itself."""
    try:
        json.loads(content.removeprefix(codecs.BOM_UTF8).lstrip().split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return True
    return False
