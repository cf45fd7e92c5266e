"""Fit what makes two statements one claim: logistic regression on pairs that were marked by hand.

In: `claim_pairs.csv` (pile, report and characters of two statements, label 2 the same claim, 1 in part, 0 not) and the data folder.
Out: the weights for `settings.py`, and the area under the ROC curve of each column and of the whole, by five folds over piles'
reports. Nothing is random. Usage: `python training/fit_claims.py [--data ../shared/data] [--pairs training/claim_pairs.csv]`.
"""

import argparse
import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from fitting import folds_of, left_out
from headwater.measure.logistic import auc, fit
from headwater.settings import Settings
from headwater.stages.claims import Compared, by_words
from headwater.stages.readings import in_figures, names_in
from headwater.stages.spans.vectors import shipped_encoder
from headwater.stages.words import significant, words_of

HERE = Path(__file__).parent
BY_WORDS = ("claim_dice", "claim_overlap", "claim_names", "claim_number", "claim_clash")
WEIGHTS = ("claim_meaning", *BY_WORDS)
NO_WEIGHTS: dict[str, Any] = dict.fromkeys(BY_WORDS, 0.0)
FOLDS = 5


def read_texts(data: Path, pile: str) -> dict[str, str]:
    """Return the texts of a pile by the id of the report."""
    listed = data / pile / "reports.jsonl"
    if listed.is_file():
        rows = (json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line.strip())
        return {row["id"]: row["text"] for row in rows}
    return {path.name: path.read_text(encoding="utf-8") for path in (data / pile).glob("*.txt")}


def compared(content: str) -> Compared:
    """Return what a statement is compared by; nothing is known here of when and where it happened."""
    words = frozenset(in_figures(word) for word in significant(words_of(content)))
    return Compared(words, words & names_in(content), " ".join(content.split()), times=frozenset(), places=frozenset())


def alone(name: str) -> Settings:
    """Return settings in which, of the weights of words, one is 1 and the others 0."""
    return replace(Settings(), **(NO_WEIGHTS | {name: 1.0}))


def columns(a: Compared, b: Compared) -> list[float]:
    """Return the evidence of a pair, in the order of WEIGHTS, as the claims stage weighs it."""
    meaning, other = (shipped_encoder().vector(side.content) for side in (a, b))
    return [float(meaning @ other), *(by_words(a, b, alone(name)) for name in BY_WORDS)]


def main(words: Sequence[str] | None = None) -> None:
    """Print the weights and how well they tell the pairs apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    parser.add_argument("--pairs", type=Path, default=HERE / "claim_pairs.csv")
    arguments = parser.parse_args(words)
    with arguments.pairs.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {pile: read_texts(arguments.data, pile) for pile in sorted({row["pile"] for row in rows})}

    def side(row: dict[str, str], name: str) -> Compared:
        text = texts[row["pile"]][row[name]]
        return compared(text[int(row[f"{name}_start"]) : int(row[f"{name}_end"])])

    x = np.array([columns(side(row, "one"), side(row, "two")) for row in rows])
    y = np.array([row["label"] == "2" for row in rows])
    settings, (bias, *fitted) = Settings(), fit(x, y)
    shipped = [float(getattr(settings, name)) for name in WEIGHTS]
    print(f"{len(y)} pairs, {int(y.sum())} the same claim")
    print(f"{'claim_bias':14} fitted {bias:6.2f}  shipped {settings.claim_bias:6.2f}")
    for name, weight, kept, column in zip(WEIGHTS, fitted, shipped, x.T, strict=True):
        print(f"{name:14} fitted {weight:6.2f}  shipped {kept:6.2f}  alone {auc(y, column):.3f}")
    held = left_out(x, y, folds_of([row["one"] for row in rows], FOLDS))
    print(f"all, fold by fold {auc(y, held):.3f}, shipped {auc(y, x @ np.array(shipped)):.3f}")


if __name__ == "__main__":
    main()
