"""How the search for copies grows: seconds and memory of reuse and derivations over made piles of several sizes.

In: the data folder, for words to make reports of. Each pile has families: a root text that shares hardly a run of words with
any other root, and copies of it, whole, cut, reworded or set into another text. Sizes of families fall with the square, so that
most texts stand alone and a few stand in hundreds of outlets. One paragraph stands in every fifth report. Out: a table, a column
a size, each in a fresh process; beside it the time of MinHash-LSH (datasketch, if it is installed) over the same bodies, and the
share of true pairs of a family's root and copy that each finds.

    python bench/scale.py --data ../shared/data --sizes 1000,10000,100000
"""

import argparse
import json
import math
import random
import re
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Clock, Workers, in_fresh_process, pile
from headwater.case import open as open_case
from headwater.records import Derivation, Report, Reuse
from headwater.runs import run_alone

SEED = 11
PASTED_EVERY = 5  # reports; 20,000 of 100,000
LARGEST = 500  # reports of a family
ALONE = 0.5  # share of families of one
REWORDED = 0.12  # share of words that a rewording replaces
LIMIT = 400  # words of a root
BANDS, ROWS = 32, 4  # of MinHash-LSH, as measured elsewhere on excerpts
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Timing:
    """One size: reports, seconds a step, peak memory with that of workers, rows, and the shares of true pairs that were found."""

    reports: int
    seconds: dict[str, float]
    megabytes: float
    passages: int
    derivations: int
    found: float
    lsh_seconds: float | None
    lsh_found: float | None


@dataclass(frozen=True)
class Made:
    """A made report: its text, its family, and whether it is the root of it."""

    text: str
    family: int
    root: bool


def families(data: Path, size: int) -> Iterator[Made]:
    """Yield made reports, families whole until `size` is reached."""
    chance = random.Random(SEED)
    texts = [json.loads(line)["text"] for line in pile(data, 1_000_000)]
    texts = [" ".join(text.split(" ")[:LIMIT]) for text in texts if len(text.split(" ")) > 60]
    words = sorted({word for text in texts[:2000] for word in WORD.findall(text)})
    pasted = " ".join(chance.choices(words, k=60)) + "."
    number, family = 0, 0
    while number < size:
        root = _reworded(chance.choice(texts), words, 0.4, chance)
        for member in range(min(_size(chance), size - number)):
            text = root if member == 0 else _copy(root, texts, words, chance)
            yield Made(f"{text}\n\n{pasted}" if number % PASTED_EVERY == 0 else text, family, member == 0)
            number += 1
        family += 1


def _size(chance: random.Random) -> int:
    return 1 if chance.random() < ALONE else min(LARGEST, int(1 / max(chance.random(), 1 / LARGEST)) + 1)


def _copy(root: str, texts: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    """Return the root whole, cut, reworded, or half of it set into a text of its own."""
    sentences = root.split(". ")
    kind = chance.random()
    if kind < 0.3:
        return root
    if kind < 0.6:
        start = chance.randrange(max(1, len(sentences) // 2))
        return ". ".join(sentences[start : start + math.ceil(len(sentences) / 2)])
    if kind < 0.85:
        return _reworded(root, words, REWORDED, chance)
    other = _reworded(chance.choice(texts), words, 0.4, chance).split(". ")
    half = sentences[: math.ceil(len(sentences) / 2)]
    return ". ".join([*other[: len(other) // 2], *half, *other[len(other) // 2 :]])


def _reworded(text: str, words: Sequence[str], share: float, chance: random.Random) -> str:
    return " ".join(chance.choice(words) if chance.random() < share else word for word in text.split(" "))


def measure(data: Path, size: int) -> Timing:
    """Make a pile, run what comes before by itself, and time reuse and derivations."""
    made = list(families(data, size))
    with TemporaryDirectory(prefix="headwater-scale-") as place:
        rows = Path(place) / "reports.jsonl"
        with rows.open("w", encoding="utf-8") as out:
            for number, each in enumerate(made):
                out.write(
                    json.dumps({"id": f"m{number}", "outlet": f"Outlet {number % 997}", "text": each.text}) + "\n"
                )
        with open_case(Path(place) / "scale.headwater") as case, Workers() as workers:
            case.read(rows, run=False)
            case.run(last="texts")
            clock = Clock()
            run_alone(case.store, case.settings, "reuse", "derivations", listen=clock)
            clock.stop()
            seconds = {stage: clock.seconds[stage] for stage in ("reuse", "derivations")}
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            megabytes = max(own, workers.all_megabytes)
            names = {report.id: int(report.name[1:]) for report in case.store.all(Report)}
            pairs = {frozenset((names[d.child], names[d.parent])) for d in case.store.all(Derivation) if d.parent}
            counted = case.store.count(Reuse), case.store.count(Derivation)
    lsh_seconds, lsh = _lsh(made)
    return Timing(size, seconds, megabytes, *counted, _found(made, pairs), lsh_seconds, lsh and _found(made, lsh))


def _found(made: Sequence[Made], pairs: set[frozenset[int]]) -> float:
    """Return the share of copies that are tied to the root of their family, directly or through others of it."""
    group = list(range(len(made)))

    def top(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for one, other in (sorted(pair) for pair in pairs if len(pair) == 2):
        if made[one].family == made[other].family:
            group[top(other)] = top(one)
    roots = {each.family: number for number, each in enumerate(made) if each.root}
    copies = [number for number, each in enumerate(made) if not each.root]
    return sum(top(number) == top(roots[made[number].family]) for number in copies) / max(1, len(copies))


def _lsh(made: Sequence[Made]) -> tuple[float | None, set[frozenset[int]] | None]:
    """Time MinHash-LSH over runs of five words, asking for each report's neighbours; nothing where datasketch is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None, None
    since = time.perf_counter()
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    pairs: set[frozenset[int]] = set()
    for number, each in enumerate(made):
        words = WORD.findall(each.text.lower())
        sketch = MinHash(num_perm=BANDS * ROWS, seed=SEED)
        sketch.update_batch([" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)])
        pairs.update(frozenset((number, int(other))) for other in index.query(sketch))
        index.insert(number, sketch)
    return time.perf_counter() - since, pairs


def table(timings: Sequence[Timing]) -> str:
    """Return the timings, a column a size."""
    rows = [["reports", *(f"{each.reports:,}" for each in timings)]]
    rows += [[f"{step}, s", *(f"{each.seconds[step]:.1f}" for each in timings)] for step in timings[0].seconds]
    rows += [["both, s", *(f"{sum(each.seconds.values()):.1f}" for each in timings)]]
    rows += [["ms a report", *(f"{1000 * sum(each.seconds.values()) / each.reports:.2f}" for each in timings)]]
    rows += [["peak MB", *(f"{each.megabytes:.0f}" for each in timings)]]
    rows += [["passages", *(f"{each.passages:,}" for each in timings)]]
    rows += [["derivations", *(f"{each.derivations:,}" for each in timings)]]
    rows += [["copies tied to their root", *(f"{each.found:.3f}" for each in timings)]]
    rows += [["MinHash-LSH, s", *(_or_not(each.lsh_seconds, ".1f") for each in timings)]]
    rows += [["copies it ties to their root", *(_or_not(each.lsh_found, ".3f") for each in timings)]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return (
        "\n".join(
            "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
        )
        + "\n"
    )


def _or_not(value: float | None, form: str) -> str:
    return "not installed" if value is None else format(value, form)


def main() -> None:
    """Print the table, or with --one the timing of a single size as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sizes", default="1000,10000,100000", help="reports, separated by commas")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(asdict(measure(args.data, args.one))))
        return
    print(table([Timing(**in_fresh_process(__file__, args.data, int(size))) for size in args.sizes.split(",")]), end="")


if __name__ == "__main__":
    main()
