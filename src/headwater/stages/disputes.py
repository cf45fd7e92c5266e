"""claims, readings, statements, voices, dates → disputes: claims of a story that cannot both hold, each with its kind.

Two counts of one role differ: an *update* when the same origin gave the higher one on a later day or says that it rose, a
*number* dispute otherwise. Two different doers of one deed: *blame*. Two ways that exclude one another (a fault, or shot down): *denial*. An update is not a disagreement.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from headwater.records import Claim, Date, Dispute, Reading, Statement, Voice, ident
from headwater.settings import Settings
from headwater.stages.bags import weight_of
from headwater.stages.claims import COUNTED, is_bare
from headwater.stages.voices import as_heard

VERSION = 7
FACTOR = 12  # counts further apart than this belong to different happenings more often than to one
EXCLUSIVE = ({"suicide bomber", "planted bomb"}, {"technical fault", "downing"})
SHARED = 4.0  # weight of the words that two counts must share to be about one happening


def disputes(
    *,
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    readings: Sequence[Reading],
    voices: Sequence[Voice],
    dates: Sequence[Date],
    settings: Settings,
) -> Iterator[Dispute]:
    """Yield the disputes of a story."""
    said = {statement.id: statement for statement in as_heard(statements, voices)}
    read = {reading.id: reading for reading in readings}
    days = {each.report: each.first for each in dates}
    asserted = [each for each in claims if any(said[s].stance == "asserts" for s in each.statements)]
    for one, two in combinations(sorted(asserted, key=lambda each: each.id), 2):
        if _exclude(one, two):
            yield _dispute(one, two, "denial", f"{one.value} against {two.value}: not both can have done it")
            continue
        if one.kind != two.kind or one.value is None or two.value is None:
            continue
        if one.kind in COUNTED and _one_count(one, two, read):
            kind, why = _number_or_update(one, two, said, days)
            yield _dispute(one, two, kind, why)
        elif one.kind in ("doer", "claimed") and _deed(one) == _deed(two) and _shared(one, two, read) >= SHARED:
            yield _dispute(one, two, "blame", f"{one.value} against {two.value}")


def _deed(claim: Claim) -> str:
    """The kind of deed in a doer's value: of an execution and a downing each has its own doer."""
    return (claim.value or "").partition(" (")[2]


def _exclude(one: Claim, two: Claim) -> bool:
    """Tell whether two ways in which a thing came about exclude one another: planted or carried, a fault or shot down."""
    ways = {("downing" if (each.value or "").endswith("(downing)") else each.value or "") for each in (one, two)}
    return {one.kind, two.kind} <= {"means", "doer"} and ways in EXCLUSIVE


def _one_count(one: Claim, two: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether two counts can be one happening's; one person who is told of is no toll."""
    low, high = sorted((int(one.value or 0), int(two.value or 0)))
    alike = _shared(one, two, read) >= SHARED or any(_bare(claim, read) for claim in (one, two))
    return low > 1 and high / low <= FACTOR and alike


def _bare(claim: Claim, read: Mapping[str, Reading]) -> bool:
    """Tell whether a count tells nothing but its number, so that it can only be the story's own."""
    return all(is_bare(read[each]) for each in claim.readings)


def _shared(one: Claim, two: Claim, read: Mapping[str, Reading]) -> float:
    """Weight of the words that both claims' readings use."""
    left = {word for each in one.readings for word in read[each].words}
    right = {word for each in two.readings for word in read[each].words}
    return weight_of(word for word in left & right if not word.isdigit())


def _number_or_update(
    one: Claim, two: Claim, said: Mapping[str, Statement], days: Mapping[str, str | None]
) -> tuple[str, str]:
    low, high = sorted((one, two), key=lambda each: int(each.value or 0))
    before, after = ([said[each] for each in claim.statements] for claim in (low, high))
    for earlier in before:
        for later in after:
            if not earlier.origin_named or earlier.origin != later.origin:
                continue
            first, second = days.get(earlier.report), days.get(later.report)
            if first and second and first < second:
                return "update", f"{earlier.origin} gave {low.value} on {first} and {high.value} on {second}"
    return "number", f"{one.value} against {two.value} {one.kind}"


def _dispute(one: Claim, two: Claim, kind: str, why: str) -> Dispute:
    return Dispute(
        id=ident("x", one.id, two.id), story=one.story, a=one.id, b=two.id, kind=kind, why=why, rule=f"{kind}@1"
    )
