"""The closeness from which each grade of rewriting begins, and how well it does on tasks left out (Clough and Stevenson 2011).

In: the corpus folder. Out: three thresholds, the mean of all triples whose macro F1 is within .02 of the best (a flat place, not a
peak), and the macro F1 with each task graded by thresholds found on the other four.

    python training/fit_grades.py ../shared/data/derivation/clough
"""

import argparse
import csv
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headwater.measure.clough import LABELS, read_answer
from headwater.measure.logistic import Columns
from headwater.stages.grades import GRADES, closeness

CANDIDATES, NEAR = 40, 0.02
Grades = NDArray[np.int64]
"""places in GRADES"""


def macro(gold: Grades, said: Grades) -> float:
    """Return the mean F1 of the grades."""
    hits = [((gold == n) & (said == n)).sum() for n in range(len(GRADES))]
    sizes = [max(1, (gold == n).sum() + (said == n).sum()) for n in range(len(GRADES))]
    return float(np.mean([2 * hit / size for hit, size in zip(hits, sizes, strict=True)]))


def graded(close: Columns, least: Columns) -> Grades:
    """Return the grade of each closeness."""
    return np.asarray(np.searchsorted(least, close, side="right"), np.int64)


def thresholds(close: Columns, gold: Grades) -> Columns:
    """Return the mean of the triples that do about as well as the best."""
    places = sorted(set(np.quantile(close, np.linspace(0.02, 0.98, CANDIDATES))))
    triples = [np.array(triple) for triple in combinations(places, len(GRADES) - 1)]
    scores = [macro(gold, graded(close, triple)) for triple in triples]
    near = [triple for triple, score in zip(triples, scores, strict=True) if score >= max(scores) - NEAR]
    return np.asarray(np.mean(near, axis=0), np.float64)


def main(words: Sequence[str] | None = None) -> None:
    """Print thresholds and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = parser.parse_args(words).folder / "Corpus"
    with (corpus / "all-plagiarised-files.txt").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    read = {name: read_answer(corpus / name) for row in rows for name in row[:2]}
    pairs = [(read[answer], read[original]) for original, answer, _ in rows]
    close = np.array([closeness(a.words, o.words, a.sentences, o.sentences) for a, o in pairs])
    gold, tasks = np.array([GRADES.index(LABELS[row[2]]) for row in rows]), np.array([row[0] for row in rows])
    said = np.zeros(len(gold), np.int64)
    for task in sorted(set(tasks)):
        rest = tasks != task
        said[~rest] = graded(close[~rest], thresholds(close[rest], gold[rest]))
    print(f"left out: {macro(gold, said):.3f}")
    least = thresholds(close, gold)
    print(f"LEAST = {tuple(least.round(2).tolist())}, in sample {macro(gold, graded(close, least)):.3f}")


if __name__ == "__main__":
    main()
