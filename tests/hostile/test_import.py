"""`headwater import`: what is right of a case that came from somebody else is in the new one, and what is not is a problem or a line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from crafting import hot_journal, seen, wal_header, with_bytes, with_schema, with_sql

import headwater
from headwater import Case
from headwater.case import take_over
from headwater.errors import CaseError, CaseThere, NotACase, NotPlain
from headwater.importing import Imported
from headwater.records import Correction, Problem, Report
from piles import ONE_PROCESS, a_case, exported

Copied = Callable[[], Path]


def taken(source: Path, target: Path, *, run: bool = False) -> Imported:
    """Import a case; every table must have come out as many rows as went in."""
    done = take_over(source, target, run=run, settings=ONE_PROCESS)
    assert [each.came for each in done.tables] == [each.kept + each.problems for each in done.tables]
    return done


def test_a_sound_case_comes_out_as_the_same(copy_of_newsroom: Copied, newsroom: Case, tmp_path: Path) -> None:
    """Nothing is left, nothing is a problem, and what is worked out again exports the same bytes."""
    source = copy_of_newsroom()
    before = seen(tmp_path)[source.name]
    done = taken(source, tmp_path / "new.headwater", run=True)
    assert done.left == ()
    assert seen(tmp_path)[source.name] == before
    with headwater.open(tmp_path / "new.headwater", mode="read") as case:
        assert case.verify().faults == case.verify().stale == ()
        assert exported(case, tmp_path / "new") == exported(newsroom, tmp_path / "old")


BAD = {
    "a text that was changed": "UPDATE reports SET text = text || '.' WHERE name = 'hv-0312-a'",
    "a title in bytes": "UPDATE reports SET title = x'00ff' WHERE name = 'hv-0312-a'",
    "a title in no UTF-8": "UPDATE reports SET title = CAST(x'ff41' AS TEXT) WHERE name = 'hv-0312-a'",
    "an id that is a path": "UPDATE reports SET id = '../' || id WHERE name = 'hv-0312-a'",
    "an absurd text": "UPDATE reports SET text = replace(hex(zeroblob(1100000)), '00', 'ab') WHERE name = 'hv-0312-a'",
}


@pytest.mark.parametrize("name", BAD)
def test_a_report_that_was_changed_becomes_a_problem(name: str, copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """One row is a problem with a code, and the other reports are there."""
    source = copy_of_newsroom()
    with_sql(source, BAD[name])
    taken(source, tmp_path / "new.headwater")
    with headwater.open(tmp_path / "new.headwater", mode="read") as case:
        assert case.store.count(Report) == 27
        problems = [each for each in case.store.all(Problem) if each.thing.endswith("of reports")]
        assert [each.code for each in problems] == ["HW110"]


def test_rows_of_reports_that_are_not_there_and_corrections_that_none_makes(
    copy_of_newsroom: Copied, tmp_path: Path
) -> None:
    """Captures of a report that is gone are problems; a correction with its right id is taken, one of an unknown kind is not."""
    source = copy_of_newsroom()
    with a_case(source) as case:
        speaker = case.store.select("SELECT speaker FROM statements WHERE speaker NOT NULL ORDER BY 1")[0]["speaker"]
        kept = case.rename(speaker, "Somebody")
    with_sql(
        source,
        "INSERT INTO corrections VALUES ('v-0000000000000000', 'sing', 'a', 'b', NULL, 7, NULL, NULL, NULL)",
        "UPDATE captures SET report = 'r-0000000000000000'",
    )
    done = {each.table: each for each in taken(source, tmp_path / "new.headwater").tables}
    assert (done["corrections"].kept, done["corrections"].problems) == (1, 1)
    assert done["captures"].kept == 0 < done["captures"].problems
    with headwater.open(tmp_path / "new.headwater", mode="read") as case:
        assert [each.id for each in case.store.all(Correction)] == [kept.id]


def test_views_triggers_and_tables_of_others_are_left_and_named(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """A case that is refused for its schema is imported: ours is taken, the rest is a line each, and nothing of it runs."""
    source = copy_of_newsroom()
    with_sql(
        source,
        "CREATE TABLE birds (name TEXT)",
        "CREATE TRIGGER signs AFTER INSERT ON corrections BEGIN DELETE FROM reports; END",
        "DROP TABLE problems",
        "CREATE VIEW problems AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n",
    )
    with pytest.raises(CaseError):
        headwater.open(source)
    done = taken(source, tmp_path / "new.headwater")
    for name in ("birds", "signs", "problems"):
        assert any(name in line for line in done.left)
    with headwater.open(tmp_path / "new.headwater", mode="read") as case:
        assert case.store.count(Report) == 28
        assert case.verify().faults == ()


def test_what_lies_beside_is_left_and_not_obeyed(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """A journal, a WAL of another file and a link beside a case: none is looked into, nothing is deleted, and each is named."""
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    makes: tuple[Callable[[Path], object], ...] = (
        lambda path: path.with_name(path.name + "-journal").write_bytes(hot_journal(letter)),
        lambda path: path.with_name(path.name + "-wal").write_bytes(wal_header(right=False)),
        lambda path: path.with_name(path.name + "-wal").symlink_to(letter),
    )
    for number, make in enumerate(makes):
        source = copy_of_newsroom()
        make(source)
        done = taken(source, tmp_path / f"new{number}.headwater")
        assert len(done.left) == 1
        with headwater.open(tmp_path / f"new{number}.headwater", mode="read") as case:
            assert case.store.count(Report) == 28
    assert letter.read_text() == "mine"


def test_a_damaged_case_gives_what_can_be_read(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """Pages of noise: the tables that can be read are there, the others a line; or a code, and then no new case."""
    target = tmp_path / "new.headwater"
    for place in range(8, 200, 16):
        source = copy_of_newsroom()
        with_bytes(source, {place * 4096: b"\xa5" * 4096})
        try:
            done = taken(source, target)
        except CaseError:
            assert not target.exists()
            continue
        with headwater.open(target, mode="read") as case:
            assert case.verify().faults == ()
            assert case.store.count(Report) + case.store.count(Problem) == 28 or done.left
        target.unlink()


def test_no_case_no_import(tmp_path: Path, copy_of_newsroom: Copied) -> None:
    """Text, an empty file, a link and a target that is there are refused, and nothing is made or changed."""
    text, link, target = tmp_path / "x.txt", tmp_path / "link", tmp_path / "new.headwater"
    text.write_text("no case")
    (tmp_path / "empty").touch()
    link.symlink_to(copy_of_newsroom())
    for source, error in ((text, NotACase), (tmp_path / "empty", NotACase), (link, NotPlain), (tmp_path, NotPlain)):
        with pytest.raises(error):
            take_over(source, target)
        assert not target.exists()
    target.symlink_to(text)
    with pytest.raises(CaseThere, match="HW114"):
        take_over(copy_of_newsroom(), target)
    assert text.read_text() == "no case"


def test_a_schema_that_cannot_be_read_is_an_error_of_ours(tmp_path: Path, copy_of_newsroom: Copied) -> None:
    """Where SQLite cannot read what tables there are, nothing is taken, and no new case stays."""
    source = copy_of_newsroom()
    with_schema(source, "reports", "CREATE TABLE reports (")
    with pytest.raises(CaseError, match="HW104"):
        take_over(source, tmp_path / "new.headwater")
    assert not (tmp_path / "new.headwater").exists()


def test_the_command_says_what_it_took(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """By the command line, in words and in JSON."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    source = str(copy_of_newsroom())
    command = [sys.executable, "-m", "headwater", "import", "--no-run", source]
    words, told = (
        subprocess.run(
            [*command, str(tmp_path / name), *more], env=environment, capture_output=True, text=True, check=False
        )
        for name, more in (("a.headwater", []), ("b.headwater", ["--json"]))
    )
    assert (words.returncode, words.stderr, told.returncode) == (0, "", 0)
    assert "28 rows of reports: 28 taken, 0 problems" in words.stdout
    assert json.loads(told.stdout)["left"] == []
