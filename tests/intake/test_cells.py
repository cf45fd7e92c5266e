"""Cells: whatever is read in them, the process that asked goes on, and the item ends as rows or as one problem with a code."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from headwater import Settings
from headwater.errors import BrokenShape, TooLarge
from headwater.intake import cells
from headwater.intake.cells import Cell, frames, inside
from headwater.intake.codings import decoded
from headwater.intake.items import Came, Item
from headwater.intake.metadata import Clue
from headwater.records import Capture, Problem, Report
from waiting import HANGS

TEXT = "Two barges sank in the Tesk on Monday, police said. Nobody was hurt."
PAGE = f"<html><head><title>Barges sink</title></head><body><article><h1>Barges sink</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode()
SMALL = Settings(reader_seconds=8.0, reader_memory=400_000_000, largest_file=30_000_000, largest_report=1_000_000)


@pytest.fixture(scope="module")
def cell() -> Iterator[Cell]:
    """A cell with little time and memory; what ends it has a new one begun."""
    with Cell(SMALL) as opened:
        yield opened


@pytest.fixture(scope="module")
def patient() -> Iterator[Cell]:
    """A cell with little memory and all the time that a busy machine may need."""
    with Cell(replace(SMALL, reader_seconds=HANGS)) as opened:
        yield opened


def codes(cell: Cell, item: Item) -> list[str]:
    """Return what an item ends as: codes of problems, and `report`."""
    found = [each for each in cell.read(item) if isinstance(each, Report | Problem)]
    return [each.code if isinstance(each, Problem) else "report" for each in found]


def page(content: bytes, **more: str) -> Item:
    """Return an item that calls itself a page."""
    return Item("a.html", "a.html", content, **{"media": "text/html", **more})  # type: ignore[arg-type]


def table(content: bytes, media: str) -> Item:
    """Return an item of another media type."""
    return Item("a", "a", content, media=media)


LAUGHS = b"".join([
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">',
    *(b'<!ENTITY lol%d "%s">' % (n, b"&lol%s;" % (str(n - 1).encode() if n > 1 else b"") * 10) for n in range(1, 10)),
    b"]><rss version='2.0'><channel><title>&lol9;</title><item><title>&lol9;</title><description>&lol9;</description></item></channel></rss>",
])  # fmt: skip
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>t</title><item><link>https://r.example/1</link><description>root: &x; was read</description></item></channel></rss>'

HOSTILE: dict[str, Callable[[], Item]] = {
    "gzip bomb": lambda: page(gzip.compress(b"\0" * 100_000_000), encoding="gzip"),
    "gzip bomb in a gzip bomb": lambda: page(gzip.compress(gzip.compress(b"\0" * 100_000_000)), encoding="gzip, gzip"),
    "brotli bomb": lambda: page(brotli.compress(b"\0" * 100_000_000, quality=1), encoding="br"),
    "many codings": lambda: page(b"x", encoding=", ".join(["gzip"] * 50)),
    "unknown coding": lambda: page(b"x", encoding="rot13"),
    "damaged gzip": lambda: page(gzip.compress(PAGE)[:-8] + b"\0" * 8, encoding="gzip"),
    "damaged brotli": lambda: page(b"\xff" * 1000, encoding="br"),
    "a million elements deep": lambda: page(b"<div>" * 1_000_000 + TEXT.encode()),
    "deep inline elements": lambda: page(b"<html><body><article>" + b"<b><i>" * 100_000 + TEXT.encode()),
    "one attribute of 20 MB": lambda: page(b'<p class="' + b"x" * 20_000_000 + b'">' + TEXT.encode()),
    "a million attributes": lambda: page(b"<p " + b" ".join(b'a%d="1"' % n for n in range(1_000_000)) + b">" + TEXT.encode()),
    "NULs": lambda: page(b"\0" * 5_000_000),
    "one line of 25 MB": lambda: table(b"killed three people " * 1_250_000, "text/plain"),
    "a page of one line of 25 MB": lambda: page(b"<article><p>" + b"killed three people " * 1_250_000),
    "brackets of JSON": lambda: table(b"[" * 5_000_000, "application/json"),
    "a number of a million digits": lambda: table(b'{"text": ' + b"9" * 1_000_000 + b"}", "application/json"),
    "a table of a million columns": lambda: table(b"text," * 1_000_000 + b"\n" + b"x," * 1_000_000, "text/csv"),
    "billion laughs": lambda: table(LAUGHS, "application/rss+xml"),
    "noise for a PDF": lambda: table(b"%PDF-1.7\n" + bytes(range(256)) * 4_000, "application/pdf"),
    "noise for a Word document": lambda: table(b"PK\x03\x04" + b"word/" + bytes(range(256)) * 4_000, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "noise for an archive": lambda: table(b"WARC/1.0\r\n" + bytes(range(256)) * 4_000, "application/warc"),
    "a mail of endless parts": lambda: table(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 20_000, "message/rfc822"),
    "a picture": lambda: table(b"\x89PNG\r\n\x1a\n", "image/png"),
    "nothing": lambda: page(b""),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_bytes_end_as_rows_and_the_next_item_is_read(kind: str, cell: Cell) -> None:
    """Bytes made to harm become reports or coded problems, in bounded time and memory; the cell, or a new one, reads on."""
    assert all(code == "report" or code.startswith("HW2") for code in codes(cell, HOSTILE[kind]()))
    assert codes(cell, page(PAGE)) == ["report"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("gzip bomb", "HW206"),
        ("gzip bomb in a gzip bomb", "HW206"),
        ("brotli bomb", "HW206"),
        ("many codings", "HW210"),
        ("damaged gzip", "HW210"),
        ("one line of 25 MB", "HW206"),
        ("brackets of JSON", "HW203"),
        ("a picture", "HW202"),
        ("nothing", "HW204"),
    ],
)
def test_what_is_wrong_is_said(kind: str, code: str, patient: Cell) -> None:
    """The code of the problem says what it was."""
    assert codes(patient, HOSTILE[kind]()) == [code]


def test_a_file_of_this_machine_is_not_read_into_a_feed(patient: Cell) -> None:
    """An entity that names a file stays unread: nothing of the machine comes into a report."""
    found = list(patient.read(table(OUTSIDE, "application/rss+xml")))
    assert not any(b"root:x" in each.content or b"/bin/" in each.content for each in found if isinstance(each, Item))


READERS = {
    "memory": ("x = bytearray(10_000_000_000)", "HW207"),
    "memory, bit by bit": ("x = []\nwhile True: x.append(bytearray(1_000_000))", "HW207"),
    "time": ("while True: pass", "HW208"),
    "a crash": ("import ctypes; ctypes.string_at(0)", "HW209"),
    "a way out": ("import os; os._exit(0)", "HW209"),
    "an error of its own": ("raise KeyError('what a library raises')", "HW209"),
    "a connection": ("import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)", "HW209"),
    "another process": ("import subprocess; subprocess.run(['true'])", "HW209"),
    "a file to write": ("open('written', 'w').write('x')", "HW209"),
    "a file to remove": ("import os; os.remove('kept')", "HW209"),
    "noise on standard output": ("print('noise'); import os; os.write(1, b'noise')", "report"),
    "recursion": ("f = lambda: f()\nf()", "HW207"),
}


@pytest.mark.parametrize("kind", READERS)
def test_a_reader_gone_wrong_ends_one_item(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes memory or time without end, crashes, or reaches for the network, files or processes is stopped."""
    code, expected = READERS[kind]
    (tmp_path / "kept").write_text("kept")
    start = tmp_path / "start.py"
    start.write_text(
        "from headwater.intake import text\nfrom headwater.intake.cells import inside\nkept = text.read\n"
        f"def read(item):\n    if item.name == 'bad':\n        exec({code!r}, {{}})\n    yield from kept(item)\n"
        "text.read = read\ninside.main()\n"
    )
    monkeypatch.setattr(cells, "START", [cells.START[0], str(start)])
    monkeypatch.chdir(tmp_path)
    bad, good = (
        Item("bad", "bad", TEXT.encode(), media="text/plain"),
        Item("good", "good", TEXT.encode(), media="text/plain"),
    )
    seconds = 3.0 if kind == "time" else HANGS
    with Cell(Settings(reader_seconds=seconds, reader_memory=300_000_000)) as cell:
        assert codes(cell, good) == ["report"]
        assert codes(cell, bad) == [expected]
        assert codes(cell, good) == ["report"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "start.py"]


def test_what_is_sent_into_a_cell_comes_out_of_it(patient: Cell) -> None:
    """How an item came and what was told of it stand in the rows that come out."""
    came = Came(
        way="archive",
        digest="d",
        url="https://r.example/1",
        hops=("301 https://r.example/1",),
        record="<urn:uuid:1>",
        at="2024-05-06T08:00:00Z",
    )
    clues = (Clue("published", "2024-05-06", "feed"),)
    found = list(patient.read(Item("r-1", "pile.warc#1", PAGE, "text/html", clues, came)))
    report = next(each for each in found if isinstance(each, Report))
    capture = next(each for each in found if isinstance(each, Capture))
    assert (report.name, report.published, capture.report) == ("r-1", "2024-05-06", report.id)
    assert (capture.record, capture.hops, capture.captured) == (
        "<urn:uuid:1>",
        ["301 https://r.example/1"],
        "2024-05-06T08:00:00Z",
    )


def test_a_frame_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    """Items go through the pipe unchanged, whatever their bytes and names."""
    item = Item(
        "näme\n",
        "pl\u202eace",
        b"\0\n{}",
        "text/html",
        (Clue("title", "“x”\ud800", "meta"),),
        Came(way="mail", digest="d"),
        "br",
    )
    with (tmp_path / "frames").open("w+b") as file:
        frames.write(file, frames.of_item(item))
        file.seek(0)
        assert frames.to_item(frames.read(file)) == item


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]\n", b'{"kind": "row"}\n', b'{"kind": "row", "size": 5}\nabc', b"[" * 100_000 + b"\n"]
)
def test_what_is_no_frame_is_refused(sent: bytes, tmp_path: Path) -> None:
    """A child that sends anything else than frames is found out."""
    (tmp_path / "frames").write_bytes(sent)
    with (tmp_path / "frames").open("rb") as file, pytest.raises(frames.BrokenFrame):
        frames.read(file)


def test_rows_of_other_tables_are_refused() -> None:
    """A child can send rows of the tables that readers write, with their columns, and nothing else."""
    for fields in ({"table": "corrections", "row": {}}, {"table": "reports", "row": {"id": "r-1"}}, {}):
        with pytest.raises(frames.BrokenFrame):
            frames.to_row(frames.Frame("row", fields))


BARE = zlib.compressobj(wbits=-15)
CODED = {
    "gzip": (gzip.compress(PAGE), "gzip"),
    "two members": (gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]), "x-gzip"),
    "brotli": (brotli.compress(PAGE), "br"),
    "deflate": (zlib.compress(PAGE), "deflate"),
    "bare deflate": (BARE.compress(PAGE) + BARE.flush(), "deflate"),
    "one upon another": (brotli.compress(gzip.compress(PAGE)), "gzip, br"),
    "none": (PAGE, "identity"),
    "untold": (PAGE, ""),
}


@pytest.mark.parametrize("kind", CODED)
def test_content_codings_are_taken_off(kind: str) -> None:
    """Every coding that servers use gives the bytes back; one byte more than the limit is too many."""
    content, encoding = CODED[kind]
    assert decoded(content, encoding, place="a", limit=len(PAGE)) == PAGE
    with pytest.raises((TooLarge, BrokenShape)) if encoding not in ("", "identity") else pytest.raises(TooLarge):
        decoded(content, encoding or "identity", place="a", limit=len(PAGE) - 1)


def test_a_file_called_like_a_module_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of downloads may hold a `json.py`: it is not taken for Python's own when pages are read from there."""
    for name in ("json.py", "headwater.py", "trafilatura.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    monkeypatch.chdir(tmp_path)
    with Cell(replace(SMALL, reader_seconds=HANGS)) as fresh:
        assert codes(fresh, page(PAGE)) == ["report"]
    assert not (tmp_path / "ran").exists()


def test_what_one_item_left_in_a_process_does_not_cost_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item that dies of what stood before it in its process is read again in a new one."""
    start = tmp_path / "start.py"
    start.write_text(
        "import os\nfrom headwater.intake import text\nfrom headwater.intake.cells import inside\nkept, seen = text.read, []\n"
        "def read(item):\n    if seen:\n        os._exit(1)\n    seen.append(item)\n    yield from kept(item)\n"
        "text.read = read\ninside.main()\n"
    )
    monkeypatch.setattr(cells, "START", [cells.START[0], str(start)])
    with Cell(replace(SMALL, reader_seconds=HANGS)) as cell:
        assert [codes(cell, table(TEXT.encode(), "text/plain")) for _ in range(3)] == [["report"]] * 3


def test_who_passes_through_a_file_gives_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time that an item may take is that between two signs of life: each read of a long file may give one, with its place."""
    path, answers, now, renewed = tmp_path / "films.warc", io.BytesIO(), [0.0], []
    path.write_bytes(b"x" * 50_000)
    monkeypatch.setattr(inside.time, "monotonic", lambda: now[0])
    limits = inside.Limits(seconds=1.0, memory=0, unpacked=0, characters=0)
    monkeypatch.setattr(limits, "renew", lambda: renewed.append(now[0]))
    with io.BufferedReader(inside.Passing(str(path), inside.Beat(answers, limits)), 10_000) as file:
        for _ in range(5):
            now[0] += 0.15
            file.read(10_000)
    answers.seek(0)
    told = [frames.read(answers) for _ in renewed]
    assert [(each.kind, each.fields["position"]) for each in told] == [("alive", 10_000), ("alive", 30_000)]
    assert answers.read() == b""
