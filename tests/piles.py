"""Piles of reports for tests: the newsroom, the newsroom with changes, and the bytes that a case exports."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from headwater import Case, Settings
from headwater import open as open_case
from headwater.stages.words import words_of
from waiting import HANGS

REPORTS = Path(__file__).parent / "newsroom" / "reports"
ONE_PROCESS = Settings(workers=1, reader_seconds=HANGS)
Row = dict[str, str]
CountedClaim = tuple[str, str | None, str, int, int]


def a_case(path: Path, *piles: Path) -> Case:
    """Open a case in one process and read piles into it."""
    case = open_case(path, settings=ONE_PROCESS)
    if piles:
        case.read(*piles)
    return case


def wire() -> list[Row]:
    """Return the reports of the newsroom that came as JSON Lines."""
    return [json.loads(line) for line in (REPORTS / "wire.jsonl").read_text(encoding="utf-8").splitlines()]


def desk() -> list[Row]:
    """Return the reports of the newsroom that came as CSV."""
    with (REPORTS / "desk.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write reports as JSON Lines; return the file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def exported(case: Case, folder: Path, form: str = "jsonl") -> dict[str, bytes]:
    """Export a case and return its files as bytes, by name."""
    return {path.name: path.read_bytes() for path in case.export(folder, form=form)}


def counted(case: Case) -> set[CountedClaim]:
    """Return every claim as kind, value, clearest words (whatever their quotation marks), and the ends of its interval."""
    return {
        (
            row["kind"],
            row["value"],
            " ".join(word.folded for word in words_of(row["text"])),
            row["lines_min"],
            row["lines_max"],
        )
        for row in case.claims().to_pylist()
    }
