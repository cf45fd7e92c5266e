"""Page furniture: how much of it passes for text, and how much text for furniture, in reports as they were pasted.

In: the data folder with the piles that `furniture.json` names, which holds marks made by hand: for each report its length, the beginning
of its SHA-256 and `[start, end, kind]` for what is no body (furniture, caption, credit, dateline, heading), never its text. Out: a
`Result` with, for each pile and half, `kept` (share of the characters of furniture in stretches that sentences are cut from) and `lost`
(share of the characters of the body held for furniture). Spaces are not counted. The half `seen` may be developed on; `held` is only
measured on.
Baseline: keep everything. A report whose text is not the one that was marked is left out, and the note says how many.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headwater.case import open as open_case
from headwater.measure.ratios import ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Report, Text

FILE = "furniture.json"
SENTENCES = frozenset(["body", "heading"])
"""kinds of stretches that sentences are cut from"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span and what a person says it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A report that a person marked: where it is, what it must be like, and the marks; the rest of it is body."""

    pile: str
    report: str
    half: str
    length: int
    digest: str
    marks: tuple[Mark, ...]

    def fits(self, text: str) -> bool:
        """Tell whether a text is the one that was marked."""
        return len(text) == self.length and sha256(text.encode()).hexdigest().startswith(self.digest)


def furniture(folder: Path) -> Result:
    """Score what the stage of texts makes of the marked reports."""
    gold = marked(json.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")))
    missing = next(
        (folder / pile for pile in sorted({each.pile for each in gold}) if not (folder / pile).is_dir()), None
    )
    return not_measured("furniture", missing) if missing else score(gold, folder)


def marked(rows: Sequence[Mapping[str, Any]]) -> list[Marked]:
    """Return marks from rows as the file has them."""
    return [
        Marked(
            row["pile"],
            row["report"],
            row["half"],
            row["length"],
            row["sha256"],
            tuple(Mark(*mark) for mark in row["marks"]),
        )
        for row in rows
    ]


def score(gold: Sequence[Marked], folder: Path) -> Result:
    """Read the marked reports of a data folder and compare stretches with marks."""
    rows = {(pile, row["id"]): row for pile in {each.pile for each in gold} for row in _rows(folder / pile)}
    there = [each for each in gold if each.fits(rows.get((each.pile, each.report), {}).get("text", ""))]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each, kinds in _read(there, rows):
        text = rows[each.pile, each.report]["text"]
        counts[f"{each.pile.split('-')[0]}.{each.half}"] += compare(each, kinds, text)
    numbers: dict[str, Number] = {}
    for name, its in sorted(counts.items()):
        numbers[f"{name}.kept"] = ratio(its["furniture kept"], its["furniture"])
        numbers[f"{name}.lost"] = ratio(its["body lost"], its["body"])
    baselines: dict[str, Number] = {
        f"{name}.kept keep everything": ratio(its["furniture"], its["furniture"]) for name, its in counts.items()
    }
    note = f"{len(there)} reports, {sum(its['furniture'] for its in counts.values())} characters of furniture"
    note += f"; {len(gold) - len(there)} are not as they were marked" if len(there) < len(gold) else ""
    return Result("furniture", named("furniture", numbers), named_baselines("furniture", baselines), note)


def compare(each: Marked, kinds: Sequence[str | None], text: str) -> Counter[str]:
    """Count characters but spaces: of furniture and body by the marks, of the one kept and of the other lost by the kinds found."""
    said = ["body"] * len(text)
    for mark in each.marks:
        said[mark.start : mark.end] = [mark.kind] * (mark.end - mark.start)
    counted: Counter[str] = Counter()
    for gold, found, character in zip(said, kinds, text, strict=True):
        if not character.isspace():
            counted[gold] += 1
            counted["furniture kept"] += gold == "furniture" and found in SENTENCES
            counted["body lost"] += gold == "body" and found == "furniture"
    return counted


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the reports of a pile with their ids and texts: a file of JSON lines, or a file each."""
    listed = folder / "reports.jsonl"
    if listed.is_file():
        yield from (json.loads(line) for line in listed.read_text(encoding="utf-8").split("\n") if line.strip())
    for path in sorted(folder.glob("*.txt")):
        yield {"id": path.name, "text": path.read_text(encoding="utf-8")}


def _read(
    gold: Sequence[Marked], rows: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Iterator[tuple[Marked, list[str | None]]]:
    """Yield every marked report with the kind that the flow gives each of its characters."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "marked.headwater") as case:
        listed = Path(place) / "marked.jsonl"
        lines = (json.dumps({**rows[each.pile, each.report], "id": f"{n}"}) for n, each in enumerate(gold))
        listed.write_text("\n".join(lines), encoding="utf-8")
        case.read(listed, run=False)
        case.run(last="texts")
        kinds = {report.id: [None] * len(report.text) for report in case.store.all(Report)}
        found: dict[str, list[str | None]] = {key: list(value) for key, value in kinds.items()}
        for stretch in case.store.all(Text):
            found[stretch.report][stretch.start : stretch.end] = [stretch.kind] * (stretch.end - stretch.start)
        for report in case.store.all(Report):
            yield gold[int(report.name)], found[report.id]
