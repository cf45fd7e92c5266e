"""Pairs of reports of which it is known whether they tell of one happening.

In: the data folder, or `story_pairs.csv`. Out: the truth of each pair of names, and the group of each report, which folds never part.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from headwater.measure.origins.gold import read_gold

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Marked:
    """Pairs of names with their truth, and the group of each report: its story where that is known, else itself."""

    truth: dict[Pair, bool]
    group: dict[str, str]


def origins(data: Path) -> Marked:
    """Return the pairs of each annotated story, and of its reports with its look-alikes."""
    truth: dict[Pair, bool] = {}
    group: dict[str, str] = {}
    for story in read_gold(sorted((data / "origins-gold").glob("*.json"))):
        truth |= {frozenset(pair): False for pair in product(story.reports, story.look_alikes)}
        truth |= {frozenset(pair): True for pair in combinations(story.reports, 2)}
        group |= dict.fromkeys((*story.look_alikes, *story.reports), story.name)
    return Marked(truth, group)


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def incidents(data: Path, wanted: Iterable[Pair]) -> Marked:
    """Return all pairs of reports of one incident, and the wanted ones of two; a page may have been collected for several."""
    stories: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    for row in read_lines(data / "incident-reports" / "reports.jsonl"):
        stories.setdefault(row["id"], set()).add(row["story"])
        members.setdefault(row["story"], set()).add(row["id"])
    truth = {pair: False for pair in wanted if len(pair) == 2 and pair <= stories.keys()}
    truth |= {frozenset(pair): True for reports in members.values() for pair in combinations(sorted(reports), 2)}
    return Marked(truth, {report: min(named) for report, named in stories.items()})


def report_pairs(data: Path) -> Marked:
    """Return the labelled pairs: one happening, or what came of it, against every other label."""
    rows = list(read_lines(data / "report-pairs" / "pairs.jsonl"))
    truth = {frozenset((row["a"], row["b"])): row["label"].rstrip("?") in ("one", "follow_up") for row in rows}
    return Marked(truth, {report: report for pair in truth for report in pair})


def marked(path: Path) -> Marked:
    """Return the pairs of `story_pairs.csv`, without round-ups and undecided ones."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] in ("0", "1")]
    truth = {frozenset((row["one"], row["two"])): row["label"] == "1" for row in rows}
    return Marked(truth, {report: report for pair in truth for report in pair})
