"""Outlets by domain, beyond the news organisations of `newsrooms.csv`: what a page's address says of who published it."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from headwater.lists.newsrooms import newsrooms

TWO_PARTS = frozenset("co com net org gov gob ac edu gen or ne go nic web".split())
"""second parts under which countries hand out names: bbc.co.uk is a house, co.uk is none"""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, its domain, and whether it carries mostly texts that others published."""

    name: str
    domain: str
    carrier: bool


@cache
def _by_domain() -> dict[str, Outlet]:
    with (files(__package__) / "outlets.csv").open(encoding="utf-8") as file:
        listed = [Outlet(row["name"], row["domain"], row["carrier"] == "yes") for row in csv.DictReader(file)]
    known = [Outlet(each.name, each.domain, False) for each in newsrooms() if each.domain]
    return {each.domain: each for each in (*listed, *known)}


def find(host: str) -> Outlet | None:
    """Return the outlet whose domain a host is, or is part of."""
    parts = host.casefold().removeprefix("www.").split(".")
    return next((its for n in range(len(parts) - 1) if (its := _by_domain().get(".".join(parts[n:])))), None)


def name(host: str) -> str | None:
    """Return the name of the outlet at a host; None where the host is not listed."""
    found = find(host)
    return found.name if found else None


def is_carrier(name_or_host: str) -> bool:
    """Whether a name or host is one that carries mostly texts that others published."""
    its = name_or_host.casefold()
    return any(each.carrier and its in (each.name.casefold(), each.domain) for each in _by_domain().values())


def house(host: str) -> str:
    """Return the part of a host that somebody owns: `example.co.uk` of `news.example.co.uk`."""
    parts = host.casefold().removeprefix("www.").split(".")
    kept = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in TWO_PARTS else 2
    return ".".join(parts[-kept:])
