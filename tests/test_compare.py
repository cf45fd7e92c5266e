"""compare: two reports side by side, every character of both sentences there, copied and altered words told apart."""

import pytest
from click.testing import CliRunner

from headwater import Case
from headwater.cli.commands import commands
from headwater.errors import NoSuchId
from headwater.records import Report


def test_the_rows_hold_the_sentences_of_both(newsroom: Case) -> None:
    """Read down either side, the rows are that report's sentences, in order and whole."""
    found = newsroom.compare("hv-0312-a", "ml-7741")
    texts = {report.name: report.text.replace("\n", " ") for report in newsroom.store.all(Report)}
    for name, side in (("hv-0312-a", "a"), ("ml-7741", "b")):
        place = 0
        for row in found.rows:
            text = "".join(piece.text for piece in getattr(row, side))
            if text:
                place = texts[name].index(text, place) + len(text)


def test_a_reworded_report_is_told_from_a_copy(newsroom: Case) -> None:
    """A rewording shares no passage and is heavy rewriting; the same text twice is a near copy both ways."""
    reworded, copied = newsroom.compare("hv-0312-a", "ml-7741"), newsroom.compare("at-0315-2", "at-0315-7")
    assert (reworded.b.grade, round(reworded.b.shared, 1)) == ("heavy rewriting", 0.0)
    assert {row.kind for row in reworded.rows} <= {"reworded", "own", "text", "quotation"}
    assert copied.a.grade == copied.b.grade == "near copy"
    assert all(piece.same for row in copied.rows if row.kind == "text" for piece in row.a)
    assert reworded.derivations
    assert copied.derivations


def test_the_other_way_round_swaps_the_sides(newsroom: Case) -> None:
    """Who is named first stands on the left; nothing else changes."""
    one, two = newsroom.compare("hv-0312-a", "ml-7741"), newsroom.compare("ml-7741", "hv-0312-a")
    assert (one.a, one.b) == (two.b, two.a)


def test_an_unknown_report_is_said(newsroom: Case) -> None:
    """A name that no report has is a coded error that says where the names stand."""
    with pytest.raises(NoSuchId, match="HW401 nobody-1: is no report of this case"):
        newsroom.compare("nobody-1", "ml-7741")


def test_the_terminal_shows_two_columns(newsroom: Case) -> None:
    """Both names, the shares both ways, and each line within the width."""
    done = CliRunner().invoke(commands, ["compare", str(newsroom.store.path), "hv-0312-a", "ml-7741"])
    assert done.exit_code == 0
    head, share, *_ = done.output.split("\n")
    assert "Harbour Voice hv-0312-a" in head
    assert "Morrowline ml-7741" in head
    assert share == "0% of ml-7741 stands word for word in hv-0312-a: heavy rewriting"
