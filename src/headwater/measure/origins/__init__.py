"""Score a case against the origins gold: stories, lineage, statements, claims, lines and disputes.

In: gold stories (`gold.py`) and an exported case (`exported.py`). Out: numbers by dotted name and the baselines beside
them. The parts: `matching.py` says when names and spans are the same, `lineage.py` scores stories and derivations,
`sayings.py` statements, `counted.py` lines and disputes, `grams.py` is the baseline for kin.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from headwater.measure.origins import counted, grams, lineage, sayings
from headwater.measure.origins.counted import Counted
from headwater.measure.origins.exported import Exported, read_export
from headwater.measure.origins.gold import GoldStory, lost_quotes, read_gold, with_quotes
from headwater.measure.results import Number

__all__ = ["Exported", "GoldStory", "Score", "grams", "lost_quotes", "read_export", "read_gold", "score", "with_quotes"]


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers and baselines by name, and one row a gold claim for whoever wants to see where the error is."""

    numbers: dict[str, Number]
    baselines: dict[str, Number]
    claims: tuple[Counted, ...]


def score(stories: Iterable[GoldStory], system: Exported) -> Score:
    """Score an exported case against gold stories."""
    total: Counter[str] = Counter()
    rows: list[Counted] = []
    for story in stories:
        found = sayings.fits(story, system)
        answer = counted.answers(story, found, system)
        rows += counted.count_lines(story, system, answer)
        total.update(lineage.count(story, system))
        total.update(sayings.count(found))
        total.update(counted.count_disputes(story, system, answer))
    return Score(
        numbers=lineage.numbers(total)
        | sayings.numbers(total)
        | counted.line_numbers(rows)
        | counted.dispute_numbers(total),
        baselines={"story.joined each alone": 0.0, "story.false_joins each alone": 0.0, **counted.line_baselines(rows)},
        claims=tuple(rows),
    )
