"""How many of the background reports hold each word: statistics that ship with the release (built by training/background.py)."""

import csv
from functools import cache
from importlib.resources import files

import pyarrow as pa


@cache
def _counts() -> tuple[tuple[str, int], ...]:
    with (files(__package__) / "background.csv").open(encoding="utf-8") as file:
        return tuple((row["word"], int(row["reports"])) for row in csv.DictReader(file))


def background() -> pa.Table:
    """Return columns word (a stem; the empty word counts all reports) and reports (how many hold it)."""
    words, reports = zip(*_counts(), strict=True)
    return pa.table({"word": pa.array(words, pa.string()), "reports": pa.array(reports, pa.int64())})


@cache
def counts() -> dict[str, int]:
    """Return reports by word; `counts()[""]` is the number of background reports."""
    return dict(_counts())
