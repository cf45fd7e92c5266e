"""claims, readings, statements, voices, dates, corrections → disputes: claims of a story that cannot both hold, each with its kind.

Two counts of one role differ: an *update* when the same origin gave the higher one on a later day, or who gives it says that the count
has risen, a *number* dispute otherwise, or one of *scope* where one counts civilians and the other everybody. Two different doers of one deed: *blame*.
Two ways that exclude one another (a fault, or shot down; a car, or a truck): *denial*. The same thing in nearly the same words at two times: *time*, in two places: *place*.
What the newer version of a page says otherwise is an update too. An update is not a disagreement. Who says both in one report holds both, so they are of two happenings and nothing is in dispute.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from headwater.records import Claim, Correction, Date, Dispute, Reading, Statement, Version, Voice, ident
from headwater.settings import Settings
from headwater.stages.bags import shared, weight_of
from headwater.stages.claims import BEFORE, TOLL, Days, is_bare
from headwater.stages.readings import COUNTED
from headwater.stages.versions import Pages
from headwater.stages.voices import as_heard
from headwater.stages.wheres import elsewhere

VERSION = 14
FACTOR = 12  # counts further apart than this belong to different happenings more often than to one
EXCLUSIVE = (
    {"suicide bomber", "planted bomb"},
    {"technical fault", "downing"},
    {"car bomb", "truck bomb"},
    {"car bomb", "motorcycle bomb"},
    {"truck bomb", "motorcycle bomb"},
)
ALIKE = 0.6  # Dice coefficient of words from which two times or places of one thing are in dispute; not calibrated: syria-reports has no such pair
DEED = 0.25  # the same for two doers of one deed; .2, .25 and .3 score the same on origins-gold
VICTIMS = {
    "civilian": "civilian", "children": "civilian", "child": "civilian", "women": "civilian", "pilgrim": "civilian",
    "rebel": "rebels", "fighter": "rebels", "insurg": "rebels", "milit": "rebels", "militia": "rebels", "terrorist": "rebels",
    "jihadist": "rebels", "gunmen": "rebels",
    "soldier": "soldiers", "troop": "soldiers", "policemen": "soldiers", "conscript": "soldiers",
}  # fmt: skip
"""stems of who was killed or wounded; rebels and soldiers are counted apart from civilians, and from one another"""
RISEN = frozenset(["risen", "rise", "rose", "climb", "increas"])
"""stems by which a count says that it was lower before"""
SHARED = 4.0  # weight of the words that two counts must share to be about one happening


def disputes(
    *,
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    readings: Sequence[Reading],
    voices: Sequence[Voice],
    marks: Sequence[Correction],
    dates: Sequence[Date],
    versions: Sequence[Version],
    settings: Settings,
) -> Iterator[Dispute]:
    """Yield the disputes of a story; what a newer version of a page says otherwise moves the older one on."""
    pages, said = Pages(versions), {statement.id: statement for statement in as_heard(statements, voices)}
    by_id = {each.id: each for each in claims}
    for dispute in _disputes(claims, said, readings, marks, dates):
        one, two = (_asserting(by_id[each], said) for each in (dispute.a, dispute.b))
        if all(pages.has_newer(each, two) for each in one) or all(pages.has_newer(each, one) for each in two):
            dispute = replace(
                dispute, kind="update", why=f"{dispute.why}; the newer version of the page says the other"
            )
        yield dispute


def _asserting(claim: Claim, said: Mapping[str, Statement]) -> set[str]:
    """The reports that assert a claim that is in dispute."""
    return {said[each].report for each in claim.statements if said[each].stance == "asserts"}


def _disputes(
    claims: Sequence[Claim],
    said: Mapping[str, Statement],
    readings: Sequence[Reading],
    marks: Sequence[Correction],
    dates: Sequence[Date],
) -> Iterator[Dispute]:
    """Yield the disputes of a story, whichever versions of pages say it."""
    read = {reading.id: reading for reading in readings}
    days = {each.report: each.first for each in dates}
    out = {each.name for each in marks if each.kind == "no-line"}
    home = _home(readings, days)
    asserted = [each for each in claims if any(said[s].stance == "asserts" and s not in out for s in each.statements)]
    for one, two in combinations(sorted(asserted, key=lambda each: each.id), 2):
        if _held_by_one(one, two, said):
            continue
        if _exclude(one, two):
            yield _dispute(one, two, "denial", f"{one.value} against {two.value}: not both can have done it")
            continue
        if one.kind != two.kind:
            continue
        if one.kind not in COUNTED and one.value == two.value and _at_other_times(one, two, read):
            yield _dispute(one, two, "time", f"{_told_when(one, read)} against {_told_when(two, read)}")
            continue
        if one.value == two.value and _in_other_places(one, two, read):
            yield _dispute(one, two, "place", f"{_told_where(one, read)} against {_told_where(two, read)}")
            continue
        if one.value is None or two.value is None:
            continue
        if (
            one.kind in COUNTED
            and _told_of(one, read, home) == _told_of(two, read, home)
            and _one_count(one, two, read)
        ):
            kind, why = _of_counts(one, two, said, read, days)
            yield _dispute(one, two, kind, why)
        elif (
            one.kind in ("doer", "claimed")
            and one.value != two.value
            and _deed(one) == _deed(two)
            and _one_deed(one, two, read)
        ):
            yield _dispute(one, two, "blame", f"{one.value} against {two.value}")


@dataclass(frozen=True, slots=True)
class _Home:
    """Where and when the happening of a story was, as most of its reports have it; unknown where they do not agree."""

    place: str | None
    first: str | None


def _home(readings: Sequence[Reading], days: Mapping[str, str | None]) -> _Home:
    """The place in which most reports say that something happened, if none apart from it is named by half as many, and the day before
    which all is background."""
    named = Counter(place for _, place in {(each.report, each.place) for each in readings if each.place})
    ranked = sorted(named, key=lambda place: (-named[place], place))
    others = [named[place] for place in ranked[1:] if elsewhere(ranked[0], place)]
    place = ranked[0] if ranked and named[ranked[0]] > 1 and max(others, default=0) * 2 <= named[ranked[0]] else None
    known = sorted(day for day in days.values() if day)
    return _Home(place, (date.fromisoformat(known[0][:10]) - timedelta(days=BEFORE)).isoformat() if known else None)


def _told_of(claim: Claim, read: Mapping[str, Reading], home: _Home) -> str:
    """What a toll is of: the story's own happening, or something else that its reports recall."""
    its = _of(claim, read)
    away = all(home.place and elsewhere(each.place, home.place) for each in its)
    past = all(each.recalled or (each.last and home.first and each.last < home.first) for each in its)
    return "else" if away or past else "own"


def _one_deed(one: Claim, two: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether two doers are told of in words alike enough for one deed, at a time and in a place that are not others."""
    return any(
        shared(_beside_toll(a), _beside_toll(b)).dice >= DEED
        and not (a.last and b.last and _apart(a, b))
        and not elsewhere(a.place, b.place)
        for a in _of(one, read)
        for b in _of(two, read)
    )


def _deed(claim: Claim) -> str:
    """The kind of deed in a doer's value: of an execution and a downing each has its own doer."""
    return (claim.value or "").partition(" (")[2]


def _held_by_one(one: Claim, two: Claim, said: Mapping[str, Statement]) -> bool:
    """Tell whether one voice asserts both in one report."""
    left, right = (
        {
            (said[each].report, said[each].origin)
            for each in claim.statements
            if said[each].stance == "asserts" and (said[each].origin_named or said[each].speaker is None)
        }
        for claim in (one, two)
    )
    return bool(left & right)


def _exclude(one: Claim, two: Claim) -> bool:
    """Tell whether two ways in which a thing came about exclude one another: planted or carried, a fault or shot down."""
    ways = {("downing" if (each.value or "").endswith("(downing)") else each.value or "") for each in (one, two)}
    return {one.kind, two.kind} <= {"means", "doer"} and ways in EXCLUSIVE


def _at_other_times(one: Claim, two: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether two claims say the same of times that are days apart, each of which somebody names."""
    left, right = ([read[each] for each in claim.readings] for claim in (one, two))
    if not all(reading.first and reading.last for reading in (*left, *right)):
        return False
    apart = all(_apart(a, b) for a in left for b in right)
    return apart and any(shared(a.words, b.words).dice >= ALIKE for a in left for b in right)


def _apart(a: Reading, b: Reading) -> bool:
    return Days(a.first or "", a.last or "").apart(Days(b.first or "", b.last or ""))


def _in_other_places(one: Claim, two: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether two claims say the same of places that are apart, each of which somebody names."""
    left, right = _of(one, read), _of(two, read)
    if not all(elsewhere(a.place, b.place) and not (a.last and b.last and _apart(a, b)) for a in left for b in right):
        return False
    return any(shared(_beside_names(a), _beside_names(b)).dice >= ALIKE for a in left for b in right)


def _beside_names(reading: Reading) -> frozenset[str]:
    return frozenset(reading.words) - frozenset(reading.names)


def _told_where(claim: Claim, read: Mapping[str, Reading]) -> str:
    return " and ".join(sorted({each.place_name or "" for each in _of(claim, read)}))


def _told_when(claim: Claim, read: Mapping[str, Reading]) -> str:
    days = sorted({(read[each].first or "", read[each].last or "") for each in claim.readings})
    first, last = days[0][0], max(last for _, last in days)
    return first if first == last else f"{first} to {last}"


def _one_count(one: Claim, two: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether two counts can be one happening's; one person who is told of is no toll."""
    (low, lower), (high, _) = sorted(((int(each.value or 0), each) for each in (one, two)), key=lambda pair: pair[0])
    if low < 2 or low == high or high / low > FACTOR or _is_vague(lower, read):  # dozens may well be fifty
        return False
    if all(elsewhere(a.place, b.place) for a in _of(one, read) for b in _of(two, read)):
        return False
    if any(_bare(claim, read) for claim in (one, two)):
        return True
    return _shared(one, two, read) >= SHARED and any(_of_one(a, b) for a in _of(one, read) for b in _of(two, read))


def _is_vague(claim: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether nobody gives a count as a number, so that what it allows at least is all that is known."""
    return all(each.bound == "vaguely" for each in _of(claim, read))


def _of(claim: Claim, read: Mapping[str, Reading]) -> list[Reading]:
    return [read[each] for each in claim.readings]


def _of_one(a: Reading, b: Reading) -> bool:
    """Tell whether two counts speak of the same victims, at a time and in a place that are not others."""
    left, right = ({VICTIMS[word] for word in each.words if word in VICTIMS} for each in (a, b))
    if left and right and not left & right:
        return False
    return not (a.last and b.last and _apart(a, b)) and not elsewhere(a.place, b.place)


def _beside_toll(reading: Reading) -> frozenset[str]:
    return frozenset(word for word in reading.words if word not in TOLL and not word.isdigit())


def _bare(claim: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether a count tells nothing but its number, so that it can only be the story's own."""
    return all(is_bare(read[each]) for each in claim.readings)


def _shared(one: Claim, two: Claim, read: Mapping[str, Reading]) -> float:
    """Weight of the words that both claims' readings use."""
    left = {word for each in one.readings for word in read[each].words}
    right = {word for each in two.readings for word in read[each].words}
    return weight_of(word for word in left & right if not word.isdigit())


def _of_counts(
    one: Claim, two: Claim, said: Mapping[str, Statement], read: Mapping[str, Reading], days: Mapping[str, str | None]
) -> tuple[str, str]:
    """The kind of dispute between two counts of one role, and the reason."""
    low, high = sorted((one, two), key=lambda each: int(each.value or 0))
    before, after = ([said[each] for each in claim.statements] for claim in (low, high))
    for earlier in before:
        for later in after:
            if not earlier.origin_named or earlier.origin != later.origin:
                continue
            first, second = days.get(earlier.report), days.get(later.report)
            if first and second and first < second:
                return "update", f"{earlier.origin} gave {low.value} on {first} and {high.value} on {second}"
    for each in _of(high, read):
        first = min((day for one_said in before if (day := days.get(one_said.report))), default=None)
        second = days.get(each.report)
        if RISEN & set(each.words) and not (first and second and second < first):
            return (
                "update",
                f"{low.value} before, and told to have risen to {high.value}{f' on {second}' if second else ''}",
            )
    scopes = [{VICTIMS.get(word) for each in _of(claim, read) for word in each.words} - {None} for claim in (low, high)]
    if scopes == [{"civilian"}, set()]:
        return "scope", f"{low.value} civilians {low.kind} against {high.value} {high.kind} in all"
    return "number", f"{one.value} against {two.value} {one.kind}"


def _dispute(one: Claim, two: Claim, kind: str, why: str) -> Dispute:
    return Dispute(
        id=ident("x", one.id, two.id), story=one.story, a=one.id, b=two.id, kind=kind, why=why, rule=f"{kind}@1"
    )
