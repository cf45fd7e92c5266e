"""Scores the arithmetic: the lines of each claim, and which claims dispute each other.

In: a gold story with what fits its statements. Out: one row a claim, and the numbers that the rows make, with three
baselines: counting the reports that assert a claim, counting their outlets, and always saying one.

A gold claim is answered by the claim of the system whose asserting statements agree best with its own (Dice 1945).
The intervals play no part in that choice, so where several agree equally well, what they say counts on the mean.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from headwater.measure.origins.exported import Exported
from headwater.measure.origins.gold import GoldClaim, GoldStory, Interval
from headwater.measure.origins.sayings import Fit
from headwater.measure.ratios import f1, mean, ratio
from headwater.measure.results import Number

Answers = Mapping[int, tuple[str, ...]]
"""claims of the system that answer to a gold claim, by the position of that in its story; more than one when they tie"""
CORROBORATED = 2
"""lines at the lower end from which an editor would print"""
TIE = 1e-9  # difference of two coefficients that is none


@dataclass(frozen=True, slots=True)
class Counted:
    """A gold claim that somebody asserts, the intervals that the system gives it, and how far off everybody is."""

    story: str
    claim: str
    gold: Interval
    ours: tuple[Interval, ...]
    """several where claims tie, none where no claim answers"""
    exact: float
    """share of `ours` that is an interval of the gold; so are the next two"""
    overlap: float
    corroborated: float
    """share that has two lines at the lower end"""
    gold_corroborated: bool
    error: float
    counting_reports: float
    counting_outlets: float
    always_one: float

    @property
    def contested(self) -> bool:
        """Whether more than one line is possible."""
        return self.gold.high > 1


def answers(story: GoldStory, found: Sequence[Fit], system: Exported) -> dict[int, tuple[str, ...]]:
    """Map each gold claim, by position, to the claims of the system that agree with it best, in order."""
    sizes = _asserting(story, system)
    chosen: dict[int, tuple[str, ...]] = {}
    for number, votes in _votes(found).items():
        size = len(story.claims[number].statements)
        dice = {claim: 2 * count / (size + sizes[claim]) for claim, count in votes.items()}
        best = max(dice.values())
        chosen[number] = tuple(sorted(claim for claim, value in dice.items() if value >= best - TIE))
    return chosen


def count_lines(story: GoldStory, system: Exported, answer: Answers) -> list[Counted]:
    """Return the claims of a story that somebody asserts."""
    return [
        _counted(story.name, claim, [system.lines[one] for one in answer.get(number, ()) if one in system.lines])
        for number, claim in enumerate(story.claims)
        if claim.asserting
    ]


def count_disputes(story: GoldStory, system: Exported, answer: Answers) -> Counter[str]:
    """Compare disputes by the claims of the system that answer to the gold's."""
    hit = sum(_disputed(answer.get(each.a, ()), answer.get(each.b, ()), system) for each in story.disputes)
    answering = {claim for claims in answer.values() for claim in claims}
    said = sum(pair <= answering for pair in system.disputes)
    return Counter({"dispute hit": hit, "dispute said": said, "dispute gold": len(story.disputes)})


def line_numbers(rows: Sequence[Counted]) -> dict[str, Number]:
    """Return the numbers over all claims, over those for which more than one line is possible, and of corroboration."""
    contested = [row for row in rows if row.contested]
    return {
        "lines.exact": ratio(sum(row.exact for row in rows), len(rows)),
        "lines.overlap": ratio(sum(row.overlap for row in rows), len(rows)),
        "lines.error": mean([row.error for row in rows]),
        "lines.no_claim": sum(not row.ours for row in rows),
        "lines.gold": len(rows),
        "lines_of_contested.exact": ratio(sum(row.exact for row in contested), len(contested)),
        "lines_of_contested.error": mean([row.error for row in contested]),
        "lines_of_contested.gold": len(contested),
        **corroboration(rows),
    }


def corroboration(rows: Sequence[Counted]) -> dict[str, Number]:
    """Return precision, recall and F1 of claims that stand on two lines or more for sure; claims without answer are left out."""
    answered = [row for row in rows if row.ours]
    return f1(
        "corroborated",
        hit=sum(row.corroborated for row in answered if row.gold_corroborated),
        said=sum(row.corroborated for row in answered),
        gold=sum(row.gold_corroborated for row in answered),
    )


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


def _asserting(story: GoldStory, system: Exported) -> Counter[str]:
    """Return how many statements assert each claim of the system in the reports of a story."""
    stated = (one for report in story.reports for one in system.statements.get(report, ()) if one.stance == "asserts")
    return Counter(claim for one in stated for claim in one.claims)


def _votes(found: Sequence[Fit]) -> dict[int, Counter[str]]:
    """Return, by gold claim, in how many of its asserting statements each claim of the system was found."""
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for fit in found:
        if fit.said.stance == "asserts" and fit.claims:
            votes[fit.claim].update(fit.claims)
    return votes


def _disputed(a: Sequence[str], b: Sequence[str], system: Exported) -> bool:
    return any(one != other and frozenset((one, other)) in system.disputes for one, other in product(a, b))


def _counted(story: str, claim: GoldClaim, ours: Sequence[Interval]) -> Counted:
    middle = claim.lines.middle
    always_one = abs(1 - middle)
    return Counted(
        story=story,
        claim=claim.claim,
        gold=claim.lines,
        ours=tuple(ours),
        exact=_share(one in claim.accepted for one in ours),
        overlap=_share(any(one.meets(gold) for gold in claim.accepted) for one in ours),
        corroborated=_share(one.low >= CORROBORATED for one in ours),
        gold_corroborated=any(gold.low >= CORROBORATED for gold in claim.accepted),
        error=sum(_error(one, claim) for one in ours) / len(ours) if ours else always_one,
        counting_reports=abs(len({said.report for said in claim.asserting}) - middle),
        counting_outlets=abs(len({said.chain[0] for said in claim.asserting}) - middle),
        always_one=always_one,
    )


def _error(ours: Interval, claim: GoldClaim) -> float:
    return min(abs(ours.middle - gold.middle) for gold in claim.accepted)


def _share(truths: Iterable[bool]) -> float:
    values = tuple(truths)
    return sum(values) / len(values) if values else 0.0
