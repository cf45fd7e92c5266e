"""Countries with their demonyms, capitals and other names; facts, for telling places from people and "Syria's" from "Syrian"."""

import csv
from functools import cache
from importlib.resources import files

PEOPLES = frozenset(["Kurdish", "Arab", "European", "African", "Asian", "Western", "Druze", "Sunni", "Shiite", "Shia"])
"""demonyms of no one country"""


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (files(__package__) / "countries.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def demonyms() -> dict[str, str]:
    """Return the demonym of each country, by all the country's names."""
    return {
        name: row["demonym"]
        for row in _rows()
        for name in (row["name"], *filter(None, row["other_names"].split(";")))
        if name != row["demonym"]
    }


@cache
def _demonym_words() -> frozenset[str]:
    return frozenset(PEOPLES | {row["demonym"] for row in _rows()})


@cache
def peoples() -> tuple[str, ...]:
    """Return the demonyms of all countries, by alphabet."""
    return tuple(sorted({row["demonym"] for row in _rows()}))


@cache
def called(demonym: str) -> frozenset[str]:
    """Return what else names the country of a demonym in one word: its names and its capital."""
    rows = [row for row in _rows() if row["demonym"] == demonym]
    names = {name for row in rows for name in (row["name"], row["capital"], *row["other_names"].split(";"))}
    return frozenset(name for name in names if name and " " not in name)


@cache
def capitals() -> frozenset[str]:
    """Return the names of all capitals."""
    return frozenset(row["capital"] for row in _rows())


@cache
def places() -> frozenset[str]:
    """Return the names of all countries and capitals."""
    return frozenset(demonyms()) | capitals()


@cache
def _names() -> dict[str, str]:
    return {row["demonym"]: row["name"] for row in reversed(_rows())}


def country_of(demonym: str) -> str | None:
    """Return the country of a demonym: Syria for Syrian; None for a people of no one country."""
    return _names().get(demonym)


def is_demonym(word: str) -> bool:
    """Tell whether a word is a demonym: Syrian, Kurdish; an abbreviation that stands for one counts: US, UK."""
    return word in _demonym_words() or word in ("US", "U.S.", "UK", "U.K.", "UAE")


def demonym_of(possessive: str) -> str | None:
    """Return Syrian for "Syria", "Syria's", "Syria’s" and, with the apostrophe lost, "Syrias"; None for what is no country."""
    known = demonyms()
    for ending in ("", "'s", "’s", "s", "'", "’"):
        if ending == "" or possessive.endswith(ending):
            name = possessive[: len(possessive) - len(ending)]
            if name in known:
                return known[name]
    return None
