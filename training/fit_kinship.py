"""The weights of kinship: a logistic regression on pairs of reports marked by hand, and how well it does on pairs left out.

In: case files of the piles, and `kinship_pairs.csv` (a, b, kin: ids that the reports came with, and whether one's text is the other's
or both are of one text; marked by reading both in full). Beside them the pairs of the newsroom, whose truth is written down; its
reworded copies are what the piles have too few of. Out: weights for `settings.py` beside the shipped ones, and the area under the curve
and F1 over ten folds, beside those of the share alone.

    python training/fit_kinship.py CASE… [--pairs training/kinship_pairs.csv]
"""

import argparse
import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fitting import Folds, fit_signed, left_out, quality
from headwater.case import open as open_case
from headwater.measure.logistic import Columns, Truths, auc
from headwater.measure.origins.gold import read_gold
from headwater.measure.origins.lineage import kinship
from headwater.settings import Settings
from headwater.stages.derivations.kinship import features, is_house
from reportpairs import kinship_pairs

FOLDS, SEED = 10, 5
TRUTH = Path(__file__).parents[1] / "tests" / "newsroom" / "truth"
FALLING = frozenset(["kin_apart", "kin_house", "kin_days"])
"""columns that may only speak against kinship; the others may only speak for it"""
THRESHOLDS = (-1.0, -0.7, -0.4, 0.0, 0.5, 1.0, 1.5, 2.2, 3.0)
Pair = tuple[str, str]
Known = dict[Pair, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Table:
    """What the marked pairs that some case looks at are fitted on; `lost` kindred ones are looked at by none."""

    names: list[str]
    x: Columns
    y: Truths
    marked: int
    lost: int


def columns(case: Path) -> Known:
    """Return the columns of every pair that a case looks at, by the names of both reports."""
    looked, known = kinship_pairs(case), {}
    for row in looked.pairs:
        one, two = looked.reports[row["key"]], looked.reports[row["other"]]
        if one.id < two.id:
            known[one.name, two.name] = features(row, house=is_house(one.outlet, row))
    return known


def newsroom() -> Known:
    """Return the columns of the newsroom's pairs."""
    with TemporaryDirectory(prefix="headwater-") as place:
        path = Path(place) / "newsroom.headwater"
        with open_case(path) as case:
            case.read(TRUTH.parent / "reports")
        return columns(path)


def kin_of_newsroom() -> set[frozenset[str]]:
    """Return the pairs that the newsroom's truth calls kin."""
    stories = read_gold(sorted(TRUTH.glob("*.json")))
    return {pair for story in stories for pair in kinship(story.derivations, story.reports).pairs}


def marked_pairs(path: Path) -> dict[Pair, bool]:
    """Return what a reader said of each pair."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["a"], row["b"]): row["kin"] == "1" for row in csv.DictReader(file)}


def table(known: Known, marked: Mapping[Pair, bool]) -> Table:
    """Return the marked pairs whose columns are known."""
    rows = [(known.get((a, b)) or known.get((b, a)), kin) for (a, b), kin in marked.items()]
    there = [(values, kin) for values, kin in rows if values]
    names = list(there[0][0])
    x = np.array([[values[name] for name in names] for values, _ in there])
    return Table(
        names, x, np.array([kin for _, kin in there]), len(rows), sum(kin for values, kin in rows if not values)
    )


def folds(rows: int) -> Folds:
    """Return the fold of each row, by a seeded shuffle."""
    order = list(range(rows))
    random.Random(SEED).shuffle(order)
    fold = np.zeros(rows, np.int64)
    for number in range(FOLDS):
        fold[order[number::FOLDS]] = number
    return fold


def answers(data: Table, held: Columns, thresholds: Iterable[float]) -> list[str]:
    """Return, for each threshold, how the pairs left out are answered from it on; kindred pairs never looked at count as missed."""
    lines = []
    for least in thresholds:
        said = held >= least
        hit, gold = int((said & data.y).sum()), int(data.y.sum()) + data.lost
        right, share, f1 = hit / max(1, said.sum()), hit / max(1, gold), 2 * hit / max(1, int(said.sum()) + gold)
        lines.append(f"log-odds {least}: F1 {f1:.3f}, said {said.sum()}, right {right:.3f}, of all kindred {share:.3f}")
    return lines


def main(words: Sequence[str] | None = None) -> None:
    """Print weights and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--pairs", type=Path, default=Path(__file__).with_name("kinship_pairs.csv"))
    arguments = parser.parse_args(words)
    known = {pair: values for case in arguments.cases for pair, values in columns(case).items()}
    invented, kin = newsroom(), kin_of_newsroom()
    marked = marked_pairs(arguments.pairs) | {pair: frozenset(pair) in kin for pair in invented}
    data, settings = table(known | invented, marked), Settings()
    signs = [-1 if name in FALLING else 1 for name in data.names]
    held = left_out(data.x, data.y, folds(len(data.y)), signs=signs)
    share = auc(data.y, data.x[:, data.names.index("kin_whole")])
    print(
        f"{len(data.y)} of {data.marked} pairs looked at, {data.y.sum()} of them kindred; {data.lost} of those not looked at"
    )
    print(f"held out: {quality(data.y, held)}; share alone: AUC {share:.3f}")
    fitted = fit_signed(data.x, data.y, signs)
    for name, value in zip(["kin_bias", *data.names], fitted, strict=True):
        print(f"    {name:14} fitted {value:6.2f}  shipped {getattr(settings, name):6.2f}")
    shipped = settings.kin_bias + data.x @ np.array([float(getattr(settings, name)) for name in data.names])
    print(f"shipped: {quality(data.y, shipped, settings.kin_score)}")
    print("\n".join(answers(data, held, THRESHOLDS)))


if __name__ == "__main__":
    main()
