"""Both worlds side by side, the agreement of second readers, and the measurement that is kept for the docs."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from headwater.cli.commands import commands
from headwater.errors import AskError
from headwater.measure.ceilings import Ceiling, read_ceilings
from headwater.measure.gate import Floor
from headwater.measure.measured import Measured, Occasion, commit_of, keep, read_measured, write_measured
from headwater.measure.piles import WORLD, find_pile
from headwater.measure.quality import quality
from headwater.measure.results import Result, not_measured
from headwater.measure.scorers import SCORERS
from headwater.measure.table import compare, table
from headwater.measure.worlds import TITLES

SYRIA = Result(
    "origins",
    {"origins.lines.exact": 0.673, "origins.lines.error": 0.247, "origins.lines.gold": 78},
    {"origins.lines.error always one": 0.397},
    "501 reports",
)
ABROAD = Result(
    "world",
    {"world.lines.exact": 0.283, "world.lines.error": None, "world.lines.gold": 76},
    {"world.lines.error always one": 0.711},
    "1002 reports",
)
CEILINGS = {
    "origins.lines.error": Ceiling("origins.lines.error", 0.06, 0.09, "two readers"),
    "world.lines.exact": Ceiling("world.lines.exact", 0.82, 0.82, "read twice"),
}
OCCASION = Occasion("2026-11-30", "0.1.0", "abc1234")


def test_side_by_side() -> None:
    """A number has its value in each world and beside it the readers' agreement where known; baselines stand under it."""
    lines = compare([SYRIA, ABROAD], CEILINGS).splitlines()
    assert [line.split() for line in lines[2:6]] == [
        ["lines.exact", "0.673", "0.283", "0.82"],
        ["lines.error", "0.247", "0.06–0.09", "-"],
        ["always", "one", "0.397", "0.711"],
        ["lines.gold", "78", "76"],
    ]
    assert lines[0].split() == ["number", "Syria", "2nd", "readers", "world", "2nd", "readers"]
    assert lines[3].index("0.06–0.09") > lines[3].index("0.247")
    assert [len(line) for line in lines[2:4]] == [
        len(lines[1]),
        lines[1].rindex("  "),
    ]  # the last column is right-aligned


def test_one_table_for_the_worlds_and_one_for_the_rest() -> None:
    """The worlds stand in one table in front; other data sets, and a world that is not there, stand as they did."""
    other = Result("x", {"x.f": 0.25}, {"x.f none": 0.1}, "seven pairs")
    text = table([other, SYRIA, ABROAD])
    assert text.count("lines.exact") == 1
    assert "origins.lines.exact" not in text
    assert text.endswith(table([other]))
    assert "world: not measured: nowhere is not there" in table([SYRIA, not_measured("world", Path("nowhere"))])


def test_ceilings_say_where_they_are_from() -> None:
    """Every ceiling is a share or an error of a world that is measured, has a source, and is not turned round."""
    ceilings = read_ceilings()
    assert {name.partition(".")[0] for name in ceilings} == set(TITLES) <= set(SCORERS)
    assert all(one.source and 0 <= one.low <= one.high <= 1 for one in ceilings.values())


def test_every_ceiling_has_its_number(tmp_path: Path) -> None:
    """No ceiling is of a number that the scorer does not give."""
    (tmp_path / "one.txt").write_text("Nobody said anything of note.", encoding="utf-8")
    story = {"reports": ["one.txt"], "not_reports": [], "derivations": [], "claims": [], "disputes": []}
    (tmp_path / "gold.json").write_text(json.dumps(story), encoding="utf-8")
    numbers = SCORERS["world"].score(tmp_path).numbers
    assert {name.replace("origins.", "world.", 1) for name in read_ceilings()} <= set(numbers)


def test_gold_of_the_world_is_beside_its_reports(tmp_path: Path) -> None:
    """Gold alone is scored on the reports that its data set names, whatever other piles stand beside it."""
    for name in ("world-gold", "world-reports", "syria-reports"):
        (tmp_path / name).mkdir()
    for path in ("world-gold/1.json", "world-reports/reports.jsonl", "syria-reports/reports.jsonl"):
        (tmp_path / path).write_text("{}", encoding="utf-8")
    found = find_pile(tmp_path / "world-gold", beside=WORLD)
    assert found is not None
    assert found.reports == (tmp_path / "world-reports" / "reports.jsonl",)


def test_what_is_measured_again_takes_the_place(tmp_path: Path) -> None:
    """A data set keeps its last measurement with day, version and commit; one that is not there keeps the one before."""
    older = Measured(Occasion("2026-10-01", "0.0.9", None), SYRIA)
    kept = keep({"origins": older, "x": older}, [SYRIA, ABROAD, not_measured("x", Path("x"))], OCCASION)
    write_measured(kept, tmp_path / "measured.json")
    found = read_measured(tmp_path / "measured.json")
    assert (found["origins"], found["world"]) == (Measured(OCCASION, SYRIA), Measured(OCCASION, ABROAD))
    assert found["x"].occasion == older.occasion


def test_nothing_was_kept(tmp_path: Path) -> None:
    """Without a file nothing was measured."""
    assert read_measured(tmp_path / "measured.json") == {}


def test_commit_of_a_repository(tmp_path: Path) -> None:
    """A repository has the short name of its commit, marked when a file has changed since; a folder that is none has none."""
    assert commit_of(tmp_path) is None
    who = ["-c", "user.name=Ilka", "-c", "user.email=ilka@example.org"]
    (tmp_path / "a").write_text("1", encoding="utf-8")
    for words in (["init", "-q"], ["add", "a"], [*who, "commit", "-qm", "one"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    clean = commit_of(tmp_path)
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert clean is not None
    assert (len(clean), commit_of(tmp_path)) == (7, f"{clean}+changes")


def test_quality_page() -> None:
    """The page has the worlds in one table with sources, each other set with its floors, and when all was measured."""
    other = Result("x", {"x.f": 0.25, "x.error": None}, {"x.f none": 0.1}, "seven pairs")
    kept = {result.name: Measured(OCCASION, result) for result in (SYRIA, ABROAD, other)}
    lines = quality(kept, {"x.f": Floor("at_least", 0.23, "measured")}, CEILINGS).splitlines()
    assert "| lines.exact | 0.673 |  | 0.283 | 0.82 |" in lines
    assert "| *always one* | 0.397 |  | 0.711 |  |" in lines
    assert {"* read twice", "* two readers", "## x"} <= set(lines)
    assert "| f | 0.250 | at least 0.23 | none 0.100 |" in lines
    assert "x: seven pairs; measured on 2026-11-30, version 0.1.0, commit abc1234." in lines


def invoke(*words: str) -> Any:
    """Run `headwater measure` and return its answer, or raise what it raises."""
    answer = CliRunner().invoke(commands, ["measure", *words, "--json"])
    if answer.exception:
        raise answer.exception
    return json.loads(answer.stdout)


def test_names_and_a_folder(tmp_path: Path) -> None:
    """Several names are measured together, a folder behind them stands in place of the data, and any other word is none."""
    data = ("--data", str(tmp_path))
    assert [one["name"] for one in invoke("origins", "world", *data)["results"]] == ["origins", "world"]
    (told,) = invoke("world", str(tmp_path))["results"]
    assert told["note"] == f"not measured: {tmp_path} is not there"
    with pytest.raises(AskError, match="weather"):
        invoke("world", "weather", *data)


def test_ceilings_in_json(tmp_path: Path) -> None:
    """The answer in JSON has the ceilings of the numbers that were measured, and no others."""
    (tmp_path / "one.txt").write_text("Nobody said anything of note.", encoding="utf-8")
    story = {"reports": ["one.txt"], "not_reports": [], "derivations": [], "claims": [], "disputes": []}
    (tmp_path / "gold.json").write_text(json.dumps(story), encoding="utf-8")
    answer = invoke("world", str(tmp_path))
    assert [one["name"] for one in answer["ceilings"]] == [
        name for name in read_ceilings() if name.startswith("world.")
    ]
    assert invoke("origins", "--data", str(tmp_path / "none"))["ceilings"] == []
