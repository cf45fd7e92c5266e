"""How far one text is another's, reworded: near copy, light rewriting, heavy rewriting or its own, as Clough and Stevenson (2011).

Two measures are averaged: the share of the text's words that stand in runs of three or more words of the other, and the mean likeness
of its sentences to their nearest counterparts. Equal runs tell copying, likeness tells rewording.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from headwater.stages.bags import shared

RUN = 3  # words
GRADES = ("own text", "heavy rewriting", "light rewriting", "near copy")
LEAST = (0.25, 0.73, 0.91)
"""closeness from which each grade but the first begins; found on 95 answers of known grade (training/fit_grades.py)"""


def grade(closeness: float) -> str:
    """Return the grade of a closeness."""
    return GRADES[sum(closeness >= least for least in LEAST)]


def closeness(
    words: Sequence[str],
    of: Sequence[str],
    sentences: Sequence[Collection[str]],
    of_sentences: Sequence[Collection[str]],
) -> float:
    """Return how near a text is to another, 0 to 1: words in order, and the significant stems of each sentence."""
    if not words or not sentences or not of_sentences:
        return 0.0
    nearest = [max(shared(one, other).dice for other in of_sentences) for one in sentences]
    return (in_runs(words, of, RUN) + sum(nearest) / len(nearest)) / 2


def in_runs(words: Sequence[str], of: Sequence[str], least: int) -> float:
    """Return the share of words that stand in a run of so many or more that the other text has too."""
    known = {tuple(of[n : n + least]) for n in range(len(of) - least + 1)}
    begins = [n for n in range(len(words) - least + 1) if tuple(words[n : n + least]) in known]
    covered = sum(min(least, after - n) for n, after in pairwise([*begins, len(words) + least])) if begins else 0
    return covered / len(words) if words else 0.0
