"""Web archives: which records are read, what is told of them, and what becomes of broken, cut, oversized and hostile ones."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Sequence

import pytest
from making import PAGE, a_record, a_wacz, a_zip, an_answer, an_item, packed

from headwater.intake import archives
from headwater.intake.items import Item
from headwater.records import Problem

ONE, TWO, THREE = (a_record(an_answer(f"<p>{n}".encode()), url=f"https://r.example/{n}", number=n) for n in (1, 2, 3))


def spread(content: bytes) -> tuple[list[Item], list[Problem]]:
    """Return the items and the problems in an archive."""
    found = list(archives.spread(an_item(b"", "a.warc"), io.BytesIO(content)))
    return [each for each in found if isinstance(each, Item)], [each for each in found if isinstance(each, Problem)]


def bodies(items: Sequence[Item]) -> list[bytes]:
    """Return what the items hold."""
    return [item.content for item in items]


# ── what is read ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content", [ONE + TWO, packed([ONE, TWO]), gzip.compress(ONE + TWO), a_wacz(packed([ONE, TWO]))]
)
def test_a_page_is_the_same_item_in_every_kind_of_archive(content: bytes) -> None:
    """Plain, packed record by record, packed as a whole, and in a WACZ: the same pages in the same order."""
    items, problems = spread(content)
    assert problems == []
    assert bodies(items) == [b"<p>1", b"<p>2"]
    assert [item.name for item in items] == ["https://r.example/1", "https://r.example/2"]


def test_an_item_says_where_it_was_got() -> None:
    """Address, record, time of capture, digest of the payload, media type, coding and last change come from the record."""
    body = gzip.compress(PAGE.encode(), mtime=0)
    more = "Content-Encoding: gzip\r\nLast-Modified: Mon, 06 May 2024 06:00:00 GMT\r\n"
    ((item,), _) = spread(a_record(an_answer(body, media="text/html; charset=UTF-8", more=more)))
    came = item.came
    assert item.place == "a.warc#<urn:uuid:1>"
    assert (item.content, item.media, item.encoding) == (body, "text/html; charset=utf-8", "gzip")
    assert came is not None
    assert (came.way, came.record, came.url, came.final, came.at) == (
        "archive",
        "<urn:uuid:1>",
        "https://r.example/1",
        "https://r.example/1",
        "2024-05-06T08:00:00Z",
    )
    assert came.digest == hashlib.sha256(body).hexdigest()
    assert {(clue.field, clue.value, clue.place) for clue in item.clues} == {
        ("url", "https://r.example/1", "archive"),
        ("modified", "2024-05-06T06:00:00+00:00", "http"),
    }


@pytest.mark.parametrize(
    ("chunked", "whole"),
    [
        (b"3\r\n<p>\r\n2;x=y\r\nhi\r\n0\r\n\r\n", b"<p>hi"),
        (b"40\r\n<p>cut off", b"<p>cut off"),
        (b"<p>put together by the crawler", b"<p>put together by the crawler"),
    ],
    ids=["chunks", "cut", "none"],
)
def test_chunks_are_put_together(chunked: bytes, whole: bytes) -> None:
    """A chunked body comes in one piece, as far as it goes, and one that only says to be chunked as it is."""
    items, problems = spread(a_record(an_answer(chunked, more="Transfer-Encoding: chunked\r\n")))
    assert (bodies(items), problems) == ([whole], [])


SKIPPED = {
    "request": a_record(b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
    "metadata": a_record(b"outlinks: 3", kind="metadata", media="application/warc-fields"),
    "information": a_record(b"software: x", kind="warcinfo", media="application/warc-fields"),
    "revisit": a_record(an_answer(b""), kind="revisit"),
    "name": a_record(b"20240506 r.example. 1.2.3.4", media="text/dns", url="dns:r.example"),
    "missing": a_record(an_answer(status="404 Not Found")),
    "moved": a_record(an_answer(status="301 Moved", more="Location: /2\r\n")),
    "picture": a_record(an_answer(b"\xff\xd8", media="image/jpeg")),
    "style": a_record(an_answer(b"p {}", media="text/css")),
    "script": a_record(an_answer(b"x()", media="application/javascript")),
    "font": a_record(an_answer(b"wOFF", media="font/woff2")),
    "film": a_record(an_answer(b"...", media="video/mp4")),
    "rules": a_record(an_answer(b"User-agent: *", media="text/plain"), url="https://r.example/robots.txt"),
    "untold": a_record(an_answer(b"\x89PNG", media="")),
    "file": a_record(b"p {}", kind="resource", media="text/css"),
}


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_no_page_is_passed_over(name: str) -> None:
    """Requests, notes of the crawler, repeats, errors, redirects, pictures, styles and robots.txt are neither items nor problems."""
    items, problems = spread(SKIPPED[name] + ONE)
    assert (bodies(items), problems) == ([b"<p>1"], [])


@pytest.mark.parametrize("media", ["application/pdf", "application/rss+xml", "text/plain", "application/xhtml+xml", ""])
def test_what_can_be_read_comes_with_its_type(media: str) -> None:
    """Pages, texts, feeds and PDFs are items, and so is a page without a type that begins like one."""
    ((item,), _) = spread(a_record(an_answer(b"<p>1", media=media)))
    assert item.media == media


def test_a_page_kept_as_a_file_is_read() -> None:
    """A resource record with HTML is a page."""
    ((item,), _) = spread(a_record(b"<p>1", kind="resource", media="text/html", url="file:///tmp/1.html"))
    assert (item.content, item.clues) == (b"<p>1", ())


# ── what is broken ───────────────────────────────────────────────────────────────────────────────────────────────────────


def damaged(content: bytes) -> bytes:
    """Return bytes with the middle turned over."""
    middle = len(content) // 2
    return content[:middle] + bytes(255 - byte for byte in content[middle : middle + 8]) + content[middle + 8 :]


BROKEN = {
    "bits that fell over": (packed([ONE]) + damaged(packed([TWO])) + packed([THREE]), [b"<p>1", b"<p>3"], 1),
    "two of them": (packed([ONE]) + damaged(packed([TWO])) * 2 + packed([THREE]), [b"<p>1", b"<p>3"], 2),
    "rubbish between records": (ONE + b"rubbish\r\n\r\n" + THREE, [b"<p>1", b"<p>3"], 1),
    "cut at the end": ((ONE + TWO)[:-8], [b"<p>1"], 1),
    "cut in the head": (ONE + TWO[:60], [b"<p>1"], 1),
    "packed and cut": (packed([ONE, TWO])[:-40], [b"<p>1"], 1),
    "says to be longer": (a_record(an_answer(b"<p>1"), length=9999) + TWO, [b"<p>2"], 1),
    "does not say how long": (a_record(an_answer(b"<p>1"), length="long") + TWO, [b"<p>2"], 1),
    "a negative length": (a_record(an_answer(b"<p>1"), length=-1) + TWO, [b"<p>2"], 1),
    "no answer in it": (a_record(b"<p>1") + TWO, [b"<p>2"], 1),
    "nothing in it": (b"", [], 1),
    "no archive": (b"rubbish" * 99, [], 1),
    "a length beyond numbers": (a_record(an_answer(b"<p>1"), length=10**30) + TWO, [b"<p>2"], 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_behind_a_broken_record_reading_goes_on(name: str) -> None:
    """A broken record is one problem, what stands before it is kept, and what follows it is read."""
    content, kept, count = BROKEN[name]
    items, problems = spread(content)
    assert bodies(items) == kept
    assert [problem.code for problem in problems] == ["HW210"] * count


def test_a_page_that_was_cut_when_it_was_captured_says_so() -> None:
    """What a crawler kept of a page is read, and that it is not all is told."""
    items, (problem,) = spread(a_record(an_answer(b"<p>1"), more="WARC-Truncated: length\r\n"))
    assert (bodies(items), problem.code) == ([b"<p>1"], "HW215")


def test_a_record_that_is_too_large_is_told_and_passed_over() -> None:
    """More than 20 MB in one page is a problem; the next record is read."""
    items, (problem,) = spread(packed([a_record(an_answer(b" " * 20_000_001)), TWO]))
    assert (bodies(items), problem.code) == ([b"<p>2"], "HW206")


def test_an_archive_that_unpacks_beyond_measure_is_left() -> None:
    """Gigabytes of nothing in a few bytes are not waited for: the archive is a problem as soon as that shows."""
    items, problems = spread(packed([ONE, *[a_record(an_answer(bytes(30_000_000), media="video/mp4"))] * 6, TWO]))
    assert bodies(items) == [b"<p>1"]
    assert [problem.code for problem in problems] == ["HW206"]


def test_broken_places_beyond_number_end_an_archive() -> None:
    """An archive of nothing but broken records ends after a hundred of them."""
    items, problems = spread(damaged(packed([ONE])) * 300)
    assert (items, len(problems)) == ([], archives.MOST_BREAKS + 1)


# ── WACZ ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["../out.warc.gz", "/etc/out.warc", "archive/../../out.warc", "C:\\out.warc", "..\\out.warc"]
)
def test_a_name_that_leads_out_of_its_archive_is_a_problem(name: str) -> None:
    """Members with absolute names or `..` are not opened; the others are read."""
    items, (problem,) = spread(a_wacz(ONE, TWO, names=[name, "archive/2.warc"]))
    assert (bodies(items), problem.code) == ([b"<p>2"], "HW210")


def test_an_encrypted_member_is_a_problem() -> None:
    """A member with a password is told, and needs none of ours."""
    content = bytearray(a_wacz(ONE, names=["archive/1.warc"]))
    content[content.rindex(b"PK\x01\x02", 0, content.rindex(b"archive/1.warc")) + 8] |= 1
    _, (problem,) = spread(bytes(content))
    assert problem.message == "is encrypted"


def test_a_member_that_unpacks_beyond_measure_is_a_problem() -> None:
    """A member of 200 MB from 200 KB is not opened."""
    content = a_zip({"archive/1.warc": bytes(200_000_000)})
    _, (problem,) = spread(content)
    assert problem.code == "HW206"


def test_a_zip_without_archives_is_a_problem() -> None:
    """A zip file that holds no WARC, and one that is cut, is each a problem."""
    for content in (a_zip({"a.txt": b"a"}), a_wacz(ONE)[:-9]):
        _, (problem,) = spread(content)
        assert problem.code == "HW210"


def test_a_damaged_member_keeps_what_came_before() -> None:
    """Bits that fell over inside a packed member end it; the records before them are read and the next member too."""
    filler = [a_record(an_answer(bytes(range(256)) * 2_000, media="image/png")) for _ in range(3)]
    content = a_zip({"archive/1.warc": ONE + b"".join(filler) + TWO, "archive/2.warc": THREE})
    archive = zipfile.ZipFile(io.BytesIO(content))
    end = archive.getinfo("archive/2.warc").header_offset - 40
    items, problems = spread(content[:end] + b"\xff" * 16 + content[end + 16 :])
    assert bodies(items)[0] == b"<p>1"
    assert bodies(items)[-1] == b"<p>3"
    assert {problem.code for problem in problems} == {"HW210"}
