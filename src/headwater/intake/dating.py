"""When a report was published, from what its page, feed or archive says: one clue is taken, or none where they contradict each other.

Each place has a weight, and places that say the same day add up. The day that wins must outweigh the next by a margin, unless something
explains the other: it is when the report was changed, when it was captured, or the same moment in another time zone. Which places lie how
often was counted on 728 pages whose day is known (`headwater measure pages`); a wrong day costs an investigator more than an unknown one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from headwater.intake import days
from headwater.intake.clue import Clue, Decided, said

WEIGHTS = {
    "json-ld": 3.0,
    "open-graph": 3.0,
    "meta": 1.5,
    "address": 2.0,
    "visible": 2.5,
    "feed": 3.0,
    "mail": 3.0,
    "file": 2.0,
}
AGAIN = 0.5
"""share of its weight that a place gives to a day that it does not name first"""
IN_MONTH = 1.0
"""what an address with only a month adds to the days in it"""
MARGIN = 1.0
LEAST = 2.0
"""weight below which a day is not taken, however alone it stands"""
NEVER = {"http": "a server's date says when it answered", "archive": "the archive says when it took the page"}
CHANGED_DOUBT = "it was changed on another day, and neither the page as it is shown nor its address tells the first"
HOUR = slice(11, 13)


@dataclass(frozen=True, slots=True)
class Known:
    """What stands beside the clues for a day: when it was captured and changed, and the month in its address."""

    captured: date | None
    modified: frozenset[date]
    month: str


def decide(clues: Sequence[Clue], beside: Sequence[Clue]) -> list[Decided]:
    """Return a verdict for each clue to `published`; `beside` are the clues to `modified` and `captured`."""
    known = Known(
        max((day for each in beside if each.field == "captured" and (day := days.day(each.value))), default=None),
        frozenset(day for each in beside if each.field == "modified" and (day := days.day(each.value))),
        next((each.value for each in clues if each.place == "address" and len(each.value) == 7), ""),
    )
    out = {each: why for each in clues if (why := _out(each, known))}
    left = [each for each in clues if each not in out]
    out |= _captured_days(left, known)
    left = [each for each in left if each not in out]
    return [*_decided(left, known), *(Decided(each, False, f"left: {why}") for each, why in out.items())]


def _out(clue: Clue, known: Known) -> str:
    """Return why a clue cannot be the day, or nothing."""
    day = days.day(clue.value)
    if day is None:
        return "names a month only"
    if clue.place in NEVER:
        return NEVER[clue.place]
    return "in the future of the capture" if known.captured and day > known.captured + timedelta(1) else ""


def _captured_days(clues: Sequence[Clue], known: Known) -> dict[Clue, str]:
    """Leave the day of the capture where it is shown beside another day: pages print today's date."""
    others = any(days.day(each.value) != known.captured for each in clues)
    shown = [each for each in clues if each.place == "visible" and days.day(each.value) == known.captured]
    return dict.fromkeys(shown, "the day on which the page was captured") if others else {}


def _decided(clues: Sequence[Clue], known: Known) -> list[Decided]:
    weights = _weights(clues, known)
    if not weights:
        return []
    best = max(weights, key=lambda day: (_cluster(day, weights), weights[day], -day.toordinal()))
    rivals = {day: its for day, its in weights.items() if abs((day - best).days) > 1}
    doubt = _doubt(clues, best, weights, rivals) or _changed_since(clues, best, known)
    if doubt:
        return [Decided(each, False, f"left: {doubt}") for each in clues]
    chosen = _in_zone(clues, best, weights)
    if chosen is None:
        return [Decided(each, False, "left: two days in a row are named, and nothing says which") for each in clues]
    winner = min((each for each in clues if days.day(each.value) == chosen), key=_roughness)
    return [Decided(each, each is winner, _why(each, winner, clues, known)) for each in clues]


def _weights(clues: Sequence[Clue], known: Known) -> dict[date, float]:
    """Return what speaks for each day; a day on which the report was changed has no vote of the page as shown."""
    by_place: dict[str, list[date]] = {}
    for each in clues:
        if (day := days.day(each.value)) and day not in by_place.setdefault(each.place, []):
            by_place[each.place].append(day)
    stated = {day for place in ("json-ld", "open-graph", "feed") for day in by_place.get(place, [])[:1]}
    found: dict[date, float] = {}
    for place, its in by_place.items():
        for rank, day in enumerate(its):
            changed = (
                place in ("visible", "meta")
                and day in known.modified
                and stated
                and all((day - each).days > 1 for each in stated)
            )
            weight = WEIGHTS.get(place, 1.0) * (AGAIN if rank else 1.0)
            found[day] = found.get(day, 0.0) + (0.0 if changed else weight)
    return {day: weight + IN_MONTH * (day.isoformat()[:7] == known.month) for day, weight in found.items()}


def _cluster(day: date, weights: Mapping[date, float]) -> float:
    """Return the weight of a day with its neighbour, for a moment is two days in two time zones."""
    return weights[day] + max(weights.get(day + timedelta(n), 0.0) for n in (-1, 1))


def _doubt(clues: Sequence[Clue], best: date, weights: Mapping[date, float], rivals: Mapping[date, float]) -> str:
    """Return why no day can be taken, or nothing."""
    if any(each.place == "address" and days.day(each.value) in rivals for each in clues):
        return "the address names another day, and nothing says which is right"
    if rivals and _cluster(best, weights) - max(rivals.values()) < MARGIN:
        return "contradicts another day, and nothing says which is right"
    if rivals and {each.place for each in clues} == {"visible"} and best > min(rivals):
        return "the page shows several days, and nothing says which is right"
    return "" if _cluster(best, weights) >= LEAST else "too little to go by alone"


def _changed_since(clues: Sequence[Clue], best: date, known: Known) -> str:
    """Return a doubt where the report was changed on another day, and neither the page as shown nor its address tells the first."""
    if not known.modified or best in known.modified:
        return ""
    told = [days.day(each.value) for each in clues if each.place in ("visible", "address", "feed", "mail")]
    return "" if best in told else CHANGED_DOUBT


def _in_zone(clues: Sequence[Clue], best: date, weights: Mapping[date, float]) -> date | None:
    """Return the day in the page's own time zone, where its clues name two days in a row; None where nothing tells."""
    other = max((day for day in weights if abs((day - best).days) == 1), key=lambda day: weights[day], default=None)
    if other is None:
        return best
    local = {day for day in (best, other) if any(_is_local(each, day) for each in clues)}
    moved = {
        day
        for day in (best, other)
        if all(_can_move(each, other if day == best else best) for each in clues if days.day(each.value) == day)
    }
    if len(moved) == 1 and local - moved:
        return (local - moved).pop()
    places = {each.place for each in clues if days.day(each.value) == best}
    return best if weights[best] - weights[other] >= MARGIN and places != {"visible"} else None


def _is_local(clue: Clue, day: date) -> bool:
    """Whether a clue tells a day as the outlet's clock or calendar has it: shown, in the address, or with an offset of its own."""
    if days.day(clue.value) != day or _in_utc(clue):
        return False
    return len(clue.value) > 10 or clue.place in ("visible", "address")


def _in_utc(clue: Clue) -> bool:
    return len(clue.value) > 10 and (clue.value.endswith("+00:00") or len(clue.value) <= 19)


def _can_move(clue: Clue, day: date) -> bool:
    """Whether a clue in universal time means the moment that is another day where the outlet is."""
    own = days.day(clue.value)
    if not _in_utc(clue) or own is None:
        return False
    hour = int(clue.value[HOUR])
    return hour >= 9 if day > own else hour <= 12


def _roughness(clue: Clue) -> tuple[int, int]:
    """Order clues to one day: those with hour and offset before those with the hour, those with a day last."""
    try:
        moment = datetime.fromisoformat(clue.value)
    except ValueError:
        return (3, 0)
    precise = 2 if len(clue.value) == 10 else 1 if moment.tzinfo is None else 0
    return (precise, list(WEIGHTS).index(clue.place) if clue.place in WEIGHTS else len(WEIGHTS))


def _why(clue: Clue, winner: Clue, clues: Sequence[Clue], known: Known) -> str:
    day, taken = days.day(clue.value), days.day(winner.value)
    if clue is winner:
        agreeing = [clue.place, *(each.place for each in clues if days.day(each.value) == taken)]
        return f"{said(agreeing)} {'say' if len(set(agreeing)) > 1 else 'says'} so"
    if day is None or taken is None or day == taken:
        return f"left: same as {said([winner.place])}"
    if day in known.modified and day > taken:
        return "left: a day on which it was changed"
    apart = (day - taken).days
    if abs(apart) == 1 and _in_utc(clue):
        return "left: the same time in another time zone"
    return f"left: {abs(apart)} day{'s' if abs(apart) > 1 else ''} {'after' if apart > 0 else 'before'} what {said([winner.place])} says"
