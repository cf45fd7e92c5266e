"""The case file: what goes in comes out, nothing half done stays, and other files are refused."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import a_report
from headwater import Case
from headwater import open as open_case
from headwater.errors import HeadwaterError, NewerCase, NoSuchCase, NoSuchTable, NotACase
from headwater.records import PREFIXES, RECORDS, TABLES, Record, Report, columns, ident
from headwater.store import Store, arrow_schema
from piles import REPORTS, a_case


def test_every_table_comes_back_as_records_and_as_arrow(newsroom: Case) -> None:
    """Records and Arrow hold the same rows, in the order of their ids."""
    for record in RECORDS:
        rows, table = newsroom.store.all(record), newsroom.store.arrow(record)
        assert table.schema == arrow_schema(record)
        assert [record(**row) for row in table.to_pylist()] == rows
        assert newsroom.store.ids(record) == sorted(row.id for row in rows)
        assert newsroom.store.count(record) == len(rows)


def test_the_newsroom_fills_every_table_but_problems(newsroom: Case) -> None:
    """The newsroom is a pile in which every stage finds something; but its towns are invented, and visits go by towns.

    Its files lie in a folder, so that nothing was fetched or watched, and no page is there twice.
    """
    assert {record.table for record in RECORDS if newsroom.store.count(record) == 0} == {
        "problems",
        "corrections",
        "addresses",
        "versions",
        "voices",
        "visits",
        "watches",
    }


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)
def test_any_text_comes_back_as_it_went_in(text: str, title: str | None) -> None:
    """No character of a text or a title is lost or changed, and None stays None."""
    report = Report(id=ident("r", text, title), name="n", outlet=None, published=None, title=title, url=None, text=text)
    with Store(Path(":memory:"), create=True) as store:
        with store.transaction():
            store.add(Report, [report])
        assert store.all(Report) == [report]
        assert store.one(Report, report.id) == report


def test_the_same_row_is_kept_once(tmp_path: Path) -> None:
    """Adding a row again adds nothing and says so."""
    with Store(tmp_path / "x.headwater", create=True) as store:
        with store.transaction():
            assert store.add(Report, [a_report("One came."), a_report("Two went.")]) == 2
            assert store.add(Report, [a_report("One came."), a_report("Three stayed.")]) == 1
        assert store.count(Report) == 3


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """What was written before an error inside a transaction is not there afterwards."""
    with Store(tmp_path / "x.headwater", create=True) as store:
        with pytest.raises(ZeroDivisionError):
            _add_and_fail(store)
        assert store.count(Report) == 0


def _add_and_fail(store: Store) -> None:
    with store.transaction():
        store.add(Report, [a_report("One came.")])
        raise ZeroDivisionError


def test_many_can_read_while_one_writes(copy_of_newsroom: Callable[[], Path]) -> None:
    """A reader sees the case as it was until the writer commits."""
    path = copy_of_newsroom()
    with a_case(path) as writer, a_case(path) as reader:
        with writer.store.transaction():
            writer.store.add(Report, [a_report("One came.")])
            assert reader.store.count(Report) == 28
        assert reader.store.count(Report) == 29


def made(path: Path, kind: str) -> Path:
    """Make a file that is no case of ours."""
    if kind == "text":
        path.write_text("This is no case, and long enough that nobody can take it for a header." * 20)
    elif kind == "other database":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE birds (name TEXT)")
        connection.close()
    elif kind == "newer":
        open_case(path).close()
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 999")
        connection.close()
    return path


@pytest.mark.parametrize(("kind", "error"), [("text", NotACase), ("other database", NotACase), ("newer", NewerCase)])
def test_what_is_no_case_of_ours_is_refused_and_left_alone(
    kind: str, error: type[HeadwaterError], tmp_path: Path
) -> None:
    """Another file, another database and a case of a later release are refused with a code, and not a byte is changed."""
    path = made(tmp_path / "x.headwater", kind)
    before = path.read_bytes()
    with pytest.raises(error) as raised:
        open_case(path)
    assert raised.value.code.startswith("HW1")
    assert str(path) in str(raised.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["no/such/folder/x.headwater", "."])
def test_a_place_where_no_case_can_be_is_an_error_of_ours(place: str, tmp_path: Path) -> None:
    """A folder, or a file in a folder that is not there, ends in one of our errors."""
    with pytest.raises(HeadwaterError):
        open_case(tmp_path / place)


def test_a_missing_case_is_not_made_unless_asked(tmp_path: Path) -> None:
    """With `create=False` a missing case is an error and stays missing."""
    with pytest.raises(NoSuchCase):
        open_case(tmp_path / "x.headwater", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_half_made_case_is_completed(tmp_path: Path) -> None:
    """An empty file is an empty case: a process that was killed while making one leaves just that."""
    path = tmp_path / "x.headwater"
    path.touch()
    with a_case(path, REPORTS / "dam-mail.txt") as case:
        assert case.store.count(Report) == 1


def test_a_derived_table_of_another_release_is_made_anew(copy_of_newsroom: Callable[[], Path], newsroom: Case) -> None:
    """A case whose derived tables have other columns opens, keeps its reports, and the next run fills it as before."""
    path = copy_of_newsroom()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE claims")
        connection.execute("CREATE TABLE claims (id TEXT PRIMARY KEY, old TEXT) WITHOUT ROWID")
    connection.close()
    with a_case(path) as case:
        assert case.store.count(Report) == 28
        case.run()
        for record in RECORDS:
            assert case.store.all(record) == newsroom.store.all(record)


def test_records_are_declared_once() -> None:
    """Every record has its own table and its own letter, and every column says what it holds."""
    assert len(TABLES) == len(PREFIXES) == len(RECORDS)
    assert [c.name for record in RECORDS for c in columns(record) if not c.doc] == []
    assert [record.table for record in RECORDS if columns(record)[0].name != "id"] == []


def test_ids_carry_the_letter_of_their_table(newsroom: Case) -> None:
    """An id says which table it belongs to."""
    wrong = [
        row.id for record in RECORDS for row in _rows(newsroom, record) if not row.id.startswith(f"{record.prefix}-")
    ]
    assert wrong == []


def _rows(case: Case, record: type[Record]) -> list[Record]:
    return case.store.all(record)


def test_an_id_is_made_of_its_parts_and_their_places() -> None:
    """Equal parts give equal ids; unknown, empty, and parts cut elsewhere give others."""
    assert ident("r", "a", None) == ident("r", "a", None)
    assert (
        len({ident("r", "a", None), ident("r", "a", ""), ident("r", "", "a"), ident("r", "ab"), ident("r", "a", "b")})
        == 5
    )


def test_an_unknown_table_is_an_error_of_ours(newsroom: Case) -> None:
    """Asking for a table that is not there names those that are."""
    with pytest.raises(NoSuchTable, match="claims"):
        newsroom.table("birds")
