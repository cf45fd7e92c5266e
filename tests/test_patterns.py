"""Every regular expression of the package takes work in proportion to its text, also on text that was made to keep it busy."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from growth import Used
from hostile import seeds
from package_patterns import ANY, MADE, STANDING, Named, every

PROCESSES, SHARE = 2, 24
SECONDS = 300  # of the processor for a share of the patterns, which take a tenth of it; one that grows is found out long before
FOUND, PLACES = every()


@dataclass(frozen=True)
class Slow:
    """A pattern that takes more work than its text allows, or that never ended."""

    name: str
    why: str


def measured(share: list[Named], *, seconds: int = SECONDS) -> list[Slow]:
    """Measure patterns in a process of its own, which is ended where one of them never ends."""
    lines = []
    for named in share:
        source = named.pattern.pattern
        text = source.decode("latin-1") if isinstance(source, bytes) else source
        given = {"name": named.name, "pattern": text, "flags": named.pattern.flags, "bytes": isinstance(source, bytes)}
        lines.append(json.dumps(given | {"ways": sorted(named.ways)}))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("growth.py")), str(seconds)],
        input="\n".join(lines),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    slow = [
        Slow(each["name"], f"{each['factor']} times for ten times {each['piece']!r}")
        for each in said
        if "factor" in each
    ]
    return slow if done.returncode == 0 else [*slow, Slow(said[-1].get("began", "?"), "never ends")]


def test_every_pattern_is_found() -> None:
    """Those that stand in modules, and those that functions name or make: none is made where this test does not look."""
    assert len(FOUND) > 300
    assert set(PLACES) == set(MADE) | STANDING


def test_work_grows_with_the_text_and_not_beyond() -> None:
    """Ten times the text is at most 25 times the work, for all that can be made of a pattern's own parts."""
    shares = [FOUND[number::SHARE] for number in range(SHARE)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        assert [slow for each in pool.map(measured, shares) for slow in each] == []


@pytest.mark.parametrize(
    "source",
    [
        r"\s+[-|]+\s+",
        r"(a+)+$",
        r"\w+@",
        r"^\s*x|\s*y",
        r"(?:[A-Z]\w* ?){1,5}!",
        r"<script.*</script>",
        r"\d+(?:,\d+)*x",
        r"a.*b.*c",
    ],
)
def test_what_grows_beyond_is_caught(source: str) -> None:
    """Patterns whose work is known to grow beyond their text are found by the same measure, in the same way."""
    assert [slow.name for slow in measured([Named("known", re.compile(source), ANY)], seconds=3)] == ["known"]


@pytest.mark.parametrize("source", [r"(?<!\s)\s++[-|]++\s++", r"\w{1,60}@", r"a[^b]{0,80}b", r"[A-Z]\w+"])
def test_what_does_not_grow_is_let_be(source: str) -> None:
    """Mended patterns pass."""
    assert Used(re.compile(source), frozenset(["search"])).too_much() is None


def test_the_same_pattern_gets_the_same_seeds() -> None:
    """What is tried does not depend on chance."""
    assert all(seeds(named.pattern) == seeds(named.pattern) for named in FOUND[::40])
