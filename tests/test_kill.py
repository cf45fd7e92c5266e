"""`kill -9` at any moment: the case opens, it is sound, nothing read is lost, and running again ends where it would have ended.

`HEADWATER_KILLS` says how many moments are tried; the suite tries six.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater.records import Report
from piles import Row, a_case, desk, exported, wire, write_lines

KILLS = int(os.environ.get("HEADWATER_KILLS", "6"))
CHAIN = 3  # kills that one case lives through before it may finish
PLACES = ("Tal Ghurin", "Port Osrin", "Selmet", "Korva", "Dassar", "Osrin", "Tesk")
SYLLABLES = ("bar", "lo", "men", "tir", "vas", "ku", "dor", "el", "ish", "ran")


def varied(count: int, seed: int) -> list[Row]:
    """Return reports made from the newsroom's: other outlets, other places, other numbers; the same for one seed."""
    chance, rows = (
        random.Random(seed),
        [{**row, "outlet": row.get("source") or row["outlet"]} for row in desk()] + wire(),
    )
    made = []
    for number in range(count):
        row = {key: value for key, value in rows[number % len(rows)].items() if key not in {"source", "body"}}
        text = rows[number % len(rows)].get("text") or rows[number % len(rows)]["body"]
        if number >= len(rows):
            for place in PLACES:
                text = text.replace(place, "".join(chance.choices(SYLLABLES, k=3)).title())
            text = text.replace("nine", chance.choice(["eight", "twelve", "thirty"])).replace(
                "23", str(chance.randint(5, 90))
            )
            row["outlet"] = "".join(chance.choices(SYLLABLES, k=3)).title() + " Post"
        made.append({**row, "id": f"{row['id']}-{number}", "text": text})
    return made


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sixty reports in four files."""
    folder = tmp_path_factory.mktemp("kill") / "pile"
    folder.mkdir()
    rows = varied(60, seed=7)
    for number in range(4):
        write_lines(folder / f"part{number}.jsonl", rows[number::4])
    return folder


def begin(case: Path, pile: Path) -> subprocess.Popen[bytes]:
    """Start the child and wait until it has begun to work."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    script = str(Path(__file__).with_name("reader.py"))
    child = subprocess.Popen(
        [sys.executable, script, str(case), str(pile)], env=environment, stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"begins\n"
    return child


@pytest.fixture(scope="module")
def undisturbed(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, bytes]]:
    """How long an undisturbed child works, and what its case exports."""
    folder = tmp_path_factory.mktemp("undisturbed")
    child = begin(folder / "whole.headwater", pile)
    started = time.monotonic()
    with child:
        assert child.wait() == 0
    took = time.monotonic() - started
    with a_case(folder / "whole.headwater") as case:
        return took, exported(case, folder / "out")


def moments(took: float) -> Iterator[tuple[int, list[float]]]:
    """Chains of moments, spread over the time that the work takes; the later ones of a chain meet work half done."""
    chance = random.Random(11)
    for number in range(0, KILLS, CHAIN):
        yield (
            number // CHAIN,
            [chance.uniform(0, took) / (1 + place / 2) for place in range(min(CHAIN, KILLS - number))],
        )


def test_a_killed_case_opens_is_sound_and_ends_the_same(
    pile: Path, undisturbed: tuple[float, dict[str, bytes]], tmp_path: Path
) -> None:
    """After every kill the case opens, has no faults and has lost no report; run again it exports the undisturbed bytes."""
    took, expected = undisturbed
    faults, lost, different = [], [], []
    for number, chain in moments(took):
        path, read = tmp_path / f"{number}.headwater", set[str]()
        for moment in chain:
            _kill_after(begin(path, pile), moment)
            with a_case(path) as case:
                faults.extend(case.verify().faults)
                lost.extend(read - set(case.store.ids(Report)))
                read = set(case.store.ids(Report))
        with a_case(path, pile) as case:
            found = exported(case, tmp_path / str(number))
        different.extend(f"{number} {name}" for name in expected if found[name] != expected[name])
    assert (faults, lost, different) == ([], [], [])


def _kill_after(child: subprocess.Popen[bytes], moment: float) -> None:
    """Kill a child and all that it started, unless it ends before the moment."""
    with child:
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
