"""An exported case as the origins scorer needs it: statements, derivations, stories, claims and disputes.

In: a folder that `headwater export --format jsonl` wrote. Out: one frozen object in which everything is found by name.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headwater.measure.origins.gold import Descent, Interval


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of the system."""

    report: str
    start: int
    end: int
    stance: str
    speaker: str | None
    gatherer: str | None
    origin: str | None
    origin_named: bool | None
    """false for an unnamed speaker; unknown where the export does not say"""
    chain: tuple[str, ...]
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exported:
    """What a case says, by the ids that the reports came with."""

    statements: Mapping[str, tuple[Stated, ...]]
    """by report"""
    derivations: tuple[Descent, ...]
    story_of: Mapping[str, str]
    lines: Mapping[str, Interval]
    """by claim"""
    disputes: frozenset[frozenset[str]]

    def together(self, a: str, b: str) -> bool:
        """Whether two reports stand in one story; one that stands in none is alone."""
        return self.story_of.get(a, a) == self.story_of.get(b, b)


def read_export(folder: Path) -> Exported:
    """Return the case that was exported into a folder."""
    statements: dict[str, list[Stated]] = defaultdict(list)
    for row in _rows(folder, "statements"):
        statements[row["report"]].append(_stated(row))
    return Exported(
        statements={report: tuple(its) for report, its in statements.items()},
        derivations=tuple(map(_descent, _rows(folder, "derivations"))),
        story_of={report: row["id"] for row in _rows(folder, "stories") for report in row["reports"]},
        lines={
            row["id"]: Interval(row["lines_min"], row["lines_max"]) for row in _rows(folder, "claims") if _tallied(row)
        },
        disputes=frozenset(frozenset((row["a"], row["b"])) for row in _rows(folder, "disputes")),
    )


def _tallied(row: Mapping[str, Any]) -> bool:
    return row["lines_min"] is not None and row["lines_max"] is not None


def _rows(folder: Path, table: str) -> list[dict[str, Any]]:
    with (folder / f"{table}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _stated(row: Mapping[str, Any]) -> Stated:
    return Stated(
        report=row["report"],
        start=row["start"],
        end=row["end"],
        stance=row["stance"],
        speaker=row["speaker"],
        gatherer=row["gatherer"],
        origin=row["origin"],
        origin_named=row.get("origin_named"),
        chain=tuple(row.get("chain") or ()),
        claims=frozenset(row.get("claims") or ()),
    )


def _descent(row: Mapping[str, Any]) -> Descent:
    return Descent(row["child"], row.get("parent"), row.get("unseen"), row["direction"])
