"""What days, shares and tolls tell of a direction, counted over pairs whose truth is known because one report credits the other's outlet.

In: case files of piles. Out: for every kind of day and share how many children have it; `way_later` and `way_more` of `settings.py` are
the log-odds of these counts with half a pair added to each. There are few such
pairs: an agency's own text is seldom in a pile, and two children of one unseen text have no direction.

    python training/direction.py CASE…
"""

import argparse
from collections import Counter
from math import log
from pathlib import Path

from headwater.case import open as open_case
from headwater.engines import LocalEngine
from headwater.lists import newsrooms
from headwater.records import Credit, Date, Likeness, Reading, Report, Reuse, Rewording, Text
from headwater.settings import Settings
from headwater.stages.derivations.direction import EXCERPT, NO_WORDS, days
from headwater.stages.derivations.evidence import odds
from headwater.stages.derivations.kinship import is_house, kinship
from headwater.stages.derivations.selects import PAIRS


def known(case: Path) -> list[tuple[str, str]]:
    """Return day and share of every child that credits its parent's outlet and is not credited by it."""
    with open_case(case) as opened, LocalEngine(opened.store, Settings()) as engine:
        rows = engine.sql(PAIRS, (Reuse, Rewording, Text, Date, Report, Credit, Likeness, Reading)).to_pylist()
        outlets = {each.id: each.outlet for each in opened.store.all(Report)}
        names: dict[str, set[str]] = {}
        for credit in opened.store.all(Credit):
            if credit.kind not in NO_WORDS:
                names.setdefault(credit.report, set()).add(credit.name)
    found = []
    for row in rows:
        own, other = outlets[row["key"]], row["other_outlet"]
        credits_other = any(newsrooms.same(name, other) for name in names.get(row["key"], ()))
        credited = any(newsrooms.same(name, own) for name in row["other_credits"])
        if own != other and credits_other and not credited:
            gap, more = days(row["day"], row["other_day"]), (row["share"] or 0.0) - (row["other_share"] or 0.0)
            day = "undated" if gap is None else "same day" if gap == 0 else "later" if gap > 0 else "earlier"
            found.append((day, "more" if more >= EXCERPT else "less" if more <= -EXCERPT else "even"))
    return found


def tolls(case: Path) -> Counter[str]:
    """Count how often the later of two kindred reports has the higher toll, where days and tolls differ."""
    found: Counter[str] = Counter()
    settings = Settings()
    with open_case(case) as opened, LocalEngine(opened.store, settings) as engine:
        rows = engine.sql(PAIRS, (Reuse, Rewording, Text, Date, Report, Credit, Likeness, Reading)).to_pylist()
        outlets = {each.id: each.outlet for each in opened.store.all(Report)}
    for row in rows:
        gap = days(row["day"], row["other_day"])
        if row["key"] > row["other"] or not gap or None in (row["toll"], row["other_toll"]):
            continue
        house = is_house(outlets[row["key"]], row)
        if row["toll"] != row["other_toll"] and odds(kinship(row, house=house, settings=settings)) >= settings.kin_score:
            found["rises" if (row["toll"] - row["other_toll"]) * gap > 0 else "falls"] += 1
    return found


def main() -> None:
    """Print the counts and their log-odds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    cases = parser.parse_args().cases
    pairs = [pair for case in cases for pair in known(case)]
    moved = sum((tolls(case) for case in cases), Counter())
    day, share = Counter(each for each, _ in pairs), Counter(each for _, each in pairs)
    print(f"{len(pairs)} pairs; {dict(day)}; {dict(share)}")
    print(f"tolls: {dict(moved)}, {log((moved['rises'] + 0.5) / (moved['falls'] + 0.5)):.2f}")
    print(f"later: {log((day['later'] + 0.5) / (day['earlier'] + 0.5)):.2f}, more: {log((share['more'] + 0.5) / (share['less'] + 0.5)):.2f}")


if __name__ == "__main__":
    main()
