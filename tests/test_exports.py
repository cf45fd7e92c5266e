"""Exports: every form holds the same rows; unknown stays unknown; no cell runs as a formula; the codebook is complete."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pyarrow.parquet as pq
import pytest

from headwater import Case
from headwater.errors import HeadwaterError
from headwater.exports.tables import schema_of
from headwater.records import RECORDS, Report, columns
from piles import a_case, exported, write_lines

TABLES = [record.table for record in RECORDS]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def folder(newsroom: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom in every form."""
    found = tmp_path_factory.mktemp("export")
    for form in ("jsonl", "csv", "parquet"):
        newsroom.export(found, form=form)
    return found


def from_json(folder: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table from its JSON Lines."""
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").split("\n") if line]


def from_csv(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table from its CSV."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLES)
def test_every_form_holds_the_same_rows(table: str, folder: Path) -> None:
    """JSON Lines and Parquet are equal; CSV has the same ids, columns and texts."""
    rows, columns_ = from_json(folder, table), schema_of(next(r for r in RECORDS if r.table == table)).names
    assert pq.read_table(folder / f"{table}.parquet").to_pylist() == rows
    assert all(list(row) == columns_ for row in rows)
    assert (
        [row["id"] for row in from_csv(folder, table)]
        == [row["id"] for row in rows]
        == sorted(row["id"] for row in rows)
    )


@pytest.mark.parametrize("table", TABLES)
def test_unknown_is_null_and_an_empty_cell(table: str, folder: Path) -> None:
    """A column that may be unknown is never "" and, where it is null, an empty cell in CSV; no other column is null."""
    record = next(each for each in RECORDS if each.table == table)
    unknown = {column.name for column in columns(record) if column.unknown}
    for row, cells in zip(from_json(folder, table), from_csv(folder, table), strict=True):
        for name in (column.name for column in columns(record)):
            assert row[name] is not None or name in unknown
            assert row[name] != "" or (table, name) == ("problems", "hint")
            assert (cells[name] == "") == (row[name] is None)


def test_what_the_newsroom_does_not_say_is_unknown(folder: Path) -> None:
    """The pasted texts have no outlet and no day, the look-alike no day beside it, and no number stands in for them."""
    reports = {row["name"]: row for row in from_json(folder, "reports")}
    assert [reports[name]["outlet"] for name in ("dam-mail.txt", "port-blast-paste.txt", "tal-ghurin-market.txt")] == [
        None
    ] * 3
    assert reports["hv-arch-0804"]["published"] is None
    days = {row["report"]: (row["first"], row["start"]) for row in from_json(folder, "dates")}
    assert days["dam-mail.txt"] == (None, None)
    voices = [row for row in from_json(folder, "statements") if row["speaker"] is None]
    assert {(row["origin"], row["origin_named"], row["chain"][-1]) for row in voices} == {(None, False, "unknown")}


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_begins_like_a_formula(table: str, folder: Path) -> None:
    """No cell of the newsroom's CSV would run in a spreadsheet."""
    assert list(running(folder, table)) == []


def running(folder: Path, table: str) -> Iterator[tuple[str, str]]:
    """Yield the cells that a spreadsheet would run: a negative number is none."""
    for row in from_csv(folder, table):
        for name, cell in row.items():
            if cell.startswith(FORMULA) and not cell.lstrip("-").replace(".", "").replace("e-", "").isdigit():
                yield name, cell


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "＝1+1",
    '"=1',
    "'=1",
    "=cmd|' /C calc'!A0",
    "\u202e=1",
]


def test_no_hostile_text_begins_like_a_formula(tmp_path: Path) -> None:
    """Names, titles, outlets and texts that begin like formulas are inert in CSV, and whole in JSON Lines."""
    rows = [
        {
            "id": f"{text}{n}",
            "outlet": text,
            "title": text,
            "url": text,
            "text": f"{text} Police said that three people died.",
        }
        for n, text in enumerate(HOSTILE)
    ]
    with a_case(tmp_path / "x.headwater", write_lines(tmp_path / "x.jsonl", rows)) as case:
        for form in ("csv", "jsonl"):
            case.export(tmp_path / "out", form=form)
        texts = sorted(report.text for report in case.store.all(Report))
    assert [cell for table in TABLES for cell in running(tmp_path / "out", table)] == []
    assert sorted(row["text"] for row in from_json(tmp_path / "out", "reports")) == texts


def test_the_codebook_names_every_table_and_column(folder: Path) -> None:
    """Each exported table has its section, each column its row with type and meaning, and none is made up."""
    sections = {
        part.split("\n")[0]: part for part in (folder / "codebook.md").read_text(encoding="utf-8").split("\n## ")[1:]
    }
    assert list(sections) == TABLES
    for record in RECORDS:
        rows = [line.split(" | ") for line in sections[record.table].split("\n") if line.startswith("| `")]
        assert [row[0].removeprefix("| ").strip("`") for row in rows] == schema_of(record).names
        assert all(row[3].removesuffix(" |").strip() for row in rows)


def test_spans_of_exported_rows_count_characters_of_the_exported_text(folder: Path) -> None:
    """A reader who has only the files finds every span in the text of the report that the row names."""
    texts = {row["name"]: row["text"] for row in from_json(folder, "reports")}
    for table in ("texts", "sentences", "credits", "statements", "readings"):
        for row in from_json(folder, table):
            assert 0 <= row["start"] < row["end"] <= len(texts[row["report"]])
    for row in from_json(folder, "credits"):
        assert row["name"].split()[0] in texts[row["report"]][row["start"] : row["end"]] or row["name"].isupper()


def test_claims_carry_their_lines_and_words(folder: Path) -> None:
    """A claim can be used without joining: its words, both ends, and the names on which it rests."""
    tallies = {row["claim"]: row for row in from_json(folder, "tallies")}
    statements = {row["id"]: row for row in from_json(folder, "statements")}
    texts = {row["name"]: row["text"] for row in from_json(folder, "reports")}
    for claim in from_json(folder, "claims"):
        tally, clearest = tallies[claim["id"]], statements[claim["statement"]]
        assert (claim["lines_min"], claim["lines_max"], claim["rests_on"]) == (
            tally["lines_min"],
            tally["lines_max"],
            tally["rests_on"],
        )
        assert claim["text"] == texts[clearest["report"]][clearest["start"] : clearest["end"]]
        assert all(claim["id"] in statements[each]["claims"] for each in claim["statements"])


def test_two_reports_with_one_name_are_told_apart(tmp_path: Path) -> None:
    """Where two reports came with one id, each export names them apart."""
    rows = [{"id": "7", "outlet": outlet, "text": f"{outlet} said two barges sank."} for outlet in ("A", "B")]
    with a_case(tmp_path / "x.headwater", write_lines(tmp_path / "x.jsonl", rows)) as case:
        case.export(tmp_path / "out")
    named = {row["report"] for row in from_json(tmp_path / "out", "sentences")}
    assert len(named) == 2
    assert {row["name"] for row in from_json(tmp_path / "out", "reports")} == named


def test_an_empty_case_exports_every_table(tmp_path: Path) -> None:
    """A case without reports gives files without rows, and a whole codebook."""
    with a_case(tmp_path / "x.headwater") as case:
        case.run()
        for form in ("jsonl", "csv", "parquet"):
            assert len(exported(case, tmp_path / form, form)) == len(TABLES) + 1


def test_an_unknown_form_is_an_error_of_ours(newsroom: Case, tmp_path: Path) -> None:
    """A form that cannot be written names those that can."""
    with pytest.raises(HeadwaterError, match="parquet"):
        newsroom.export(tmp_path, form="xlsx")


def test_the_trees_as_graphml(newsroom: Case, tmp_path: Path) -> None:
    """networkx reads the file back: every report once, every edge of the trees, and nothing unknown made up."""
    (path,) = newsroom.export(tmp_path, form="graphml")
    graph = networkx.read_graphml(path)
    names = [data["name"] for _, data in graph.nodes(data=True) if data["unseen"] == "false"]
    assert sorted(names) == sorted(report.name for report in newsroom.store.all(Report))
    assert graph.number_of_edges() == sum(len(tree.edges) for tree in newsroom.tree())
    assert all("share" not in data or 0 <= float(data["share"]) <= 1 for *_, data in graph.edges(data=True))


def test_the_trees_as_dot(tmp_path: Path) -> None:
    """Names that could end a quoted string or a line are escaped."""
    rows = [{"id": 'a"; b\\', "outlet": "Two\nlines", "text": "Two barges sank in the river on Monday."}]
    with a_case(tmp_path / "case.headwater", write_lines(tmp_path / "rows.jsonl", rows)) as case:
        (path,) = case.export(tmp_path / "out", form="dot")
    text = path.read_text(encoding="utf-8")
    assert '[label="Two\\nlines\\na\\"; b\\\\"]' in text
    assert text.count("\n") == 4
