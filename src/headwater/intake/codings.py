"""Content codings taken off bytes as they came over the web, never past a limit: gzip, deflate, Brotli.

A few kilobytes can unfold into gigabytes; so the output is asked for in portions, and the first that passes the limit ends it.
"""

import zlib
from collections.abc import Callable, Iterator

from headwater.errors import BrokenShape, TooLarge

PORTION = 1 << 16
CODINGS = ("gzip", "x-gzip", "deflate", "br", "identity")
MOST_CODINGS = 3  # one upon another; servers use one


def decoded(content: bytes, encoding: str, *, place: str, limit: int) -> bytes:
    """Return the bytes without their content codings, `limit` bytes at most. Raise BrokenShape and TooLarge."""
    names = [each.strip().lower() for each in encoding.split(",") if each.strip()]
    if len(names) > MOST_CODINGS or not set(names) <= set(CODINGS):
        raise BrokenShape(place, f"is packed as {encoding[:60]}, which cannot be unpacked")
    for name in reversed(names):
        content = _unpacked(content, name, place=place, limit=limit)
    return content


def _unpacked(content: bytes, name: str, *, place: str, limit: int) -> bytes:
    portions = {"br": _brotli, "deflate": _deflate, "identity": _as_it_is}.get(name, _gzip)
    found, size = [], 0
    for portion in portions(content, place):
        found.append(portion)
        size += len(portion)
        if size > limit:
            raise TooLarge(place, f"unpacks to more than {limit:,} bytes", hint="a page that does so is made to harm")
    return b"".join(found)


def _as_it_is(content: bytes, place: str) -> Iterator[bytes]:
    yield content


def _gzip(content: bytes, place: str) -> Iterator[bytes]:
    yield from _zlib(content, place, lambda: zlib.decompressobj(16 + zlib.MAX_WBITS))


def _deflate(content: bytes, place: str) -> Iterator[bytes]:
    """Yield what is in zlib's wrapping, or bare, as some servers send it."""
    wrapped = len(content) > 1 and content[0] & 15 == 8 and (content[0] << 8 | content[1]) % 31 == 0
    yield from _zlib(content, place, lambda: zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS))


def _zlib(content: bytes, place: str, begin: Callable[[], "zlib._Decompress"]) -> Iterator[bytes]:
    """Yield portions; further members of a gzip file are read on, and what a cut one held so far is kept."""
    worker = begin()
    try:
        while True:
            portion = worker.decompress(content, PORTION)
            if portion:
                yield portion
            content = worker.unconsumed_tail or (b"" if not worker.eof else worker.unused_data)
            if not content:
                return
            if worker.eof:
                worker = begin()
    except zlib.error as error:
        raise BrokenShape(place, f"is damaged: {error}") from error


def _brotli(content: bytes, place: str) -> Iterator[bytes]:
    import brotli  # few servers send it

    worker = brotli.Decompressor()
    try:
        yield worker.process(content, output_buffer_limit=PORTION)
        while not worker.can_accept_more_data():
            yield worker.process(b"", output_buffer_limit=PORTION)
    except brotli.error as error:
        raise BrokenShape(place, f"is damaged: {str(error)[:100]}") from error
