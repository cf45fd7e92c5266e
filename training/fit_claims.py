"""Fit what makes two statements one claim: logistic regression on pairs that were marked by hand.

In: `claim_pairs.csv` (pile, report and characters of two statements, label 2 the same claim, 1 in part, 0 not) and the data folder.
Out: the coefficients for `settings.py`, and the area under the ROC curve of each feature and of the whole, by five folds over piles'
reports. Nothing is random. Usage: `python training/fit_claims.py [--data ../shared/data]`.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from headwater.settings import Settings
from headwater.stages.bags import shared
from headwater.stages.claims import Compared, _numbers
from headwater.stages.readings import in_figures, names_in
from headwater.stages.spans.vectors import shipped_encoder
from headwater.stages.words import significant, words_of

HERE = Path(__file__).parent
FEATURES = ("meaning", "dice", "overlap", "names", "number", "clash")
FOLDS, STEPS, RIDGE = 5, 200, 1.0


def read_texts(data: Path, pile: str) -> dict[str, str]:
    """Return the texts of a pile by the id of the report."""
    listed = data / pile / "reports.jsonl"
    if listed.is_file():
        rows = (json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line.strip())
        return {row["id"]: row["text"] for row in rows}
    return {path.name: path.read_text(encoding="utf-8") for path in (data / pile).glob("*.txt")}


def compared(content: str) -> Compared:
    """Return what a statement is compared by, as the claims stage has it."""
    words = frozenset(in_figures(word) for word in significant(words_of(content)))
    return Compared(words, words & names_in(content), " ".join(content.split()))


def features(a: Compared, b: Compared) -> list[float]:
    """Return the features of a pair, in the order of FEATURES."""
    names = a.names | b.names
    said = shared(a.words - names, b.words - names)
    left, right = _numbers(a.words), _numbers(b.words)
    vectors = [shipped_encoder().vector(each.content) for each in (a, b)]
    return [
        float(vectors[0] @ vectors[1]),
        said.dice,
        said.overlap,
        shared(a.words & names, b.words & names).dice,
        float(bool(left & right)),
        float(bool(left and right and not left & right)),
    ]


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return bias and coefficients of a ridge logistic regression, by Newton's steps on standardised features."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / scale]
    w = np.zeros(z.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-z @ w))
        slope = z.T @ (p - y) + RIDGE * np.r_[0, w[1:]]
        w -= np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + RIDGE * np.eye(len(w)), slope)
    return np.r_[w[0] - (w[1:] * mean / scale).sum(), w[1:] / scale]


def auc(y: np.ndarray, score: np.ndarray) -> float:
    """Return how often a positive stands above a negative, ties counting half."""
    yes, no = score[y], score[~y]
    return float(((yes[:, None] > no) + (yes[:, None] == no) / 2).mean())


def main() -> None:
    """Print the coefficients and how well they tell the pairs apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    data = parser.parse_args().data
    with (HERE / "claim_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {pile: read_texts(data, pile) for pile in sorted({row["pile"] for row in rows})}

    def of(row: dict[str, str], side: str) -> Compared:
        return compared(texts[row["pile"]][row[side]][int(row[f"{side}_start"]) : int(row[f"{side}_end"])])

    x = np.array([features(of(row, "one"), of(row, "two")) for row in rows])
    y = np.array([row["label"] == "2" for row in rows])
    groups = {name: number % FOLDS for number, name in enumerate(sorted({row["one"] for row in rows}))}
    fold = np.array([groups[row["one"]] for row in rows])
    held = np.zeros(len(y))
    for number in range(FOLDS):
        w = fit(x[fold != number], y[fold != number].astype(float))
        held[fold == number] = w[0] + x[fold == number] @ w[1:]
    shipped = Settings()
    weights = [getattr(shipped, f"claim_{name}") for name in FEATURES]
    print(f"{len(y)} pairs, {int(y.sum())} the same claim")
    print("bias", round(float(fit(x, y.astype(float))[0]), 2))
    for name, w, column in zip(FEATURES, fit(x, y.astype(float))[1:], x.T, strict=True):
        print(
            f"{name:10} fitted {w:6.2f}  shipped {getattr(shipped, f'claim_{name}'):6.2f}  alone {auc(y, column):.3f}"
        )
    print(f"all, fold by fold {auc(y, held):.3f}, shipped {auc(y, x @ np.array(weights)):.3f}")


if __name__ == "__main__":
    main()
