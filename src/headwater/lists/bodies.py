"""Bodies that are written in several ways, and the usual name of each; general knowledge, not taken from any one pile."""

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _usual() -> dict[str, str]:
    with (files(__package__) / "bodies.csv").open(encoding="utf-8") as file:
        rows = [(row["name"], row["other_names"].split(";")) for row in csv.DictReader(file)]
    return {other: name for name, others in rows for other in (name, *others)}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_usual(), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w.])(?:{names})(?![\w.])")


def usual(name: str) -> str | None:
    """Return the usual name of the body that a phrase names, or None where the list knows none; case counts ("IS", "is")."""
    found = _pattern().search(name)
    return _usual()[found.group()] if found else None


def find(name: str) -> str | None:
    """Return the usual name where the whole phrase is one of a body's names, else None."""
    return _usual().get(name)
