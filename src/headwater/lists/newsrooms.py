"""News organisations by name, other names and domain; facts from the organisations' own pages. The grammar in
`stages/credits.py` recognises others by how a sentence speaks of them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from headwater.lists import countries

WORDS_TOO = frozenset(
    {
        "Time",
        "Vice",
        "Dawn",
        "Fox",
        "Guardian",
        "Spiegel",
        "Petra",
        "Bild",
        "Tribune",
        "Saba",
        "Manar",
        "Shaam",
        "Dogan",
        "Sana",
    }
)
"""names that a text uses for other things more often; found only under their longer names"""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A news organisation: its usual name, its other names, its domain, whether a state runs it, whether it sells texts."""

    name: str
    other_names: tuple[str, ...]
    domain: str | None
    state: bool
    agency: bool


@cache
def newsrooms() -> tuple[Newsroom, ...]:
    """Return the list as it ships."""
    with (files(__package__) / "newsrooms.csv").open(encoding="utf-8") as file:
        return tuple(
            Newsroom(
                name=row["name"],
                other_names=tuple(filter(None, row["other_names"].split(";"))),
                domain=row["domain"] or None,
                state=row["state"] == "yes",
                agency=row["agency"] == "yes",
            )
            for row in csv.DictReader(file)
        )


@cache
def pattern() -> str:
    """Return a regular expression for every name in the list, longest first; names are matched in their own case."""
    names = {name for each in newsrooms() for name in (each.name, *each.other_names)} - WORDS_TOO
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def _by_name() -> dict[str, Newsroom]:
    return {
        _folded(name): each for each in newsrooms() for name in (each.name, *each.other_names, each.domain or each.name)
    }


def find(name: str) -> Newsroom | None:
    """Return the news organisation with this name, other name or domain, or None."""
    return _by_name().get(_folded(name))


def _folded(name: str) -> str:
    plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", name.strip().casefold()).rstrip("/")
    return re.sub(r"(?:^the\s+)|['’]s$|[^\w.]+", "", plain)


def same(a: str | None, b: str | None) -> bool:
    """Tell whether two names mean one news organisation, as far as the list or the spelling shows."""
    if not a or not b:
        return False
    left, right = find(a), find(b)
    return left is right if left and right else _folded(a) == _folded(b) or _stump(a) == _stump(b)


STATE_MEDIA = re.compile(
    r"\b(?:state|official|government)(?:[- ](?:run|owned|controlled))? (?:media|press|news)\b", re.I
)


def some_state_media(name: str | None) -> str | None:
    """Return the state whose media a name means without saying which: Syrian of "Syrian state media"; None for other names."""
    if not name or find(name) or not STATE_MEDIA.search(name):
        return None
    return next((word for word in re.findall(r"[A-Z]\w+", name) if countries.is_demonym(word)), None)


def of_state(name: str | None, demonym: str) -> bool:
    """Tell whether a name means a news organisation that this state runs."""
    listed = find(name) if name else None
    return bool(listed and listed.state and any(demonym in each.split() for each in (listed.name, *listed.other_names)))


def _stump(name: str) -> str:
    return re.sub(
        r"(?:online|news|tv|world|english|agency|website){1,8}$",
        "",
        re.sub(r"\.\w{2,4}(?::\d+)?$|^al\W?", "", _folded(name)),
    )
