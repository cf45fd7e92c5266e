"""What days, shares and tolls tell of a direction, counted over pairs whose truth is known because one report credits the other's outlet.

In: case files of piles. Out: for every kind of day and share how many children have it; `way_later` and `way_more` of `settings.py` are
the log-odds of these counts with half a pair added to each. There are few such
pairs: an agency's own text is seldom in a pile, and two children of one unseen text have no direction.

    python training/direction.py CASE…
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from headwater.lists import newsrooms
from headwater.settings import Settings
from headwater.stages.derivations.direction import EXCERPT, NO_WORDS, days
from headwater.stages.derivations.evidence import odds
from headwater.stages.derivations.kinship import is_house, kinship
from reportpairs import Looked, kinship_pairs


@dataclass(frozen=True, slots=True)
class Child:
    """How a report that credits its parent's outlet stands to it."""

    day: str
    """undated, same day, later or earlier"""
    share: str
    """more, less or even: whether more of it stands in the parent than the other way round"""


def children(looked: Looked) -> list[Child]:
    """Return every child that credits its parent's outlet and is not credited by it."""
    outlets = {name: report.outlet for name, report in looked.reports.items()}
    names: dict[str, set[str]] = {}
    for credit in looked.credits:
        if credit.kind not in NO_WORDS:
            names.setdefault(credit.report, set()).add(credit.name)
    known = []
    for row in looked.pairs:
        own, other = outlets[row["key"]], row["other_outlet"]
        credits_other = any(newsrooms.same(name, other) for name in names.get(row["key"], ()))
        credited = any(newsrooms.same(name, own) for name in row["other_credits"])
        if own != other and credits_other and not credited:
            gap, more = days(row["day"], row["other_day"]), (row["share"] or 0.0) - (row["other_share"] or 0.0)
            day = "undated" if gap is None else "same day" if gap == 0 else "later" if gap > 0 else "earlier"
            known.append(Child(day, "more" if more >= EXCERPT else "less" if more <= -EXCERPT else "even"))
    return known


def tolls(looked: Looked, settings: Settings) -> Counter[str]:
    """Count how often the later of two kindred reports has the higher toll, where days and tolls differ."""
    counts: Counter[str] = Counter()
    for row in looked.pairs:
        gap = days(row["day"], row["other_day"])
        if row["key"] > row["other"] or not gap or None in (row["toll"], row["other_toll"]):
            continue
        house = is_house(looked.reports[row["key"]].outlet, row)
        kindred = odds(kinship(row, house=house, settings=settings)) >= settings.kin_score
        if kindred and row["toll"] != row["other_toll"]:
            counts["rises" if (row["toll"] - row["other_toll"]) * gap > 0 else "falls"] += 1
    return counts


def log_odds(counts: Counter[str], one: str, other: str) -> float:
    """Return the log-odds of one count against another, half a pair added to each."""
    return log((counts[one] + 0.5) / (counts[other] + 0.5))


def main(words: Sequence[str] | None = None) -> None:
    """Print the counts and their log-odds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    looked = [kinship_pairs(case) for case in parser.parse_args(words).cases]
    known = [child for pile in looked for child in children(pile)]
    moved = sum((tolls(pile, Settings()) for pile in looked), Counter[str]())
    day, share = Counter(child.day for child in known), Counter(child.share for child in known)
    print(f"{len(known)} pairs; {dict(sorted(day.items()))}; {dict(sorted(share.items()))}")
    print(f"tolls: {dict(sorted(moved.items()))}, {log_odds(moved, 'rises', 'falls'):.2f}")
    print(f"later: {log_odds(day, 'later', 'earlier'):.2f}, more: {log_odds(share, 'more', 'less'):.2f}")


if __name__ == "__main__":
    main()
