"""A case as static pages: every link leads to a file that is there, hostile text stays text, and the same case gives the same bytes."""

import re
from html import unescape
from pathlib import Path

import pytest

from headwater import Case
from piles import a_case, write_lines


@pytest.fixture(scope="module")
def pages(newsroom: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom as pages."""
    folder = tmp_path_factory.mktemp("exported")
    newsroom.export(folder, form="html")
    return folder


def test_every_link_leads_to_a_file_and_a_place_in_it(pages: Path) -> None:
    """No address leaves the folder, none is missing, and a mark stands in the page that it is of."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages.glob("*.html")}
    assert len(texts) > 100
    for name, text in texts.items():
        for address in set(re.findall(r'(?:href|src)="([^"]+)"', text)):
            file, _, mark = unescape(address).partition("#")
            assert (name, address, (pages / (file or name)).is_file()) == (name, address, True)
            if mark:
                assert (name, address, f'id="{mark}"' in texts[file or name]) == (name, address, True)


def test_every_story_and_report_has_its_page(pages: Path, newsroom: Case) -> None:
    """Nothing of the case is left out of the list of files."""
    wanted = [f"story-{id_}.html" for id_ in newsroom.table("stories")["id"].to_pylist()]
    wanted += [f"report-{id_}.html" for id_ in newsroom.table("reports")["id"].to_pylist()]
    assert [name for name in wanted if not (pages / name).is_file()] == []
    index = (pages / "index.html").read_text(encoding="utf-8")
    assert all(name in index for name in wanted if name.startswith("story"))


def test_two_exports_are_the_same_bytes(pages: Path, newsroom: Case, tmp_path: Path) -> None:
    """Nothing in a page depends on when or where it was written."""
    newsroom.export(tmp_path, form="html")
    assert {p.name: p.read_bytes() for p in tmp_path.glob("*.html")} == {
        p.name: p.read_bytes() for p in pages.glob("*.html")
    }


def test_hostile_text_stays_text_and_a_long_one_is_whole(tmp_path: Path) -> None:
    """A script in a title is shown, a change of writing direction is named, and the whole of a long report is written."""
    text = "The mayor said 7 people were killed. <script>alert(1)</script>\u202e " + "a" * 100_000 + " end of it"
    rows = [
        {
            "id": "</title><script>alert(2)</script>",
            "title": "<img src=x onerror=alert(3)>",
            "outlet": "'\"><b>",
            "text": text,
        }
    ]
    with a_case(tmp_path / "hostile.headwater", write_lines(tmp_path / "rows.jsonl", rows)) as case:
        written = case.export(tmp_path / "pages", form="html")
    texts = [path.read_text(encoding="utf-8") for path in written if path.suffix == ".html"]
    assert not any(re.search(r"<script|<img src=x|<b>'|\u202e", each) for each in texts)
    assert any("‹U+202E›" in each and "end of it" in each for each in texts)
