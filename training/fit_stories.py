"""What makes two reports tell of one happening: the weights of `likenesses`, fitted on pairs whose truth is known, beside the shipped ones.

In: case files of piles, and the data folder with the truths about them: `origins-gold` (a story's pairs against its look-alikes),
`incident-reports` (one incident or two), `report-pairs` (one happening or what came of it, against the rest) and this folder's
`story_pairs.csv`, here `marked`. Pairs are those that the stage `likenesses` keeps; those that it does not count as told apart (of two
incidents only those that it keeps are looked at). Out: fitted beside shipped weights, and for each set how both answer from
`story_score` on. A set that is in the fit is scored by fits on other folds: of the story of a pair's first report, the fit that scores
it has seen nothing. Nothing is random.

    python training/fit_stories.py CASE… [--data ../shared/data] [--fit origins-gold incident-reports]

Where one text says when the other's happening was, the stage takes the better of two pieces of evidence; a pair goes into the fit with
the piece that it takes under the shipped weights. Every pair has one kind of days apart, so those weights may move against the bias.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np
import pyarrow as pa

from fitting import Folds, folds_of, quality
from headwater.measure.logistic import Columns, Truths, fit, score
from headwater.settings import Settings
from reportpairs import likenesses
from storypairs import Marked, Pair, incidents, marked, origins, report_pairs

HERE = Path(__file__).parent
FOLDS = 5
FAINT = 0.001
"""probability from which pairs are looked at: well below the shipped one, so that the fit sees what is told apart"""
COUNTS = {"incident-reports": 1 / 50}
"""how many pairs one pair of a set stands for: incidents make a hundred times more of them, all of one kind and one country"""
SETS = ("origins-gold", "incident-reports", "report-pairs", "marked")
NO_EVIDENCE = -20.0
"""log-odds of a pair that the stage does not keep"""
LEAST, ALMOST_WHOLE = (
    0.03,
    0.9,
)  # as in the stage: what is added to cosines, and the copied share for which days apart say nothing
ONE_DAY, SOME_DAYS = 1, 10  # days that a told time spans
PLACES = ("same town", "one region", "other town", "same region", "other region")


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that the cases keep, by pair of names, with their columns and evidence; and every report that stands in a case."""

    at: dict[Pair, int]
    names: list[str]
    x: Columns
    evidence: Columns
    reports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one set: columns, truth, the folds of both reports; how many one and other pairs no case keeps."""

    name: str
    x: Columns
    evidence: Columns
    y: Truths
    folds: tuple[Folds, Folds]
    lost: int
    apart: int


def values(rows: pa.Table, name: str, missing: float) -> Columns:
    """Return a column as numbers."""
    return np.array([missing if value is None else float(value) for value in rows[name].to_pylist()], np.float64)


def days_apart(rows: pa.Table) -> dict[str, Truths]:
    """Return which kind of days apart each pair has; none where one is nearly all in the other, long after."""
    days, copied = values(rows, "days", np.inf), values(rows, "copied", 0.0)
    return {
        "story_undated": np.isinf(days),
        "story_same_day": days == 0,
        "story_next_day": days == 1,
        "story_near": (days > 1) & (days <= 3),
        "story_week": (days > 3) & (days <= 10),
        "story_far": (days > 10) & ~np.isinf(days) & (copied <= ALMOST_WHOLE),
    }


def times_told(rows: pa.Table) -> dict[str, Truths]:
    """Return how the one text tells of the time of the other, where it does."""
    span, opening = values(rows, "told_days", np.inf), values(rows, "told_first", 0.0) == 1
    told = ~np.isinf(span)
    return {
        "story_told": told,
        "story_told_later": told & ~opening,
        "story_told_days": (span > ONE_DAY) & (span <= SOME_DAYS),
        "story_told_weeks": told & (span > SOME_DAYS),
    }


def weighed(parts: Mapping[str, Truths], settings: Settings) -> Columns:
    """Return the sum of what is there, each times its weight."""
    return np.asarray(sum(float(getattr(settings, name)) * part for name, part in parts.items()), np.float64)


def columns(rows: pa.Table, settings: Settings) -> dict[str, Columns]:
    """Return the column of each weight: `story_bias` and their weighted sum are the evidence that the stage writes."""
    place, same_day = np.array(rows["place"].to_pylist(), object), values(rows, "same_day", -1.0)
    apart, telling = days_apart(rows), times_told(rows)
    told = telling["story_told"] & (weighed(telling, settings) > weighed(apart, settings))
    parts = {
        "story_words": np.log(values(rows, "words", 0.0) + LEAST),
        "story_names": np.log(values(rows, "names", 0.0) + LEAST),
        "story_counts": values(rows, "counts", 0.0),
        "story_copied": values(rows, "copied", 0.0),
        "story_named_day": same_day == 1,
        "story_other_day": same_day == 0,
        "story_rarity": np.where(place == "same town", values(rows, "rarity", 0.0), 0.0),
        **{f"story_{kind.replace(' ', '_')}": place == kind for kind in PLACES},
        **{name: there & ~told for name, there in apart.items()},
        **{name: there & told for name, there in telling.items()},
    }
    return {name: np.asarray(part, np.float64) for name, part in parts.items()}


def read_cases(cases: Iterable[Path], shipped: Settings) -> Kept:
    """Return what the stage keeps of each case, far below the shipped threshold too."""
    at: dict[Pair, int] = {}
    names: list[str] = []
    parts, evidence, reports, count = [], [], frozenset[str](), 0
    for case in cases:
        kept = likenesses(case, replace(shipped, story_faint=FAINT))
        made = columns(kept.rows, shipped)
        pairs = zip(kept.rows["one"].to_pylist(), kept.rows["two"].to_pylist(), strict=True)
        at |= {frozenset(pair): count + number for number, pair in enumerate(pairs)}
        names, reports, count = list(made), reports | kept.names, count + len(kept.rows)
        parts.append(np.stack(list(made.values()), axis=1))
        evidence.append(values(kept.rows, "evidence", 0.0))
    return Kept(at, names, np.concatenate(parts), np.concatenate(evidence), reports)


def table(name: str, known: Marked, kept: Kept) -> Table:
    """Return the rows of a set that some case keeps."""
    there = [pair for pair in known.truth if pair <= kept.reports]
    seen = [pair for pair in there if pair in kept.at]
    rows = np.array([kept.at[pair] for pair in seen], np.int64)
    sides = [sorted(pair) for pair in seen]
    folds = folds_of([known.group[report] for side in zip(*sides, strict=True) for report in side], FOLDS)
    truth = np.array([known.truth[pair] for pair in seen], np.bool_)
    lost = sum(known.truth[pair] for pair in there) - int(truth.sum())
    return Table(
        name,
        kept.x[rows],
        kept.evidence[rows],
        truth,
        (folds[: len(seen)], folds[len(seen) :]),
        lost,
        len(there) - len(seen) - lost,
    )


def fit_without(tables: Sequence[Table], fold: int | None = None) -> Columns:
    """Return bias and weights from the rows of which no report is in a fold."""
    chosen = [(data.folds[0] != fold) & (data.folds[1] != fold) for data in tables]
    x = np.concatenate([data.x[rows] for data, rows in zip(tables, chosen, strict=True)])
    y = np.concatenate([data.y[rows] for data, rows in zip(tables, chosen, strict=True)])
    counts = [np.full(int(rows.sum()), COUNTS.get(data.name, 1.0)) for data, rows in zip(tables, chosen, strict=True)]
    return fit(x, y, counts=np.concatenate(counts))


def answered(data: Table, said: Columns, least: float) -> str:
    """Return how a set is answered; pairs that no case keeps are told apart."""
    truth = np.r_[data.y, np.ones(data.lost, np.bool_), np.zeros(data.apart, np.bool_)]
    return str(quality(truth, np.r_[said, np.full(data.lost + data.apart, NO_EVIDENCE)], least))


def report(tables: Sequence[Table], fitted: Sequence[str], settings: Settings) -> list[str]:
    """Return, for each set, how shipped and fitted weights answer."""
    chosen = [data for data in tables if data.name in fitted]
    whole, by_fold = fit_without(chosen), [fit_without(chosen, fold) for fold in range(FOLDS)]
    least = log(settings.story_score / (1 - settings.story_score))
    lines = []
    for data in tables:
        said = score(whole, data.x)
        if data.name in fitted:
            said = np.choose(data.folds[0], [score(weights, data.x) for weights in by_fold])
        lines += [
            f"{data.name}: {len(data.y)} pairs kept, {data.y.sum()} of one story; not kept {data.lost} of one, {data.apart} of two",
            f"    shipped {answered(data, data.evidence, least)}",
            f"    fitted  {answered(data, said, least)}{', fold by fold' if data.name in fitted else ''}",
        ]
    return lines


def main(words: Sequence[str] | None = None) -> None:
    """Print weights and scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    parser.add_argument("--pairs", type=Path, default=HERE / "story_pairs.csv")
    parser.add_argument("--fit", nargs="+", choices=SETS, default=SETS[:2], help="sets that go into the fit")
    arguments = parser.parse_args(words)
    settings = Settings()
    kept = read_cases(arguments.cases, settings)
    known = (
        origins(arguments.data),
        incidents(arguments.data, kept.at),
        report_pairs(arguments.data),
        marked(arguments.pairs),
    )
    tables = [table(name, pairs, kept) for name, pairs in zip(SETS, known, strict=True)]
    tables = [data for data in tables if len(data.y)]
    fitted = fit_without([data for data in tables if data.name in arguments.fit])
    for name, weight in zip(["story_bias", *kept.names], fitted, strict=True):
        print(f"{name:20} fitted {weight:6.2f}  shipped {getattr(settings, name):6.2f}")
    print("\n".join(report(tables, arguments.fit, settings)))


if __name__ == "__main__":
    main()
