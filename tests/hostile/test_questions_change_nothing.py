"""A question leaves a case as it is: its bytes, its time, its folder; and it is answered while somebody writes, or was killed at it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from crafting import seen

import headwater
from handmade import a_report
from headwater.errors import BusyCase, NotACase, OlderCase, UnwritableCase
from headwater.records import Report
from headwater.store import Store
from piles import a_case

Copied = Callable[[], Path]
ASKING = (
    ("brief",), ("claims",), ("tree",), ("outline",), ("versions",), ("corrections",), ("problems",), ("verify",),
    ("table", "reports"), ("withdraw", "--outlet", "Harbour Voice"), ("brief", "--as-of", "2024-03-14"),
)  # fmt: skip


def asked(words: Sequence[str], path: Path, *, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Ask a case by the command line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [*before, sys.executable, "-m", "headwater", words[0], str(path), *words[1:]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_no_question_changes_a_byte_or_makes_a_file(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """Every question of the Python API, and exports: bytes, time and mode of the case and its folder are as before."""
    path = copy_of_newsroom()
    os.utime(path, (1_700_000_000, 1_700_000_000))
    folder = tmp_path / "out"
    before = {name: looks for name, looks in seen(tmp_path).items() if not name.startswith("out")}
    with headwater.open(path, mode="read") as case:
        report, claim = case.table("reports")["id"][0].as_py(), case.claims()["id"][0].as_py()
        assert case.brief().reports == 28
        for question in (case.tree, case.outlines, case.versions, case.names, case.corrections, case.problems):
            question()
        case.explain(claim)
        case.compare(report, case.table("reports")["id"][1].as_py())
        case.withdraw(report)
        with case.as_of("2024-03-14") as then:
            assert then.brief().reports < 28
        assert case.verify().faults == ()
        case.export(folder, form="html")
        assert {name: looks for name, looks in seen(tmp_path).items() if not name.startswith("out")} == before
    assert {name: looks for name, looks in seen(tmp_path).items() if not name.startswith("out")} == before


def test_commands_that_ask_open_to_read(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """The command line asks so by itself, in a folder that may not be written."""
    folder = tmp_path / "shut"
    folder.mkdir()
    path = Path(shutil.move(copy_of_newsroom(), folder / "x.headwater"))
    path.chmod(0o400)
    folder.chmod(0o500)
    before = seen(folder)
    bare = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
    if bare and shutil.which("setpriv") is None:
        pytest.skip("only setpriv can take from root what lets it write anywhere")
    try:
        for words in (ASKING[0], ASKING[-1]):
            done = asked(words, path, before=bare)
            assert (words, done.returncode, done.stderr) == (words, 0, "")
        refused = asked(("run",), path, before=bare)
        assert refused.returncode == 1
        assert "HW113" in refused.stderr
        assert seen(folder) == before
    finally:
        folder.chmod(0o700)


def test_a_question_of_a_case_that_is_read_only_cannot_change_it(copy_of_newsroom: Copied) -> None:
    """What would change the case is refused with a code, by SQLite itself."""
    with headwater.open(copy_of_newsroom(), mode="read") as case, pytest.raises(UnwritableCase, match="HW113"):
        case.rename(str(case.store.select("SELECT speaker FROM statements WHERE speaker NOT NULL")[0]["speaker"]), "x")


def test_a_question_is_answered_while_somebody_writes(copy_of_newsroom: Copied) -> None:
    """A reader sees what was committed, before and after, and its closing leaves the writer's files."""
    path = copy_of_newsroom()
    with a_case(path) as writer:
        with writer.store.transaction():
            writer.store.add(Report, [a_report("One came.")])
            with headwater.open(path, mode="read") as reader:
                assert reader.store.count(Report) == 28
        with headwater.open(path, mode="read") as reader:
            assert reader.store.count(Report) == 29
        assert path.with_name(path.name + "-wal").exists()
        with writer.store.transaction():
            writer.store.add(Report, [a_report("Two came.")])
    with headwater.open(path, mode="read") as reader:
        assert reader.store.count(Report) == 30
    assert not path.with_name(path.name + "-wal").exists()


def asked_across_a_change(store: Store, path: Path) -> None:
    """Ask twice what is to be of one moment, with a change between."""
    with store.at_one_moment():
        store.count(Report)
        with a_case(path) as writer, writer.store.transaction():
            writer.store.add(Report, [a_report("Two came.")])
        store.count(Report)


def test_a_writer_that_begins_while_a_question_is_asked_is_noticed(copy_of_newsroom: Copied) -> None:
    """A file that is read without locks and then written to is opened anew; what is to be of one moment ends with a code."""
    path = copy_of_newsroom()
    with headwater.open(path, mode="read") as reader:
        assert reader.store.count(Report) == 28
        with a_case(path) as writer, writer.store.transaction():
            writer.store.add(Report, [a_report("One came.")])
        assert reader.store.count(Report) == 29
        with pytest.raises(BusyCase, match="ask again"):
            asked_across_a_change(reader.store, path)
        assert reader.store.count(Report) == 30


def test_a_reader_that_closes_keeps_the_writers_locks(copy_of_newsroom: Copied) -> None:
    """Of one process's connections, closing the one without locks leaves the other its hold on the file."""
    path = copy_of_newsroom()
    reader = headwater.open(path, mode="read")
    with a_case(path) as writer:
        writer.store.count(Report)
        reader.close()
        headwater.open(path, mode="read").close()
        tried = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0.1, isolation_level=None);"
            " c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('PRAGMA journal_mode = DELETE')"
        )
        done = subprocess.run(
            [sys.executable, "-c", tried, str(path)], capture_output=True, text=True, check=False, timeout=60
        )
        assert "locked" in done.stderr


def left_behind(path: Path, folder: Path, *ends: str) -> Path:
    """Return a copy of a case as one who was killed at writing leaves it: a report is in its WAL alone."""
    copy = folder / "left.headwater"
    with a_case(path) as writer:
        writer.store.select("PRAGMA wal_autocheckpoint = 0")
        with writer.store.transaction():
            writer.store.add(Report, [a_report("One came.")])
        for end in ("", *ends):
            shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
    return copy


@pytest.mark.parametrize("ends", [("-wal",), ("-wal", "-shm")], ids=["a WAL", "a WAL and its index"])
def test_what_a_killed_writer_left_is_seen_by_questions_and_kept(
    ends: tuple[str, ...], copy_of_newsroom: Copied, tmp_path: Path
) -> None:
    """The WAL's rows are there; the file is as it was, nothing is made beside it, and the next writer loses nothing."""
    folder = tmp_path / "left"
    folder.mkdir()
    path = left_behind(copy_of_newsroom(), folder, *ends)
    before = {name: looks for name, looks in seen(folder).items() if not name.endswith("-shm")}
    with headwater.open(path, mode="read") as case:
        assert case.store.count(Report) == 29
    assert {name: looks for name, looks in seen(folder).items() if not name.endswith("-shm")} == before
    assert path.with_name(path.name + "-shm").exists() == ("-shm" in ends)
    with a_case(path) as case:
        assert case.store.count(Report) == 29


def test_an_older_case_is_named_so_and_brought_up_to_date_by_a_run(copy_of_newsroom: Copied) -> None:
    """A question of a case that lacks a column says what brings it up to date, and does not do so itself."""
    path = copy_of_newsroom()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE disputes DROP COLUMN why")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(OlderCase, match="headwater run"):
        headwater.open(path, mode="read")
    assert path.read_bytes() == before
    headwater.open(path).close()
    headwater.open(path, mode="read").close()


def test_a_case_of_the_schema_before_is_asked_as_it_is(copy_of_newsroom: Copied) -> None:
    """That a run says more of itself than it did keeps nobody from asking."""
    path = copy_of_newsroom()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE progress DROP COLUMN life")
        connection.execute("PRAGMA user_version = 6")
        connection.commit()
    before = path.read_bytes()
    with headwater.open(path, mode="read") as case:
        assert case.brief().reports == 28
        assert case.store.progress() == []
    assert path.read_bytes() == before
    with headwater.open(path) as case:
        assert case.run() == []


def test_an_empty_file_has_nothing_to_ask(tmp_path: Path) -> None:
    """A case that is about to be made is none yet, and a question does not make it one."""
    path = tmp_path / "x.headwater"
    path.touch()
    with pytest.raises(NotACase, match="holds nothing yet"):
        headwater.open(path, mode="read")
    assert path.stat().st_size == 0


def test_a_case_is_nobody_elses(tmp_path: Path) -> None:
    """Under an umask that hides nothing, the case and what is beside it are for their owner; one that was open to all stays so."""
    before = os.umask(0)
    try:
        path = tmp_path / "x.headwater"
        with a_case(path) as case, case.store.transaction():
            case.store.add(Report, [a_report("One came.")])
            modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
        assert modes == dict.fromkeys(["x.headwater", "x.headwater-wal", "x.headwater-shm"], 0o600)
        path.chmod(0o644)
        with Store(path, create=False) as store, store.transaction():
            store.add(Report, [a_report("Two came.")])
        assert path.stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_closing_twice_is_closing_once(copy_of_newsroom: Copied) -> None:
    """A case that was closed inside its own `with` lets go of the file once, to read and to write."""
    path = copy_of_newsroom()
    for mode in ("read", "write"):
        with headwater.open(path, mode=mode) as case:  # type: ignore[arg-type]
            case.close()
    with a_case(path) as case:
        assert case.store.count(Report) == 28
