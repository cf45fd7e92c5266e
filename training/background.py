"""Build src/headwater/lists/background.csv: in how many background reports each word stem stands.

The background is news under licences that allow it: GeoVirus and MEANTIME (Wikinews, CC BY) and the CC BY genres of GUM. Only counts are
kept; stems in fewer than two reports are left out. Run: python training/background.py --data ../shared/data
"""

import argparse
import collections
import csv
import re
from pathlib import Path
from xml.etree import ElementTree

from headwater.stages.words import STOP, stem, words_of

GUM_GENRES = {"news", "interview", "speech", "bio", "voyage", "court", "podcast"}
OUT = Path(__file__).parent.parent / "src/headwater/lists/background.csv"


def geovirus(data: Path) -> list[str]:
    """Texts of the GeoVirus articles."""
    return [each.text or "" for each in ElementTree.parse(data / "place/GeoVirus.xml").iter("text")]


def meantime(data: Path) -> list[str]:
    """Texts of the MEANTIME articles, each once."""
    found = {}
    for path in sorted((data / "attribution/meantime/intra_cross-doc_annotation").rglob("*.xml")):
        found[path.name] = " ".join(each.text or "" for each in ElementTree.parse(path).iter("token"))
    return list(found.values())


def gum(data: Path) -> list[str]:
    """Texts of the CC BY genres of GUM."""
    texts = []
    for path in sorted((data / "attribution/gum").glob("*.conllu")):
        for document in re.split(r"(?m)^# newdoc id = GUM_", path.read_text(encoding="utf-8"))[1:]:
            if document.split("_")[0] in GUM_GENRES:
                texts.append(" ".join(re.findall(r"(?m)^# text = (.*)$", document)))
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    texts = [*geovirus(data), *meantime(data), *gum(data)]
    held: collections.Counter[str] = collections.Counter()
    for text in texts:
        held.update(
            {
                stem(w.folded)
                for w in words_of(text)
                if w.folded not in STOP and not w.folded.isdigit() and len(w.folded) > 2
            }
        )
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "reports"])
        writer.writerow(["", len(texts)])
        writer.writerows(sorted((word, count) for word, count in held.items() if count >= 2))


if __name__ == "__main__":
    main()
