"""A case as of a day, and what a withdrawal would do: ids stay, lines are counted anew, and nothing is deleted."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater import Case
from headwater.errors import BadTime, NoSuchId, NoSuchSpeaker
from headwater.records import Claim, Derivation, Report, Statement, Story, Tally
from piles import a_case, write_lines

TOLD = (
    "Teacher Rosamund Pike said that 23 people were killed when shells struck the market of Korva on Monday.",
    "The shelling of the Korva market killed 23 people, veterinarian Ottoline Marsh said on Monday. Goats ran loose.",
    "On Monday shells fell on the livestock market in Korva, and 23 people were killed, baker Anselm Crake said.",
)


@pytest.fixture(scope="module")
def three_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three outlets that quote three people about one toll, on three days; the last report has no date."""
    days: list[dict[str, str]] = [{"published": "2024-05-06T09:00"}, {"published": "2024-05-07"}, {}]
    rows = [
        {"id": f"r{n}", "outlet": f"Paper {n}", "text": text, **day}
        for n, (text, day) in enumerate(zip(TOLD, days, strict=True))
    ]
    folder = tmp_path_factory.mktemp("three")
    a_case(folder / "three.headwater", write_lines(folder / "rows.jsonl", rows)).close()
    return folder / "three.headwater"


@pytest.fixture
def three(three_file: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of that case."""
    with a_case(Path(shutil.copy(three_file, tmp_path))) as case:
        yield case


def lines(case: Case) -> list[tuple[int, int]]:
    """Return the lines of the claim of 23 dead."""
    return [
        (r["lines_min"], r["lines_max"])
        for r in case.claims().to_pylist()
        if (r["kind"], r["value"]) == ("killed", "23")
    ]


def test_as_of_counts_what_was_out_and_leaves_the_case_alone(three: Case) -> None:
    """A day means its end, a time its minute; an undated report was never known to be out; afterwards all is as before."""
    before = {each.id for each in three.store.all(Claim)}
    assert lines(three) == [(3, 3)]
    for moment, expected in (
        ("2024-05-05", []),
        ("2024-05-06T08:59", []),
        ("2024-05-06T09:00", [(1, 1)]),
        ("2024-05-06", [(1, 1)]),
        ("2024-05-07", [(2, 2)]),
        ("2030-01-01", [(2, 2)]),
    ):
        with three.as_of(moment) as then:
            assert (moment, lines(then)) == (moment, expected)
            assert {each.id for each in then.store.all(Claim)} <= before
            assert then.brief().stale == ()
    assert lines(three) == [(3, 3)]


def test_a_moment_must_be_one(three: Case) -> None:
    """What is no day and no time is refused with its code."""
    with pytest.raises(BadTime), three.as_of("on Monday"):
        pass


def test_as_of_of_the_newsroom_passes_its_own_checks(newsroom: Case) -> None:
    """On every day the cut case verifies, and its reports, stories and trees hold nothing from later."""
    for moment in ("2024-03-12", "2024-03-14", "2024-03-18"):
        with newsroom.as_of(moment) as then:
            reports = {each.id for each in then.store.all(Report)}
            assert {report for story in then.store.all(Story) for report in story.reports} == reports
            assert {each.report for each in then.store.all(Statement)} <= reports
            assert all(each.parent is None or each.parent in reports for each in then.store.all(Derivation))
            assert {each.claim for each in then.store.all(Tally)} == {each.id for each in then.store.all(Claim)}
            assert all(tree.nodes for tree in then.tree())


def test_a_withdrawn_report_takes_its_line_with_it(three: Case) -> None:
    """One line less without a report, its outlet or its speaker; nobody left without all three; the case is as it was."""
    for answer in (
        three.withdraw("r0"),
        three.withdraw(outlets=["paper 0"]),
        three.withdraw(speakers=["Rosamund Pike"]),
    ):
        (change,) = (each for each in answer.loses if "23 people" in each.text)
        assert (change.before, change.after) == ((3, 3), (2, 2))
    assert [each.after for each in three.withdraw("r0", "r1", "r2").falls] == [None] * len(
        three.withdraw("r0", "r1", "r2").falls
    )
    assert lines(three) == [(3, 3)]


def test_what_is_not_there_cannot_be_withdrawn(three: Case) -> None:
    """Unknown reports, outlets and speakers are refused with their codes."""
    for unknown, error in ((("zzz",), NoSuchId), ((), NoSuchId)):
        with pytest.raises(error):
            three.withdraw(*unknown, outlets=[] if unknown else ["Nowhere Post"])
    with pytest.raises(NoSuchSpeaker):
        three.withdraw(speakers=["Nobody at All"])
