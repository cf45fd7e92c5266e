"""Feeds: RSS, Atom and RDF by feedparser, JSON Feed by json. In comes a feed; out goes an item an entry, which `read_entry` reads.

An entry often holds a summary only, so whoever reads it may fetch its link instead; hence the entry and its reading are apart.
Feedparser is handed bytes, never a string, which it might take for an address or a path and open; entities that a feed declares
are taken out before it sees them, since it would expand them.
"""

import hashlib
import io
import json
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from headwater.errors import BadRow, BrokenShape, EmptyReport, IntakeError, TooLarge
from headwater.intake.clue import Clue
from headwater.intake.fragments import one_line, plain
from headwater.intake.items import Came, Item, clean, decode, make_rows, problem
from headwater.intake.shapes import ENTRY_MEDIA
from headwater.records import Candidate, Capture, Problem, Report

LARGEST_FEED = 20_000_000  # bytes; a feed of a year's reports in full has a tenth of that
LONGEST_ID = 2_000  # characters
ENTITY = re.compile(rb"<!ENTITY(?:[^>\"']|\"[^\"]*\"|'[^']*')*>?", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ZONED = re.compile(r"(?:Z|\b[A-Z]{1,5}|[+-]\d{2}:?\d{2}\)?)$")
CLOSED = re.compile(r"</\w+>")
MARKED = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What an entry says, whatever the kind of feed; dates in ISO 8601."""

    id: str | None
    link: str | None
    title: str | None
    html: str | None = None
    text: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    credit: str | None = None
    """whom the feed took it from"""


@dataclass(frozen=True, slots=True)
class _Feed:
    """Who publishes a feed, and its entries in order; `odd` are those that are none."""

    outlet: str | None
    entries: tuple[_Entry, ...]
    odd: tuple[Problem, ...] = ()


def spread(item: Item, stream: BinaryIO) -> Iterator[Item | Problem]:
    """Yield an item an entry; bytes come from the stream. An entry that stands there twice comes once."""
    content = stream.read(LARGEST_FEED + 1)
    try:
        if len(content) > LARGEST_FEED:
            raise TooLarge(item.place, f"is a feed of more than {LARGEST_FEED:,} bytes")
        is_json = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        feed = _json_feed(item, content) if is_json else _xml_feed(item, content)
    except IntakeError as error:
        yield problem(error)
        return
    seen = set()
    for entry in feed.entries:
        made = _item(item, entry, feed.outlet)
        if (made.name, made.content) not in seen:
            seen.add((made.name, made.content))
            yield made
    yield from feed.odd


def read_entry(item: Item) -> Iterator[Report | Candidate | Capture | Problem]:
    """Yield the report in an entry: its text without its title. What its feed says of it stands in the item's clues."""
    try:
        yield from make_rows(item, text=_entry_text(item), clues=())
    except IntakeError as error:
        yield problem(error)


def _entry_text(item: Item) -> str:
    try:
        entry = json.loads(item.content)
    except (ValueError, RecursionError) as error:
        raise BrokenShape(item.place, "is no entry of a feed") from error
    if not isinstance(entry, Mapping):
        raise BrokenShape(item.place, "is no entry of a feed")
    told = entry.get("html")
    text = plain(told) if isinstance(told, str) else _string(entry.get("text")) or ""
    if not any(c.isalnum() for c in text):
        raise EmptyReport(item.place, "is an entry without text", hint="follow the links of the feed to read its pages")
    return text


# ── an entry as an item ──────────────────────────────────────────────────────────────────────────────────────────────────


def _item(feed: Item, entry: _Entry, outlet: str | None) -> Item:
    body = {"title": entry.title} | ({"html": entry.html} if entry.html else {"text": entry.text or ""})
    content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.sha256(content).hexdigest()
    name = entry.id or entry.link or f"{feed.name}#{digest[:8]}"
    return Item(
        name=name,
        place=f"{feed.place}#{entry.id or entry.link or digest[:8]}",
        content=content,
        media=ENTRY_MEDIA,
        clues=tuple(_clues(entry, outlet)),
        came=Came(way="feed", digest=digest, url=entry.link, record=entry.id),
    )


def _clues(entry: _Entry, outlet: str | None) -> Iterator[Clue]:
    told = {
        "title": entry.title,
        "byline": entry.byline,
        "published": entry.published,
        "modified": entry.modified,
        "outlet": outlet,
        "credit": entry.credit,
        "url": entry.link,
    }
    for field, value in told.items():
        if value:
            yield Clue(field, value, "feed")


def _base(item: Item) -> str:
    """Return the address that links in a feed are relative to; empty where it came from a folder."""
    came = (item.came.final or item.came.url or "") if item.came else ""
    return came or next((clue.value for clue in item.clues if clue.field == "url"), "")


def _link(base: str, told: Any) -> str | None:
    """Return an address of the web, None for any other."""
    try:
        joined = urljoin(base, clean(told).strip()) if isinstance(told, str) else ""
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def _string(told: Any) -> str | None:
    return (clean(told).strip() or None) if isinstance(told, str) else None


def _id(told: Any) -> str | None:
    found = str(told) if isinstance(told, int) and not isinstance(told, bool) else _string(told)
    return found if found and len(found) <= LONGEST_ID else None


# ── RSS, Atom, RDF ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _xml_feed(item: Item, content: bytes) -> _Feed:
    """Return what is in a feed. Raise BrokenShape for what is none, or so damaged that no entry can be read."""
    found = _parsed(item, content)
    entries = _of(found, "entries") or []
    version = str(_of(found, "version") or "")
    if not entries and (_of(found, "bozo") or not version):
        why = str(_of(found, "bozo_exception") or "it does not say which kind it is")
        raise BrokenShape(item.place, f"is no feed that can be read: {' '.join(why.split())[:120]}")
    told = _of(found, "feed") or {}
    base = _base(item) or _link("", _of(told, "link")) or ""
    return _Feed(_titled(told), tuple(_xml_entry(each, base, version) for each in entries))


def _parsed(item: Item, content: bytes) -> Mapping[str, Any]:
    import feedparser  # takes a tenth of a second, which only feeds are worth
    from feedparser.encodings import convert_to_utf8

    base = _base(item)
    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": base} if base else {})
    media = {"content-type": item.media} if "charset" in item.media else {}
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(ENTITY.sub(b"", convert_to_utf8(media, content, {}))),
            response_headers=headers,
            sanitize_html=False,  # only the text is kept, and what is not text is dropped when it is read
            resolve_relative_uris=False,
        )
    except (
        Exception
    ) as error:  # what a feed holds makes it raise a dozen kinds, RecursionError and AssertionError among them
        raise BrokenShape(item.place, f"is no feed that can be read: {type(error).__name__}") from error
    return found


def _of(told: Any, key: str) -> Any:
    """Return what stands under a key; None where nothing does. Feedparser's own `get` answers one date for another and warns."""
    return dict.get(told, key) if isinstance(told, dict) else None


def _xml_entry(told: Mapping[str, Any], base: str, version: str) -> _Entry:
    """Return an entry. RSS knows no date of change, so that one in the way of Dublin Core is when it was published."""
    body = _body(told)
    value = _string(_of(body, "value"))
    marked = _of(body, "type") in MARKED
    published = _when(told, "published") or _when(told, "created")
    modified = _when(told, "updated")
    if not published and version.startswith("rss"):
        published, modified = modified, None
    return _Entry(
        id=_id(_of(told, "id")),
        link=_link(base, _of(told, "link")),
        title=_titled(told),
        html=value if marked else None,
        text=None if marked else value,
        byline=_byline(_of(told, "authors")),
        published=published,
        modified=modified,
        credit=_credit(_of(told, "source")),
    )


def _body(told: Mapping[str, Any]) -> Any:
    """Return the longest content of an entry, its summary where there is none."""
    bodies = [each for each in _of(told, "content") or [] if str(_of(each, "type")).startswith(("text/", *MARKED))]
    longest = max(bodies, key=lambda body: len(_of(body, "value") or ""), default=None)
    return longest if _string(_of(longest, "value")) else _of(told, "summary_detail")


def _titled(told: Mapping[str, Any]) -> str | None:
    title = _string(_of(told, "title"))
    marked = title and (_of(_of(told, "title_detail"), "type") in MARKED or CLOSED.search(title))
    return (one_line(title) or None) if title and marked else " ".join(title.split()) if title else None


def _credit(told: Any) -> str | None:
    return (_titled(told) or _string(_of(told, "href"))) if isinstance(told, dict) else None


def _byline(told: Any) -> str | None:
    """Return the names of authors, commas between them; addresses of mail are no names."""
    authors = [_string(_of(each, "name")) for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return ", ".join(dict.fromkeys(name for name in authors if name and "@" not in name)) or None


def _when(told: Mapping[str, Any], key: str) -> str | None:
    """Return a date in ISO 8601: a day where no time was told, in UTC where a zone was told."""
    raw, parsed = _string(_of(told, key)), _of(told, f"{key}_parsed")
    if not raw or not parsed:
        return None
    if DAY.fullmatch(raw):
        return raw
    try:
        at = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if ZONED.search(raw) else "")


# ── JSON Feed ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json_feed(item: Item, content: bytes) -> _Feed:
    """Return what is in a JSON Feed, of version 1.0 or 1.1. Raise BrokenShape for what is none."""
    try:
        told = json.loads(decode(Item(item.name, item.place, content)))
    except (ValueError, RecursionError) as error:
        raise BrokenShape(item.place, f"is no JSON: {str(error)[:120]}") from error
    entries = told.get("items") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise BrokenShape(item.place, "is no JSON Feed: it has no list of items")
    base = _base(item) or _string(told.get("feed_url")) or _string(told.get("home_page_url")) or ""
    return _Feed(
        _string(told.get("title")),
        tuple(_json_entry(each, told, base) for each in entries if isinstance(each, dict)),
        tuple(_odd(item, number) for number, each in enumerate(entries, 1) if not isinstance(each, dict)),
    )


def _odd(item: Item, number: int) -> Problem:
    return problem(BadRow(f"{item.place}:{number}", "is not an object with named fields"))


def _json_entry(told: Mapping[str, Any], feed: Mapping[str, Any], base: str) -> _Entry:
    marked = _string(told.get("content_html"))
    return _Entry(
        id=_id(told.get("id")),
        link=_link(base, told.get("url")) or _link(base, told.get("external_url")),
        title=_string(told.get("title")),
        html=marked,
        text=None if marked else _string(told.get("content_text")) or _string(told.get("summary")),
        byline=_byline(_authors(told)) or _byline(_authors(feed)),
        published=_utc(told.get("date_published")),
        modified=_utc(told.get("date_modified")),
    )


def _authors(told: Mapping[str, Any]) -> Any:
    return told.get("authors") or [told.get("author")]  # one author is how version 1.0 has it


def _utc(told: Any) -> str | None:
    """Return a date of RFC 3339 in UTC; as it came where it names no zone; None for what is no date."""
    raw = _string(told)
    try:
        at = datetime.fromisoformat(raw) if raw else None
        if at is None or at.tzinfo is None:
            return raw if at else None
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None
