"""An export writes into its folder and nowhere else, through no link, all of it or nothing, whatever the ids of a case are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from crafting import seen, with_sql

from headwater import Case
from headwater.errors import UnwritableFolder
from headwater.exports import EVERY
from piles import a_case, exported

OUTSIDE = "../../../outside"


def test_a_story_whose_id_is_a_path_is_written_inside(copy_of_newsroom: Callable[[], Path], tmp_path: Path) -> None:
    """Whether or not folders of fitting names are there, its page is in the folder, and the list leads to it."""
    path = copy_of_newsroom()
    with_sql(path, f"UPDATE stories SET id = 'x/{OUTSIDE}' WHERE id = (SELECT min(id) FROM stories)")
    for number, ready in enumerate((False, True)):
        folder = tmp_path / f"place{number}" / "deep" / "out"
        folder.mkdir(parents=True)
        if ready:
            (folder / "story-x").mkdir()
        with a_case(path) as case:
            written = case.export(folder, form="html")
        assert not list(tmp_path.rglob("outside*"))
        assert {each.parent for each in written} == {folder, folder / "static"}
        assert all(each.is_file() for each in written)


def test_links_in_the_folder_are_replaced_and_not_followed(newsroom: Case, tmp_path: Path) -> None:
    """A link under the name of a table or a page is put aside; what it leads to stays as it is."""
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    for form, name in (
        ("csv", "claims.csv"),
        ("html", "index.html"),
        ("dot", "derivations.dot"),
        ("jsonl", "codebook.md"),
    ):
        folder = tmp_path / form
        folder.mkdir()
        (folder / name).symlink_to(letter)
        newsroom.export(folder, form=form)
        assert not (folder / name).is_symlink()
    assert letter.read_text() == "mine"


@pytest.mark.parametrize("form", EVERY)
def test_a_folder_that_is_a_link_is_refused(form: str, newsroom: Case, tmp_path: Path) -> None:
    """Whoever wants to write where a link leads names that place."""
    (tmp_path / "far").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "far")
    with pytest.raises(UnwritableFolder, match="HW502"):
        newsroom.export(tmp_path / "out", form=form)
    assert list((tmp_path / "far").iterdir()) == []


def test_a_link_for_the_shipped_files_is_refused_and_nothing_stays(newsroom: Case, tmp_path: Path) -> None:
    """`static` that leads elsewhere: no page is written, and what was in the folder is as it was."""
    (tmp_path / "far").mkdir()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "static").symlink_to(tmp_path / "far")
    (folder / "index.html").write_text("of before")
    before = seen(tmp_path)
    with pytest.raises(UnwritableFolder):
        newsroom.export(folder, form="html")
    assert seen(tmp_path) == before


def test_an_export_that_cannot_be_whole_leaves_what_was_there(newsroom: Case, tmp_path: Path) -> None:
    """A folder in the place of one of many files: each file of before is given back, and none is new."""
    folder = tmp_path / "out"
    newsroom.export(folder, form="csv")
    (folder / "tallies.csv").unlink()
    (folder / "tallies.csv").mkdir()
    (folder / "claims.csv").write_text("of before")
    (folder / "voices.csv").unlink()
    before = seen(folder)
    with pytest.raises(UnwritableFolder, match=r"tallies\.csv"):
        newsroom.export(folder, form="csv")
    assert seen(folder) == before
    assert not [each for each in folder.iterdir() if each.name.startswith(".")]


def test_a_fault_on_the_way_leaves_what_was_there(
    newsroom: Case, tmp_path: Path, copy_of_newsroom: Callable[[], Path]
) -> None:
    """A row that cannot be read ends the export with a code; of its files none is there."""
    path = copy_of_newsroom()
    with_sql(path, "UPDATE tallies SET rests_on = '{' WHERE id = (SELECT max(id) FROM tallies)")
    newsroom.export(tmp_path / "out", form="jsonl")
    before = seen(tmp_path / "out")
    with a_case(path) as case, pytest.raises(Exception, match="HW110"):
        case.export(tmp_path / "out", form="jsonl")
    assert seen(tmp_path / "out") == before


def test_exports_are_nobody_elses_and_what_exists_keeps_its_mode(newsroom: Case, tmp_path: Path) -> None:
    """Under an umask that hides nothing, new files are for their owner alone; one that was open to all stays so."""
    before = os.umask(0)
    try:
        folder = tmp_path / "new" / "out"
        newsroom.export(folder, form="csv")
        (folder / "claims.csv").chmod(0o644)
        written = newsroom.export(folder, form="csv")
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o777 for each in written}
    assert modes.pop("claims.csv") == 0o644
    assert set(modes.values()) == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_every_form_is_the_same_bytes_again(newsroom: Case, tmp_path: Path) -> None:
    """Written over an export of before or into a new folder, the bytes are one."""
    for form in ("jsonl", "csv", "parquet", "graphml", "dot"):
        first = exported(newsroom, tmp_path / form, form)
        assert exported(newsroom, tmp_path / form, form) == first
        assert exported(newsroom, tmp_path / f"{form}-new", form) == first
