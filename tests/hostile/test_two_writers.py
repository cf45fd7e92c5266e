"""Corrections from several processes at once: none is lost, each can be taken back, and then the case is as it was.

`HEADWATER_CORRECTIONS` says how many are made by four processes together; the suite makes 48, `bench/corrections.py` a thousand.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from headwater import Case, corrections
from headwater.errors import BusyCase
from headwater.records import Correction, Statement
from headwater.store import Store
from piles import a_case, exported

PROCESSES = 4
CORRECTIONS = int(os.environ.get("HEADWATER_CORRECTIONS", "48"))


def a_speaker(case: Case) -> str:
    """Return the first speaker of a case by alphabet."""
    return min(each.speaker for each in case.store.all(Statement) if each.speaker)


def corrected_at_once(path: Path, speaker: str, count: int) -> None:
    """Let several processes correct one case, all beginning when all are ready."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    script = str(Path(__file__).with_name("correcting.py"))
    with ExitStack() as stack:
        children = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, script, str(path), speaker, f"p{number}", str(count // PROCESSES)],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for number in range(PROCESSES)
        ]
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.close()
        assert [child.wait() for child in children] == [0] * PROCESSES


def test_corrections_from_four_processes_are_all_kept_and_all_undone(
    copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """Every correction is there, each with a number of its own; taken back one by one, the exports are the bytes of before."""
    path = copy_of_newsroom()
    with a_case(path) as case:
        before, speaker = exported(case, tmp_path / "before"), a_speaker(case)
    corrected_at_once(path, speaker, CORRECTIONS)
    with a_case(path) as case:
        kept = case.corrections()
        assert {each.into for each in kept} == {
            f"p{process} {number}" for process in range(PROCESSES) for number in range(CORRECTIONS // PROCESSES)
        }
        assert sorted(each.number for each in kept) == list(range(1, len(kept) + 1))
        case.run()
        for each in kept:
            corrections.undo(case.store, each.id)
        assert case.corrections() == []
        case.run()
        assert exported(case, tmp_path / "after") == before


def test_two_tabs_lose_nothing(copy_of_newsroom: Callable[[], Path]) -> None:
    """Of two connections that both looked before either wrote, both corrections are kept; a correction said again is kept once."""
    path = copy_of_newsroom()
    with a_case(path) as one, a_case(path) as two:
        speaker = a_speaker(one)
        assert (one.corrections(), two.corrections()) == ([], [])
        corrections.correct(one.store, "rename", speaker, "A")
        corrections.correct(two.store, "rename", speaker, "B")
        corrections.correct(one.store, "rename", speaker, "A")
        assert [(each.into, each.number) for each in two.corrections()] == [("B", 2), ("A", 3)]


def test_who_waits_too_long_is_told_so(copy_of_newsroom: Callable[[], Path]) -> None:
    """While somebody else writes and does not end, a correction ends with a code, and nothing of it is kept."""
    path = copy_of_newsroom()
    with Store(path, create=False) as one, Store(path, create=False) as two:
        two.select("PRAGMA busy_timeout = 50")
        with one.transaction(), pytest.raises(BusyCase, match="HW105"):
            two.transaction().__enter__()
        assert two.all(Correction) == []
