"""Pairs of reports of a case as stages get them: the select and the tables are those of `pipeline.py`, never written down twice.

In: a case file that has been run. Out: rows as dicts, and the reports by id.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from headwater.case import open as open_case
from headwater.engines import LocalEngine
from headwater.pipeline import Stage, stage_named
from headwater.records import Credit, Report
from headwater.settings import Settings

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a case holds of the pairs that kinship is asked of; each pair stands twice, once for either as `key`."""

    pairs: list[Row]
    reports: dict[str, Report]
    credits: list[Credit]


def stage(name: str) -> Stage:
    """Return a stage of the flow."""
    found = stage_named(name)
    if found is None:
        raise SystemExit(f"the flow has no stage {name}")
    return found


def kinship_pairs(case: Path) -> Looked:
    """Return the pairs that the stage `derivations` looks at."""
    asked = stage("derivations").inputs["pairs"]
    with open_case(case, create=False) as opened, LocalEngine(opened.store, Settings()) as engine:
        rows = engine.sql(asked.select, asked.reads).to_pylist()
        reports = {report.id: report for report in opened.store.all(Report)}
        return Looked(rows, reports, list(opened.store.all(Credit)))


@dataclass(frozen=True, slots=True)
class Likenesses:
    """What a case holds of pairs that may be of one story: rows with the names of both reports as `one` and `two`, and all names."""

    rows: pa.Table
    names: frozenset[str]


def likenesses(case: Path, settings: Settings) -> Likenesses:
    """Return what the stage `likenesses` makes of a case under these settings."""
    made = stage("likenesses")
    with open_case(case, create=False) as opened, LocalEngine(opened.store, settings) as engine:
        rows = engine.sql(made.select, made.selects_from)
        names = {report.id: report.name for report in opened.store.all(Report)}
    for name, side in (("one", "a"), ("two", "b")):
        rows = rows.append_column(name, pa.array([names[report] for report in rows[side].to_pylist()], pa.string()))
    return Likenesses(rows, frozenset(names.values()))
