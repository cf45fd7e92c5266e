"""Golden rows: every stage makes of the newsroom what was reviewed, and a difference is shown row by row."""

from pathlib import Path

import pytest
from golden_rows import DERIVED, GOLDEN, Newsroom, Row, difference, differences, main, newsroom_of, read_golden, shown

from headwater import Case

TABLES = [record.table for record in DERIVED]
FIRST = 5  # differing rows that a failing test shows
TEXT = {"hv": "Nine people died on Tuesday."}


@pytest.fixture(scope="module")
def now(newsroom: Case) -> Newsroom:
    """What the stages make of the newsroom now."""
    return newsroom_of(newsroom)


@pytest.mark.parametrize("table", TABLES)
def test_stage_makes_its_golden_rows(table: str, now: Newsroom) -> None:
    """Every row of the stage is the one that was reviewed, none is missing and none is more."""
    found = difference(table, read_golden()[table], now.tables[table])
    assert not found, (
        f"\n{shown([found], now.texts, most=FIRST)}\nsee all: `make diff-golden`; if it is right: `make regold`"
    )


def test_every_derived_table_has_golden_rows() -> None:
    """There is one file for each table that a stage writes, and no other."""
    assert sorted(read_golden()) == sorted(TABLES)


def test_golden_rows_can_be_reviewed() -> None:
    """All golden rows together stay under two megabytes."""
    assert sum(path.stat().st_size for path in GOLDEN.glob("*.jsonl")) < 2_000_000


def row(ident: str, **cells: object) -> Row:
    """One row."""
    return {"id": ident, **cells}


def test_rows_gone_new_and_changed() -> None:
    """Rows are compared by id: what is missing is gone, what is more is new, and a changed row names its cells alone."""
    golden = [row("s-1", speaker="Norgate", start=0), row("s-2", speaker="Varga", start=9)]
    found = difference("statements", golden, [row("s-1", speaker="Strand", start=0), row("s-3", speaker=None, start=9)])
    assert ([one["id"] for one in found.gone], [one["id"] for one in found.new]) == (["s-2"], ["s-3"])
    assert [(cell.column, cell.golden, cell.now) for cell in found.changed[0].cells] == [
        ("speaker", "Norgate", "Strand")
    ]


@pytest.mark.parametrize(
    ("golden", "now", "same"),
    [
        (0.5, 0.501, True),
        (0.5, 0.502, False),
        ([0.5, 1.0], [0.501, 1.0], True),
        ([0.5, 1.0], [0.5], False),
        (1, 2, False),
        (0, False, False),
        (None, "", False),
        (["a"], ["b"], False),
    ],
)
def test_same_cell(golden: object, now: object, same: bool) -> None:
    """A float may differ in its last digit; everything else, unknown too, is the same value of the same kind or another."""
    assert (not difference("x", [row("x-1", cell=golden)], [row("x-1", cell=now)])) == same


def test_a_column_that_is_new() -> None:
    """A column on one side alone is a change, though it holds unknown."""
    assert difference("x", [row("x-1")], [row("x-1", cell=None)])


def test_a_table_that_is_new() -> None:
    """A table without golden rows is shown as all new, one that no stage writes any more as all gone."""
    found = differences({"old": [row("o-1")]}, {"new": [row("n-1")]})
    assert [(one.table, len(one.gone), len(one.new)) for one in found] == [("new", 0, 1), ("old", 1, 0)]


def test_differences_are_shown_with_the_words_that_they_are_about() -> None:
    """A row stands with its report and the words that its offsets point at; more rows than asked for are counted."""
    golden = [row("s-1", report="hv", start=0, end=11, kind="killed"), row("s-2", report="hv", start=0, end=4)]
    found = differences({"readings": golden}, {"readings": [{**golden[0], "kind": "wounded"}]})
    assert shown(found, TEXT).splitlines() == [
        "readings: 1 gone, 0 new, 1 changed",
        "  - s-2  hv “Nine”",
        '      report="hv", start=0, end=4',
        "  ~ s-1  hv “Nine people”",
        '      kind: "killed" → "wounded"',
    ]
    assert "… and 1 more" in shown(found, TEXT, most=1)


def test_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written has no difference, what has changed since fails, and a table that is no more loses its file."""
    before, after = (Newsroom({"readings": [row("r-1", value=value)]}, {}) for value in ("9", "11"))
    (tmp_path / "dropped.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["write"], run=lambda: before, folder=tmp_path) == 0
    assert main(["diff"], run=lambda: before, folder=tmp_path) == 0
    assert main(["diff"], run=lambda: after, folder=tmp_path) == 1
    assert 'value: "9" → "11"' in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["readings.jsonl"]


@pytest.mark.parametrize("words", [[], ["regold"], ["write", "diff"]])
def test_a_command_put_wrongly(words: list[str], tmp_path: Path) -> None:
    """Nothing is run and nothing written when the command is none."""
    assert main(words, run=lambda: pytest.fail("ran"), folder=tmp_path) == 2
