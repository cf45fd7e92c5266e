"""The entry to all scorers, the story scorer and the checks of the pasted texts, on invented reports."""

import json
from pathlib import Path

import pytest

from headwater.case import open as open_case
from headwater.errors import AskError
from headwater.measure import NAMES, run, run_one
from headwater.measure.assad import furniture_in_body
from headwater.measure.incidents import numbers
from headwater.measure.piles import find_pile

REPORT = "Ilka Strand of the Basin Commission said two gates of the dam had been closed since the flood in March.\n"
PAGE = REPORT * 3 + "\nLEAVE A REPLY\n\nPlease enter your comment!\n\nSubscribe\n\nMore like this\n"


def test_what_is_not_there(tmp_path: Path) -> None:
    """A data set that is missing gives a result without numbers that says so, for every scorer."""
    results = run(None, tmp_path / "data", tmp_path / "newsroom")
    assert [result.name for result in results] == list(NAMES)
    assert all(not result.measured and result.note.startswith("not measured: ") for result in results)
    assert all(result.note.endswith(" is not there") for result in results)


def test_folder_without_gold(tmp_path: Path) -> None:
    """A folder that lacks what the scorer needs is not measured either."""
    assert [run_one(name, tmp_path).measured for name in NAMES] == [False] * len(NAMES)


def test_unknown_name(tmp_path: Path) -> None:
    """A name that is none stops with the names that are."""
    with pytest.raises(AskError, match="polnear"):
        run(["weather"], tmp_path, tmp_path)


def test_pile_with_gold(tmp_path: Path) -> None:
    """One pasted text with its gold is read, found, and counted as one line."""
    start = REPORT.index("two gates")
    said = {"report": "one.txt", "start": start, "end": len(REPORT) - 1, "stance": "asserts", "speaker": "Ilka Strand"}
    said |= {"gatherer": None, "chain": ["unknown", "Ilka Strand"]}
    claim = {"claim": "Two gates are closed.", "statements": [said], "lines": {"min": 1, "max": 1}}
    story = {"reports": ["one.txt"], "not_reports": [], "derivations": [], "claims": [claim], "disputes": []}
    (tmp_path / "one.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(story), encoding="utf-8")
    found = run_one("newsroom", tmp_path).numbers
    assert (found["newsroom.statements.found"], found["newsroom.lines.error"]) == (1.0, 0.0)


def test_forms_of_a_pile(tmp_path: Path) -> None:
    """Reports and gold are found side by side, in folders of their own, or as gold beside the pile that it is about."""
    both, gold, pile = tmp_path / "both", tmp_path / "gold", tmp_path / "syria-reports"
    for folder in (both / "reports", both / "truth", gold, pile):
        folder.mkdir(parents=True)
    for path in (both / "truth" / "1.json", gold / "1.json", pile / "reports.jsonl"):
        path.write_text("{}", encoding="utf-8")
    found = [find_pile(folder) for folder in (both, gold, tmp_path)]
    assert [each and each.reports for each in found] == [(both / "reports",), (pile / "reports.jsonl",), None]


def test_furniture_behind_the_text(tmp_path: Path) -> None:
    """Page furniture behind the text is not held for text, and would be counted if it were."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    with open_case(tmp_path / "page.headwater") as case:
        case.read(tmp_path / "page.txt")
        assert furniture_in_body(case) == 0


def test_stories_of_incidents() -> None:
    """Two incidents told apart score 1; thrown together they keep recall and lose precision."""
    gold = {"0": "i", "1": "i", "2": "j"}
    apart, together = {"0": "x", "1": "x", "2": "y"}, dict.fromkeys(gold, "x")
    assert set(numbers(gold, apart).values()) == {1.0}
    assert numbers(gold, together) == {
        "b_cubed.p": 0.556,
        "b_cubed.r": 1.0,
        "b_cubed.f": 0.714,
        "pairs.p": 0.333,
        "pairs.r": 1.0,
        "pairs.f": 0.5,
    }
