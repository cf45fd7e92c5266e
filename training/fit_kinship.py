"""The weights of kinship: a logistic regression on pairs of reports marked by hand, and how well it does on pairs left out.

In: case files of the piles, and `kinship_pairs.csv` (a, b, kin: ids that the reports came with, and whether one's text is the other's
or both are of one text; marked by reading both in full). Beside them the pairs of the newsroom, whose truth is written down; its
reworded copies are what the piles have too few of. Out: weights for `settings.py`, and the area under the curve and
F1 over ten folds, beside those of the share alone.

    python training/fit_kinship.py CASE… [--pairs training/kinship_pairs.csv]
"""

import argparse
import csv
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from headwater.case import open as open_case
from headwater.engines import LocalEngine
from headwater.measure.origins.gold import read_gold
from headwater.measure.origins.lineage import kinship
from headwater.records import Credit, Date, Likeness, Reading, Report, Reuse, Rewording, Text
from headwater.settings import Settings
from headwater.stages.derivations.kinship import features, is_house
from headwater.stages.derivations.selects import PAIRS

FOLDS, SEED = 10, 5
RIDGE = 1.0
TRUTH = Path(__file__).parents[1] / "tests" / "newsroom" / "truth"
FALLING = ("kin_apart", "kin_house", "kin_days")
"""features that may only speak against kinship"""


def pairs(case: Path) -> dict[tuple[str, str], dict[str, float]]:
    """Return the features of every pair that a case looks at, by the names of both reports."""
    reads = (Reuse, Rewording, Text, Date, Report, Credit, Likeness, Reading)
    with open_case(case) as opened, LocalEngine(opened.store, Settings()) as engine:
        reports = {each.id: each for each in opened.store.all(Report)}
        rows = engine.sql(PAIRS, reads).to_pylist()
    found = {}
    for row in rows:
        one, two = reports[row["key"]], reports[row["other"]]
        if one.id < two.id:
            found[one.name, two.name] = features(row, house=is_house(one.outlet, row))
    return found


def fit(x: np.ndarray, y: np.ndarray, names: list[str], steps: int = 20_000, rate: float = 0.05) -> np.ndarray:
    """Return bias and weights of a ridge logistic regression, by gradient steps; signs are kept where one makes no sense."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    weights = np.zeros(z.shape[1])
    for _ in range(steps):
        slope = z.T @ (1 / (1 + np.exp(-z @ weights)) - y) / len(y)
        slope[1:] += RIDGE * weights[1:] / len(y)
        weights -= rate * slope
        for n, name in enumerate(names, 1):
            weights[n] = min(weights[n], 0) if name in FALLING else max(weights[n], 0)
    plain = weights[1:] / spread
    return np.r_[weights[0] - plain @ mean, plain]


def area(y: np.ndarray, score: np.ndarray) -> float:
    """Return how often a kindred pair scores above another one, ties counting half."""
    yes, no = score[y == 1], score[y == 0]
    return float(((yes[:, None] > no) + (yes[:, None] == no) / 2).mean())


def f1(y: np.ndarray, said: np.ndarray) -> float:
    """Return the harmonic mean of precision and recall."""
    return float(2 * (said & (y == 1)).sum() / max(1, said.sum() + (y == 1).sum()))


def main() -> None:
    """Print weights and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--pairs", type=Path, default=Path(__file__).with_name("kinship_pairs.csv"))
    args = parser.parse_args()
    known = {key: value for case in args.cases for key, value in pairs(case).items()}
    with args.pairs.open(encoding="utf-8", newline="") as file:
        marked = {(row["a"], row["b"]): int(row["kin"]) for row in csv.DictReader(file)}
    kin = {pair for story in read_gold(sorted(TRUTH.glob("*.json"))) for pair in kinship(story.derivations, story.reports).pairs}
    with TemporaryDirectory() as place:
        with open_case(Path(place) / "newsroom.headwater") as case:
            case.read(TRUTH.parent / "reports")
        newsroom = pairs(Path(place) / "newsroom.headwater")
    known |= newsroom
    marked |= {(a, b): int(frozenset((a, b)) in kin) for a, b in newsroom}
    rows = [(known.get((a, b)) or known.get((b, a)), said) for (a, b), said in marked.items()]
    lost = sum(kin for found, kin in rows if not found)
    rows = [row for row in rows if row[0]]
    names = list(rows[0][0])
    x, y = np.array([[row[0][n] for n in names] for row in rows]), np.array([row[1] for row in rows])
    order = list(range(len(y)))
    random.Random(SEED).shuffle(order)
    held = np.zeros(len(y))
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        rest = [n for n in order if n not in set(test)]
        weights = fit(x[rest], y[rest], names)
        held[test] = weights[0] + x[test] @ weights[1:]
    weights = fit(x, y, names)
    print(f"{len(y)} of {len(marked)} pairs looked at, {int(y.sum())} of them kindred; {lost} of those not looked at")
    print(f"held out: area {area(y, held):.3f}, F1 {f1(y, held >= 0):.3f}; share alone: area {area(y, x[:, names.index('kin_whole')]):.3f}")
    for name, value in zip(["kin_bias", *names], weights, strict=True):
        print(f"    {name}: float = {value:.2f}")
    for least in (-1, -0.7, -0.4, 0, 0.5, 1, 1.5, 2.2, 3):
        said = held >= least
        print(f"log-odds {least}: F1 {2 * (said & (y == 1)).sum() / (said.sum() + y.sum() + lost):.3f}, said {int(said.sum())}, right {float(y[said].mean()):.3f}, of all kindred {float(said[y == 1].sum() / (y.sum() + lost)):.3f}")


if __name__ == "__main__":
    main()
