"""Outlines: what a text outside the pile must have said is what two of its children share, in their order."""

from pathlib import Path

import pytest

from headwater import Case
from headwater.errors import NoSuchId
from headwater.records import Report
from piles import a_case, write_lines

FIRST = (
    "Two barges loaded with gravel from the pits at Lower Korva broke loose in the dark and struck the railway bridge."
)
SECOND = "The lock keeper blamed a mooring line that had been spliced twice since the winter and said so in writing."
OWN = "Commuters of Osrin shared taxis, cursed the weather and waited for the ferry until well after midnight."


def test_an_outline_holds_what_two_children_share_and_points_at_it(tmp_path: Path) -> None:
    """Sentences that both have stand in it with their places; what one child has alone does not."""
    texts = {"a": f"KORVA (Norgate) — {FIRST}\n\n{SECOND}\n\n{OWN}", "b": f"KORVA (Norgate) — {FIRST}\n\n{SECOND}"}
    rows = [
        {"id": name, "outlet": name.upper(), "published": "2024-05-06", "text": text} for name, text in texts.items()
    ]
    with a_case(tmp_path / "x.headwater", write_lines(tmp_path / "rows.jsonl", rows)) as case:
        (found,) = case.outlines()
        reports = {each.name: each.text for each in case.store.all(Report)}
        with pytest.raises(NoSuchId):
            case.outlines("y-0000000000000000")
    assert (found.unseen, found.children) == ("Norgate", tuple(sorted(found.children)))
    assert [each.text for each in found.sentences] == [FIRST, SECOND]
    assert all(reports[each.report][each.start : each.end] == each.text for each in found.sentences)
    assert {each.holders for each in found.sentences} == {("a", "b")}


def test_outlines_of_the_newsroom(newsroom: Case) -> None:
    """Every sentence has two holders or more, all of them children of the text, and a nameless text has siblings only."""
    found = newsroom.outlines()
    assert {each.unseen for each in found} >= {"Norgate", "Solvane"}
    for outline in found:
        assert all(len(each.holders) > 1 and set(each.holders) <= set(outline.children) for each in outline.sentences)
