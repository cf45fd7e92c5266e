"""Bags of stems compared by what they share, rare words weighing more: how statements, sentences and texts are held together."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from headwater.lists.background import counts

NUMBER = 2.0
"""weight of a figure: as rare as a word of every eighth report, since figures are in no background"""


@dataclass(frozen=True, slots=True)
class Shared:
    """How much two bags share, 0 to 1: by both their weights (Dice), and by the lighter one's (overlap)."""

    dice: float
    overlap: float


@lru_cache(maxsize=200_000)
def weight(word: str) -> float:
    """Return the weight of a stem: the logarithm of how rare it is in the background."""
    known = counts()
    return math.log((known[""] + 1) / (known.get(word, 0) + 1)) if not word.isdigit() else NUMBER


def weight_of(words: Iterable[str]) -> float:
    """Return the weight of all words together."""
    return sum(map(weight, words))


def shared(a: Collection[str], b: Collection[str]) -> Shared:
    """Return how much two bags share; nothing where either is empty."""
    both, left, right = weight_of(set(a) & set(b)), weight_of(set(a)), weight_of(set(b))
    return Shared(2 * both / (left + right), both / min(left, right)) if left and right else Shared(0.0, 0.0)
