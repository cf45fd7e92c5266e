"""versions: which reports are one page at different times, and in which order."""

import json
from pathlib import Path

import pytest

from headwater.intake.items import Came, Item, make_rows
from headwater.intake.metadata import Clue
from headwater.records import Candidate, Capture, Record, Report, Version
from piles import a_case

TEXT = "Two barges sank in the Tesk on Monday, police said. Nobody was hurt."
ADDRESS = "https://river.example/barges"


def rows(
    url: str, text: str, *, captured: str | None = None, modified: str | None = None, name: str = ""
) -> list[Record]:
    """Return what reading such a page writes."""
    clues = [Clue("url", url, "open-graph"), *([Clue("modified", modified, "json-ld")] if modified else [])]
    came = Came(way="archive", digest="0", url=url, at=captured) if captured else None
    return list(make_rows(Item(name or url, url, b"", came=came), text=text, clues=tuple(clues)))


def versions(folder: Path, *pages: list[Record]) -> dict[str, tuple[int | None, int, bool | None]]:
    """Return, by the text of each report, its number, of how many, and whether it is the newest."""
    with a_case(folder / "x.headwater") as case:
        with case.store.transaction():
            for record in (Report, Candidate, Capture):
                case.store.add(record, [row for page in pages for row in page if type(row) is record])
        case.run(last="versions")
        texts = {each.id: each.text for each in case.store.all(Report)}
        return {texts[each.report]: (each.number, each.of, each.newest) for each in case.store.all(Version)}


SAME = [
    "http://river.example/barges",
    "https://www.river.example/barges/",
    "https://m.river.example/barges#comments",
    "https://river.example/barges?utm_source=feed&utm_medium=rss",
    "https://river.example/barges?utm_source=1&utm_medium=2&utm_campaign=3&fbclid=4",
    "https://River.example/barges/index.html",
    "https://river.example/barges/amp",
]
OTHER = [
    "https://river.example/Barges",
    "https://river.example/#!/barges",
    "https://river.example/barges?reference=2",
    "https://river.example/barges-2",
    "https://river.example/barges?page=2",
    "https://lake.example/barges",
]


@pytest.mark.parametrize("url", SAME)
def test_what_does_not_lead_elsewhere_is_no_other_page(url: str, tmp_path: Path) -> None:
    """Scheme, www, fragments and tracking words make no other page."""
    found = versions(
        tmp_path,
        rows(ADDRESS, TEXT, captured="2024-05-06T08:00:00Z"),
        rows(url, "New. " + TEXT, captured="2024-05-06T09:00:00Z"),
    )
    assert found == {TEXT: (1, 2, False), "New. " + TEXT: (2, 2, True)}


@pytest.mark.parametrize("url", OTHER)
def test_another_address_is_another_page(url: str, tmp_path: Path) -> None:
    """Reports of two addresses are two reports."""
    assert versions(tmp_path, rows(ADDRESS, TEXT), rows(url, "New. " + TEXT)) == {}


def test_the_front_page_is_no_version_of_itself(tmp_path: Path) -> None:
    """What a site's bare address shows is another thing each day."""
    assert (
        versions(tmp_path, rows("https://river.example/", TEXT), rows("https://river.example/", "New. " + TEXT)) == {}
    )


ORDERS = {
    "by capture, whatever the pages say": (
        {"captured": "2024-05-06T08:00:00Z", "modified": "2024-05-09"},
        {"captured": "2024-05-07T08:00:00Z", "modified": "2024-05-06"},
        (1, 2),
    ),
    "across offsets": ({"captured": "2024-05-06T10:00:00+02:00"}, {"captured": "2024-05-06T09:00:00Z"}, (1, 2)),
    "by the dates that they give": ({"modified": "2024-05-06"}, {"modified": "2024-05-07"}, (1, 2)),
    "by no date of one": ({}, {"modified": "2024-05-07"}, (None, None)),
    "by one moment of both": ({"captured": "2024-05-06T08:00:00Z"}, {"captured": "2024-05-06T08:00:00Z"}, (None, None)),
    "by nothing": ({}, {}, (None, None)),
}


@pytest.mark.parametrize("kind", ORDERS)
def test_the_order_of_versions(kind: str, tmp_path: Path) -> None:
    """Captures order versions where all have one, else the dates that the pages give; where neither does, the order is unknown."""
    one, two, expected = ORDERS[kind]
    found = versions(tmp_path, rows(ADDRESS, TEXT, **one), rows(ADDRESS, "New. " + TEXT, **two))
    assert (found[TEXT][0], found["New. " + TEXT][0]) == expected


def test_the_order_of_reading_does_not_order_versions(tmp_path: Path) -> None:
    """The same pages read the other way round are the same versions."""
    pages = [rows(ADDRESS, f"{n}. {TEXT}", captured=f"2024-05-0{n}T08:00:00Z") for n in (1, 2, 3)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert versions(tmp_path / "a", *pages) == versions(tmp_path / "b", *reversed(pages))


def test_one_page_twice_in_a_table_is_two_versions_of_one_report(tmp_path: Path) -> None:
    """Two rows of a table with one address and another text count as one report, and the later one comes from the earlier."""
    first = {"id": "a", "outlet": "River Gazette", "published": "2024-05-06T08:00:00Z", "url": ADDRESS, "title": "Barges sink",
             "text": "Two barges sank in the river Tesk near Port Osrin on Monday morning, the police said. Three people were killed in the accident, the police said."}  # fmt: skip
    second = {**first, "id": "b", "published": "2024-05-06T11:00:00Z", "text": first["text"].replace("Three", "Five")}
    path = tmp_path / "pile.jsonl"
    path.write_text("\n".join(map(json.dumps, (first, second))))
    with a_case(tmp_path / "x.headwater", path) as case:
        claims = {row["text"]: row for row in case.claims().to_pylist()}
        (derivation,) = [row for row in case.table("derivations").to_pylist() if row["parent"]]
        names = {each.id: each.name for each in case.store.all(Report)}
    assert (names[derivation["child"]], names[derivation["parent"]], derivation["direction"]) == ("b", "a", "certain")
    assert "it is a later version of the same page" in derivation["way_evidence"]
    assert {row["reports"] for row in claims.values()} == {1}
    assert any(row["older"] for words, row in claims.items() if "Three" in words)
    assert not any(row["older"] for words, row in claims.items() if "Five" in words)


def test_a_page_that_is_caught_once_more_is_put_in_order_anew(tmp_path: Path) -> None:
    """A capture of a report that is there already makes what rests on captures stale, and a run brings it up to date."""
    pages = [rows(ADDRESS, TEXT), rows(ADDRESS, "New. " + TEXT, captured="2024-05-06T09:00:00Z")]
    found = versions(tmp_path, *pages)
    assert found[TEXT] == (None, 2, None)
    assert versions(tmp_path, rows(ADDRESS, TEXT, captured="2024-05-06T08:00:00Z"))[TEXT] == (1, 2, False)


def test_a_page_that_is_put_back_is_the_newest_again(tmp_path: Path) -> None:
    """What was seen last is the newest, though another text stood there in between."""
    first, last = (rows(ADDRESS, TEXT, captured=f"2024-05-0{day}T08:00:00Z") for day in (6, 8))
    found = versions(tmp_path, first, rows(ADDRESS, "New. " + TEXT, captured="2024-05-07T08:00:00Z"), last)
    assert found == {TEXT: (2, 2, True), "New. " + TEXT: (1, 2, False)}


def test_an_entry_of_a_feed_is_no_version_of_the_page_that_it_names(tmp_path: Path) -> None:
    """Anybody's feed can name anybody's page, and date what it says of it."""
    item = Item("e", "e", b"", came=Came(way="feed", digest="0", url=ADDRESS, at="2030-01-01T00:00:00Z"))
    entry = list(make_rows(item, text="Nothing of the sort happened.", clues=(Clue("url", ADDRESS, "feed"),)))
    assert versions(tmp_path, rows(ADDRESS, TEXT, captured="2024-05-06T08:00:00Z"), entry) == {}
