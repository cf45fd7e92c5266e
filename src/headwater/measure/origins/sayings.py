"""Scores statements (found, stance, speaker, gatherer, origin) and which of them are said to say the same.

In: a gold story and an exported case. Out: each gold statement with the system's statements that fit it, counts that
may be summed over stories, and the numbers that they make.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from headwater.measure.origins.exported import Exported, Stated
from headwater.measure.origins.gold import GoldStory, Said
from headwater.measure.origins.matching import fit, fitting, names_nobody, same_as_either
from headwater.measure.ratios import f1, ratio
from headwater.measure.results import Number

ONE_SPAN = 0.8  # fit from which two gold spans of one report are one span that may belong to several claims


@dataclass(frozen=True, slots=True)
class Fit:
    """A gold statement, the position of its claim in the story, and the system's statements that fit it."""

    claim: int
    said: Said
    found: tuple[Stated, ...]

    @property
    def claims(self) -> frozenset[str]:
        """The system's claims in which it stands."""
        return frozenset(claim for each in self.found for claim in each.claims)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in a report with the gold claims and the system claims that it belongs to."""

    said: Said
    gold: set[int]
    ours: set[str]


def fits(story: GoldStory, system: Exported) -> tuple[Fit, ...]:
    """Return every gold statement of a story with what fits it."""
    return tuple(
        Fit(number, said, fitting(said, system.statements.get(said.report, ())))
        for number, claim in enumerate(story.claims)
        for said in claim.statements
    )


def count(found: Sequence[Fit]) -> Counter[str]:
    """Return the counts of one story."""
    n = Counter({"statements": len(found)})
    for each in found:
        if each.found:
            n.update(_right(each))
    return n + _same_claim(found)


def numbers(n: Counter[str]) -> dict[str, Number]:
    """Return the numbers that summed counts make."""
    return {
        "statements.found": ratio(n["found"], n["statements"]),
        "statements.stance": ratio(n["stance"], n["found"]),
        "statements.speaker": ratio(n["speaker"], n["with speaker"]),
        "statements.gatherer": ratio(n["gatherer"], n["found"]),
        "statements.origin": ratio(n["origin"], n["found"]),
        "statements.gold": n["statements"],
        **f1("claim_pairs", hit=n["pair hit"], said=n["pair said"], gold=n["pair gold"]),
    }


def _right(each: Fit) -> Counter[str]:
    """What the system has right about a statement that it found, by the gold or by its second reader."""
    said, found = each.said, each.found
    named = bool(said.speaker)
    return Counter(
        {
            "found": 1,
            "stance": any(ours.stance in (said.stance, said.stance_also) for ours in found),
            "with speaker": named,
            "speaker": named and any(same_as_either(ours.speaker, said.speaker, said.speaker_also) for ours in found),
            "gatherer": any(same_as_either(ours.gatherer, said.gatherer, said.gatherer_also) for ours in found),
            "origin": any(_same_origin(ours, said) for ours in found),
        }
    )


def _same_origin(ours: Stated, said: Said) -> bool:
    """Whether both rest on one word, or on that of somebody whom neither names, however described."""
    unnamed = ours.origin_named is False and names_nobody(said.origin)
    return unnamed or same_as_either(ours.origin, said.origin, said.origin_also)


def _same_claim(found: Iterable[Fit]) -> Counter[str]:
    """Over the places of different reports: which pairs say the same, in the gold and in the system."""
    n: Counter[str] = Counter()
    for a, b in combinations(_places(found), 2):
        if a.said.report != b.said.report:
            gold, ours = bool(a.gold & b.gold), bool(a.ours & b.ours)
            n.update({"pair gold": gold, "pair said": ours, "pair hit": gold and ours})
    return n


def _places(found: Iterable[Fit]) -> list[_Place]:
    """Asserting statements; spans of one report that nearly coincide are one place."""
    places: list[_Place] = []
    for each in found:
        if each.said.stance == "asserts":
            place = next((p for p in places if _coincide(p.said, each.said)), None)
            if place is None:
                place = _Place(each.said, set(), set())
                places.append(place)
            place.gold.add(each.claim)
            place.ours.update(each.claims)
    return places


def _coincide(a: Said, b: Said) -> bool:
    return a.report == b.report and fit(a, b) >= ONE_SPAN
