"""What every fit shares: a ridge logistic regression whose weights may be held to one sign, and scores of rows that a fit left out.

In: columns `[rows, columns]` and whether each row is one. Out: bias and weights `[1 + columns]`, or log-odds of rows. The
regression itself, and the area under the ROC curve, are `headwater.measure.logistic`. Nothing is random.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headwater.measure.logistic import Columns, Truths, auc, fit, score

Folds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quality:
    """How well log-odds tell rows apart, and how well they answer from `threshold` on."""

    rows: int
    right_kind: int
    area: float | None
    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        area = "none" if self.area is None else f"{self.area:.3f}"
        return f"AUC {area}, precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"


def fit_signed(x: Columns, y: Truths, signs: Sequence[int]) -> Columns:
    """Return bias and weights, each weight at least 0 (sign 1), at most 0 (-1) or free (0).

    An active set (Nocedal and Wright 2006, chapter 16): a weight that takes the wrong sign is held at 0, and let go again when the
    loss would fall on its right side.
    """
    wanted, held = np.array(signs), np.zeros(x.shape[1], np.bool_)
    spread = x.std(axis=0) + 1e-9
    for _ in range(4 * len(wanted) + 1):
        weights = np.zeros(1 + x.shape[1])
        weights[np.r_[True, ~held]] = fit(x[:, ~held], y)
        wrong = (weights[1:] * wanted < 0) & ~held
        if wrong.any():
            held |= wrong
            continue
        rise = x.T @ (y - 1 / (1 + np.exp(-score(weights, x)))) / spread
        longing = np.where(held, rise * wanted, 0.0)
        if longing.max(initial=0.0) < 1e-6:
            return weights
        held[longing.argmax()] = False
    return weights


def left_out(x: Columns, y: Truths, folds: Folds, *, signs: Sequence[int] | None = None) -> Columns:
    """Return the log-odds of every row by a fit on the rows of the other folds."""
    said = np.zeros(len(y))
    for fold in np.unique(folds):
        rest = folds != fold
        weights = fit(x[rest], y[rest]) if signs is None else fit_signed(x[rest], y[rest], signs)
        said[~rest] = score(weights, x[~rest])
    return said


def folds_of(groups: Iterable[str], count: int) -> Folds:
    """Return the fold of each row; rows of one group are never on both sides of a fit."""
    names = list(groups)
    numbers = {name: number % count for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], np.int64)


def quality(y: Truths, said: Columns, threshold: float = 0.0) -> Quality:
    """Return how well log-odds answer from a threshold on."""
    positive = said >= threshold
    hit, gold, answers = int((positive & y).sum()), int(y.sum()), int(positive.sum())
    return Quality(
        len(y), gold, auc(y, said), hit / max(1, answers), hit / max(1, gold), 2 * hit / max(1, answers + gold)
    )
