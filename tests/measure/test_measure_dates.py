"""dates: the day of a report when the one that came beside it is withheld."""

import json
from datetime import date
from pathlib import Path

import pytest

from headwater.measure.dates import dates, verdict

BODY = "Two barges loaded with gravel sank in the river on Monday morning, police in Lower Korva said."
ROWS = [
    {"published": "2024-05-06", "text": f"May 6, 2024\n\n{BODY}\n", "url": None},
    {"published": "2024-05-06", "text": BODY, "url": "https://gazette.example/2024/05/07/barges"},
    {"published": "2024-05-06", "text": f"May 16, 2024\n\n{BODY}\n", "url": None},
    {"published": "2024-05-06", "text": f"{BODY} Nobody was hurt.", "url": None},
    {"published": None, "text": BODY, "url": None},
]


def test_a_pile_is_scored_without_its_days(tmp_path: Path) -> None:
    """Right, a day off, wrong and unknown are shares of the reports with a day beside them, and wrong also one of the answers."""
    folder = tmp_path / "mideast-pile"
    folder.mkdir()
    (folder / "reports.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    result = dates(tmp_path)
    assert dict(result.numbers) == {
        "dates.mideast.right": 0.25,
        "dates.mideast.near": 0.25,
        "dates.mideast.wrong": 0.25,
        "dates.mideast.unknown": 0.25,
        "dates.mideast.answers.wrong": 0.333,
    }
    assert dict(result.baselines) == {"dates.mideast.right address alone": 0.0}


def test_what_is_not_there_is_not_measured(tmp_path: Path) -> None:
    """Without any pile there is nothing to score."""
    assert not dates(tmp_path).measured


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "unknown"),
        ("2024-05-06", "right"),
        ("2024-05-05", "near"),
        ("2024-05-07", "near"),
        ("2024-05-08", "wrong"),
    ],
)
def test_a_day_off_is_a_kind_of_its_own(found: str | None, said: str) -> None:
    """Clocks make a day of difference, which is neither right nor wrong."""
    assert verdict(date(2024, 5, 6), date.fromisoformat(found) if found else None) == said
