"""Scores the arithmetic: the lines of each claim, and which claims dispute each other.

In: a gold story with what fits its statements. Out: one row a claim, and the numbers that the rows make, with three
baselines: counting the reports that assert a claim, counting their outlets, and always saying one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.measure.origins.exported import Exported
from headwater.measure.origins.gold import GoldClaim, GoldStory, Interval
from headwater.measure.origins.sayings import Fit
from headwater.measure.ratios import f1, mean, ratio
from headwater.measure.results import Number


@dataclass(frozen=True, slots=True)
class Counted:
    """A gold claim that somebody asserts, the interval that the system gives it, and how far off everybody is."""

    story: str
    claim: str
    gold: Interval
    ours: Interval | None
    exact: bool
    overlap: bool
    error: float
    counting_reports: float
    counting_outlets: float
    always_one: float

    @property
    def contested(self) -> bool:
        """Whether more than one line is possible."""
        return self.gold.high > 1


def answers(found: Sequence[Fit]) -> dict[int, str]:
    """Map a gold claim, by position, to the system claim in which most of its asserting statements stand."""
    votes: dict[int, Counter[str]] = {}
    for each in found:
        if each.said.stance == "asserts" and each.claims:
            votes.setdefault(each.claim, Counter()).update(each.claims)
    return {claim: max(sorted(its), key=its.__getitem__) for claim, its in votes.items()}


def count_lines(story: GoldStory, system: Exported, answer: Mapping[int, str]) -> list[Counted]:
    """Return the claims of a story that somebody asserts."""
    return [
        _counted(story.name, claim, system.lines.get(answer.get(number, "")))
        for number, claim in enumerate(story.claims)
        if claim.asserting
    ]


def count_disputes(story: GoldStory, system: Exported, answer: Mapping[int, str]) -> Counter[str]:
    """Compare disputes by the system claims that answer to the gold's."""
    pairs = [frozenset((answer.get(each.a, ""), answer.get(each.b, ""))) for each in story.disputes]
    mine = set(answer.values())
    hit = sum(len(pair) == 2 and "" not in pair and pair in system.disputes for pair in pairs)
    said = sum(pair <= mine for pair in system.disputes)
    return Counter({"dispute hit": hit, "dispute said": said, "dispute gold": len(pairs)})


def line_numbers(rows: Sequence[Counted]) -> dict[str, Number]:
    """Return the numbers over all claims, and over those for which more than one line is possible."""
    contested = [row for row in rows if row.contested]
    return {
        "lines.exact": ratio(sum(row.exact for row in rows), len(rows)),
        "lines.overlap": ratio(sum(row.overlap for row in rows), len(rows)),
        "lines.error": mean([row.error for row in rows]),
        "lines.no_claim": sum(row.ours is None for row in rows),
        "lines.gold": len(rows),
        "lines_of_contested.exact": ratio(sum(row.exact for row in contested), len(contested)),
        "lines_of_contested.error": mean([row.error for row in contested]),
        "lines_of_contested.gold": len(contested),
    }


def line_baselines(rows: Sequence[Counted]) -> dict[str, Number]:
    """Return the error of the three simplest ways of counting."""
    return {
        "lines.error counting reports": mean([row.counting_reports for row in rows]),
        "lines.error counting outlets": mean([row.counting_outlets for row in rows]),
        "lines.error always one": mean([row.always_one for row in rows]),
        "lines_of_contested.error always one": mean([row.always_one for row in rows if row.contested]),
    }


def dispute_numbers(n: Counter[str]) -> dict[str, Number]:
    """Return the numbers that summed counts make."""
    return f1("disputes", hit=n["dispute hit"], said=n["dispute said"], gold=n["dispute gold"])


def _counted(story: str, claim: GoldClaim, ours: Interval | None) -> Counted:
    middle = claim.lines.middle
    return Counted(
        story=story,
        claim=claim.claim,
        gold=claim.lines,
        ours=ours,
        exact=ours in claim.accepted,
        overlap=ours is not None and any(ours.low <= g.high and g.low <= ours.high for g in claim.accepted),
        error=min(abs(ours.middle - g.middle) for g in claim.accepted) if ours else abs(1 - middle),
        counting_reports=abs(len({said.report for said in claim.asserting}) - middle),
        counting_outlets=abs(len({said.chain[0] for said in claim.asserting}) - middle),
        always_one=abs(1 - middle),
    )
