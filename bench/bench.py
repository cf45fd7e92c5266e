"""How fast the flow is: seconds a stage, reports and sentences a second, and peak memory, for several sizes of pile.

In: the data folder; reports of three sets in one seeded order, so that a smaller size is the beginning of a larger one.
Out: a table on standard output; then ten more reports are read into the same case. Every size runs in a fresh process.
Beside it stands the speed of the sentence encoder alone, which is the limit of a flow that encodes every sentence once.

    python bench/bench.py --data ../shared/data --sizes 100,1000,5000
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import resources
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headwater.case import open as open_case
from headwater.records import Report, Sentence
from headwater.runs import Step

PILES = ("mideast-pile", "syria-reports", "incident-reports")
SEED = 7
MORE = 10  # reports that are added afterwards
ENCODED = 2000  # sentences; enough for a steady rate
MEGABYTE = 1024  # kilobytes, in which Linux counts memory
SAMPLED_EVERY = 0.2  # seconds


@dataclass(frozen=True)
class Timing:
    """One size: what was read, seconds a stage in order, for the pile and for ten more, and peak memory of the process and its workers."""

    reports: int
    sentences: int
    seconds: dict[str, float]
    own_megabytes: float
    worker_megabytes: float
    more: dict[str, float]

    @property
    def total(self) -> float:
        """Seconds from the first file opened to the last row written."""
        return sum(self.seconds.values())


class Clock:
    """A listener that notes when each stage begins; `stop` ends the last."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = "read", time.perf_counter()

    def __call__(self, step: Step) -> None:
        """End the running stage when another one begins."""
        if step.stage not in ("reports", self._stage):
            self.stop()
            self._stage = step.stage

    def stop(self) -> None:
        """Add the time since the last stop to the running stage."""
        now = time.perf_counter()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._since = now


class Workers:
    """Peak memory of the worker processes together, and of them and this process at one time, sampled while it is entered.

    `ru_maxrss` of children cannot be used: on Linux a child begins with the peak of the process that started it.
    """

    def __init__(self) -> None:
        self.megabytes = self.all_megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Workers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.wait(SAMPLED_EVERY):
            resident = sum(_resident_kilobytes(child.pid) for child in active_children())
            self.megabytes = max(self.megabytes, resident / MEGABYTE)
            own = _resident_kilobytes(os.getpid())
            self.all_megabytes = max(self.all_megabytes, (own + resident) / MEGABYTE)


def _resident_kilobytes(process: int | None) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:  # it has ended, or this is not Linux
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)


def pile(data: Path, size: int) -> list[str]:
    """Return the first `size` reports, as JSON lines, of all piles in a seeded order."""
    lines = [line for name in PILES for line in _lines(data / name / "reports.jsonl")]
    random.Random(SEED).shuffle(lines)
    return lines[:size]


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        print(f"not read: {path} is not there", file=sys.stderr)
        return []
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def measure(data: Path, size: int) -> Timing:
    """Run the whole flow over one size in this process."""
    with TemporaryDirectory(prefix="headwater-bench-") as place:
        reports, more, rows = Path(place) / "reports.jsonl", Path(place) / "more.jsonl", pile(data, size + MORE)
        reports.write_text("\n".join(rows[:size]), encoding="utf-8")
        more.write_text("\n".join(rows[size:]), encoding="utf-8")
        clock = Clock()
        with open_case(Path(place) / "bench.headwater") as case, Workers() as workers:
            case.read(reports, listen=clock)
            clock.stop()
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
            counted = case.store.count(Report), case.store.count(Sentence)
            later = Clock()
            case.read(more, listen=later)
            later.stop()
        return Timing(*counted, clock.seconds, own, workers.megabytes, later.seconds)


def in_fresh_process(script: str, data: Path, size: int) -> dict[str, Any]:
    """Run one size of a script in a process of its own, so that the memory of another size does not count."""
    command = [sys.executable, script, "--data", str(data), "--one", str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def encoder_speed(sentences: Sequence[str]) -> float | None:
    """Return sentences a second of the encoder, one at a time as its card asks, a single-threaded session a core.

    None where the model is not there.
    """
    folder = Path(str(resources.files("headwater"))) / "weights" / "encoder"
    if not sentences or not (folder / "model.onnx").is_file() or not (folder / "tokenizer.json").is_file():
        return None
    cores = os.cpu_count() or 1
    shares = [sentences[start::cores] for start in range(cores)]
    with ThreadPoolExecutor(cores) as pool:
        encoders = list(pool.map(Encoder, [folder] * cores))
        since = time.perf_counter()
        list(pool.map(lambda job: job[0].encode(job[1]), zip(encoders, shares, strict=True)))
    return len(sentences) / (time.perf_counter() - since)


class Encoder:
    """One session of the sentence encoder on one thread."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.encode(["A first sentence warms the session up."])

    def encode(self, sentences: Sequence[str]) -> None:
        """Run the model over sentences, one at a time."""
        import numpy as np

        wanted = {each.name for each in self._session.get_inputs()}
        for sentence in sentences:
            ids = np.array([self._tokenizer.encode(sentence).ids])
            given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            self._session.run(None, {name: value for name, value in given.items() if name in wanted})


def sample(data: Path) -> list[str]:
    """Return different sentences of the pile, for the encoder alone."""
    with TemporaryDirectory(prefix="headwater-bench-") as place, open_case(Path(place) / "sample.headwater") as case:
        reports = Path(place) / "reports.jsonl"
        reports.write_text("\n".join(pile(data, 300)), encoding="utf-8")
        case.read(reports, run=False)
        case.run(last="sentences")
        texts = {report.id: report.text for report in case.store.all(Report)}
        found = dict.fromkeys(texts[each.report][each.start : each.end] for each in case.store.all(Sentence))
        return list(found)[:ENCODED]


def table(timings: Sequence[Timing], speed: float | None) -> str:
    """Return the timings, a column a size, and the encoder's speed under them."""
    stages = list(dict.fromkeys(stage for timing in timings for stage in timing.seconds))
    rows = [["reports", *(f"{timing.reports:,}" for timing in timings)]]
    rows += [[f"{stage}, s", *(f"{timing.seconds.get(stage, 0.0):.2f}" for timing in timings)] for stage in stages]
    rows += [["all, s", *(f"{timing.total:.1f}" for timing in timings)]]
    rows += [[f"{MORE} more, s", *(f"{sum(timing.more.values()):.1f}" for timing in timings)]]
    rows += [["reports/s", *(f"{timing.reports / timing.total:.1f}" for timing in timings)]]
    rows += [["sentences", *(f"{timing.sentences:,}" for timing in timings)]]
    rows += [["sentences/s", *(f"{timing.sentences / timing.total:.0f}" for timing in timings)]]
    rows += [["peak MB, own", *(f"{timing.own_megabytes:.0f}" for timing in timings)]]
    rows += [["peak MB, workers", *(f"{timing.worker_megabytes:.0f}" for timing in timings)]]
    rows += _beside(timings, speed)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows) + "\n"


def _beside(timings: Sequence[Timing], speed: float | None) -> list[list[str]]:
    if speed is None:
        return [["encoder alone", *("not there" for _ in timings)]]
    return [
        ["encoder alone, sentences/s", *(f"{speed:.0f}" for _ in timings)],
        ["encoder alone, s", *(f"{timing.sentences / speed:.1f}" for timing in timings)],
        ["flow / encoder, in time", *(f"{timing.total * speed / timing.sentences:.1f}" for timing in timings)],
    ]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([f"{row[0]:<{widths[0]}}", *cells]).rstrip()


def main() -> None:
    """Print the table, or with --one the timing of a single size as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sizes", default="100,1000,5000", help="reports, separated by commas")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(asdict(measure(args.data, args.one))))
        return
    timings = [Timing(**in_fresh_process(__file__, args.data, int(size))) for size in args.sizes.split(",")]
    print(table(timings, encoder_speed(sample(args.data))), end="")


if __name__ == "__main__":
    main()
