"""Web archives: WARC, plain or packed, and WACZ. In comes a stream; out goes an item for every page, text and feed that was answered
with 200, and a problem for every record that is broken, cut or too large. One record is in memory at a time.

FastWARC finds the records; the HTTP answer in them is read here, since servers send, and crawlers keep, what no parser of theirs
takes. Behind a broken record reading goes on at the next place that begins like one. A WACZ is a zip with WARCs in it, which are
read where they lie: nothing is ever extracted.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

from headwater.errors import BrokenShape, IntakeError, LeftUnread, TooLarge
from headwater.intake.clue import Clue
from headwater.intake.items import Came, Item, problem
from headwater.records import Problem

LARGEST_RECORD = 20_000_000  # bytes of one answer, as for one that is fetched
MOST_UNPACKED = 300  # times the bytes that were read: pages shrink to a tenth, what is made to harm to a thousandth
FREELY_UNPACKED = 100_000_000  # bytes before that is looked at
MOST_BREAKS = 100  # broken places in one archive before the rest is left
MOST_HEADERS = 200
LONGEST_HEADER = 8_192
LOOKED_THROUGH = 1 << 20  # bytes at a time, in search of the next record
OVERLAP = 16  # bytes that the beginning of a record takes at most
PLAIN_START = re.compile(rb"(?<=\n)WARC/\d\.\d\r?\n")
PACKED_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
PAGES = ("text/html", "application/xhtml+xml")
READ = (
    *PAGES,
    "text/plain",
    "text/markdown",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
)
UNTOLD = (b"<", b"%PDF-")  # how an answer begins that is read although no type was told


def spread(item: Item, stream: BinaryIO) -> Iterator[Item | Problem]:
    """Yield an item a page, text or feed in an archive; bytes come from the stream, which must be able to seek."""
    stream.seek(0)
    is_zip = stream.read(4) == b"PK\x03\x04"
    yield from _members(item.place, stream) if is_zip else _records(item.place, _Tame(stream))


# ── WACZ ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _members(place: str, stream: BinaryIO) -> Iterator[Item | Problem]:
    """Yield what is in the WARCs of a zip file."""
    try:
        archive = zipfile.ZipFile(stream)
    except Exception as error:  # noqa: BLE001  a damaged directory raises a dozen kinds, down to struct.error
        yield problem(BrokenShape(place, f"is not a zip file that can be read: {_short(error)}"))
        return
    allowed = FREELY_UNPACKED + MOST_UNPACKED * stream.seek(0, 2)
    with archive:
        infos = [info for info in archive.infolist() if info.filename.lower().endswith((".warc", ".warc.gz"))]
        if not infos:
            yield problem(BrokenShape(place, "holds no web archive", hint="a WACZ holds WARC files"))
        for info in infos:
            inside = f"{place}/{info.filename}"
            allowed -= info.file_size
            try:
                _check(info, inside, allowed=allowed)
                with _opened(archive, info, inside) as member:
                    yield from _records(inside, _Tame(member))
            except IntakeError as error:
                yield problem(error)


def _check(info: zipfile.ZipInfo, place: str, *, allowed: int) -> None:
    """Raise BrokenShape or TooLarge for a member that is not to be opened."""
    parts = re.split(r"[/\\]", info.filename)
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise BrokenShape(place, "has a name that leads out of its archive", hint="such an archive is made to harm")
    if info.flag_bits & 1:
        raise BrokenShape(place, "is encrypted", hint="unpack it with its password and read the WARC files")
    if allowed < 0 or info.file_size > FREELY_UNPACKED + MOST_UNPACKED * info.compress_size:
        raise TooLarge(place, f"unpacks to {info.file_size:,} bytes", hint="such an archive is made to harm")


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> BinaryIO:
    try:
        return archive.open(info)  # type: ignore[return-value]  # IO[bytes], which has all that is used
    except Exception as error:  # a damaged header raises a dozen kinds, down to struct.error
        raise BrokenShape(place, f"cannot be unpacked: {_short(error)}") from error


# ── WARC ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Cut(BrokenShape):
    """A record that ends before its end or cannot be taken apart: what follows it has to be looked for."""


class _Tame:
    """A stream that FastWARC can be given, since it never raises; what it met stands in `failed`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failed = ""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none where they cannot be had."""
        try:
            return self._stream.read(size)
        except Exception as error:  # noqa: BLE001  of a zip's member: OSError, EOFError, zlib.error, BadZipFile, LZMAError
            self.failed = _short(error)
            return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place; stay where that cannot be done."""
        try:
            return self._stream.seek(offset, whence)
        except Exception as error:  # noqa: BLE001  as above: to seek in a zip's member is to read it
            self.failed = _short(error)
            return self.tell()

    def tell(self) -> int:
        """Return how far it was read."""
        return self._stream.tell()

    def close(self) -> None:
        """Leave it open: it belongs to whoever gave it."""


def _records(place: str, stream: _Tame) -> Iterator[Item | Problem]:
    """Yield what is in the records; behind a broken one go on with the next that begins like one."""
    stream.seek(0)
    packed = stream.read(2) == b"\x1f\x8b"
    before = reading = _Reading(place, stream, packed=packed)
    start: int | None = 0
    breaks = 0
    while start is not None and breaks < MOST_BREAKS:
        reading = _Reading(place, stream, packed=packed, start=start)
        yield from reading.found()
        if before.error and not (reading.error and not reading.records and before.records):
            yield problem(before.error)  # else the same break was met again, from the record that it is in
        before = reading
        breaks += 1
        start = None if reading.done else _next_start(stream, packed=packed, after=reading.behind)
    if reading.done and not reading.error and packed and (cut := reading.left_over()):
        yield problem(cut)
    if before.error:
        yield problem(before.error)
    elif breaks == 1 and not before.records:
        yield problem(BrokenShape(place, "holds no records"))
    if start is not None:
        yield problem(BrokenShape(place, "is broken in so many places that the rest was left"))
    if stream.failed:
        yield problem(BrokenShape(place, f"cannot be unpacked: {stream.failed}"))


class _Reading:
    """One go through an archive, from a place where a record begins until the end or the next break, which `error` tells."""

    def __init__(self, place: str, stream: _Tame, *, packed: bool, start: int = 0) -> None:
        self.error: IntakeError | None = None
        self.done = False  # nothing is left to go on with
        self.records = 0
        self.behind = start + 1  # where the next record is looked for after a break
        self._place, self._stream, self._packed, self._start = place, stream, packed, start
        self._unpacked = 0

    def found(self) -> Iterator[Item | Problem]:
        """Yield what is in the records."""
        try:
            for record in self._each():
                place = f"{self._place}#{record.record_id or f'@{record.stream_pos}'}"
                failed = False
                try:
                    if item := _item(record, place):
                        yield item
                        if record.headers.get("WARC-Truncated"):
                            yield problem(LeftUnread(place, "was cut when it was captured; what there is was read"))
                except _Cut as error:
                    yield problem(error)
                    return
                except IntakeError as error:
                    yield problem(error)
                    failed = True
                if not self._pass(record):
                    if not failed:
                        yield problem(_Cut(place, "is cut short"))
                    return
            self.done = True
        except IntakeError as error:
            self.error = error
            self.done = isinstance(error, TooLarge)

    def _each(self) -> Iterator[Any]:
        """Yield record after record. Raise BrokenShape where what follows is none."""
        from fastwarc.warc import ArchiveIterator

        self._stream.seek(self._start)
        place = f"{self._place}@{self._start}"
        records = _guarded(lambda: ArchiveIterator(self._stream, parse_http=False), place)
        while (record := _guarded(lambda: next(records, None), f"{self._place}@{self.behind - 1}")) is not None:
            self.records += 1
            self.behind = record.stream_pos + 1
            yield record

    def left_over(self) -> IntakeError | None:
        """Return an error where something follows the last record that is too short to be another one: FastWARC ends there in silence."""
        self._stream.seek(max(0, self.behind - 1))
        worker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not worker.eof and (block := self._stream.read(LOOKED_THROUGH)):
                while block and not worker.eof:
                    worker.decompress(block, LOOKED_THROUGH)
                    block = worker.unconsumed_tail
        except zlib.error:
            return None  # which was told
        behind = (worker.unused_data + self._stream.read(LOOKED_THROUGH)).strip(b"\0\r\n")
        return (
            _Cut(self._place, "is cut short: its last record only begins", hint="what stands before it was read")
            if behind
            else None
        )

    def _pass(self, record: Any) -> bool:
        """Go to the end of a record and tell whether it was there. Raise TooLarge for what unpacks beyond measure."""
        most = FREELY_UNPACKED + MOST_UNPACKED * self._stream.tell() - self._unpacked
        while _guarded(lambda: record.reader.consume(LOOKED_THROUGH), self._place) and record.reader.tell() <= most:
            pass
        self._unpacked += record.reader.tell()
        if record.reader.tell() > most:
            raise TooLarge(self._place, "unpacks beyond all measure", hint="such an archive is made to harm")
        if not self._packed:
            self.behind = record.stream_pos + record.content_length
        return bool(record.reader.tell() >= record.content_length)


def _guarded(call: Callable[[], Any], place: str) -> Any:
    """Return what FastWARC returns. Raise BrokenShape for whatever it raises."""
    try:
        return call()
    except Exception as error:  # OSError, ValueError, and what its decompressors raise
        raise _Cut(place, f"is not a record: {_short(error)}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise  # that one is how Rust gives up: it is no Exception, and can be imported from nowhere
        raise _Cut(place, "is not a record") from error


def _next_start(stream: _Tame, *, packed: bool, after: int) -> int | None:
    """Return where the next record begins, as far as that can be told from its first bytes; None where there is none."""
    pattern = PACKED_START if packed else PLAIN_START
    at = max(0, after - 1)
    while True:
        stream.seek(at)
        block = stream.read(LOOKED_THROUGH)
        for match in pattern.finditer(block):
            if at + match.start() >= after and (not packed or _holds_record(stream, at + match.start())):
                return at + match.start()
        if len(block) <= OVERLAP:
            return None
        at += len(block) - OVERLAP


def _holds_record(stream: _Tame, start: int) -> bool:
    """Tell a packed record from three bytes that look like the beginning of one."""
    stream.seek(start)
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(stream.read(1_024), 5) == b"WARC/"
    except zlib.error:
        return False


# ── one record ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Answer:
    """What stands before the payload: the status, the media type in lower case, and all headers by their lower-case names."""

    status: int
    media: str
    headers: Mapping[str, str]


def _item(record: Any, place: str) -> Item | None:
    """Return the page, text or feed in a record, None where it holds none. Raise BrokenShape and TooLarge."""
    length = (record.headers.get("Content-Length") or "").strip()
    if (length.lstrip("0") or "0") != str(record.content_length) or not length:
        raise _Cut(place, "does not say how long it is")
    kind = str(record.record_type)
    if kind not in ("response", "resource") or (kind == "response" and not record.is_http):
        return None
    target = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    answer = _answer(record, place) if kind == "response" else _resource(record)
    if not _is_wanted(answer, target, is_page=kind == "resource"):
        return None
    payload = _payload(record, place)
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        payload = _whole(payload)
    if not answer.media and not payload.lstrip().startswith(UNTOLD):
        return None
    return _made(record, place, target=target, answer=answer, payload=payload)


def _made(record: Any, place: str, *, target: str, answer: _Answer, payload: bytes) -> Item:
    clues = [Clue("url", target, "archive")] if target.lower().startswith(("http://", "https://")) else []
    if modified := _iso(answer.headers.get("last-modified", "")):
        clues.append(Clue("modified", modified, "http"))
    return Item(
        name=target or str(record.record_id),
        place=place,
        content=payload,
        media=answer.media,
        clues=tuple(clues),
        came=Came(
            way="archive",
            digest=hashlib.sha256(payload).hexdigest(),
            url=target or None,
            final=target or None,
            record=record.record_id,
            at=record.headers.get("WARC-Date"),
        ),
        encoding=answer.headers.get("content-encoding", "").strip().lower(),
    )


def _answer(record: Any, place: str) -> _Answer:
    """Read a record up to the payload of the HTTP answer in it. Raise BrokenShape where there is no HTTP answer in it."""
    first = re.match(rb"HTTP/\d(?:\.\d)? +(\d{3})(?!\d)", _line(record, place))
    if not first:
        raise BrokenShape(place, "holds no answer of a server")
    headers: dict[str, str] = {}
    for _ in range(MOST_HEADERS):
        line = _line(record, place).decode("latin-1").strip()
        if not line:
            break
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return _Answer(int(first[1]), headers.get("content-type", "").lower(), headers)


def _line(record: Any, place: str) -> bytes:
    line: bytes = _guarded(lambda: record.reader.readline(LONGEST_HEADER), place)
    return line


def _resource(record: Any) -> _Answer:
    return _Answer(200, (record.headers.get("Content-Type") or "").lower(), {})


def _is_wanted(answer: _Answer, target: str, *, is_page: bool) -> bool:
    told = answer.media.split(";")[0].strip()
    if answer.status != 200 or (is_page and told not in PAGES) or (told and told not in READ):
        return False
    return not target.split("?")[0].lower().endswith("/robots.txt")


def _payload(record: Any, place: str) -> bytes:
    """Return what is left of a record. Raise BrokenShape where it is cut, TooLarge before reading what is too large."""
    size = record.content_length - record.reader.tell()
    if size > LARGEST_RECORD:
        raise TooLarge(place, f"has more than {LARGEST_RECORD:,} bytes")
    payload: bytes = _guarded(lambda: record.reader.read(size), place) if size > 0 else b""
    if len(payload) < size:
        raise _Cut(place, f"is cut short: {len(payload):,} of {size:,} bytes are there")
    return payload


def _whole(content: bytes) -> bytes:
    """Return a chunked body in one piece; as it is where a crawler has put it together and left the header that says otherwise."""
    pieces, at = [], 0
    while (end := content.find(b"\n", at, at + 80)) >= 0:
        size = content[at:end].split(b";")[0].strip()
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            break
        length = int(size, 16)
        pieces.append(content[end + 1 : end + 1 + length])
        at = end + 1 + length
        if not length:
            break
        at += 2 if content[at : at + 2] == b"\r\n" else content[at : at + 1] == b"\n"
    return b"".join(pieces) if pieces else content


def _iso(told: str) -> str:
    """Return a date of HTTP in ISO 8601; empty where it is none."""
    try:
        return parsedate_to_datetime(told).isoformat() if told else ""
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""


def _short(error: BaseException) -> str:
    return " ".join((str(error) or type(error).__name__).split())[:120]
