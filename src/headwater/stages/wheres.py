"""Where a text says that things happened: names that the gazetteer has, behind words that tell of a place.

A name alone is no place: "the Houston police" and "Mr Jackson" tell nowhere. What stands behind "in", "near" or "the town of" does.
Which of several places of one name is meant, the words behind it say ("Springfield, Ohio"), or else the countries and regions that the
text names, or else the number of people (as in Leidner 2007). A name that is not in the gazetteer is not resolved.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.lists import countries
from headwater.lists.places import ARTICLES, Place, folded, place, skeleton, sounding, spelt
from headwater.stages.times import MONTHS, WEEKDAYS
from headwater.stages.words import STOP

PARTICLE = "|".join(sorted(ARTICLES - {"the"}))
NAME = rf"(?:(?:{PARTICLE})[- ])?[A-Z][^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*"
RUN = re.compile(
    rf"(?<![\w-]){NAME}(?:[ -](?:(?:{PARTICLE}|of|de|la)[ -])?[A-Z][^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*)*|(?<=, )(?:[A-Z]\.?){{2}}(?!\w)"
)
WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*\.?")
SHORT_REGION = re.compile(r"[A-Z]\.?[A-Z]\.?")
"""a region's code behind a comma: Trenton, N.J."""
LONGEST = 4  # words of a name
NOT_NAMES = frozenset([*MONTHS, *WEEKDAYS, *STOP]) | frozenset(
    """africa asia europe america americas university college school church hospital airport center centre city town village street road avenue
    square park bridge creek valley bay gulf hall police union council state county province district government parliament congress senate court
    house north south east west northern southern eastern western central superior federal national international metro green level human
boulevard lane drive terrace
    way plaza mountain mountains lake river mount highway block apartments summit sea ocean island islands
    date star king god lord dad mom mr mrs ms dr""".split()
)
"""what towns somewhere are called and texts mean otherwise"""
LEADING = STOP | frozenset(
    "across inside outside near north south east west residents people thousands hundreds dozens parts most".split()
)
"""what a sentence begins with before a name"""
AROUND = re.compile(
    r"(?:north|south|east|west|central|greater|downtown|upper|lower|old|inner)[\w-]*|province|governorate|region|state|city|district|countryside|international|airport|university|hospital",
    re.I,
)
"""what may be written large beside a place without making it a name of something else"""
DIRECTION = r"(?:(?:north|south|east|west|central|mid)[\w-]*|downtown|rural|upper|lower|greater|nearby|inner)"
PART = rf"(?:city|cities|town|towns|village|villages|hamlet|province|governorate|region|district|county|countryside|area|areas|outskirts|suburbs?|port|neighbou?rhood|streets?|centre|center|capital|heart|edge|parts?|{DIRECTION})"
SITUATED = re.compile(
    rf"\b(?:(?i:in|at|near|around|outside|inside|across|throughout|within|over|into)\s+(?:(?!(?:by|from|of|to|with|for|against|and|that|which|who)\b)[a-z][\w-]*(?:\s+|,\s+)|[A-Z][\w-]*[’']?s\s+){{0,4}}?"
    rf"|(?i:{PART})\s+of\s+(?:the\s+)?(?:{DIRECTION}\s+)?"
    r"|(?i:strikes?|raids?|attacks?|assaults?|shelling|bombing|bombardment|airstrikes?|offensive)\s+(?:on|against)\s+(?:the\s+)?(?:[a-z][\w-]*\s+){0,2}"
    r"|(?i:hit|struck|bombed|shelled|bombarded|shook|rocked)\s+(?:the\s+)?(?:[a-z][\w-]*\s+){0,2})$"
)
OWNED = re.compile(rf"[’']s?\s+(?!{PART}\b)[a-z]|-[a-z]|[’']s?[^\w\s]")
"""what behind a town's name makes it somebody's: outside Wanda's, Clark's death, English-language"""
WITH_NEXT = re.compile(r"(?:,| and|, and|,? in)\s+(?:in |near |the )?$")
"""what stands between two places told in one breath"""
REGION_BEHIND = re.compile(r"[’']?s?\s+(?:province|governorate|region|countryside|county|state)\b", re.I)
REGION_BEFORE = re.compile(r"\b(?:province|governorate|region|state|county|countryside)\s+of\s+(?:the\s+)?$", re.I)
ABBREVIATED = 4  # letters up to which capitals alone are an abbreviation
KINDS = ("town", "region", "country")
WIDE = 80  # characters before a name in which a preposition is looked for
UNKNOWN_TOWN = 15_000  # people from which a town can be meant where nothing else tells its country
SAID_BEHIND = 9.0
IN_COUNTRY = 5.0
IN_REGION = 1.5
KIND = 1.0
"""weights in powers of ten of people: a town of the country that is named is meant though another is a thousand times larger"""


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a text names, with its characters."""

    place: Place
    start: int
    end: int
    situated: bool
    """whether the text says that something is or happens there; otherwise the name merely stands there"""
    qualified: bool
    """whether the region or country in which it lies stands right behind it"""
    part: bool
    """whether the name also stands in a longer one that is no place: Anderson, and Laquan Anderson"""


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    start: int
    end: int


def wheres(text: str) -> list[Where]:
    """Return the places that a text names, in order."""
    mentions, parts = _mentions(text)
    told = _countries(text)
    candidates = [_candidates(each.name, told) for each in mentions]
    regions = Counter(found[0].region for found in candidates if found and found[0].kind == "region")
    if not told:
        told = Counter(found[0].country for found in candidates if found and found[0].kind == "region") or Counter(
            found[0].country for found in candidates if found
        )
    found: list[Where] = []
    for number, (mention, places) in enumerate(zip(mentions, candidates, strict=True)):
        behind = candidates[number + 1] if _qualifies(text, mentions, number) else ()
        chosen = _chosen(text, mention, places, behind, told, regions, found)
        if chosen is not None:
            qualified = any(chosen.within(each) and each.kind != "town" for each in behind)
            found.append(
                Where(
                    chosen,
                    mention.start,
                    mention.end,
                    _situated(text, mention, chosen, found),
                    qualified,
                    mention.name in parts,
                )
            )
    return found


def _mentions(text: str) -> tuple[list[_Mention], frozenset[str]]:
    """Return the names of places that stand by themselves, in order, and those that stand in names of something else."""
    alone: list[_Mention] = []
    parts = set[str]()
    for run in RUN.finditer(text):
        words = list(WORD.finditer(text, run.start(), run.end()))
        while words and words[0].group().lower() in LEADING:  # In Homs, Residents of Homs
            words = words[2:] if len(words) > 1 and words[1].group() == "of" else words[1:]
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            size = next(
                (
                    size
                    for size in range(min(LONGEST, len(words) - at), 0, -1)
                    if _is_name(text[words[at].start() : words[at + size - 1].end()])
                ),
                0,
            )
            if size:
                found.append((at, at + size))
            at += size or 1
        taken = {index for first, last in found for index in range(first, last)}
        names = [text[words[first].start() : words[last - 1].end()] for first, last in found]
        if all(index in taken or AROUND.fullmatch(word.group()) for index, word in enumerate(words)) and all(
            map(_holds, names, names[1:])
        ):
            for first, last in found:
                start, end = words[first].start(), words[last - 1].end()
                alone.append(_Mention(text[start:end], start, end))
        else:
            parts.update(names)
    return alone, frozenset(parts)


def _holds(name: str, behind: str) -> bool:
    """Tell whether a place bears the first name that lies in one of the second: Aleppo Syria, not Rosa Parks."""
    return any(each.within(other) for each in spelt(name) for other in spelt(behind) if other.kind != "town")


def _is_name(name: str) -> bool:
    words = name.lower().split()
    if SHORT_REGION.fullmatch(name):
        return bool(spelt(name))
    if (words[0] in NOT_NAMES and (len(words) == 1 or words[0] in STOP)) or " ".join(words) in (
        "middle east",
        "white house",
    ):
        return False
    if len(words) == 1 and name.isupper() and len(name) <= ABBREVIATED:  # SANA, not Sana
        return False
    if countries.is_demonym(name):
        return False
    return (len(words) > 1 or words[0] not in ARTICLES) and bool(spelt(name) or sounding(name))


def _countries(text: str) -> Counter[str]:
    """How often each country is named, by itself or by its people."""
    found = Counter[str]()
    for word in re.finditer(r"\b(?:[A-Z]\.){2,}|[A-Z][\w’']+", text):
        demonym = word.group() if countries.is_demonym(word.group()) else countries.demonym_of(word.group().rstrip("."))
        if demonym and (code := _code(demonym)):
            found[code] += 1
    return found


def _code(demonym: str) -> str | None:
    if demonym.rstrip(".") in ("US", "U.S"):
        return "US"
    name = countries.country_of(demonym)
    return next((each.country for each in spelt(name) if each.kind == "country"), None) if name else None


def _candidates(name: str, told: Counter[str]) -> tuple[Place, ...]:
    """Places of that name; by its sound only those of the country that is named most."""
    if (demonym := countries.demonym_of(name)) and (country := countries.country_of(demonym)):
        state = tuple(each for each in spelt(country) if each.kind == "country")
        return state + tuple(each for each in spelt(name) if each not in state)
    most = max(told.values(), default=0)
    return spelt(name) or tuple(each for each in sounding(name) if told[each.country] * 2 > most)


def _qualifies(text: str, mentions: Sequence[_Mention], number: int) -> bool:
    """Tell whether the next name stands right behind a comma: Springfield, Ohio."""
    if number + 1 == len(mentions):
        return False
    return bool(re.fullmatch(r",\s+", text[mentions[number].end : mentions[number + 1].start]))


def _chosen(
    text: str,
    mention: _Mention,
    places: Sequence[Place],
    behind: Sequence[Place],
    told: Counter[str],
    regions: Counter[str],
    found: Sequence[Where],
) -> Place | None:
    before = _chosen_before(text, mention, found)
    if region := next(
        (each for each in places if each.kind == "region" and before and before.place.within(each)), None
    ):
        return region
    if country := next((each for each in places if each.kind == "country"), None):
        return next(
            (each for each in places if any(each.within(other) for other in behind if other.kind == "region")), country
        )
    most = max(told.values(), default=0)
    as_region = bool(
        REGION_BEHIND.match(text, mention.end)
        or REGION_BEFORE.search(text, max(0, mention.start - WIDE), mention.start)
    )
    best: tuple[float, Place] | None = None
    for each in places:
        inside = any(each.within(other) and other.kind != "town" for other in behind)
        if (
            each.kind == "town"
            and each.people < UNKNOWN_TOWN
            and not inside
            and each.country not in told
            and each.region not in regions
        ):
            continue
        score = math.log10(each.people + 10)
        score += SAID_BEHIND * inside
        score += IN_COUNTRY * (told[each.country] / most if most else 0.0)
        score += IN_REGION * bool(each.region and regions[each.region])
        score += KIND * (each.kind == "region" if as_region else _is_seat(each))
        if best is None or score > best[0]:
            best = score, each
    return best[1] if best else None


def _chosen_before(text: str, mention: _Mention, found: Sequence[Where]) -> Where | None:
    """The place right before a comma and this name: of Springfield, Ohio the town."""
    last = found[-1] if found else None
    return last if last and re.fullmatch(r",\s+", text[last.end : mention.start]) else None


def _situated(text: str, mention: _Mention, chosen: Place, before: Sequence[Where]) -> bool:
    if chosen.kind == "town" and OWNED.match(text, mention.end):
        return False
    if SITUATED.search(text, max(0, mention.start - WIDE), mention.start):
        return True
    last = before[-1] if before else None
    return bool(
        last
        and last.situated
        and WITH_NEXT.fullmatch(text[last.end : mention.start])
        and not (last.place.within(chosen) and last.place.id != chosen.id)
    )


def apart(one: Place, other: Place) -> bool:
    """Tell whether two places cannot be one: neither lies in the other, and they are not parts of one city.

    A town that bears its region's name may stand for the region.
    """
    if one.within(other) or other.within(one) or (one.larger and one.larger == other.larger):
        return False
    if one.region and one.region == other.region:
        return not (_is_seat(one) or _is_seat(other))
    return True


@lru_cache(maxsize=10_000)
def elsewhere(one: str | None, other: str | None) -> bool:
    """Tell whether two ids are of towns or regions apart; two countries say too little, since a move is told of either end."""
    if one is None or other is None:
        return False
    a, b = place(one), place(other)
    return a.kind != "country" and b.kind != "country" and apart(a, b)


@lru_cache(maxsize=10_000)
def _is_seat(town: Place) -> bool:
    """Tell whether a town bears the name of the region in which it lies, however either is spelt: Homs, Idlib, Hamah in Hama."""
    return (
        town.kind == "town"
        and bool(town.region)
        and skeleton(folded(town.name)) == skeleton(folded(place(town.region).name))
    )


def told_at(found: Sequence[Where], start: int, end: int) -> Where | None:
    """Return where a passage's events happen: of the places in which it situates them the narrowest.

    Unknown where two of them are apart: which of them is meant the names alone do not say.
    """
    inside = [each for each in found if each.situated and start <= each.start and each.end <= end]
    if any(apart(one.place, other.place) for one in inside for other in inside):
        return None
    return min(inside, key=lambda each: _breadth(each, inside), default=None)


def _breadth(one: Where, inside: Sequence[Where]) -> tuple[int, bool, int]:
    """How wide a place is among those told: a town before its region, a suburb before its city, another town before the region's seat."""
    around = any(other.place.id != one.place.id and other.place.within(one.place) for other in inside)
    return KINDS.index(one.place.kind), around or _is_seat(one.place), one.start
