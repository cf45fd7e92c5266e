"""Mails and pages saved as mails. In comes a message (.eml) or a page with all its parts (.mhtml); out goes the report in it.

Of a mail the plain text is read where there is one that says as much as the HTML beside it; lines that a mail program broke are
put together again, since such a line end is none of the author's. Attachments are named as left unread, not guessed at.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from typing import Any

from headwater.errors import BrokenShape, IntakeError, LeftUnread
from headwater.intake import html
from headwater.intake.clue import Clue
from headwater.intake.fragments import plain
from headwater.intake.items import Came, Item, clean, decode, make_rows, problem
from headwater.records import Candidate, Capture, Problem, Report

DEEPEST = 20  # multiparts inside one another; mail programs make three or four
MOST_PARTS = 1_000
MOST_NAMED = 50  # attachments that get a row each
STUB = 0.2  # a plain text with less than this share of the letters of the HTML beside it only says that there is HTML
WIDEST = 100  # characters; a text with a longer line was not broken into lines by a mail program
NARROWEST = 55
STRUCTURED = re.compile(r"[>\s|*•\-–—+#=_]|\d+[.)]\s")  # how lines of quotations, lists, tables and rules begin
STRANGE_CHARSETS = frozenset("idna punycode undefined unicode_escape raw_unicode_escape mbcs oem".split())
LATIN = frozenset("iso-8859-1 latin-1 latin1".split())  # what Windows calls its own charset
CARELESS = LATIN | {"us-ascii", "ascii"}  # said of anything
Row = Report | Candidate | Capture | Problem


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that holds no others: its media type, its bytes without transfer encoding, and what it is to the mail."""

    message: Message
    media: str
    content: bytes
    name: str
    attached: bool


def read(item: Item) -> Iterator[Row]:
    """Yield the report in a mail, and a problem for each attachment."""
    try:
        message = _parsed(item)
        parts = list(_parts(message, item.place))
    except IntakeError as error:
        yield problem(error)
        return
    try:
        record, at = _header(message, "Message-ID"), _date(message)
        told = _came(item, way="mail", record=record, at=at)
        came = replace(item.came, record=record, at=item.came.at or at) if item.came else told
        yield from make_rows(replace(item, came=came), text=_text(parts), clues=_clues(message, at))
    except IntakeError as error:
        yield problem(error)
    yield from _left(parts, item.place)


def read_page(item: Item) -> Iterator[Row]:
    """Yield the report on a page that was saved with all its parts."""
    try:
        message = _parsed(item)
        page = _root(message, list(_parts(message, item.place)), item.place)
    except IntakeError as error:
        yield problem(error)
        return
    location = _header(message, "Snapshot-Content-Location") or _header(page.message, "Content-Location") or ""
    address = location if location.lower().startswith(("http://", "https://")) else None
    told = (("url", address), ("title", _header(message, "Subject")))
    clues = tuple(Clue(field, value, "archive") for field, value in told if value)
    charset = _charset(page.message)
    yield from html.read(
        replace(
            item,
            content=page.content,
            media=f"text/html; charset={charset}" if charset else "text/html",
            clues=(*item.clues, *clues),
            came=item.came or _came(item, way="archive", url=address, at=_date(message)),
        )
    )


# ── its parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parsed(item: Item) -> Message:
    """Return the message. Raise BrokenShape for bytes that are none."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(item.content)
    except Exception as error:  # the parser promises to raise nothing, and raises RecursionError and ValueError
        raise BrokenShape(item.place, f"is no mail that can be read: {type(error).__name__}") from error
    if not message.keys():
        raise BrokenShape(item.place, "is no mail: it does not begin with a header")
    return message


def _parts(message: Message, place: str) -> Iterator[_Part]:
    """Yield the parts that hold no others, in order. Raise BrokenShape for more than any mail has."""
    waiting, count = [(message, 0)], 0
    while waiting:
        each, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise BrokenShape(place, "is a mail of more parts than any mail has")
        if each.is_multipart() and each.get_content_maintype() == "multipart":
            inside = list(each.get_payload())  # which decodes, and may raise, where it is no list
            waiting += [(child, depth + 1) for child in reversed(inside) if isinstance(child, Message)]
        else:
            yield _part(each)


def _part(message: Message) -> _Part:
    media = message.get_content_type()
    name = _tried(message.get_filename)
    content = b"" if message.is_multipart() else _tried(lambda: message.get_payload(decode=True))
    told = str(message.get("Content-Disposition", "")).split(";")[0].strip().lower()
    return _Part(
        message=message,
        media=media,
        content=content if isinstance(content, bytes) else b"",
        name=_words(name) if isinstance(name, str) else "",
        attached=told == "attachment" or bool(name) or media.startswith("message/"),
    )


def _tried(call: Callable[[], Any]) -> Any:
    """Return what the mail library says, None where it stumbles over what the sender wrote."""
    try:
        return call()
    except Exception:  # noqa: BLE001  damaged parameters and encodings make it raise a dozen kinds, AttributeError among them
        return None


def _root(message: Message, parts: list[_Part], place: str) -> _Part:
    """Return the page among the parts of a saved page. Raise BrokenShape where there is none."""
    pages = [part for part in parts if part.media in ("text/html", "application/xhtml+xml")]
    start = str(_tried(lambda: message.get_param("start")) or "").strip()
    snapshot = _header(message, "Snapshot-Content-Location")
    for page in pages:
        if start and _header(page.message, "Content-ID") == start:
            return page
    for page in pages:
        if snapshot and _header(page.message, "Content-Location") == snapshot:
            return page
    if not pages:
        raise BrokenShape(place, "is a saved page without a page in it")
    return pages[0]


def _left(parts: list[_Part], place: str) -> Iterator[Problem]:
    """Yield a row for each attachment; pictures that the HTML shows are none."""
    left = [part for part in parts if _is_left(part)]
    for part in left[:MOST_NAMED]:
        name = part.name or part.media
        size = f"of {len(part.content):,} bytes " if part.content else ""
        yield problem(
            LeftUnread(f"{place}#{name}", f"is an attachment {size}that was not read", hint="save it as a file")
        )
    if len(left) > MOST_NAMED:
        yield problem(LeftUnread(place, f"has {len(left) - MOST_NAMED:,} attachments more that were not read"))


def _is_left(part: _Part) -> bool:
    if part.media.startswith("image/") and part.message.get("Content-ID") and not _is_download(part):
        return False
    return part.attached or not part.media.startswith(("text/", "image/", "multipart/"))


def _is_download(part: _Part) -> bool:
    return str(part.message.get("Content-Disposition", "")).strip().lower().startswith("attachment")


# ── its text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(parts: list[_Part]) -> str:
    """Return the text of the parts that are not attached: the plain one, unless the HTML says far more."""
    shown = [part for part in parts if not part.attached]
    written = "\n\n".join(filter(None, (_written(part) for part in shown if part.media == "text/plain")))
    marked = "\n\n".join(filter(None, (plain(_string(part)) for part in shown if part.media == "text/html")))
    return marked if _letters(written) < STUB * _letters(marked) else written


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _written(part: _Part) -> str:
    text = _string(part).replace("\r\n", "\n").strip("\n")
    if str(_tried(lambda: part.message.get_param("format"))).lower() == "flowed":
        return _flowed(text, joined=str(_tried(lambda: part.message.get_param("delsp"))).lower() == "yes")
    return _unbroken(text)


def _string(part: _Part) -> str:
    """Return the text of a part: in the charset that it names, else in the one that its bytes look like."""
    charset = _charset(part.message)
    if charset and charset not in CARELESS and charset.replace("-", "_") not in STRANGE_CHARSETS:
        try:
            return part.content.decode(charset)
        except (LookupError, ValueError):
            pass  # it is not what it says
    if charset in LATIN and not _is_utf8(part.content):
        return part.content.decode("cp1252", errors="replace")
    return _as_it_looks(part)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_it_looks(part: _Part) -> str:
    try:
        return decode(Item("", "", part.content))
    except IntakeError:
        return part.content.decode("cp1252", errors="replace")


def _charset(message: Message) -> str:
    found = _tried(message.get_content_charset)
    return found if isinstance(found, str) else ""


def _flowed(text: str, *, joined: bool) -> str:
    """Return text of the kind `format=flowed` (RFC 3676) with a line a paragraph; `joined` means that no space is between words."""
    lines: list[str] = []
    open_line = False
    for line in text.split("\n"):
        shown = line.removeprefix(" ")
        if open_line and not shown.startswith(">") and line != "-- ":
            lines[-1] += shown
        else:
            lines.append(shown)
        open_line = shown.endswith(" ") and shown != "-- " and not shown.startswith(">")
        if open_line and joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(line.rstrip() for line in lines)


def _unbroken(text: str) -> str:
    """Put lines together that were broken because the next word would have passed the widest line."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if not NARROWEST <= width <= WIDEST:
        return text
    found = lines[:1]
    for before, line in pairwise(lines):
        if (
            before
            and line
            and not STRUCTURED.match(before)
            and not STRUCTURED.match(line)
            and _is_full(before, line, width)
        ):
            found[-1] += " " + line
        else:
            found.append(line)
    return "\n".join(found)


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width


# ── its headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _clues(message: Message, at: str | None) -> tuple[Clue, ...]:
    """Return what the headers say. Whom a mail is from is a person or a desk: which outlet publishes it stays unknown."""
    name, address = parseaddr(_raw(message, "From"))
    byline = _words(name)
    told = (
        ("title", _header(message, "Subject")),
        ("byline", byline if byline and "@" not in byline and byline != address else None),
        ("published", at),
    )
    return tuple(Clue(field, value, "mail") for field, value in told if value)


def _came(item: Item, *, way: str, url: str | None = None, record: str | None = None, at: str | None = None) -> Came:
    digest = hashlib.sha256(item.content).hexdigest()
    return Came(way=way, digest=digest, url=url, final=url, record=record, at=at)


def _header(message: Message, name: str) -> str | None:
    return _words(_raw(message, name)) or None


def _raw(message: Message, name: str) -> str:
    """Return a header in one line, as it came; its bytes are UTF-8, as the newer standard has it, or of Windows."""
    told = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    content = told.encode("utf-8", "surrogateescape")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return " ".join(text.split())


def _words(told: str) -> str:
    """Return a header with its encoded words (RFC 2047) decoded; as it came where they are damaged."""
    try:
        pieces = decode_header(told) if "=?" in told else []
        text = "".join(_word(piece, charset) for piece, charset in pieces)
    except (HeaderParseError, ValueError):
        text = ""
    return " ".join(clean(text or told).split())


def _word(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    if not charset:
        return piece.decode("raw-unicode-escape", errors="replace")
    try:
        return piece.decode("utf-8" if charset.replace("-", "_") in STRANGE_CHARSETS else charset, errors="replace")
    except (LookupError, ValueError):
        return piece.decode("utf-8", errors="replace")


def _date(message: Message) -> str | None:
    """Return when it was sent, in ISO 8601; without an offset where it names none."""
    told = _raw(message, "Date")
    try:
        sent = parsedate_to_datetime(told)
        return (sent.replace(tzinfo=UTC) if told.endswith("-0000") else sent).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
