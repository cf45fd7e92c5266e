"""What readers and those who decide share: a clue, and what became of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """One value for one field, and where it stood; the fields and places are those of `candidates`."""

    field: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A clue, whether it was taken, and why or why not."""

    clue: Clue
    won: bool
    why: str


SAYS = {
    "json-ld": "JSON-LD",
    "open-graph": "Open Graph",
    "meta": "the page's head",
    "address": "the address",
    "visible": "the page as it is shown",
    "http": "the server",
    "feed": "the feed",
    "archive": "the archive",
    "mail": "the mail",
    "file": "the file",
}


def said(places: list[str]) -> str:
    """Return in words who says something: `JSON-LD and the address`."""
    names = [SAYS.get(place, place) for place in dict.fromkeys(places)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
