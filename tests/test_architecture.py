"""What holds of the whole: no network, no work at import, tables and flow agree, every span lies inside its report."""

import importlib
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from headwater import Case
from headwater.migrations import KEPT
from headwater.pipeline import STAGES, stage_named
from headwater.records import RECORDS, Record, Report, columns
from piles import REPORTS, a_case

SRC = Path(__file__).parents[1] / "src"


def test_reading_and_running_opens_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, pages and tables are read and run while every socket is refused."""
    importlib.import_module("trafilatura")  # its urllib3 asks at import, by a socket, whether there is IPv6

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    with a_case(
        tmp_path / "x.headwater", REPORTS / "desk.csv", REPORTS / "dam-mail.txt", REPORTS / "korva-dam.html"
    ) as case:
        case.brief()
        case.tree()
        case.verify()
        case.export(tmp_path / "out")
        assert case.store.count(Report) == 5


def test_importing_does_no_work() -> None:
    """Importing the package opens no socket, starts no process or thread, reads no list and prints nothing."""
    program = """
import sys
seen = []
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.fork", "os.system", "_thread.start")):
        seen.append(event)
    if event == "open" and str(arguments[0]).endswith((".csv", ".onnx", ".json")) and "headwater" in str(arguments[0]):
        seen.append(str(arguments[0]))
import numpy, pyarrow, duckdb, socket
sys.addaudithook(watch)
import headwater
assert seen == [], seen
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_every_table_is_written_by_one_stage() -> None:
    """Each derived table has one writer, named after the first table that it writes; what was read has none."""
    written = [record for stage in STAGES for record in stage.writes]
    assert len(written) == len(set(written))
    assert {record for record in RECORDS if record not in written} == set(KEPT)
    assert all(stage_named(record.table) is stage for stage in STAGES for record in stage.writes)
    assert stage_named("birds") is None


def test_stages_read_only_what_stands_before_them() -> None:
    """The flow is in order: no stage reads a table that it or a later one writes."""
    there: set[type[Record]] = set(KEPT)
    for stage in STAGES:
        assert set(stage.reads) <= there
        there |= set(stage.writes)


def test_tables_stand_in_the_order_of_the_flow() -> None:
    """`records` lists derived tables as `pipeline.py` writes them (a stage's own tables in any order)."""
    place = {record: number for number, stage in enumerate(STAGES) for record in stage.writes}
    order = [place[record] for record in RECORDS if record in place]
    assert order == sorted(order)


def test_every_stage_has_one_body() -> None:
    """A stage is a function over groups, a select, or a loop of selects; never two of them."""
    assert [stage.name for stage in STAGES if sum(map(bool, (stage.body, stage.select, stage.loop))) != 1] == []


SPANNED = [
    record
    for record in RECORDS
    if any(column.name == "end" or column.name.endswith("_end") for column in columns(record))
]


@pytest.mark.parametrize("record", SPANNED, ids=lambda record: record.table)
def test_every_span_lies_inside_its_report(record: type, newsroom: Case) -> None:
    """Start and end are both known or both unknown, and lie inside the text that they count."""
    lengths = {report.id: len(report.text) for report in newsroom.store.all(Report)}
    outside = []
    for row in newsroom.store.all(record):
        for end_name in [c.name for c in columns(record) if c.name == "end" or c.name.endswith("_end")]:
            owner = end_name.removesuffix("_end") if end_name in ("a_end", "b_end") else "report"
            start, end = getattr(row, end_name.removesuffix("end") + "start"), getattr(row, end_name)
            whole = start is None and end is None
            if not whole and not (
                start is not None and end is not None and 0 <= start < end <= lengths[getattr(row, owner)]
            ):
                outside.append((row.id, end_name))
    assert outside == []


def test_statements_and_readings_hold_no_copy_that_differs_from_the_text(newsroom: Case) -> None:
    """A name kept for reading stands in its report: every speaker's last word, every credit's name or one of its forms."""
    texts = {report.id: report.text.replace("’", "'").casefold() for report in newsroom.store.all(Report)}
    missing = [
        (row["id"], row["speaker"])
        for row in newsroom.table("statements").to_pylist()
        if row["speaker"] and row["speaker"].split()[-1].replace("’", "'").casefold() not in texts[row["report"]]
    ]
    assert missing == []


def test_nothing_but_the_answer_goes_to_standard_output(tmp_path: Path) -> None:
    """A read prints one line, whatever the libraries below would like to print, and `--json` prints JSON alone."""
    done = subprocess.run(
        [sys.executable, "-m", "headwater", "read", str(tmp_path / "x.headwater"), str(REPORTS), "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout)["reports"] == 28
