"""A person's corrections: merge, rename, split, alias files; they survive every run and stand beside the machine's values."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import headwater
from headwater import Case
from headwater.errors import BadAliases, NoSuchCorrection, NoSuchId, NoSuchSpeaker
from headwater.records import Claim, Derivation, Gatherer, Line, Report, Statement, Story, Tally, Voice
from piles import a_case, write_lines

A = "Osrin Dockworkers’ Union said that 21 people died in the explosion at the grain terminal of Port Osrin."
B = "The Osrin Dock Union said that 21 people died in the explosion at the grain terminal of Port Osrin."


@pytest.fixture(scope="module")
def two_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case of two reports that write one union in two ways."""
    folder = tmp_path_factory.mktemp("two")
    for name, text in (("a", A), ("b", B)):
        (folder / f"{name}.txt").write_text(f"PORT OSRIN, March 12, 2024 — {text}\n", encoding="utf-8")
    a_case(folder / "two.headwater", folder / "a.txt", folder / "b.txt").close()
    return folder / "two.headwater"


@pytest.fixture
def two(two_file: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, to put right."""
    with a_case(Path(shutil.copy(two_file, tmp_path))) as case:
        yield case


def exported(case: Case, folder: Path) -> set[str]:
    """Return the speakers as the export has them."""
    import json

    case.export(folder)
    rows = (json.loads(line) for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["speaker"] for row in rows if row["speaker"]}


def speakers(case: Case) -> set[str]:
    """Return the speakers as the machine has them."""
    return {each.speaker for each in case.store.all(Statement) if each.speaker}


def test_a_merge_holds_in_exports_and_lines_and_leaves_the_machines_value(two: Case, tmp_path: Path) -> None:
    """Both names become one; what the text gave stays in `statements`."""
    before = speakers(two)
    assert len(before) == 2
    two.merge("Osrin Dock Union", "Osrin Dockworkers’ Union")
    assert exported(two, tmp_path / "out") == {"Osrin Dockworkers’ Union"}
    assert speakers(two) == before


def test_corrections_survive_a_rerun_and_more_reports(two: Case, tmp_path: Path) -> None:
    """A full run and a new report leave them in force."""
    two.rename("Osrin Dock Union", "The union of the docks")
    two.run(first="texts")
    (tmp_path / "c.txt").write_text("The Osrin Dock Union said that the port was shut.", encoding="utf-8")
    two.read(tmp_path / "c.txt")
    assert exported(two, tmp_path / "out") == {"The union of the docks", "Osrin Dockworkers’ Union"}


def test_a_split_holds_in_one_report_only(two: Case, tmp_path: Path) -> None:
    """The name of one report is another's; the same name elsewhere is left alone."""
    two.merge("Osrin Dock Union", "Osrin Dockworkers’ Union")
    two.split("Osrin Dock Union", "b.txt", "another union")
    assert exported(two, tmp_path / "out") == {"another union", "Osrin Dockworkers’ Union"}


def test_an_undone_correction_is_gone(two: Case, tmp_path: Path) -> None:
    """Undo gives back what was there before."""
    before = exported(two, tmp_path / "before")
    kept = two.rename("Osrin Dock Union", "x")
    two.undo(kept.id)
    assert exported(two, tmp_path / "after") == before
    with pytest.raises(NoSuchCorrection, match="HW404"):
        two.undo(kept.id)


def test_an_alias_file_is_kept_whole_or_not_at_all(two: Case, tmp_path: Path) -> None:
    """Every row counts; a bad row keeps none of them and says which it is."""
    path = tmp_path / "aliases.csv"
    path.write_text("name,into\nOsrin Dock Union,Osrin Dockworkers’ Union\nNobody at all,x\n", encoding="utf-8")
    with pytest.raises(NoSuchSpeaker, match="Nobody at all"):
        two.aliases(path)
    assert two.table("corrections").num_rows == 0
    path.write_text("kind,name,into,report\nsplit,Osrin Dock Union,the other,b.txt\n", encoding="utf-8")
    two.aliases(path)
    assert "the other" in exported(two, tmp_path / "out")


@pytest.mark.parametrize(
    "text", ["", "speaker,called\na,b\n", "name,into\nOsrin Dock Union,\n", "kind,name,into\nfuse,Osrin Dock Union,x\n"]
)
def test_a_bad_alias_file_says_what_is_wrong(two: Case, tmp_path: Path, text: str) -> None:
    """No columns, an empty cell, an unknown kind."""
    path = tmp_path / "aliases.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadAliases, match="HW405"):
        two.aliases(path)


def test_an_unknown_speaker_is_refused_with_a_near_name(two: Case) -> None:
    """A slip of the pen keeps nothing."""
    with pytest.raises(NoSuchSpeaker, match="did you mean Osrin Dock Union"):
        two.rename("Osrin Dok Union", "x")


def test_corrections_that_lead_in_a_circle_end(two: Case, tmp_path: Path) -> None:
    """A becomes B and B becomes A: each is used once."""
    two.rename("Osrin Dock Union", "Osrin Dockworkers’ Union")
    two.rename("Osrin Dockworkers’ Union", "Osrin Dock Union")
    assert len(exported(two, tmp_path / "out")) == 2


def lineage(case: Case) -> list[tuple[str, str, str, bool, bool]]:
    """Return child, parent, direction, whether sure and whether overruled, by the names of the reports."""
    names = {each.id: each.name for each in case.store.all(Report)}
    rows = [each for each in case.store.all(Derivation) if each.parent]
    return sorted((names[d.child], names[d.parent or ""], d.direction, d.sure, d.overruled) for d in rows)


def intervals(case: Case) -> list[tuple[int, int]]:
    """Return the lines of the claim of 23 dead."""
    rows = case.claims().to_pylist()
    return [(row["lines_min"], row["lines_max"]) for row in rows if (row["kind"], row["value"]) == ("killed", "23")]


@pytest.fixture(scope="module")
def apart_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case of two reports in other words, with an origin each."""
    folder = tmp_path_factory.mktemp("apart")
    texts = (
        "The shelling of the Korva market killed 23 people, veterinarian Ottoline Marsh said on Monday. Goats ran loose.",
        "Teacher Rosamund Pike said that 23 people were killed when shells struck the market of Korva on Monday.",
    )
    rows = [
        {"id": f"r{number}", "outlet": f"Paper {number}", "published": "2024-05-06", "text": text}
        for number, text in enumerate(texts)
    ]
    a_case(folder / "apart.headwater", write_lines(folder / "rows.jsonl", rows)).close()
    return folder / "apart.headwater"


@pytest.fixture
def apart(apart_file: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, to put right."""
    with a_case(Path(shutil.copy(apart_file, tmp_path))) as case:
        yield case


def test_a_mark_of_two_reports_makes_a_derivation_and_undo_takes_it_back(apart: Case) -> None:
    """Who is said to have copied shares the gatherer of the other: one line less; undone, all is as before."""
    assert (lineage(apart), intervals(apart)) == ([], [(2, 2)])
    kept = apart.mark("r1", "r0", "copied")
    assert (lineage(apart), intervals(apart)) == ([("r1", "r0", "certain", True, False)], [(1, 1)])
    assert "a person marked it" in next(each for each in apart.store.all(Derivation)).evidence
    apart.undo(kept.id)
    assert (lineage(apart), intervals(apart)) == ([], [(2, 2)])


def test_a_mark_overrules_and_keeps_what_the_machine_found(two: Case) -> None:
    """Reports marked apart keep the machine's derivation, overruled; a later mark counts before an earlier one."""
    names = sorted(each.name for each in two.store.all(Report))
    found = lineage(two)
    assert found
    assert not found[0][4]
    two.mark(names[0], names[1], "apart")
    assert [each[4] for each in lineage(two)] == [True]
    assert all(not tree.edges or all(edge.parent.startswith("unseen") for edge in tree.edges) for tree in two.tree())
    two.mark(names[0], names[1], "copied")
    assert (names[0], names[1], "certain", True, False) in lineage(two)


def test_a_mark_needs_two_reports_and_a_kind(two: Case) -> None:
    """One report twice, an unknown kind and an unknown report are refused with their codes."""
    name = two.store.all(Report)[0].name
    with pytest.raises(BadAliases, match="is one report"):
        two.mark(name, name, "copied")
    with pytest.raises(BadAliases, match="is no mark"):
        two.mark(name, name, "stolen")
    with pytest.raises(NoSuchSpeaker, match="is no report of this case"):
        two.mark(name, "nobody", "copied")


def unseen(case: Case) -> list[tuple[str, bool, str]]:
    """Return the unseen texts with whether each is overruled and the rule that made it."""
    return sorted((each.unseen, each.overruled, each.rule) for each in case.store.all(Derivation) if each.unseen)


def test_a_person_names_a_text_that_is_not_in_the_pile(apart: Case) -> None:
    """Two reports from one agency's text have one gatherer; undone, each has its own again."""
    assert (unseen(apart), intervals(apart)) == ([], [(2, 2)])
    kept = [apart.mark(name, "Norgate", "from") for name in ("r0", "r1")]
    assert unseen(apart) == [("Norgate", False, "person@1")] * 2
    assert intervals(apart) == [(1, 1)]
    apart.run(first="texts")
    assert intervals(apart) == [(1, 1)]
    apart.undo(kept[0].id)
    assert intervals(apart) == [(2, 2)]


def test_a_person_says_that_a_credit_is_wrong(tmp_path: Path) -> None:
    """The credit's derivation is kept and overruled, and the report gathers for itself."""
    text = "KORVA (Norgate) — Two barges sank at the railway bridge on Monday and the river was shut for a day."
    rows = [{"id": "r", "outlet": "Paper", "published": "2024-05-06", "text": text}]
    with a_case(tmp_path / "x.headwater", write_lines(tmp_path / "rows.jsonl", rows)) as case:
        assert unseen(case) == [("Norgate", False, "credit@1")]
        case.mark("r", "Norgate", "not-from")
        assert unseen(case) == [("Norgate", True, "credit@1")]
        assert {each.gatherer for each in case.store.all(Gatherer)} == {"Paper"}
        with pytest.raises(BadAliases, match="needs the name"):
            case.mark("r", " ", "from")


def test_a_correction_is_signed_and_listed(two: Case) -> None:
    """Who made it, when and why stand beside it; an unsigned one has a time alone; they are listed in the order of making."""
    two.rename("Osrin Dock Union", "The union of the docks", author="E. S.", reason="as its own letters have it")
    two.merge("Osrin Dockworkers’ Union", "The union of the docks")
    first, second = two.corrections()
    assert (first.kind, first.author, first.reason) == ("rename", "E. S.", "as its own letters have it")
    assert (second.kind, second.author, second.reason) == ("merge", None, None)
    assert first.made is not None
    assert first.made.endswith("+00:00")
    two.undo(first.id)
    assert [each.kind for each in two.corrections()] == ["merge"]


def test_a_case_with_unsigned_corrections_is_brought_up_to_date(two: Case) -> None:
    """A case of the release before keeps its corrections; who made them is unknown."""
    kept = two.rename("Osrin Dock Union", "The union of the docks", author="E. S.")
    path = two.store.path
    two.close()
    with closing(sqlite3.connect(path)) as old:
        for column in ("author", "made", "reason"):
            old.execute(f"ALTER TABLE corrections DROP COLUMN {column}")
        old.execute("PRAGMA user_version = 2")
        old.commit()
    with headwater.open(path) as case:
        (again,) = case.corrections()
        assert (again.id, again.into, again.author, again.made) == (kept.id, kept.into, None, None)


def lined(case: Case) -> dict[str, tuple[int, int, frozenset[str]]]:
    """Return both ends of every claim and its statements, by claim."""
    tallies = {each.claim: each for each in case.store.all(Tally)}
    return {
        each.id: (tallies[each.id].lines_min, tallies[each.id].lines_max, frozenset(each.statements))
        for each in case.store.all(Claim)
    }


@pytest.fixture
def third(copy_of_newsroom: Callable[[], Path]) -> Iterator[Case]:
    """A copy of the newsroom's case, to put right."""
    with a_case(copy_of_newsroom()) as case:
        yield case


def two_claims(case: Case) -> tuple[Claim, Claim]:
    """Return two claims of one story, the larger first, without a statement in common."""
    its = sorted(case.store.all(Claim), key=lambda each: (-len(each.statements), each.id))
    first = its[0]
    other = next(each for each in its[1:] if each.story == first.story and not {*each.statements} & {*first.statements})
    return first, other


def test_claims_are_merged_parted_and_restored(third: Case) -> None:
    """A merged claim holds the statements of both and says by whose correction; undo and a full run give back what was."""
    before = lined(third)
    one, two = two_claims(third)
    kept = third.merge(two.id, one.id, author="M.", reason="the same blast")
    merged = next(each for each in third.store.all(Claim) if {*one.statements, *two.statements} <= {*each.statements})
    assert (merged.kind, merged.value, merged.because) == (one.kind, one.value, [kept.id])
    third.run(first="stories")
    assert any({*one.statements, *two.statements} <= {*each.statements} for each in third.store.all(Claim))
    third.undo(kept.id)
    assert lined(third) == before
    out = one.statements[0]
    third.split(one.id, out)
    left = [
        each for each in third.store.all(Claim) if each.kind == one.kind and each.value == one.value and each.because
    ]
    assert sorted(len(each.statements) for each in left) == sorted([1, len(one.statements) - 1])


def test_a_statement_moves_and_changes_its_stance(third: Case) -> None:
    """A moved statement stands in the claim it was moved to; one that a person calls a denial no longer asserts."""
    one, two = two_claims(third)
    third.move(two.statements[0], one.id)
    assert any({*one.statements, two.statements[0]} <= {*each.statements} for each in third.store.all(Claim))
    said = next(each for each in third.store.all(Statement) if each.id in one.statements and each.stance == "asserts")
    third.stance(said.id, "denies")
    claim = next(each for each in third.store.all(Claim) if {*one.statements} <= {*each.statements})
    tally = next(each for each in third.store.all(Tally) if each.claim == claim.id)
    assert tally.denies >= 1
    assert next(each for each in third.store.all(Statement) if each.id == said.id).stance == "asserts"


def test_a_correction_said_again_is_the_latest(third: Case) -> None:
    """Denies, asserts, denies: the last one holds, with its own author."""
    said = next(each for each in third.store.all(Statement) if each.stance == "asserts")
    for stance, author in (("denies", "A."), ("asserts", "B."), ("denies", "C.")):
        third.stance(said.id, stance, author=author)
    assert [voice.stance for voice in third.store.all(Voice) if voice.statement == said.id] == ["denies"]
    assert [(kept.into, kept.author) for kept in third.corrections()] == [("asserts", "B."), ("denies", "C.")]


def test_a_line_of_its_own_counts_at_both_ends_until_it_is_undone(third: Case) -> None:
    """An unnamed witness of an outlet's own is a line at both ends, signed, and none at the lower end when it is taken back."""
    intervals = {each.claim: (each.lines_min, each.lines_max) for each in third.store.all(Tally)}
    derived = {end for each in third.store.all(Derivation) for end in (each.child, each.parent)}
    claim, said = next(
        (each, statement)
        for each in sorted(third.store.all(Claim), key=lambda each: each.id)
        for statement in third.store.all(Statement)
        if statement.id in each.statements
        and statement.stance == "asserts"
        and not statement.origin_named
        and statement.report not in derived
        and intervals[each.id][1] > intervals[each.id][0]
    )
    kept = third.own_line(said.id, author="Desk", reason="our reporter was there")
    after = next(each for each in third.store.all(Tally) if each.claim == claim.id)
    assert kept.id in after.because
    assert "a line of its own by a person" in after.why
    witnesses = {(each.bound, each.statement) for each in third.store.all(Line) if each.claim == claim.id}
    assert {("min", said.id), ("max", said.id)} <= witnesses
    assert after.lines_max >= intervals[claim.id][1]
    third.undo(kept.id)
    again = next(each for each in third.store.all(Tally) if each.claim == claim.id)
    assert (again.lines_min, again.lines_max) == intervals[claim.id]


def test_a_corrected_case_verifies(third: Case) -> None:
    """After each kind of correction the case is still found sound."""
    one, two = two_claims(third)
    third.move(two.statements[0], one.id)
    third.stance(one.statements[0], "doubts")
    third.exclude(one.statements[-1])
    third.own_line(one.statements[0])
    stories = sorted(third.store.all(Story), key=lambda each: each.id)
    third.merge(stories[0].id, stories[1].id)
    assert third.verify().faults == ()


def test_stories_are_merged_and_parted(third: Case) -> None:
    """Two stories become one, whose claims are looked for anew; a report is taken out of it into a story of its own."""
    one, two = sorted(third.store.all(Story), key=lambda each: (-len(each.reports), each.id))[:2]
    third.merge(one.id, two.id)
    both = next(each for each in third.store.all(Story) if {*one.reports, *two.reports} <= {*each.reports})
    third.split(both.id, one.reports[0])
    assert any(each.reports == [one.reports[0]] for each in third.store.all(Story))


def test_corrections_that_make_no_sense_are_refused(third: Case) -> None:
    """An id beside a name, a claim with itself, a statement that is not there: a clear error, and nothing is kept."""
    one, two = two_claims(third)
    with pytest.raises(BadAliases):
        third.merge(one.id, "Osrin Post")
    with pytest.raises(BadAliases):
        third.merge(one.id, one.id)
    with pytest.raises(BadAliases):
        third.split(one.id, two.statements[0])
    with pytest.raises(BadAliases):
        third.move(one.statements[0], one.id)
    with pytest.raises(NoSuchId):
        third.exclude("s-0000000000000000")
    assert third.corrections() == []
