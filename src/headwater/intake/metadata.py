"""What a page, mail, feed or archive says of a report's title, outlet, byline and dates: which of it is taken, and why.

In go clues, each a value and the place where it stood, within a field and place the better first; out comes one value a field and a verdict
a clue. Nothing is thrown away: what was not taken is kept beside what was, so that somebody can see why a report has the date that it has.
A clue to `captured` (when an archive or a fetch took the page) is a bound for dates and no candidate; it gets no verdict.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from headwater.intake import dating
from headwater.intake.clue import Clue, Decided, said
from headwater.intake.days import host_of
from headwater.lists import newsrooms, outlets

__all__ = ["Chosen", "Clue", "Decided", "choose"]

TITLES = ("visible", "json-ld", "open-graph", "feed", "mail", "meta", "file")
OUTLETS = ("json-ld", "open-graph", "feed", "meta", "mail", "address", "file")
BYLINES = ("json-ld", "feed", "meta", "visible", "open-graph", "mail", "file")
ADDRESSES = ("http", "feed", "archive", "mail", "file", "meta")
MODIFIED = ("json-ld", "open-graph", "meta", "visible", "feed")
BREAKS = re.compile(r"(?<!\s)\s++[-–—|·•»«:/]++\s++|(?:(?<!\s)\s++)?\|\s*+|:\s++")
NOBODY = re.compile(
    r"^(?:by\s+)?(?:admin\w*|administrator|editor|webmaster|staff|redaktion|redaction|redacción|redacao"
    r"|redação|redazione|newsroom|news ?desk|web ?desk|user\d*|root|guest|unknown"
    r"|autor|author|none|null|n/?a|wordpress)(?:\s+(?:writer|reporter)s?)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value a field (title, outlet, published, url, byline, …; missing where unknown), and what became of each clue."""

    values: Mapping[str, str]
    verdicts: tuple[Decided, ...]


def choose(clues: Sequence[Clue]) -> Chosen:
    """Return what is taken of each field, and a verdict for each clue, in the order in which they came."""
    by_field: dict[str, list[Clue]] = {}
    for clue in dict.fromkeys(clues):
        by_field.setdefault(clue.field, []).append(clue)
    verdicts: list[Decided] = []
    values: dict[str, str] = {}
    for field, its in by_field.items():
        if field == "captured":
            continue
        decided = _decide(field, its, by_field)
        verdicts += decided
        values.update((field, _shown(each.clue, by_field)) for each in decided if each.won)
    order = {clue: n for n, clue in enumerate(dict.fromkeys(clues))}
    return Chosen(values, tuple(sorted(verdicts, key=lambda each: order[each.clue])))


def _decide(field: str, clues: Sequence[Clue], beside: Mapping[str, Sequence[Clue]]) -> list[Decided]:
    if field == "published":
        return dating.decide(clues, [*beside.get("modified", ()), *beside.get("captured", ())])
    if field == "title":
        return _titles(clues, beside.get("outlet", ()))
    if field == "outlet":
        return _outlets(clues)
    if field == "byline":
        return _ranked(clues, BYLINES, lambda clue: _no_byline(clue, beside.get("outlet", ())))
    if field == "credit":
        return _ranked(clues, (), lambda clue: _no_credit(clue, beside))
    return _ranked(clues, {"url": ADDRESSES, "modified": MODIFIED}.get(field, ()))


def _shown(clue: Clue, by_field: Mapping[str, Sequence[Clue]]) -> str:
    """Return what the report shows of a clue that was taken: a title without the site's name, all else as it came."""
    if clue.field != "title":
        return clue.value
    return _stripped(clue.value, by_field["title"], {_folded(each.value) for each in by_field.get("outlet", ())})


def _ranked(
    clues: Sequence[Clue], places: Sequence[str], refused: Callable[[Clue], str] = lambda clue: ""
) -> list[Decided]:
    """Take the first clue, in the order of places, that is not refused."""
    reasons = {clue: refused(clue) for clue in clues}
    rank = {place: n for n, place in enumerate(places)}
    winner = min(
        (clue for clue in clues if not reasons[clue]), key=lambda clue: rank.get(clue.place, len(rank)), default=None
    )
    return [Decided(clue, clue is winner, _verdict(clue, winner, reasons[clue])) for clue in clues]


def _verdict(clue: Clue, winner: Clue | None, reason: str) -> str:
    if clue is winner:
        return f"{said([clue.place])} says so"
    if reason or winner is None:
        return f"left: {reason}"
    if _folded(clue.value) == _folded(winner.value):
        return f"left: same as {said([winner.place])}"
    return "left: another came first" if clue.place == winner.place else f"left: {said([winner.place])} is trusted more"


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


# ── titles ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _titles(clues: Sequence[Clue], outlet_clues: Sequence[Clue]) -> list[Decided]:
    """Take the headline as it is shown where another clue bears it out, else the best clue less the site's name."""
    sites = {_folded(each.value) for each in outlet_clues}
    shown = {clue: _stripped(clue.value, clues, sites) for clue in clues}
    ranked = sorted(clues, key=lambda clue: TITLES.index(clue.place) if clue.place in TITLES else len(TITLES))
    sound = [clue for clue in ranked if clue.place != "visible" or _borne_out(clue, clues)]
    sound = [clue for clue in sound if _folded(clue.value) not in sites] or sound or ranked
    winner = _shorter(sound[0], clues)
    return [Decided(clue, clue is winner, _title_verdict(clue, winner, shown, sites)) for clue in clues]


def _title_verdict(clue: Clue, winner: Clue, shown: Mapping[Clue, str], sites: set[str]) -> str:
    if clue is winner:
        less = ", less the name of the site" if shown[clue] != clue.value else ""
        return f"{said([clue.place])} says so{less}"
    if _folded(shown[clue]) == _folded(shown[winner]):
        return f"left: same as {said([winner.place])}"
    if _folded(clue.value) in sites:
        return "left: the name of the site"
    return f"left: {said([winner.place])} is trusted more" if clue.place != winner.place else "left: another came first"


def _shorter(winner: Clue, clues: Sequence[Clue]) -> Clue:
    """Return the clue that ends a headline as it is shown, where that begins with the name of its section."""
    shown = _folded(winner.value)
    inner = [each for each in clues if each.place in ("json-ld", "open-graph") and shown.endswith(_folded(each.value))]
    return next(
        (each for each in inner if winner.place == "visible" and 12 < len(_folded(each.value)) < len(shown)), winner
    )


def _borne_out(clue: Clue, clues: Sequence[Clue]) -> bool:
    its = _folded(clue.value)
    others = [_folded(each.value) for each in clues if each.place != clue.place]
    return bool(its) and any(its in each or (len(each) > 11 and each in its) for each in others)


def _stripped(title: str, clues: Sequence[Clue], sites: set[str]) -> str:
    """Return a title without the parts at its end or beginning that only name the site, as another clue to title or outlet shows."""
    whole = {_folded(each.value) for each in clues}
    for found in BREAKS.finditer(title):
        for kept, cut in (
            (title[: found.start()], title[found.end() :]),
            (title[found.end() :], title[: found.start()]),
        ):
            if _folded(kept) and (_folded(kept) in whole or _folded(cut) in sites) and len(kept) > 3:
                return kept.strip()
    return title


# ── outlets, bylines, credits ────────────────────────────────────────────────────────────────────────────────────────────


def _outlets(clues: Sequence[Clue]) -> list[Decided]:
    """Take the listed name of the domain, else what the page calls itself, else the domain; carriers give way to whom they carry."""
    by_address = [clue for clue in clues if clue.place == "address"]
    listed = next((clue for clue in by_address if "." not in clue.value), None)
    carrier = any(outlets.is_carrier(clue.value) for clue in by_address)
    carried = [clue for clue in clues if clue.place == "json-ld" and not outlets.is_carrier(clue.value)]
    if listed and not (carrier and carried):
        return [
            Decided(
                clue,
                clue is listed,
                "the list of outlets has this domain" if clue is listed else _verdict(clue, listed, ""),
            )
            for clue in clues
        ]
    return _ranked(clues, OUTLETS, _no_name)


def _no_name(clue: Clue) -> str:
    if clue.value.startswith(("http://", "https://")):
        return "an address, no name"
    return "a machine's word, no name" if NOBODY.match(clue.value) or clue.value.casefold() == "publisher" else ""


def _no_byline(clue: Clue, outlet_clues: Sequence[Clue]) -> str:
    if clue.value.startswith(("http://", "https://", "@")) or "@" in clue.value:
        return "an address, no name"
    if NOBODY.match(clue.value):
        return "no person's name"
    found = newsrooms.find(clue.value)
    if found and found.agency:
        return "an agency, which is a credit"
    if found or _folded(clue.value) in {_folded(each.value) for each in outlet_clues}:
        return "the outlet's own name"
    return ""


def _no_credit(clue: Clue, beside: Mapping[str, Sequence[Clue]]) -> str:
    """A credit that says whose text it is names a news organisation other than the outlet."""
    own = [each.value for each in (*beside.get("outlet", ()), *beside.get("byline", ())) if not _is_agency(each.value)]
    hosts = {
        outlets.house(host)
        for each in (*beside.get("url", ()), *beside.get("canonical", ()))
        if (host := host_of(each.value))
    }
    host = host_of(clue.value)
    if any(newsrooms.same(clue.value, each) for each in own) or (host and outlets.house(host) in hosts):
        return "the outlet itself"
    if not host and (len(clue.value) > 60 or re.search(r"\d{3}", clue.value)):
        return "no name of an organisation"
    return ""


def _is_agency(name: str) -> bool:
    found = newsrooms.find(name)
    return bool(found and found.agency)
