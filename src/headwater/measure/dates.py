"""The day of a report: how often it is found when the day that came beside the report is withheld.

In: the data folder with piles whose rows have a `published`. Out: a `Result` with, for each pile, the shares of reports whose day is
`right`, `near` (a day off: clocks, and collections that store the day of the crawl), `wrong` and `unknown`, and `answers.wrong`, the
share of wrong ones among those answered. What came beside a report is not always the truth: in `syria-reports` the stored days are
arbitrary (of 103 texts that name a weekday and whose printed and stored days differ, it is the weekday of the printed day or the day before
in 94, of the stored day in 31, as by chance), so only its share of unknown ones says something.
Baseline: the day in the report's address alone.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headwater.case import open as open_case
from headwater.measure.ratios import ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Date, Report
from headwater.stages.dates import day_in_address, parse_day

PILES = ("incident-reports", "mideast-pile", "syria-reports")
KINDS = ("right", "near", "wrong", "unknown")


@dataclass(frozen=True, slots=True)
class Dated:
    """A report's own row, and the day that came beside it."""

    row: Mapping[str, Any]
    day: date


def dates(folder: Path) -> Result:
    """Score the days of the reports of every pile that is there."""
    there = [pile for pile in PILES if (folder / pile / "reports.jsonl").is_file()]
    if not there:
        return not_measured("dates", folder / PILES[0])
    numbers: dict[str, Number] = {}
    baselines: dict[str, Number] = {}
    count = 0
    for pile in there:
        reports = dated(folder / pile / "reports.jsonl")
        name, count = pile.split("-")[0], count + len(reports)
        numbers |= {f"{name}.{key}": value for key, value in shares(compare(reports, found_days(reports))).items()}
        addresses = {n: day_in_address(each.row.get("url")) for n, each in enumerate(reports)}
        baselines[f"{name}.right address alone"] = shares(compare(reports, addresses))["right"]
    note = f"{count} reports of {len(there)} piles with a day beside them"
    return Result("dates", named("dates", numbers), named_baselines("dates", baselines), note)


def dated(path: Path) -> list[Dated]:
    """Return the rows that have a text and a day beside it."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    days = ((row, parse_day(row.get("published") or "")) for row in rows if any(c.isalnum() for c in row["text"]))
    return [Dated(row, found.day) for row, found in days if found]


def found_days(reports: Iterable[Dated]) -> dict[int, date | None]:
    """Run the flow as far as dates over reports whose day is withheld; return the day of each by its place."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "dates.headwater") as case:
        listed = Path(place) / "undated.jsonl"
        rows = ({**each.row, "id": f"{n}", "published": None} for n, each in enumerate(reports))
        listed.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        case.read(listed, run=False)
        case.run(last="dates")
        names = {report.id: int(report.name) for report in case.store.all(Report)}
        return {names[row.report]: date.fromisoformat(row.first) if row.first else None for row in case.store.all(Date)}


def compare(reports: Iterable[Dated], found: Mapping[int, date | None]) -> Counter[str]:
    """Count the reports by what is to be said of the day found."""
    return Counter(verdict(each.day, found.get(n)) for n, each in enumerate(reports))


def verdict(day: date, found: date | None) -> str:
    """Return what a day found is, given the day beside the report."""
    if found is None:
        return "unknown"
    apart = abs((found - day).days)
    return "right" if apart == 0 else "near" if apart == 1 else "wrong"


def shares(counted: Counter[str]) -> dict[str, Number]:
    """Return the share of every kind, and of the wrong ones among the answers."""
    everything = counted.total()
    found: dict[str, Number] = {kind: ratio(counted[kind], everything) for kind in KINDS}
    return found | {"answers.wrong": ratio(counted["wrong"], everything - counted["unknown"])}
