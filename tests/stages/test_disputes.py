"""disputes: which claims of a story cannot both hold, on piles of two reports; a kind for each, and none where nothing is in dispute."""

from pathlib import Path

import pytest

from headwater.records import Dispute
from piles import a_case, write_lines

LEAD = "A blast at the grain terminal of Port Osrin on Tuesday"
DISPUTED = [
    ("two tolls of two voices", "killed 12 people, the port office said.", "killed 19 people, the fire brigade said.", ["number"]),
    ("civilians and everybody", "killed 12 civilians, the port office said.", "killed 19 people, the fire brigade said.", ["scope"]),
    ("a toll that is told to have risen", "killed 12 people, the port office said.", "broke windows. The death toll from the blast at the grain terminal has risen to 19, the fire brigade said.", ["update"]),
    ("dozens, and a number that dozens may be", "killed dozens of people, the port office said.", "killed 40 people, the fire brigade said.", []),
    ("dozens, and a number that they cannot be", "killed dozens of people, the port office said.", "killed 9 people, the fire brigade said.", ["number"]),
    ("exactly 24, which dozens allow at least", "killed 24 people, the port office said.", "killed 31 people, the fire brigade said.", ["number"]),
    ("exactly 40, which scores allow at least", "killed 40 people, the port office said.", "killed 61 people, the fire brigade said.", ["number"]),
    ("exactly 200, which hundreds allow at least", "killed 200 people, the port office said.", "killed 260 people, the fire brigade said.", ["number"]),
    ("a toll that is recalled of another happening", "killed 12 people, the port office said.", "came two days after an explosion killed 19 people at a mill, the fire brigade said.", []),
    ("a toll that is recalled of last month", "killed 12 people, the port office said.", "came just weeks after a fire killed 19 people at a mill, the fire brigade said.", []),
    ("a toll behind what is recalled", "killed 12 people, the port office said.", "came two days after a fire at a mill, and killed 19 people, the fire brigade said.", ["number"]),
    ("everybody and more civilians", "killed 12 people, the port office said.", "killed 19 civilians, the fire brigade said.", ["number"]),
    ("one toll twice", "killed 12 people, the port office said.", "killed 12 people, the fire brigade said.", []),
    ("rebels and soldiers", "killed 12 rebels, the port office said.", "killed 19 soldiers, the fire brigade said.", []),
    ("a toll and one person", "killed 12 people, the port office said.", "killed a docker’s son. A child was killed, the fire brigade said.", []),
]  # fmt: skip


def disputes(folder: Path, *texts: str) -> list[str]:
    """Return the kinds of dispute in a pile of reports of one day."""
    rows = [
        {
            "id": f"r{n}",
            "outlet": f"Outlet {n}",
            "title": "Blast at Port Osrin grain terminal",
            "published": "2024-03-12",
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    with a_case(folder / "made.headwater", write_lines(folder / "made.jsonl", rows)) as case:
        return sorted(each.kind for each in case.store.all(Dispute))


@pytest.mark.parametrize(
    ("one", "two", "expected"), [each[1:] for each in DISPUTED], ids=[each[0] for each in DISPUTED]
)
def test_kinds(one: str, two: str, expected: list[str], tmp_path: Path) -> None:
    """Different tolls of the same victims by two voices are in dispute; equal ones, and tolls of others, are not."""
    found = disputes(tmp_path, f"{LEAD} {one}", f"{LEAD} {two}")
    assert [kind for kind in found if kind in ("number", "scope", "update")] == expected


def test_a_toll_that_is_recalled_of_another_town_disputes_nothing(tmp_path: Path) -> None:
    """Where most reports tell of one town, the count of a town apart is of something else."""
    found = disputes(
        tmp_path,
        "A car bomb killed 12 people in Homs on Tuesday, the port office said.",
        "A car bomb killed 14 people in Homs on Tuesday, the fire brigade said.",
        "A car bomb struck the market of Homs on Tuesday. A car bomb killed 19 people in Aleppo, a baker said.",
    )
    assert found == ["number"]


def test_who_says_both_in_one_report_disputes_nothing(tmp_path: Path) -> None:
    """Edrin Sollas tells of two blasts in one report, and another report repeats one of them."""
    both = f"{LEAD} killed 12 people, Edrin Sollas said.\n\nAnother blast at the grain terminal of Port Osrin killed 19 people, Edrin Sollas said."
    assert disputes(tmp_path, both, f"{LEAD} killed 12 people, the fire brigade said.") == []
