"""The simplest baseline for kin: two reports of a story are kin when they share any run of six words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from headwater.measure.origins.gold import GoldStory
from headwater.measure.origins.lineage import count_kin, kin_numbers
from headwater.measure.results import Number
from headwater.stages.words import words_of

GRAM = 6  # words


def baseline(stories: Iterable[GoldStory], texts: Mapping[str, str]) -> dict[str, Number]:
    """Return F1 of kin by shared 6-grams alone; `texts` maps report to text."""
    total: Counter[str] = Counter()
    for story in stories:
        held = {report: grams(texts.get(report, "")) for report in story.reports}
        total += count_kin(story, {frozenset(pair) for pair in combinations(held, 2) if held[pair[0]] & held[pair[1]]})
    return {"kin.f shared 6-grams": kin_numbers(total)["kin.f"]}


def grams(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of six words, in lower case."""
    words = [word.folded for word in words_of(text)]
    return frozenset(tuple(words[start : start + GRAM]) for start in range(len(words) - GRAM + 1))
