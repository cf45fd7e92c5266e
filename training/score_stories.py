"""Score the stories of a case file against pairs of reports that were marked by hand.

In: a case file into which a pile was read, and the name of the pile in `story_pairs.csv` (ids of two reports; 1 one happening, 0 not;
round-ups and undecided pairs are left out). Out: precision, recall and F1 of "one story".

    python training/score_stories.py CASE syria-reports
"""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

from headwater.case import open as open_case
from headwater.measure.ratios import f1
from headwater.records import Report, Story

HERE = Path(__file__).parent


def main(words: Sequence[str] | None = None) -> None:
    """Print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("pile")
    parser.add_argument("--pairs", type=Path, default=HERE / "story_pairs.csv")
    args = parser.parse_args(words)
    with open_case(args.case, create=False) as case:
        names = {report.id: report.name for report in case.store.all(Report)}
        story = {names[report]: each.id for each in case.store.all(Story) for report in each.reports}
    with args.pairs.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pile"] == args.pile and row["label"] in "01"]
    said = [story[row["one"]] == story[row["two"]] for row in rows]
    gold = [row["label"] == "1" for row in rows]
    print(f1("one story", hit=sum(s and g for s, g in zip(said, gold, strict=True)), said=sum(said), gold=sum(gold)))


if __name__ == "__main__":
    main()
