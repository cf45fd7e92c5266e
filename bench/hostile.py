"""Try hostile cases one after another, each made by its number, and keep those on which something breaks its word.

    python bench/hostile.py [--seconds 600] [--first 0]

Each is opened to read, asked, exported, imported, opened to write and run, in a child process that may die. A finding is a traceback,
a death, a hang, a step that takes more than ten times the processor time that it takes on the sound case (and more than a second), or a
file outside the case's folder that is not as it was. `tests/hostile/making_hostile.py` makes the cases; the number alone makes one again.
"""

import argparse
import faulthandler
import json
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "hostile")]

from crafting import seen  # noqa: E402
from making_hostile import hostile  # noqa: E402

import headwater  # noqa: E402
from headwater import Case, Settings  # noqa: E402
from headwater.case import take_over  # noqa: E402
from headwater.errors import HeadwaterError  # noqa: E402
from headwater.records import Claim, Report, Statement  # noqa: E402

ONE_PROCESS = Settings(workers=1)
TIMES, LEAST, HANGS = 10, 1.0, 240.0  # times a sound case's seconds, seconds, seconds of the clock
EVERY = 7  # case of which one is exported as pages and run again, which takes longest
Step = Callable[[], object]


def asked(case: Case, out: Path, *, pages: bool) -> Iterator[tuple[str, Step]]:
    """Every question with its name."""
    yield from (("verify", case.verify), ("brief", case.brief), ("claims", case.claims), ("tree", case.tree))
    yield from (("names", case.names), ("outline", case.outlines), ("versions", case.versions))
    for record in (Report, Statement, Claim):
        yield f"explain {record.table}", lambda record=record: [case.explain(id_) for id_ in case.store.ids(record)[:1]]  # type: ignore[misc]
    yield from (
        (f"export {form}", lambda form=form: case.export(out / form, form=form))  # type: ignore[misc]
        for form in ("jsonl", "csv", "dot", *(["html"] if pages else []))
    )


class Trial:
    """One case: what came of each step, and how long each took."""

    def __init__(self) -> None:
        self.codes, self.took, self.broken = Counter[str](), dict[str, float](), list[str]()

    def step(self, name: str, step: Step) -> object:
        """Take one step; an error of ours is an answer, any other one breaks our word."""
        began = time.process_time()
        try:
            done = step()
            self.codes["answered"] += 1
            return done
        except HeadwaterError as error:
            self.codes[error.code] += 1
            return None
        except Exception:  # noqa: BLE001  what is looked for
            self.broken.append(f"{name}: {traceback.format_exc()[-1500:]}")
            return None
        finally:
            self.took[name] = time.process_time() - began


def tried(path: Path, folder: Path, *, pages: bool) -> Trial:
    """Take every step with a case."""
    trial = Trial()
    case = trial.step("open to read", lambda: headwater.open(path, mode="read", settings=ONE_PROCESS))
    if isinstance(case, Case):
        with case:
            for name, step in asked(case, folder / "out", pages=pages):
                trial.step(name, step)
    new = folder / "new.headwater"
    if trial.step("import", lambda: take_over(path, new, run=False, settings=ONE_PROCESS)):
        with headwater.open(new, mode="read") as clean:
            if clean.verify().faults:
                trial.broken.append(f"import: the new case has faults: {clean.verify().faults[:2]}")
    case = trial.step("open to write", lambda: headwater.open(path, create=False, settings=ONE_PROCESS))
    if isinstance(case, Case):
        with case:
            trial.step("run", case.run)
            trial.step("rename", lambda: case.rename("Somebody", "x"))
            if pages:
                trial.step("run again", lambda: case.run(first="stories"))
    return trial


def inside(sound: Path, first: int, seconds: float) -> None:
    """Try one number after another and say what came of each; this is the process that may die."""
    with TemporaryDirectory() as made:
        path = Path(made) / "sound.headwater"
        shutil.copyfile(sound, path)
        tried(path, Path(made) / "warm", pages=True)  # what is imported and made ready once
        (Path(made) / "warm" / "new.headwater").unlink(missing_ok=True)
        clean = tried(path, Path(made) / "clean", pages=True).took
        began = time.process_time()
        with headwater.open(path, settings=ONE_PROCESS) as case:
            case.run(first="texts")  # what a hostile case may bring about at most
        clean["run"] = clean["rename"] = clean["run again"] = time.process_time() - began
    number, ends = first, time.monotonic() + seconds
    while time.monotonic() < ends:
        print(json.dumps({"begins": number}), flush=True)
        faulthandler.dump_traceback_later(HANGS, exit=True)  # says where it hangs, and ends
        with TemporaryDirectory() as made:
            folder = Path(made)
            path = hostile(number, sound, folder)
            before = seen(folder / "outside")
            trial = tried(path, folder, pages=number % EVERY == 0)
            broken = list(trial.broken)
            for name, took in trial.took.items():
                if took > max(LEAST, TIMES * clean.get(name, LEAST)):
                    broken.append(f"{name}: takes {took:.1f} s, a sound case {clean.get(name, 0):.2f} s")
            if seen(folder / "outside") != before:
                broken.append("a file outside is not as it was")
        print(json.dumps({"number": number, "codes": trial.codes, "broken": broken}), flush=True)
        number += 1


def trials(sound: Path, first: int, seconds: float) -> Iterator[dict[str, object]]:
    """Yield what came of each number until the time is over; begin again behind one that the process died or hung of."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        command = [sys.executable, __file__, "--inside", str(sound), "--first", str(first), "--seconds", str(left)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            for line in child.stdout:
                said = json.loads(line)
                first = said.get("begins", first)
                if "number" in said:
                    yield said
            if child.wait() != 0:
                yield {
                    "number": first,
                    "codes": {},
                    "broken": [f"dies with {child.returncode}: {child.stderr.read()[-1500:]}"],
                }
        first += 1


def main() -> None:
    """Try until the time is over; say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside, given.first, given.seconds)
        return
    with TemporaryDirectory() as made:
        sound = Path(made) / "sound.headwater"
        with headwater.open(sound, settings=ONE_PROCESS) as case:
            case.read(TESTS / "newsroom" / "reports")
        count, codes, found = 0, Counter[str](), 0
        for trial in trials(sound, given.first, given.seconds):
            count += 1
            codes.update(trial["codes"])  # type: ignore[call-overload]
            for broken in trial["broken"]:  # type: ignore[attr-defined]
                found += 1
                print(f"number {trial['number']}: {broken}", flush=True)
    print(
        f"{count} cases in {given.seconds:.0f} s, {found} findings; steps by what came of them: {dict(sorted(codes.items()))}"
    )
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
