"""Exports of a case that was made to harm: pages opened in Chromium, trees read by strict parsers, tables in a spreadsheet's eyes."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from playwright.sync_api import Browser, sync_playwright

from headwater import Case
from headwater.ask import Node
from headwater.exports import graphs
from headwater.exports.files import rows_as_csv
from piles import a_case, write_lines

NAMES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(2)</script>",
    '"><script>alert(3)</script>',
    "'-alert(4)-'",
    "</title></textarea></style><svg onload=alert(5)>",
    "<!--<script>alert(6)//",
    "]]><img src=x onerror=alert(7)>",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "nul \x00 bell \x07 escape \x1b[31m del \x7f next \x85",
    "&lt;b&gt; &amp;quot; &#60;script&#62;",
    "../../../../etc/passwd",
    "https://evil.test/?q=<script>",
    "a" * 20_000,
    "\u0301" * 300 + "zalgo",
    "\ufffe\uffff\ufdd0",
    '\\\\N \\G \\" \\',
)


def hostile_pile(folder: Path) -> Path:
    """A pile of which every name, title, link and quoted speaker means harm; some of it is copied, so that there are trees."""
    body = "Seven people were killed on Monday when a shell hit the market of Korva, the town's mayor said. "
    rows = [
        {
            "id": name,
            "outlet": name,
            "title": name,
            "url": name,
            "published": f"2024-05-{1 + number % 20:02d}",
            "author": name,
            "text": f"{name} said on Monday that {7 + number % 2} people were killed in Korva. “{name}”, {name} said. {body * 3}",
        }
        for number, name in enumerate(NAMES)
    ]
    return write_lines(folder / "hostile.jsonl", rows)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The case of the pile."""
    folder = tmp_path_factory.mktemp("hostile")
    with a_case(folder / "<script>alert(0)<&.headwater", hostile_pile(folder)) as case:
        yield case


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "there is no Chromium here: `make browser` installs Debian's"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


def test_no_page_runs_anything_or_asks_for_anything(hostile: Case, browser: Browser, tmp_path: Path) -> None:
    """Every exported page, opened from disk: no script, dialog, error or request of elsewhere; the style sheet is there."""
    pages = [path for path in hostile.export(tmp_path / "pages", form="html") if path.suffix == ".html"]
    wrong, asked = list[str](), set[str]()
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.add(request.url.split(":")[0]))
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.scripts.length") == 0
        assert (
            page.locator(
                "[onload], [onerror], iframe, object, embed, base, a[href^='javascript' i], a[href^='data' i]"
            ).count()
            == 0
        )
        assert page.evaluate("getComputedStyle(document.querySelector('header.top')).display") == "flex"
        assert page.title().endswith("· Headwater")
        assert "49" not in page.title()
    context.close()
    assert (wrong, asked) == ([], {"file"})
    assert len(pages) > 20


def test_what_is_injected_all_the_same_cannot_run(hostile: Case, browser: Browser, tmp_path: Path) -> None:
    """The policy of an exported page forbids script and requests even where text had got out of its place."""
    path = hostile.export(tmp_path / "pages", form="html")[0]
    text = path.read_text(encoding="utf-8")
    evil = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"><img src=http://127.0.0.1:9/x>"
    path.write_text(text.replace("<main", evil + "<main"), encoding="utf-8")
    page, answered = browser.new_page(), list[str]()
    page.on("response", lambda answer: answered.append(answer.url))
    page.on("requestfailed", lambda request: answered.append(request.url) if request.failure != "csp" else None)
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    assert page.title() != "ran"
    assert [url for url in answered if url.startswith("http")] == []
    page.close()


def test_graphml_is_xml_whatever_the_names(hostile: Case, tmp_path: Path) -> None:
    """A strict parser and networkx read it, and every report's name is there but for what XML cannot hold."""
    (path,) = hostile.export(tmp_path, form="graphml")
    ElementTree.parse(path)
    graph = networkx.read_graphml(path)
    named = {data["name"] for _, data in graph.nodes(data=True)}
    assert '"><script>alert(3)</script>' in named
    assert not any(set(name) & set("\x00\x07\x1b\ufffe\uffff") for name in named)
    assert graph.number_of_edges() > 0


def test_halves_of_pairs_do_not_stop_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A character that no file can hold is replaced in both forms of the trees."""
    node = Node("r-1", "half \ud800 of a pair", "\udfff", None, unseen=False)
    assert "\ud800" not in graphs._written(node.name)
    assert "\udfff" not in graphs._quoted(str(node.outlet))


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_the_trees(hostile: Case, tmp_path: Path) -> None:
    """`dot` itself takes the file without a word, and finds as many nodes as there are reports and unseen texts."""
    (path,) = hostile.export(tmp_path, form="dot")
    done = subprocess.run(["dot", "-Tjson0", str(path)], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    nodes = [each for each in json.loads(done.stdout)["objects"] if "nodes" not in each]
    assert len(nodes) == sum(len(tree.nodes) for tree in hostile.tree())


def test_every_line_of_the_trees_is_closed(hostile: Case, tmp_path: Path) -> None:
    """Outside of quoted strings DOT holds nothing but its own words: no name ends a string or a line."""
    (path,) = hostile.export(tmp_path, form="dot")
    for line in path.read_text(encoding="utf-8").split("\n")[2:-2]:
        outside = "".join(
            part
            for number, part in enumerate(line.replace("\\\\", "").replace('\\"', "").split('"'))
            if number % 2 == 0
        )
        assert not set(outside) - set("  []=->;labestyldochritnf")
        assert line.endswith("];")


CELLS = [
    ("plain", "plain"),
    ("a-b = c", "a-b = c"),
    ("one, -two", "one, -two"),
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("@x", "'@x"),
    ("\t=1", "'\t'=1"),
    ("\rx", "'\rx"),
    (" =1", "' =1"),
    ('"=1', "'\"=1"),
    ("\u202e=1", "'\u202e=1"),
    ("＝1", "'＝1"),
    (";=1", "';'=1"),
    (",=1", "',=1"),
    ("|=1", "'|=1"),
    ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
    ("a; \t@x", "a; \t'@x"),
    ("a\n=1", "a\n'=1"),
    ("a\r\n-1", "a\r\n'-1"),
    ("a\tb", "a\tb"),
    ("a;b", "a;b"),
    (["x;=1", "=2"], '["x;\'=1", "=2"]'),
    (-1.5, "-1.5"),
    (None, ""),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_a_cell_is_no_formula_wherever_it_is_cut(value: object, cell: str) -> None:
    """What begins like a formula, at the beginning or behind what some spreadsheet takes for a separator, gets an apostrophe."""
    written = rows_as_csv([{"cell": value}])
    assert next(csv.DictReader(io.StringIO(written, newline="")))["cell"] == cell


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_the_case_runs_in_any_country(hostile: Case, tmp_path: Path, separator: str) -> None:
    """Opened with any of three separators, no cell of any table begins like a formula, but for negative numbers."""
    for path in hostile.export(tmp_path, form="csv"):
        if path.suffix == ".csv":
            csv.field_size_limit(10_000_000)
            with path.open(encoding="utf-8", newline="") as file:
                cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
            assert [
                cell[:40] for cell in cells if cell.lstrip(' "')[:1] in set("=+-@\t") - {""} and not _is_number(cell)
            ] == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_json_answers_and_lines_hold_the_names_as_they_are(hostile: Case, tmp_path: Path) -> None:
    """JSON Lines lose nothing; no page embeds JSON, so that no `</script>` can end anything."""
    hostile.export(tmp_path, form="jsonl")
    lines = (tmp_path / "reports.jsonl").read_text(encoding="utf-8").split("\n")
    names = {json.loads(line)["name"] for line in lines if line}
    assert {name for name in NAMES if "\x00" not in name and "\ufffe" not in name} <= names | {None}
