"""Measures how the work of a pattern grows with its text: run as a process of its own, whose processor time is limited.

In, on standard input: one JSON object a pattern (name, pattern, flags, whether it reads bytes, the ways in which it
is used). Out, on standard output: an object when a
pattern begins, and one for each seed on which its work grows beyond the text, confirmed by measuring again.
"""

import json
import re
import resource
import sys
import time
from dataclasses import dataclass
from typing import Any

from hostile import Seed, seeds

SIZES = (1_000, 10_000, 100_000)
LINEAR = 25.0  # times more work for ten times the text is too much
ODD = 13.0  # from here on a longer text decides
FLOOR = 0.002  # seconds of the processor, below which nothing is said
AGAIN = 3


@dataclass(frozen=True)
class Used:
    """A pattern and the ways in which it is used: to search, or against the beginning or the whole of a text."""

    pattern: re.Pattern[Any]
    ways: frozenset[str]

    def work(self, text: str) -> float:
        """Return the processor time that a text takes: of this thread, which is exact also where the process's time is limited."""
        subject: Any = text.encode("utf-8") if isinstance(self.pattern.pattern, bytes) else text
        since = time.thread_time()
        if "search" in self.ways:
            for _ in self.pattern.finditer(subject):
                pass
        if "match" in self.ways:
            self.pattern.match(subject)
        if "fullmatch" in self.ways:
            self.pattern.fullmatch(subject)
        return time.thread_time() - since

    def growth(self, seed: Seed, small: int, large: int) -> float:
        """Return how much more work the larger text is: the least of some tries, since other programs disturb it."""
        texts = seed.drawn_out(small), seed.drawn_out(large)
        return min(self.work(texts[1]) / max(self.work(texts[0]), 1e-6) for _ in range(AGAIN))

    def is_odd(self, seed: Seed) -> bool:
        """Tell whether a text of ten thousand characters needs a second look."""
        took = self.work(seed.drawn_out(SIZES[1]))
        return took > FLOOR and took > ODD * self.work(seed.drawn_out(SIZES[0]))

    def too_much(self) -> tuple[Seed, float] | None:
        """Return the first seed on which the work grows beyond the text, and how much for ten times the text."""
        for seed in filter(self.is_odd, seeds(self.pattern)):
            factor = self.growth(seed, SIZES[0], SIZES[1])
            if ODD < factor <= LINEAR:
                factor = self.growth(seed, SIZES[1], SIZES[2])
            if factor > LINEAR:
                return seed, factor
        return None


def main() -> None:
    """Measure what stands on standard input, for at most so many seconds of the processor."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for line in sys.stdin:
        given = json.loads(line)
        print(json.dumps({"began": given["name"]}), flush=True)
        source = given["pattern"].encode("latin-1") if given["bytes"] else given["pattern"]
        if (found := Used(re.compile(source, given["flags"]), frozenset(given["ways"])).too_much()) is not None:
            seed, factor = found
            said = {"name": given["name"], "before": seed.before[-60:], "piece": seed.piece[:60], "behind": seed.behind}
            print(json.dumps(said | {"factor": round(factor)}), flush=True)


if __name__ == "__main__":
    main()
