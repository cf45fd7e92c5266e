"""Build src/headwater/lists/background.csv: in how many background reports each word stem stands.

The background is news, and what reads like news, under licences that allow it (`licences.csv`): GeoVirus, MEANTIME and some genres of
GUM, as `corpora.py` reads them. Only counts are kept; stems in fewer than two reports are left out.

    python training/background.py [--data ../shared/data] [--check]
"""

import argparse
import collections
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpora import geovirus_texts, gum_texts, meantime_texts
from headwater.stages.words import STOP, stem, words_of

NEWSLIKE = ("news", "interview", "speech", "bio", "voyage")
"""genres of GUM"""
LEAST = 2  # reports
OUT = Path(__file__).parent.parent / "src/headwater/lists/background.csv"


def stems(text: str) -> set[str]:
    """Return the stems of the words of a text that are no stop words, no figures and longer than two letters."""
    words = (word.folded for word in words_of(text))
    return {stem(word) for word in words if word not in STOP and not word.isdigit() and len(word) > 2}


def counted(texts: Iterable[str]) -> str:
    """Return the table: first the number of texts, under the empty word, then in how many each stem stands."""
    texts, held = list(texts), collections.Counter[str]()
    for text in texts:
        held.update(stems(text))
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["word", "reports"])
    writer.writerow(["", len(texts)])
    writer.writerows(sorted((word, count) for word, count in held.items() if count >= LEAST))
    return table.getvalue()


def main(words: Sequence[str] | None = None) -> None:
    """Write the table, or say that the one that ships is another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the table would be another")
    arguments = parser.parse_args(words)
    data = arguments.data
    table = counted([*geovirus_texts(data), *meantime_texts(data), *gum_texts(data, NEWSLIKE)])
    if not arguments.check:
        arguments.out.write_text(table, encoding="utf-8")
    elif arguments.out.read_text(encoding="utf-8") != table:
        sys.exit(f"{arguments.out} is stale: run {Path(__file__).name} without --check")


if __name__ == "__main__":
    main()
