"""Two processes at one case, and a disk that is full: said in one line, and nothing that was read is lost."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headwater.errors import BusyCase, DiskFull
from headwater.records import Report
from headwater.store import Progress
from piles import a_case, write_lines

TEXT = "Two barges sank in the Tesk on Monday, police said. Nobody was hurt."


def a_pile(folder: Path, count: int, *, length: int = 1) -> Path:
    """Write so many reports, each so many times a text long."""
    return write_lines(folder / "pile.jsonl", [{"id": f"r{n}", "text": f"{n}. " + TEXT * length} for n in range(count)])


def noted(process: int, *, ago: timedelta = timedelta(0)) -> Progress:
    """Return what a process that reads into a case notes there."""
    return Progress(process, "spans", 3, 9, (datetime.now(UTC) - ago).isoformat(timespec="seconds"))


def test_a_case_that_another_process_works_on_is_left_alone(tmp_path: Path) -> None:
    """While another process reads or runs, reading, running and correcting are refused, and looking is not."""
    with (
        a_case(tmp_path / "x.headwater", a_pile(tmp_path, 2)) as case,
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other,
    ):
        case.store.note_progress(noted(other.pid))
        for refused in (lambda: case.read(a_pile(tmp_path, 3)), case.run, lambda: case.run(first="claims")):
            with pytest.raises(BusyCase, match="another process"):
                refused()
        assert case.brief().reports == 2
        assert case.verify().faults == ()
        other.kill()
        other.wait()
        assert case.read(a_pile(tmp_path, 3)).new == 1


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(hours=1)])
def test_a_process_that_was_killed_does_not_keep_others_out(ago: timedelta, tmp_path: Path) -> None:
    """What a process left behind that is gone, or silent for an hour, is no reason to wait."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with a_case(tmp_path / "x.headwater") as case:
        case.store.note_progress(noted(gone.pid if not ago else 1, ago=ago))
        assert case.read(a_pile(tmp_path, 2)).new == 2
        assert case.store.progress() == []


def test_a_process_that_ended_and_was_not_taken_note_of_is_gone(tmp_path: Path) -> None:
    """A dead process that its parent has not waited for does not keep others out either."""
    child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert child.stdout
    with child, a_case(tmp_path / "x.headwater") as case:
        child.stdout.read()  # ends when the process does
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        case.store.note_progress(noted(child.pid))
        assert case.read(a_pile(tmp_path, 2)).new == 2


def test_the_same_process_may_read_again(tmp_path: Path) -> None:
    """A read that failed, or one inside another, does not shut its own process out."""
    with a_case(tmp_path / "x.headwater") as case:
        case.store.note_progress(noted(os.getpid()))
        assert case.read(a_pile(tmp_path, 2)).new == 2


def test_a_full_disk_ends_a_reading_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own word that there is no room becomes an error with a code; what was committed stays, and reading goes on later."""
    pile = a_pile(tmp_path, 300, length=60)
    with a_case(tmp_path / "x.headwater") as case:
        case.read(a_pile(tmp_path, 5), run=False)
        pages = case.store.select("PRAGMA page_count")[0]["page_count"]
        case.store.select(f"PRAGMA max_page_count = {pages + 20}")
        pile = a_pile(tmp_path, 300, length=60)
        with pytest.raises(DiskFull, match="HW106"):
            case.read(pile, run=False)
        assert case.store.count(Report) == 5
        assert case.verify().faults == ()
        case.store.select("PRAGMA max_page_count = 1000000")
        assert case.read(pile, run=False).new == 300


def test_another_fault_of_the_file_is_not_called_a_full_disk(tmp_path: Path) -> None:
    """Only what SQLite calls full is."""
    with a_case(tmp_path / "x.headwater") as case, pytest.raises(sqlite3.OperationalError), case.store.transaction():
        case.store.change("INSERT INTO no_such_table VALUES (1)")
