"""What must not change, and what must change by exactly one, when a pile is changed in a known way."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater import Case
from headwater.records import Line, Report, Story, Tally
from headwater.runs import run_alone
from piles import REPORTS, Row, a_case, counted, desk, exported, wire, write_lines

NEW_OUTLETS = ("Larch Dispatch", "Quay Dispatch", "Sunfield Dispatch", "Mirror Dispatch", "Ostler Dispatch")
REPUBLISHED = (
    ("hv-0312-a", 1),  # agency named in the place line
    ("hv-0312-a", 3),
    ("selc-0312", 3),  # cut copy without credit, with stock text below
    ("hv-0313-b", 1),  # its own text
    ("ng-0312", 3),  # the other agency at one briefing
    ("ch-0313", 3),  # joint credit
    ("at-0315-2", 3),  # stored twice already
    ("ml-7788", 3),  # rewrite of a text that is not in the pile
    ("hv-arch-0804", 3),  # look-alike of another year
)

NEW_WITNESSES = (
    (
        ("killed", "23"),
        {
            "id": "bw-1",
            "outlet": "Brackwater Daily",
            "published": "2024-03-14",
            "title": "Vet counts the dead among the pens of Tal Ghurin",
            "text": "Tal Ghurin’s livestock market lay open to the Dassar ridge when four shells came down on Thursday.\n\n"
            "The shelling killed 23 people, veterinarian Ottoline Marsh said.\n\nGoats wandered between the pens until dusk.",
        },
    ),
    (
        ("killed", "9"),
        {
            "id": "bw-2",
            "outlet": "Brackwater Daily",
            "published": "2024-03-12",
            "title": "Silo explosion at Port Osrin grain terminal: surgeon counts nine",
            "text": "The grain silo explosion in Port Osrin on Tuesday filled every bed of the harbour clinic.\n\n"
            "Surgeon Casimir Oake said the explosion at the grain terminal killed nine people.\n\nFlour settled on the ward windows.",
        },
    ),
    (
        ("killed", "6"),
        {
            "id": "bw-3",
            "outlet": "Brackwater Daily",
            "published": "2024-03-15",
            "title": "Priest buried six after shelling of Tal Ghurin market",
            "text": "Funerals followed the shelling of the livestock market of Tal Ghurin on Friday.\n\n"
            "The mortar shells killed six people, Father Emeric Dunmore said.\n\nBells rang on the Dassar ridge.",
        },
    ),
)


@pytest.mark.parametrize(("name", "copies"), REPUBLISHED)
def test_publishing_again_moves_no_interval(
    name: str, copies: int, newsroom: Case, copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """A report published again under new outlet names leaves every claim as it was: words, value and both ends."""
    report = next(row for row in [*wire(), *desk()] if row["id"] == name)
    kept = {key: value for key, value in report.items() if key != "source"}
    again = [{**kept, "id": f"again-{n}", "outlet": NEW_OUTLETS[n]} for n in range(copies)]
    with a_case(copy_of_newsroom(), write_lines(tmp_path / "again.jsonl", again)) as case:
        lost = counted(newsroom) - counted(case)
    assert lost == set()


@pytest.mark.parametrize("name", ["ng-0312", "hv-0313-b", "port-blast-paste.txt"])
def test_publishing_five_times_moves_no_report_between_stories(
    name: str, newsroom: Case, copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """Five copies under new outlet names neither pull a report into their story nor push one out, and move no interval."""
    pasted = {"text": (REPORTS / "port-blast-paste.txt").read_text(encoding="utf-8")}
    report = next((row for row in wire() if row["id"] == name), pasted)
    again = [{**report, "id": f"again-{n}", "outlet": outlet} for n, outlet in enumerate(NEW_OUTLETS)]
    with a_case(copy_of_newsroom(), write_lines(tmp_path / "again.jsonl", again)) as case:
        known = set(newsroom.store.ids(Report))
        stories = {frozenset(each.reports) & known for each in case.store.all(Story)}
        lost = counted(newsroom) - counted(case)
    assert stories == {frozenset(each.reports) for each in newsroom.store.all(Story)}
    assert lost == set()


@pytest.mark.parametrize(
    ("claim", "report"), NEW_WITNESSES, ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_a_new_named_origin_through_a_new_gatherer_is_one_line_more(
    claim: tuple[str, str], report: Row, newsroom: Case, copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """A new gatherer that quotes a new named origin, in new words, moves both ends of a count by exactly one."""
    before = _known_and_all(newsroom, *claim)
    with a_case(copy_of_newsroom(), write_lines(tmp_path / "new.jsonl", [report])) as case:
        after = _intervals(case, *claim)
    assert len(before) == 1
    assert after == [(known + 1, high + 1) for known, high in before]


def test_two_new_named_origins_are_two_lines_more(
    newsroom: Case, copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """Two gatherers with an origin each move both ends by two; one gatherer with both origins moves them by one."""
    claim, first = NEW_WITNESSES[0]
    second = {
        "id": "lp-9",
        "outlet": "Lantern Post",
        "published": "2024-03-15",
        "title": "Teacher: 23 died in Tal Ghurin market shelling",
        "text": "School was out in Tal Ghurin on Friday, a day after shells hit its livestock market.\n\n"
        "Teacher Rosamund Pike-Hale said that 23 people were killed in the shelling.\n\nNobody had come to sell goats.",
    }
    before = _known_and_all(newsroom, *claim)
    with a_case(copy_of_newsroom(), write_lines(tmp_path / "two.jsonl", [first, second])) as case:
        apart = _intervals(case, *claim)
    with a_case(
        copy_of_newsroom(), write_lines(tmp_path / "one.jsonl", [first, {**second, "outlet": first["outlet"]}])
    ) as case:
        together = _intervals(case, *claim)
    assert apart == [(known + 2, high + 2) for known, high in before]
    assert together == [(known + 1, high + 1) for known, high in before]


def _known_and_all(case: Case, kind: str, value: str) -> list[tuple[int, int]]:
    """Known lines at the lower end (none where it is 1 only because somebody asserts it), and lines at the upper end."""
    rows = [row for row in case.claims().to_pylist() if (row["kind"], row["value"]) == (kind, value)]
    witnesses = [line.claim for line in case.store.all(Line) if line.bound == "min"]
    return [(witnesses.count(row["id"]), row["lines_max"]) for row in rows]


def _intervals(case: Case, kind: str, value: str) -> list[tuple[int, int]]:
    rows = [row for row in case.claims().to_pylist() if (row["kind"], row["value"]) == (kind, value)]
    return [(row["lines_min"], row["lines_max"]) for row in rows]


# ── order and repetition ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shuffled_pile_exports_the_same_bytes(newsroom: Case, tmp_path: Path) -> None:
    """Lines in another order, read from files in another order, give the same bytes."""
    chance, pile = random.Random(20240312), tmp_path / "pile"
    pile.mkdir()
    rows = wire()
    chance.shuffle(rows)
    files = [write_lines(pile / f"part{n}.jsonl", rows[n::3]) for n in range(3)]
    files += [path for path in REPORTS.iterdir() if path.name != "wire.jsonl"]
    chance.shuffle(files)
    with a_case(tmp_path / "shuffled.headwater", *files) as case:
        assert exported(case, tmp_path / "shuffled") == exported(newsroom, tmp_path / "straight")


def test_lines_without_an_id_may_come_in_any_order(tmp_path: Path) -> None:
    """Reports that come without an id give the same bytes whatever line they stand on."""
    rows = [{key: value for key, value in row.items() if key != "id"} for row in wire()[:4]]
    found = []
    for number, order in enumerate((rows, rows[::-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with a_case(tmp_path / f"{number}.headwater", write_lines(folder / "wire.jsonl", order)) as case:
            found.append(exported(case, folder / "out"))
    assert found[0] == found[1]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_two_exports_are_the_same_bytes(form: str, newsroom: Case, tmp_path: Path) -> None:
    """One case exports the same bytes twice, in every form."""
    assert exported(newsroom, tmp_path / "one", form) == exported(newsroom, tmp_path / "two", form)


def test_two_runs_are_the_same_bytes(newsroom: Case, copy_of_newsroom: Callable[[], Path], tmp_path: Path) -> None:
    """Running every stage again changes no byte."""
    with a_case(copy_of_newsroom()) as case:
        ran = case.run(first="texts")
        again = exported(case, tmp_path / "again")
    assert ran[0] == "texts"
    assert again == exported(newsroom, tmp_path / "once")


def test_a_fresh_case_has_nothing_to_run(newsroom: Case) -> None:
    """A run over a case that is up to date runs no stage."""
    assert newsroom.run() == []


def test_reading_one_by_one_ends_where_reading_at_once_ends(tmp_path: Path) -> None:
    """Each report read and run by itself, or all together: the same bytes."""
    rows = [row for row in wire() if row["id"] in {"hv-0312-a", "at-0312-1", "hv-0313-b", "hv-arch-0804"}]
    with a_case(tmp_path / "each.headwater") as case:
        for number, row in enumerate(rows):
            case.read(write_lines(tmp_path / f"{number}.jsonl", [row]))
        each = exported(case, tmp_path / "each")
    with a_case(tmp_path / "all.headwater", write_lines(tmp_path / "all.jsonl", rows)) as case:
        assert each == exported(case, tmp_path / "all")


def test_reading_the_newsroom_in_two_halves_ends_where_reading_at_once_ends(newsroom: Case, tmp_path: Path) -> None:
    """The newsroom read in two halves, with a run between them: the same bytes."""
    files = sorted(REPORTS.iterdir())
    with a_case(tmp_path / "halves.headwater", *files[4:]) as case:
        case.read(*files[:4])
        assert exported(case, tmp_path / "halves") == exported(newsroom, tmp_path / "once")


# ── a little at a time ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_report_leaves_the_claims_of_other_stories_as_they_were_kept(
    copy_of_newsroom: Callable[[], Path], tmp_path: Path
) -> None:
    """A story whose own row stays is not worked out again, and the one that the report joins is."""
    first = wire()[0]
    with a_case(copy_of_newsroom()) as case:
        before, rows = case.store.kept("claims"), {story.id: story for story in case.store.all(Story)}
        assert set(before) == set(rows)
        case.read(write_lines(tmp_path / "new.jsonl", [{**first, "id": "again", "outlet": "A new outlet"}]))
        after, now = case.store.kept("claims"), {story.id: story for story in case.store.all(Story)}
    same = {key for key in rows if now.get(key) == rows[key]}
    assert same
    assert {key for key in before if after.get(key) == before[key]} == same
    assert len(rows) - 2 <= len(same) < len(rows) == len(now)


def test_a_kept_group_whose_rows_are_gone_is_worked_out_again(copy_of_newsroom: Callable[[], Path]) -> None:
    """What was kept counts only where all its rows still stand."""
    with a_case(copy_of_newsroom()) as case:
        rows = case.store.ids(Tally)
        with case.store.transaction():
            case.store.leave(Tally, rows[1:])
        run_alone(case.store, case.settings, "tallies")
        assert case.store.ids(Tally) == rows
