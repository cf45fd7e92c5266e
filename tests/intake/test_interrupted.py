"""`kill -9` while a web archive is read and while feeds are watched: nothing read is lost, nothing is read twice.

`HEADWATER_KILLS` says how often each is killed, `HEADWATER_KILL_REPORTS` how many reports the archive holds; the suite is content with less.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import a_record, an_answer, packed
from misbehaving import Answering, Asked, Server, serving, whole

from headwater.records import Candidate, Capture, Problem, Report
from piles import a_case

KILLS = int(os.environ.get("HEADWATER_KILLS", "3"))
REPORTS = int(os.environ.get("HEADWATER_KILL_REPORTS", "150"))
ENTRIES_A_LOOK = 2
LONGEST = 20.0  # seconds that a reading is left alone


def a_page(number: int) -> bytes:
    """Return an invented page, another one for each number."""
    return (
        f"<html><head><title>Blast {number} in Osrin</title></head><body><article><h1>Blast {number} in Osrin</h1><p>Police said {number + 2}"
        f" people were killed in a blast in street {number} of Osrin on Monday.</p><p>The market was closed for the day, and the wounded were"
        " brought to the central hospital, a doctor there told the paper.</p></article></body></html>"
    ).encode()


def headwater(*words: str) -> subprocess.Popen[bytes]:
    """Start the command line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "headwater", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed_after(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process, and only it, after a time; tell whether it had not ended by then."""
    with child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            return True
    return False


def ends(child: subprocess.Popen[bytes]) -> None:
    """Wait for a process that is to end well."""
    with child:
        assert child.wait(600) == 0


def seen_in(path: Path) -> set[str]:
    """Return the ids of the reports in a case that must be sound; it may not have been made yet."""
    if not path.exists():
        return set()
    with a_case(path) as case:
        assert case.verify().faults == ()
        reports = set(case.store.ids(Report))
        for record in (Candidate, Capture):
            assert {each.report for each in case.store.all(record)} == reports  # each came with what belongs to it
        return reports


def test_an_archive_that_is_killed_again_and_again_is_read_once(tmp_path: Path) -> None:
    """After every kill all that was read is there; at the end each record of the archive is there, once."""
    pile, path = tmp_path / "pile.warc.gz", tmp_path / "x.headwater"
    pile.write_bytes(
        packed(a_record(an_answer(a_page(n)), url=f"https://r.example/{n}", number=n) for n in range(REPORTS))
    )
    chance, read, cut = random.Random(3), set[str](), 0
    for _ in range(KILLS):
        cut += killed_after(
            headwater("read", "--no-run", str(path), str(pile)), chance.uniform(0.6, min(2 + REPORTS / 60, LONGEST))
        )
        now = seen_in(path)
        assert read <= now
        read = now
    ends(headwater("read", "--no-run", str(path), str(pile)))
    with a_case(path) as case:
        records = Counter(each.record for each in case.store.all(Capture))
        assert case.store.count(Problem) == 0
    assert records == Counter({f"<urn:uuid:{n}>": 1 for n in range(REPORTS)})
    assert len(seen_in(path)) == REPORTS
    assert cut > 0


@pytest.fixture
def growing() -> Iterator[Server]:
    """A server whose feed has two entries more with each look, and a page for each."""

    def feed(asked: Asked) -> Iterator[bytes]:
        number = ENTRIES_A_LOOK * asked.number
        entries = "".join(
            f"<item><title>Blast {n} in Osrin</title><link>http://{server.place}/page/{n}</link><guid>urn:entry:{n}</guid></item>"
            for n in range(number)
        )
        content = f'<rss version="2.0"><channel><title>River Gazette</title>{entries}</channel></rss>'.encode()
        tag = f'ETag: "{number}"'
        yield from whole(content, "Connection: close", tag)(asked)

    def page(asked: Asked) -> Iterator[bytes]:
        yield from whole(a_page(int(asked.path.rsplit("/", 1)[1])), "Connection: close")(asked)

    answers: dict[str, Answering] = {"/feed": feed, "/page/*": page}
    with serving(answers) as server:
        yield server


def test_a_watch_that_is_killed_again_and_again_reads_each_entry_once(growing: Server, tmp_path: Path) -> None:
    """After every kill all that was read is there; the last watch makes up for the others, and no page is there twice."""
    path, feed = tmp_path / "x.headwater", f"http://{growing.place}/feed"
    words = ("watch", str(path), feed, "--follow", "--every", "1s", "--reach", growing.place)
    chance, read, cut = random.Random(5), set[str](), 0
    for _ in range(KILLS):
        cut += killed_after(headwater(*words), chance.uniform(0.8, 8.0))
        now = seen_in(path)
        assert read <= now
        read = now
    ends(headwater(*words, "--times", "1"))
    there = ENTRIES_A_LOOK * growing.paths.count("/feed")
    with a_case(path) as case:
        pages = Counter(each.url for each in case.store.all(Report))
        assert case.store.count(Problem) == 0
        assert case.verify().stale == ()
    assert pages == Counter({f"http://{growing.place}/page/{n}": 1 for n in range(there)})
    assert len(seen_in(path)) == there
    assert cut == KILLS


def test_a_killed_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    """The child processes of a reading that was killed end by themselves."""
    pile = tmp_path / "pile.warc.gz"
    pile.write_bytes(packed(a_record(an_answer(a_page(n)), number=n) for n in range(REPORTS)))
    child = headwater("read", "--no-run", str(tmp_path / "x.headwater"), str(pile))
    cells = _cells_of(child.pid)
    assert killed_after(child, 0.2)
    assert cells
    _wait_until(lambda: not any(map(_is_there, cells)))


def _cells_of(process: int) -> list[int]:
    """Wait until a process has children; return them."""
    found: list[int] = []

    def look() -> bool:
        found[:] = [
            int(each) for path in Path(f"/proc/{process}/task").glob("*/children") for each in path.read_text().split()
        ]
        return len(found) > 1

    _wait_until(look)
    return found


def _is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_until(condition: object, seconds: float = 30.0) -> None:
    """Look again and again whether something holds; it is to hold within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
