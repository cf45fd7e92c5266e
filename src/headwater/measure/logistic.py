"""Logistic regression with a small ridge, by Newton's steps on standardised columns: the same weights every time."""

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.float64]
Truths = NDArray[np.bool_]
STEPS, RIDGE, SETTLED = 50, 1.0, 1e-10


def fit(x: Columns, y: Truths, *, counts: Columns | None = None) -> Columns:
    """Return bias and weights, `[1 + columns]`, for rows `[rows, columns]` and their labels; `counts` is how many rows each stands for."""
    times = np.ones(len(x)) if counts is None else counts
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / scale]
    held = RIDGE * np.r_[0, np.ones(x.shape[1])]
    w = np.zeros(z.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-z @ w))
        slope = z.T @ (times * (p - y)) + held * w
        step = np.linalg.solve((z * (times * p * (1 - p))[:, None]).T @ z + np.diag(held + 1e-9), slope)
        w = w - step
        if np.abs(step).max() < SETTLED:
            break
    return np.asarray(np.r_[w[0] - (w[1:] * mean / scale).sum(), w[1:] / scale])


def score(w: Columns, x: Columns) -> Columns:
    """Return the log-odds of every row."""
    return np.asarray(w[0] + x @ w[1:])


def macro_f1(gold: Truths, said: Truths) -> float:
    """Return the mean F1 of both labels."""

    def one(a: Truths, b: Truths) -> float:
        return float(2 * (a & b).sum() / max(1, a.sum() + b.sum()))

    return (one(gold, said) + one(~gold, ~said)) / 2


def auc(gold: Truths, said: Columns) -> float | None:
    """Return how often a row of the one kind scores above one of the other, ties counting half; None without both kinds."""
    yes, no = said[gold], np.sort(said[~gold])
    above = np.searchsorted(no, yes, side="left").sum() + np.searchsorted(no, yes, side="right").sum()
    return float(above) / 2 / (len(yes) * len(no)) if len(yes) and len(no) else None
