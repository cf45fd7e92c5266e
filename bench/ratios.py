"""What must stay in proportion, as ratios of two times taken side by side, so that the machine and what else it does cancel out.

* the first view of a case of 5,000 reports against the same view of 50: it shows forty stories at most
* a text of one thing repeated against one of half and of a quarter the length: 2 and 4 where the cost is in proportion
* a robots.txt that is made to be dear to read, against a plain one of the same length

Out: a table on standard output; nothing here fails.

    python bench/ratios.py
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from headwater.errors import RobotsForbid
from headwater.intake.links import robots
from headwater.intake.links.addresses import parse
from made import LARGE, SMALL, a_case_of
from pages import first_view

TIMES = 3
LENGTH = 24_000  # characters
REPEATED = {
    "capitals": "PORT ",
    "names": "Osrin ",
    "names and": "Port and ",
    "one long word": "a",
    "told": "told Abc ",
    "said": "said ",
    "of the": "Head of the ",
    "numbers": "killed 9 people and ",
    "lines": "Osrin\n",
    "short forms": "U.S. ",
    "quotations": "“No,” he said. ",
    "credits": "(Reporting by ",
}

DEAR = {
    "agents times rules": "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 15_000,
    "groups": "".join(f"User-agent: a{n}*\nDisallow: /x{n}\n" for n in range(12_000)),
    "wildcards": "User-agent: *\n" + "".join(f"Disallow: /*{n}*a*b*c$\n" for n in range(16_000)),
    "stars": "User-agent: *\nDisallow: /" + "*a" * 250_000,
    "percents": "User-agent: *\n" + "Disallow: /" + "%" * 400_000 + "\n",
    "spaces": "user agent" + " " * 400_000 + ":",
    "lines": "\n" * 500_000,
}
LINE = "User-agent: *\nDisallow: /private\n"


@dataclass(frozen=True)
class Ratio:
    """Two things that were timed by turns, and how many times the one takes what the other does."""

    what: str
    against: str
    times: float


def ratio(what: str, against: str, one: Callable[[], object], other: Callable[[], object]) -> Ratio:
    """Time two things by turns; the least of several times is the one that was disturbed least."""
    pairs = [(_seconds(one), _seconds(other)) for _ in range(TIMES)]
    return Ratio(what, against, min(each for each, _ in pairs) / min(each for _, each in pairs))


def _seconds(work: Callable[[], object]) -> float:
    since = time.perf_counter()
    work()
    return time.perf_counter() - since


def repeated(kind: str, length: int) -> str:
    """Return a text of about so many characters, one thing again and again, with a sentence behind it."""
    return (REPEATED[kind] * length)[:length] + " Police said so."


def of_pages() -> Iterator[Ratio]:
    """Yield how much longer the first view of a large case takes than that of a small one."""
    with TemporaryDirectory(prefix="headwater-bench-") as folder:
        large, small = (a_case_of(Path(folder) / f"{size.reports}.headwater", size) for size in (LARGE, SMALL))
        yield ratio(
            f"first view of {LARGE.reports:,} reports",
            f"of {SMALL.reports}",
            lambda: first_view(large),
            lambda: first_view(small),
        )


def of_texts() -> Iterator[Ratio]:
    """Yield how much longer one thing repeated takes than half and a quarter of it."""
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    from handmade import worked

    for kind in REPEATED:
        for part in (2, 4):
            long, short = repeated(kind, LENGTH), repeated(kind, LENGTH // part)
            yield ratio(
                f"{kind}, {LENGTH:,} characters",
                f"{LENGTH // part:,}",
                lambda t=long: worked(t),
                lambda t=short: worked(t),
            )  # type: ignore[misc]


def of_robots() -> Iterator[Ratio]:
    """Yield how much longer a dear robots.txt takes than a plain one of its length."""
    for kind, text in DEAR.items():
        dear = text[: robots.LIMIT.size].encode()
        plain = (LINE * (len(dear) // len(LINE) + 1))[: len(dear)].encode()
        yield ratio(f"robots.txt: {kind}", "a plain one", lambda c=dear: _refuses(c), lambda c=plain: _refuses(c))  # type: ignore[misc]


def _refuses(content: bytes) -> bool:
    answer = robots.Answer(parse("http://a.example/robots.txt"), 200, httpx.Headers(), content)
    try:
        robots.rules(answer).refuse(parse("http://a.example/a?b=" + "a" * 2_000))
    except RobotsForbid:
        return True
    return False


def main() -> None:
    """Print the table."""
    print(f"{'what':<44}{'against':>14}{'times':>8}")
    for each in chain(of_pages(), of_texts(), of_robots()):
        print(f"{each.what:<44}{each.against:>14}{each.times:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
