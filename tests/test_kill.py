"""`kill -9` at any moment: the case opens, it is sound, nothing read is lost, and running again ends where it would have ended.

`HEADWATER_KILLS` says how many moments are tried; `make test` tries three, `make test-all` nine.
"""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from headwater.records import Report
from mortal import ENDED
from piles import Row, a_case, desk, exported, wire, write_lines

CHAIN = 3  # kills that one case lives through before it may finish
CHAINS = int(os.environ.get("HEADWATER_KILLS", "9")) // CHAIN
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


def run_of(case: Path, pile: Path, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """Run the child until it ends or has used so many seconds of processor time; nothing that it started outlives it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(Path(__file__).with_name("reader.py")), str(seconds), str(case), str(pile)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True) as child:
        said, _ = child.communicate()
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, child.returncode, said)


@pytest.fixture(scope="module")
def undisturbed(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, bytes]]:
    """How much processor time an undisturbed child uses, and what its case exports."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = run_of(folder / "whole.headwater", pile, 0)
    assert done.returncode == 0
    with a_case(folder / "whole.headwater") as case:
        return float(done.stdout.split()[1]), exported(case, folder / "out")


def moments(used: float, number: int) -> list[float]:
    """The moments of one chain, spread over the work; the later ones meet work half done."""
    chance = random.Random(11 + number)
    return [chance.uniform(0.01, used) / (1 + place / 2) for place in range(CHAIN)]


@pytest.mark.parametrize("number", [0, *(pytest.param(number, marks=pytest.mark.long) for number in range(1, CHAINS))])
def test_a_killed_case_opens_is_sound_and_ends_the_same(
    number: int, pile: Path, undisturbed: tuple[float, dict[str, bytes]], tmp_path: Path
) -> None:
    """After every kill the case opens, has no faults and has lost no report; run again it exports the undisturbed bytes."""
    used, expected = undisturbed
    path, read, cut = tmp_path / "x.headwater", set[str](), 0
    for moment in moments(used, number):
        done = run_of(path, pile, moment)
        assert done.returncode in (0, ENDED)
        cut += done.returncode == ENDED
        with a_case(path) as case:
            assert case.verify().faults == ()
            now = set(case.store.ids(Report))
        assert read <= now
        read = now
    with a_case(path, pile) as case:
        found = exported(case, tmp_path / "out")
    assert [name for name in expected if found[name] != expected[name]] == []
    assert cut > 0
