"""`kill -9` while a web archive is read and while feeds are watched: nothing read is lost, nothing is read twice.

`HEADWATER_KILLS` says how often each is killed, `HEADWATER_KILL_REPORTS` how many reports the archive holds; the suite is content with less.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from making import a_record, an_answer, packed
from misbehaving import Answering, Asked, Server, serving, whole

from headwater.records import Candidate, Capture, Problem, Report
from mortal import ENDED
from piles import a_case
from waiting import HANGS, until

KILLS = int(os.environ.get("HEADWATER_KILLS", "3"))
REPORTS = int(os.environ.get("HEADWATER_KILL_REPORTS", "150"))
ENTRIES_A_LOOK = 2


def a_page(number: int) -> bytes:
    """Return an invented page, another one for each number."""
    return (
        f"<html><head><title>Blast {number} in Osrin</title></head><body><article><h1>Blast {number} in Osrin</h1><p>Police said {number + 2}"
        f" people were killed in a blast in street {number} of Osrin on Monday.</p><p>The market was closed for the day, and the wounded were"
        " brought to the central hospital, a doctor there told the paper.</p></article></body></html>"
    ).encode()


def environment() -> dict[str, str]:
    """Return what a child process is told."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def headwater(*words: str) -> subprocess.Popen[bytes]:
    """Start the command line."""
    command = [sys.executable, "-m", "headwater", *words]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def mortal(seconds: float, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line until it ends or has used so many seconds of processor time for its work; 0 lets it end."""
    command = [sys.executable, str(Path(__file__).parents[1] / "mortal.py"), str(seconds), *words]
    return subprocess.run(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )


def killed(child: subprocess.Popen[bytes]) -> None:
    """Kill a process, and only it; it must not have ended by itself."""
    with child:
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL


def ends(child: subprocess.Popen[bytes]) -> None:
    """Wait for a process that is to end well."""
    with child:
        assert child.wait() == 0


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


@pytest.mark.long
def test_an_archive_that_is_killed_again_and_again_is_read_once(tmp_path: Path) -> None:
    """After every kill all that was read is there; at the end each record of the archive is there, once."""
    pile, path = tmp_path / "pile.warc.gz", tmp_path / "x.headwater"
    pile.write_bytes(
        packed(a_record(an_answer(a_page(n)), url=f"https://r.example/{n}", number=n) for n in range(REPORTS))
    )
    words = ("read", "--no-run", str(path), str(pile))
    whole_ = mortal(0, "read", "--no-run", str(tmp_path / "whole.headwater"), str(pile))
    used = float(whole_.stdout.split()[-1])
    chance, read, cut = random.Random(3), set[str](), 0
    for _ in range(KILLS):
        cut += mortal(chance.uniform(0.01, used), *words).returncode == ENDED
        now = seen_in(path)
        assert read <= now
        read = now
    ends(headwater(*words))
    with a_case(path) as case:
        records = Counter(each.record for each in case.store.all(Capture))
        assert case.store.count(Problem) == 0
    assert records == Counter({f"<urn:uuid:{n}>": 1 for n in range(REPORTS)})
    assert len(seen_in(path)) == REPORTS
    assert cut > 0


@dataclass(frozen=True)
class Growing:
    """A server whose feed has two entries more with each look, and a page for each; `pages` counts up with each page that it is asked for."""

    server: Server
    pages: threading.Semaphore


@pytest.fixture
def growing() -> Iterator[Growing]:
    """A growing server."""
    pages = threading.Semaphore(0)

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
        pages.release()
        yield from whole(a_page(int(asked.path.rsplit("/", 1)[1])), "Connection: close")(asked)

    answers: dict[str, Answering] = {"/feed": feed, "/page/*": page}
    with serving(answers) as server:
        yield Growing(server, pages)


@pytest.mark.long
def test_a_watch_that_is_killed_again_and_again_reads_each_entry_once(growing: Growing, tmp_path: Path) -> None:
    """After every kill all that was read is there; the last watch makes up for the others, and no page is there twice."""
    server = growing.server
    path, feed = tmp_path / "x.headwater", f"http://{server.place}/feed"
    words = ("watch", str(path), feed, "--follow", "--every", "1s", "--reach", server.place)
    chance, read = random.Random(5), set[str]()
    for _ in range(KILLS):
        child = headwater(*words)
        for _ in range(chance.randint(1, 6)):
            assert growing.pages.acquire(timeout=HANGS)
        killed(child)
        now = seen_in(path)
        assert read <= now
        read = now
    ends(headwater(*words, "--times", "1"))
    there = ENTRIES_A_LOOK * server.paths.count("/feed")
    with a_case(path) as case:
        pages = Counter(each.url for each in case.store.all(Report))
        assert case.store.count(Problem) == 0
        assert case.verify().stale == ()
    assert pages == Counter({f"http://{server.place}/page/{n}": 1 for n in range(there)})
    assert len(seen_in(path)) == there


def test_a_killed_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    """The child processes of a reading that was killed end by themselves."""
    pile = tmp_path / "pile.warc.gz"
    pile.write_bytes(packed(a_record(an_answer(a_page(n)), number=n) for n in range(10 * REPORTS)))
    child = headwater("read", "--no-run", str(tmp_path / "x.headwater"), str(pile))
    until(lambda: len(_children_of(child.pid)) > 1, "the processes of a reading")
    cells = _children_of(child.pid)
    killed(child)
    until(lambda: not any(map(_is_there, cells)), "the end of the processes of a reading that was killed")


def _children_of(process: int) -> list[int]:
    return [int(each) for path in Path(f"/proc/{process}/task").glob("*/children") for each in path.read_text().split()]


def _is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
