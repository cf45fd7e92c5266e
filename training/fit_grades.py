"""The closeness from which each grade of rewriting begins, and how well it does on tasks left out (Clough and Stevenson 2011).

In: the corpus folder. Out: three thresholds, the mean of all triples whose macro F1 is within .02 of the best (a flat place, not a peak), and
the macro F1 with each task graded by thresholds found on the other four.

    python training/fit_grades.py ../shared/data/derivation/clough
"""

import argparse
import csv
from itertools import combinations
from pathlib import Path

import numpy as np

from headwater.measure.clough import LABELS, read_answer
from headwater.stages.grades import GRADES, closeness

CANDIDATES, NEAR = 40, 0.02


def macro(gold: np.ndarray, said: np.ndarray) -> float:
    """Return the mean F1 of the grades."""
    hits = [2 * ((gold == n) & (said == n)).sum() / max(1, (gold == n).sum() + (said == n).sum()) for n in range(len(GRADES))]
    return float(np.mean(hits))


def thresholds(close: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Return the mean of the triples that do about as well as the best."""
    places = sorted(set(np.quantile(close, np.linspace(0.02, 0.98, CANDIDATES))))
    scored = [(macro(gold, np.searchsorted(triple, close, side="right")), triple) for triple in combinations(places, 3)]
    best = max(score for score, _ in scored)
    return np.mean([triple for score, triple in scored if score >= best - NEAR], axis=0)


def main() -> None:
    """Print thresholds and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    corpus = parser.parse_args().folder / "Corpus"
    with (corpus / "all-plagiarised-files.txt").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    read = {name: read_answer(corpus / name) for row in rows for name in row[:2]}
    pairs = [(read[answer], read[original]) for original, answer, _ in rows]
    close = np.array([closeness(a.words, o.words, a.sentences, o.sentences) for a, o in pairs])
    gold, tasks = np.array([GRADES.index(LABELS[row[2]]) for row in rows]), np.array([row[0] for row in rows])
    said = np.zeros(len(gold), dtype=int)
    for task in sorted(set(tasks)):
        rest = tasks != task
        said[~rest] = np.searchsorted(thresholds(close[rest], gold[rest]), close[~rest], side="right")
    print(f"left out: {macro(gold, said):.3f}")
    found = thresholds(close, gold)
    print(f"LEAST = {tuple(found.round(2).tolist())}, in sample {macro(gold, np.searchsorted(found, close, side='right')):.3f}")


if __name__ == "__main__":
    main()
