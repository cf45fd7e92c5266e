"""A thousand corrections of one case from four processes at once: none may be lost, each can be undone, and then the exports are as before.

    python bench/corrections.py [--corrections 1000] [--processes 4] [--worked-in 12]

Reads the newsroom into a case of its own. The last number is how many are made with everything that rests on them worked out at once, as
commands and pages do; those of one process wait for those of another.
"""

import argparse
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import headwater
from headwater import Case, Settings, corrections
from headwater.errors import BusyCase
from headwater.records import Statement

REPORTS = Path(__file__).parents[1] / "tests" / "newsroom" / "reports"


def inside(path: Path, name: str, count: int, *, worked_in: bool) -> None:
    """Make corrections, when told to begin; this is one of the processes."""
    with headwater.open(path, create=False, settings=Settings(workers=1)) as case:
        speaker = a_speaker(case)
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(count):
            if worked_in:
                with suppress(BusyCase):  # it is kept, and worked in by whoever comes next
                    case.rename(speaker, f"{name} {number}", author=name)
            else:
                corrections.correct(
                    case.store, "rename", speaker, f"{name} {number}", signed=corrections.Signed(author=name)
                )


def a_speaker(case: Case) -> str:
    """Return the first speaker of a case by alphabet."""
    return min(each.speaker for each in case.store.all(Statement) if each.speaker)


def at_once(path: Path, count: int, processes: int, *, worked_in: bool) -> float:
    """Let processes correct one case; return the seconds from the word to begin to the end of the last."""
    with ExitStack() as stack:
        children = []
        for number in range(processes):
            name = f"{'worked in' if worked_in else 'kept'} {number}"
            command = [
                sys.executable,
                __file__,
                "--inside",
                str(path),
                "--name",
                name,
                "--corrections",
                str(count // processes),
            ]
            command += ["--worked-in", "1" if worked_in else "0"]
            children.append(
                stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            )
        for child in children:
            assert child.stdout is not None
            if child.stdout.readline() != "ready\n":
                raise SystemExit("a process did not begin")
        began = time.monotonic()
        for child in children:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.close()
        if [child.wait() for child in children] != [0] * processes:
            raise SystemExit("a process did not end well")
        return time.monotonic() - began


def exported(case: Case, folder: Path) -> dict[str, bytes]:
    """Return what a case exports, by name of the file."""
    return {path.name: path.read_bytes() for path in case.export(folder)}


def main() -> None:
    """Make them, count them, undo them, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corrections", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--worked-in", type=int, default=12)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--name", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside, given.name, given.corrections, worked_in=bool(given.worked_in))
        return
    with TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "x.headwater"
        with headwater.open(path, settings=Settings(workers=1)) as case:
            case.read(REPORTS)
            before = exported(case, folder / "before")
        took = at_once(path, given.corrections, given.processes, worked_in=False)
        took_in = at_once(path, given.worked_in, given.processes, worked_in=True)
        with headwater.open(path, settings=Settings(workers=1)) as case:
            kept = case.corrections()
            wanted = sum(count // given.processes * given.processes for count in (given.corrections, given.worked_in))
            numbers = len({each.number for each in kept})
            print(
                f"{len(kept)} of {wanted} corrections kept, {numbers} numbers; {took:.1f} s kept, {took_in:.1f} s worked in"
            )
            began = time.monotonic()
            for each in kept:
                corrections.undo(case.store, each.id)
            print(f"{len(kept)} undone one by one in {time.monotonic() - began:.1f} s; {len(case.corrections())} left")
            case.run()
            same = exported(case, folder / "after") == before
            print(f"exports are {'as before' if same else 'NOT as before'}")
            if len(kept) != wanted or numbers != wanted or case.corrections() or not same:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
