"""Reports in: every shape, every usual column name, and what happens to what cannot be read."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from handmade import worked
from headwater import Case
from headwater.intake.errand import Errand
from headwater.intake.reading import read
from headwater.records import Problem, Report
from headwater.settings import Settings
from piles import a_case
from ratios import REPEATED, repeated
from waiting import no_endless_work

TEXT = "Two barges sank in the Tesk on Monday, police said. Nobody was hurt."
PAGE = """<!doctype html><html><head><title>Two barges sink in the Tesk</title>
<meta property="og:site_name" content="River Gazette"><meta property="article:published_time" content="2024-05-06T08:00:00Z">
<link rel="canonical" href="https://rivergazette.example/barges"></head><body><nav>Home News Sport</nav><article>
<h1>Two barges sink in the Tesk</h1><p>Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said.</p>
<p>Nobody was hurt, but the channel will stay closed to shipping until the end of the week, the river office announced.</p>
</article><footer>All rights reserved</footer></body></html>"""


def taken(*paths: Path, settings: Settings | None = None) -> tuple[list[Report], list[Problem]]:
    """Return the reports and the problems found under the paths, in the order in which they came."""
    found = [row for batch in read(map(str, paths), Errand(settings=settings or Settings())) for row in batch]
    return [each for each in found if isinstance(each, Report)], [each for each in found if isinstance(each, Problem)]


def in_file(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file; return it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def as_csv(rows: list[dict[str, str]]) -> str:
    """Return rows as CSV."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

ROW = {
    "id": "rg-1",
    "outlet": "River Gazette",
    "published": "2024-05-06",
    "title": "Two barges sink",
    "url": "https://r.example/1",
    "text": TEXT,
}
SHAPES = {
    "lines.jsonl": json.dumps(ROW) + "\n",
    "lines.ndjson": "\n" + json.dumps(ROW) + "\n\n",
    "marked.jsonl": "\ufeff" + json.dumps(ROW),
    "windows.jsonl": json.dumps(ROW) + "\r\n",
    "one.json": json.dumps(ROW, indent=2),
    "list.json": json.dumps([ROW]),
    "lines.json": json.dumps(ROW) + "\n" + json.dumps({**ROW, "id": "rg-2"}),
    "table.csv": as_csv([ROW]),
    "table.tsv": "\t".join(ROW) + "\n" + "\t".join(ROW.values()) + "\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_row_is_the_same_report_in_every_shape(name: str, tmp_path: Path) -> None:
    """JSON Lines, JSON and tables give one and the same report for the same fields."""
    reports, problems = taken(in_file(tmp_path, name, SHAPES[name]))
    first = reports[0]
    assert problems == []
    assert (first.name, first.outlet, first.published, first.title, first.url, first.text) == tuple(
        ROW[key] for key in ("id", "outlet", "published", "title", "url", "text")
    )


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a", "A.TXT"])
def test_a_text_file_is_a_report_of_unknown_outlet_and_day(name: str, tmp_path: Path) -> None:
    """A pasted text keeps every character, is named after its file, and what it does not say stays unknown."""
    (report,), problems = taken(in_file(tmp_path, name, TEXT))
    assert problems == []
    assert (report.name, report.text, report.outlet, report.published, report.title, report.url) == (
        name,
        TEXT,
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page.xhtml"])
def test_a_page_gives_its_main_text_and_what_it_says_about_itself(name: str, tmp_path: Path) -> None:
    """A page's text is its paragraphs without menus; outlet, day, headline and address come from its head."""
    (report,), problems = taken(in_file(tmp_path, name, PAGE))
    assert problems == []
    assert (report.outlet, report.published, report.title, report.url) == (
        "River Gazette",
        "2024-05-06T08:00:00+00:00",
        "Two barges sink in the Tesk",
        "https://rivergazette.example/barges",
    )
    assert "Nobody was hurt" in report.text
    assert "Home News Sport" not in report.text


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (TEXT, [TEXT]),
        (json.dumps(ROW) + "\n" + json.dumps({**ROW, "text": "Second " + TEXT}), [TEXT, "Second " + TEXT]),
        (json.dumps([ROW]), [TEXT]),
        (json.dumps(ROW, indent=2), [TEXT]),
        ("\ufeff" + json.dumps(ROW), [TEXT]),
    ],
    ids=["text", "lines", "list", "one object over several lines", "byte order mark"],
)
def test_standard_input_is_read_as_what_it_looks_like(
    content: str, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` reads standard input: JSON Lines, JSON or text, told apart by how it begins."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    reports, problems = taken(Path("-"))
    assert problems == []
    assert [report.text for report in reports] == texts


def test_a_page_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on standard input is read as a page."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    (report,), _ = taken(Path("-"))
    assert report.title == "Two barges sink in the Tesk"


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("name", "uid"),
        ("name", "doc_id"),
        ("outlet", "source"),
        ("outlet", "series"),
        ("outlet", "Publisher"),
        ("outlet", " newspaper "),
        ("outlet", "domain"),
        ("published", "date"),
        ("published", "DATETIME"),
        ("published", "pubdate"),
        ("published", "timestamp"),
        ("title", "headline"),
        ("title", "heading"),
        ("text", "content"),
        ("text", "body"),
        ("text", "article"),
        ("text", "maintext"),
        ("url", "link"),
        ("url", "href"),
    ],
)
@pytest.mark.parametrize("shape", ["jsonl", "csv"])
def test_the_usual_column_names(field: str, column: str, shape: str, tmp_path: Path) -> None:
    """A column is found under the names that collections use, in any case."""
    row = {column: "Value of the field, 7", **({} if field == "text" else {"text": TEXT})}
    (report,), problems = taken(
        in_file(tmp_path, f"pile.{shape}", json.dumps(row) if shape == "jsonl" else as_csv([row]))
    )
    assert problems == []
    assert getattr(report, field) == "Value of the field, 7"


@pytest.mark.parametrize("empty", [None, "", "   ", float("nan"), "\t\n", [], {}, True])
@pytest.mark.parametrize("field", ["outlet", "published", "title", "url"])
def test_what_does_not_come_stays_unknown(empty: object, field: str, tmp_path: Path) -> None:
    """An absent, empty or senseless value is unknown: never "", never a word that stands for nothing."""
    (report,), _ = taken(in_file(tmp_path, "pile.jsonl", json.dumps({"id": "x", "text": TEXT, field: empty})))
    assert getattr(report, field) is None


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Cafés closed in Osrin — “for good”."),
        ("utf-16", "Cafés closed."),
        ("cp1252", "Cafés closed in Osrin — “for good”, said the café owners’ union, which spoke for thirty of them."),
    ],
)
def test_a_text_in_another_encoding_is_decoded(encoding: str, text: str, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are read in the encoding that they look like."""
    (report,), problems = taken(in_file(tmp_path, "a.txt", text.encode(encoding)))
    assert problems == []
    assert report.text == text


# ── again and again ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_reading_twice_adds_nothing(tmp_path: Path) -> None:
    """The same pile read again is met again and adds no report, no problem, and no stale stage."""
    pile = tmp_path / "pile"
    pile.mkdir()
    for name, content in {**SHAPES, "a.txt": TEXT, "b.html": PAGE, "broken.jsonl": "{", "empty.txt": ""}.items():
        in_file(pile, name, content)
    with a_case(tmp_path / "x.headwater") as case:
        first, again = case.read(pile), case.read(pile)
        assert (again.reports, again.new, again.problems) == (first.reports, 0, first.problems)
        assert case.table("problems").num_rows == first.problems
        assert case.verify().stale == ()


def test_one_report_in_two_files_is_one_report(tmp_path: Path) -> None:
    """Ids are made from content: the same row in two files is one report."""
    paths = [in_file(tmp_path, f"{n}.jsonl", json.dumps(ROW)) for n in range(2)]
    with a_case(tmp_path / "x.headwater") as case:
        did = case.read(*paths, run=False)
    assert (did.reports, did.new) == (2, 1)


# ── what cannot be read ──────────────────────────────────────────────────────────────────────────────────────────────────

BROKEN: dict[str, tuple[bytes, list[str]]] = {
    "cut.jsonl": (json.dumps(ROW).encode() + b'\n{"id": "x", "text": "cut', ["HW203"]),
    "no-object.jsonl": (b'"only a text"\n[1, 2]\n7\nnull\n', ["HW203"] * 4),
    "no-text.jsonl": (
        b'{"id": "x", "title": "headline only"}\n{"text": null}\n{"text": ["a", "list"]}\n',
        ["HW203"] * 3,
    ),
    "empty-text.jsonl": (b'{"text": "..."}\n{"text": "\\u200b\\u00a0"}\n', ["HW204"] * 2),
    "empty.txt": (b"", ["HW204"]),
    "blank.md": (b" \n\t\n", ["HW204"]),
    "marks.txt": ("— … “” ***".encode(), ["HW204"]),
    "empty.html": (b"", ["HW204"]),
    "bare.html": (b"<html><body></body></html>", ["HW204"]),
    "picture.png": (b"\x89PNG\r\n\x1a\n", ["HW202"]),
    "archive.zip": (b"PK\x03\x04", ["HW202"]),
    "noise.txt": (bytes([0, 255, 254, 128, 129, 1, 2, 200]) * 50, ["HW205"]),
    "deep.jsonl": (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ["HW203"]),
    "deep.json": (b"[" * 100_000, ["HW203"]),
    "number.jsonl": (b'{"text": ' + b"9" * 10_000 + b"}", ["HW203"]),
    "no-text.csv": (b"id,title\r\n1,headline only\r\n", ["HW203"]),
    "short.csv": (b"id,text\r\n1\r\n", ["HW203"]),
    "empty.csv": (b"", []),
    "empty.jsonl": (b"", []),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_a_problem_with_a_code(name: str, tmp_path: Path) -> None:
    """Each broken thing becomes problems with the right codes, and raises nothing."""
    content, codes = BROKEN[name]
    reports, problems = taken(in_file(tmp_path, name, content))
    assert [each.code for each in problems] == codes
    assert all(name in each.thing for each in problems)
    assert len(reports) == (1 if name == "cut.jsonl" else 0)


def test_in_is_out_plus_problems(tmp_path: Path) -> None:
    """Over a folder of good and broken things every item is a report or a problem, in the case as in the count."""
    pile = tmp_path / "pile"
    (pile / "inside").mkdir(parents=True)
    (pile / ".hidden").write_text("not looked at")
    for name, (content, _) in BROKEN.items():
        in_file(pile, name, content)
    in_file(pile / "inside", "good.txt", TEXT)
    items = 1 + 1 + sum(len(codes) for _, codes in BROKEN.values())  # good.txt, and the good line of cut.jsonl
    with a_case(tmp_path / "x.headwater") as case:
        did = case.read(pile, tmp_path / "missing.txt", run=False)
        assert did.reports + did.problems == items + 1
        assert case.store.count(Report) + case.store.count(Problem) == items + 1
        assert Counter(case.table("problems")["code"].to_pylist())["HW201"] == 1


def test_files_of_one_name_in_two_folders_stay_two(tmp_path: Path) -> None:
    """Two unreadable files of one name are two problems."""
    for folder in ("a", "b"):
        (tmp_path / "pile" / folder).mkdir(parents=True)
        in_file(tmp_path / "pile" / folder, "empty.txt", b"")
    with a_case(tmp_path / "x.headwater") as case:
        case.read(tmp_path / "pile", run=False)
        assert case.store.count(Problem) == 2


@pytest.mark.parametrize(
    ("settings", "name", "content"),
    [
        (Settings(largest_file=100), "a.txt", TEXT * 5),
        (Settings(largest_report=100), "a.txt", TEXT * 5),
        (Settings(largest_report=100), "a.jsonl", json.dumps({"text": TEXT * 5})),
    ],
    ids=["file", "text", "row"],
)
def test_what_is_too_large_is_a_problem(settings: Settings, name: str, content: str, tmp_path: Path) -> None:
    """A file or a report over the limit becomes a problem, so that one of them cannot exhaust memory."""
    reports, problems = taken(in_file(tmp_path, name, content), settings=settings)
    assert (reports, [each.code for each in problems]) == ([], ["HW206"])


def test_a_folder_that_holds_itself_ends(tmp_path: Path) -> None:
    """A link from a folder to itself is no way to read one report twice, or for ever."""
    pile = tmp_path / "pile"
    pile.mkdir()
    in_file(pile, "a.txt", TEXT)
    (pile / "again").symlink_to(pile)
    reports, _ = taken(pile)
    assert len({report.id for report in reports}) == 1


# ── hostile text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = {
    "NUL": "Police said\\u0000 that three people were killed in Osrin.",
    "half a surrogate pair": "Police said \\ud800 that three people were killed in Osrin. \\udfff",
    "right-to-left override": "Police said \\u202e that three people were killed\\u202c in Osrin.",
    "line separators": "Police said\\u2028that three people were killed\\u0085 in Osrin.",
    "combining marks": "Z" + "\\u0300" * 5000 + " said that three people were killed in Osrin.",
    "script": "<script>alert(1)</script> Police said that three people were killed in Osrin.",
    "formula": '=HYPERLINK(\\"https://x.example\\") was typed, police said, and three people were killed.',
    "SQL": "Robert'); DROP TABLE reports;-- said that three people were killed.",
    "one long word": "a" * 20_000,
    "open quotation marks": "“" * 3000 + " three people were killed, he said",
    "capitals": "PORT " * 300 + "three people were killed, police said.",
    "full stops": "U.S. " * 5000,
    "brackets": "(" * 5000 + " three people were killed, police said " + ")" * 5000,
    "said said": "said " * 3000,
    "numbers": "killed 9 people and " * 1500,
    "blank lines": "Police said so.\\n" + "\\n" * 20_000 + "Nobody denied it.",
    "spaces": "Police said so." + " " * 50_000 + "Nobody denied it.",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case with every hostile text as one report."""
    folder = tmp_path_factory.mktemp("hostile")
    heads = {kind: text if len(text) < 300 else "Three killed" for kind, text in HOSTILE.items()}
    lines = [
        f'{{"id": "{kind}", "outlet": "Osrin Post", "published": "2024-01-02", "title": "{heads[kind]}", "text": "{text}"}}'
        for kind, text in HOSTILE.items()
    ]
    with a_case(folder / "hostile.headwater", in_file(folder, "pile.jsonl", "\n".join(lines))) as case:
        yield case


def test_hostile_texts_are_read_and_run(hostile: Case) -> None:
    """Texts made to break readers are reports like others; the case is sound and up to date."""
    verdict = hostile.verify()
    assert set(hostile.table("reports")["name"].to_pylist()) == set(HOSTILE)
    assert (verdict.faults, verdict.stale, hostile.table("problems").num_rows) == ((), (), 0)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_hostile_texts_export(form: str, hostile: Case, tmp_path: Path) -> None:
    """Every form is written, and the texts in it are whole."""
    written = {path.name for path in hostile.export(tmp_path, form=form)}
    assert f"reports.{form}" in written
    if form == "jsonl":
        rows = [
            json.loads(line) for line in (tmp_path / "reports.jsonl").read_text(encoding="utf-8").split("\n") if line
        ]
        assert {row["name"]: row["text"] for row in rows}["formula"].startswith("=HYPERLINK")


@pytest.mark.parametrize("length", [6_000, pytest.param(24_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", REPEATED)
def test_one_thing_again_and_again_is_a_text_like_another(kind: str, length: int) -> None:
    """No pattern tries every way through a text of one thing repeated: what stands behind it is read (`bench/ratios.py` has the cost)."""
    text = repeated(kind, length)
    with no_endless_work():
        made = worked(text)
    assert (made.texts[0].start, made.texts[-1].end) == (0, len(text))
    assert made.statements


def test_cleaning_replaces_one_for_one(tmp_path: Path) -> None:
    """NULs and halves of surrogate pairs are replaced character by character, so that offsets stay."""
    (report,), _ = taken(
        in_file(tmp_path, "a.jsonl", '{"text": "a\\u0000b\\ud800c, said so", "title": "\\ud83d", "outlet": "O\\u0000"}')
    )
    assert (report.text, report.title, report.outlet) == ("a\ufffdb\ufffdc, said so", "\ufffd", "O\ufffd")


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 50_000 + b"<p>Two barges sank in the Tesk.</p>",
        b"<!DOCTYPE x ["
        + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
        + b"]><html><body><p>&e11;</p></body></html>",
        b"<html><head><title>" + b"x" * 1_000_000,
        b"\x00\x01<html>" + bytes(range(256)) * 20,
    ],
    ids=["nesting", "entities", "long title", "noise"],
)
def test_a_hostile_page_is_a_report_or_a_problem(content: bytes, tmp_path: Path) -> None:
    """A page made to break parsers ends as one report or one problem, and raises nothing."""
    reports, problems = taken(in_file(tmp_path, "page.html", content))
    assert len(reports) + len(problems) == 1


def test_a_foreign_date_or_address_is_kept_as_it_came(tmp_path: Path) -> None:
    """What came beside the text is kept as it came, sense or none."""
    (report,), _ = taken(
        in_file(
            tmp_path,
            "a.jsonl",
            json.dumps({"text": TEXT, "date": "the 40th of Never", "url": "javascript:alert(1)", "id": 7}),
        )
    )
    assert (report.published, report.url, report.name) == ("the 40th of Never", "javascript:alert(1)", "7")


def test_a_text_that_is_mostly_links_is_a_list_of_links(tmp_path: Path) -> None:
    """A line that is none is named; nothing of the list is taken for a report. A text that only quotes a link is a text."""
    reports, problems = taken(in_file(tmp_path, "links.txt", "http://127.0.0.1:9/a\n# later\nwww.paper.example/x\n"))
    assert reports == []
    assert sorted(each.code for each in problems) == ["HW203", "HW212"]
    (report,), problems = taken(in_file(tmp_path, "a.txt", f"{TEXT}\nhttps://paper.example/x\n"))
    assert (report.name, problems) == ("a.txt", [])


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\n", " \n"])
def test_long_runs_of_blanks_hide_nothing(blank: str) -> None:
    """What stands behind forty thousand blanks is read as what stands behind one."""
    with no_endless_work():
        made = worked("Police said " + blank * 40_000 + "so. Three people were killed in Osrin.")
    assert [each.value for each in made.readings if each.kind == "killed"] == ["3"]
