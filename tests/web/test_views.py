"""What the views answer: pages, the same as JSON and CSV, errors that say what to do, and panels that say what they cannot tell."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from headwater import ask
from headwater.case import Case
from headwater.pages import PANELS
from headwater.records import TABLES
from headwater.web.views import VIEWS
from piles import a_case, write_lines
from waiting import HANGS
from web.browsing import Served, serving

TEMPLATES = Path(ask.__file__).parents[1] / "pages" / "templates"


@pytest.fixture(scope="module")
def served(newsroom_file: Path) -> Iterator[Served]:
    """The newsroom, served."""
    with serving(newsroom_file) as server:
        yield server


@pytest.fixture(scope="module")
def addresses(newsroom: Case) -> dict[str, str]:
    """One address of every view."""
    story = ask.story_list(newsroom.store, newsroom.settings, ask.Asked()).stories[0].id
    page = ask.story_page(newsroom.store, story)
    edge = next(each for each in page.tree.edges if not each.parent.startswith("unseen:"))
    return {
        "stories": "/",
        "story": f"/story/{story}",
        "claim": f"/claim/{page.claims[0].id}",
        "report": f"/report/{page.members[0].id}",
        "compare": f"/compare/{edge.child}/{edge.parent}",
        "speakers": "/speakers",
        "speaker": "/speaker?name=Edrin+Sollas",
        "outlets": "/outlets",
        "outlet": "/outlet?name=Harbour+Voice",
        "disputes": "/disputes",
        "board": f"/board/{story}",
        "search": "/search?q=dam*",
        "review": "/review",
        "corrections": "/corrections",
        "problems": "/problems",
        "explain": f"/explain/{page.claims[0].id}",
    }


def test_every_view_has_an_address_here(addresses: dict[str, str]) -> None:
    """The tests below leave no view out."""
    assert set(addresses) == set(VIEWS)


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_is_a_page_and_says_what_it_cannot_tell(
    served: Served, addresses: dict[str, str], view: str
) -> None:
    """Each page has a panel, and each panel its two lines, word for word those of the table."""
    page = served.ask(addresses[view])
    assert page.status == 200
    shown = re.findall(r'data-panel="([^"]+)"', page.text)
    assert shown
    for each in shown:
        assert page.text.count(PANELS[each].how.replace("'", "&#39;")) >= 1
        assert page.text.count(PANELS[each].cannot.replace("'", "&#39;")) >= 1


@pytest.mark.parametrize("name", sorted(PANELS))
def test_no_panel_is_silent(name: str) -> None:
    """How it knows and what it cannot tell are sentences, and some template draws the panel."""
    panel = PANELS[name]
    assert min(len(panel.how.split()), len(panel.cannot.split())) >= 3
    assert any(f"panel('{name}'" in each.read_text(encoding="utf-8") for each in TEMPLATES.glob("*.html"))


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_is_json_and_csv_too(served: Served, addresses: dict[str, str], view: str) -> None:
    """The page links to both; JSON parses, and CSV has one row width."""
    page = served.ask(addresses[view]).text
    links = {form: re.search(rf'href="([^"]+\.{form}[^"]*)"', page) for form in ("json", "csv")}
    assert all(links.values())
    answers = {form: served.ask(found.group(1).replace("&amp;", "&")) for form, found in links.items() if found}
    assert (answers["json"].headers["content-type"], answers["json"].status) == ("application/json", 200)
    assert json.loads(answers["json"].text)
    rows = list(csv.reader(io.StringIO(answers["csv"].text)))
    assert len({len(row) for row in rows}) <= 1
    assert answers["csv"].headers["content-type"].startswith("text/csv")


def test_json_is_the_page_object(served: Served, addresses: dict[str, str], newsroom: Case) -> None:
    """Nothing is lost or added between the answer of the library and that of the server."""
    story = addresses["story"].rsplit("/", 1)[1]
    expected = json.loads(json.dumps(asdict(ask.story_page(newsroom.store, story))))
    assert json.loads(served.ask(f"{addresses['story']}.json").text) == expected


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/story/y-0000000000000000", 404),
        ("/claim/m-0000000000000000", 404),
        ("/report/nobody", 404),
        ("/compare/a/b", 404),
        ("/speaker?name=Nobody", 404),
        ("/outlet", 404),
        ("/explain/zzz", 404),
        ("/nothing", 404),
        ("/story", 404),
        ("/story/a/b/c", 404),
    ],
)
def test_what_is_not_there_is_said_plainly(served: Served, path: str, status: int) -> None:
    """An unknown id or page is an answer with a way on, and no trace of code."""
    answer = served.ask(path)
    assert answer.status == status
    assert "To the stories" in answer.text
    assert "Traceback" not in answer.text


def test_a_time_that_is_none_is_said(served: Served, addresses: dict[str, str]) -> None:
    """`as-of` takes ISO 8601 and says so."""
    answer = served.ask(f"{addresses['story']}?as-of=yesterday")
    assert answer.status == 404
    assert "2024-03-14" in answer.text


def test_facets_count_what_choosing_them_finds(newsroom: Case) -> None:
    """The number beside every value is the number of stories that the list then has."""
    asked = ask.Asked(size="all")
    page = ask.story_list(newsroom.store, newsroom.settings, asked)
    for facet in page.facets:
        for value in facet.values:
            chosen = ask.with_values(
                asked,
                {facet.name: value.value, "size": asked.size} | ({"size": value.value} if facet.name == "size" else {}),
            )
            assert (facet.name, value.value, ask.story_list(newsroom.store, newsroom.settings, chosen).found) == (
                facet.name,
                value.value,
                value.stories,
            )


def test_search_finds_what_stands_there(newsroom: Case) -> None:
    """Every hit of every kind holds the word, cut from the report; quotation marks ask for a run."""
    found = ask.search(newsroom.store, "gate")
    assert all(hits.many >= len(hits.shown) > 0 for hits in found.hits if hits.kind != "name")
    texts = [hit.text.casefold() for hits in found.hits for hit in hits.shown if hits.kind != "name"]
    assert set(texts) == {"gate"}
    assert sum(hits.many for hits in ask.search(newsroom.store, '"gate dam five"').hits) == 0


@pytest.mark.parametrize("words", ['"', "* OR NOT", "a NEAR(b", "';--", "words:x", "^", "\x00", "é" * 500])
def test_nothing_typed_is_an_operator(newsroom: Case, words: str) -> None:
    """Whatever is typed is words; the search never fails."""
    assert ask.search(newsroom.store, words).words == words


def test_a_correction_is_kept_shown_and_taken_back(copy_of_newsroom: Callable[[], Path]) -> None:
    """A stance set on the claim's page: the way back finds the claim as it is now, the list has it signed, undo restores the bytes."""
    path = copy_of_newsroom()
    with a_case(path) as case:
        before = case.claims().to_pylist()
        claim = next(row for row in before if row["kind"] == "killed" and row["reports"] > 3)
        page = ask.claim_page(case.store, claim["id"])
        other = next(each for each in page.siblings if each.value != page.line.value)
    with serving(path) as served:
        sent = {
            "kind": "merge",
            "one": claim["id"],
            "two": other.id,
            "back": f"/claim/{claim['id']}",
            "author": "Ada",
            "reason": "one count",
        }
        answer = served.post("/correct", sent)
        assert answer.status == 303
        assert served.ask(answer.headers["location"]).status == 200
        shown = served.ask("/corrections").text
        assert "Ada" in shown
        assert "one count" in shown
        kept = json.loads(served.ask("/corrections.json").text)["corrections"]
        assert [each["kind"] for each in kept] == ["one-claim"]
        assert served.post("/correct", {"kind": "undo", "one": kept[0]["id"], "back": "/corrections"}).status == 303
    with a_case(path) as case:
        assert case.claims().to_pylist() == before


def test_a_correction_that_cannot_be_kept_says_why(copy_of_newsroom: Callable[[], Path]) -> None:
    """A wrong id is an error page with a code's words, and the case stays as it was."""
    with serving(copy_of_newsroom()) as served:
        answer = served.post("/correct", {"kind": "stance", "one": "s-0000000000000000", "two": "denies"})
        assert (answer.status, "is no id of statements" in answer.text) == (400, True)
        assert served.post("/correct", {"kind": "drop"}).status == 400
        assert json.loads(served.ask("/corrections.json").text)["corrections"] == []


def test_a_correction_that_takes_long_is_not_called_kept(copy_of_newsroom: Callable[[], Path]) -> None:
    """Where nobody can wait for it the page says that it was sent; if it then cannot be kept, every page says that."""
    path = copy_of_newsroom()
    with serving(path, patience=0.0) as served:
        said = json.loads(served.ask("/speaker.json?name=Edrin+Sollas").text)["statements"][0]["id"]
        with a_case(path) as other, other.store.transaction():  # somebody else is writing, so that these wait
            sent = [
                served.post("/correct", {"kind": "no-line", "one": said}),
                served.post("/correct", {"kind": "stance", "one": "s-0000000000000000", "two": "denies"}),
            ]
            assert [each.headers["location"] for each in sent] == ["/corrections?said=sent"] * 2
            assert served.at_work == "A correction is being worked in."
            assert "this page renews itself" in served.ask("/corrections?said=sent").text
        served.settle()
        assert "The last correction was not kept: HW401" in served.ask("/").text
        kept = json.loads(served.ask("/corrections.json").text)["corrections"]
        assert [each["kind"] for each in kept] == ["no-line"]


def test_a_correction_that_was_sent_and_is_worked_in_by_now_is_not_waited_for(
    copy_of_newsroom: Callable[[], Path], newsroom: Case
) -> None:
    """A page that comes when the correction is worked in already says so: it will not renew itself, and does not promise to."""
    said = newsroom.table("statements")["id"].to_pylist()[0]
    with serving(copy_of_newsroom(), patience=0.0) as served:
        assert served.post("/correct", {"kind": "no-line", "one": said}).headers["location"].endswith("said=sent")
        served.settle()
        page = served.ask("/corrections?said=sent").text
    assert "no-line" in page
    assert "this page renews itself" not in page
    assert "It is worked in." in page


@pytest.mark.parametrize("patience", [HANGS, 0.0], ids=["waited for", "sent"])
def test_all_is_as_before_when_the_pages_say_that_an_undo_is_worked_in(
    patience: float, copy_of_newsroom: Callable[[], Path], newsroom: Case
) -> None:
    """Every table is as it was, byte for byte, as soon as nothing is being worked in any more."""
    said = newsroom.table("statements")["id"].to_pylist()[0]
    path = copy_of_newsroom()
    with serving(path, patience=patience) as served:
        served.post("/correct", {"kind": "stance", "one": said, "two": "denies"})
        served.settle()
        (kept,) = json.loads(served.ask("/corrections.json").text)["corrections"]
        with a_case(path) as case:
            assert case.claims() != newsroom.claims()
        served.post("/correct", {"kind": "undo", "one": kept["id"], "back": "/corrections"})
        served.settle()
        with a_case(path) as case:
            assert [name for name in TABLES if case.table(name) != newsroom.table(name)] == []
            assert case.claims() == newsroom.claims()


def test_a_name_in_any_script_can_sign(copy_of_newsroom: Callable[[], Path], newsroom: Case) -> None:
    """The signature is kept as it was typed, and stands in the next form."""
    said = newsroom.table("statements")["id"].to_pylist()[0]
    with serving(copy_of_newsroom()) as served:
        answer = served.post("/correct", {"kind": "no-line", "one": said, "author": "Марія علي"})
        assert answer.status == 303
        cookie = answer.headers["set-cookie"].split(";")[0]
        assert json.loads(served.ask("/corrections.json").text)["corrections"][0]["author"] == "Марія علي"
        page = served.ask("/speaker?name=Edrin+Sollas", Cookie=f"headwater-{served.port}=a-token-for-tests; {cookie}")
        assert "Марія علي" in page.text


def test_a_pile_of_single_reports_has_a_way_to_them(tmp_path: Path) -> None:
    """Where no story has several reports the list says so, and one link shows the others."""
    rows = [
        {"id": f"r{n}", "text": text}
        for n, text in enumerate(("A goat ran loose in Korva.", "Rain fell on Selmet all of May."))
    ]
    path = tmp_path / "single.headwater"
    a_case(path, write_lines(tmp_path / "rows.jsonl", rows)).close()
    with serving(path) as served:
        assert "/?size=all" in served.ask("/").text
        assert len(json.loads(served.ask("/stories.json?size=all").text)["stories"]) == 2


def test_every_link_of_every_view_leads_somewhere(served: Served, addresses: dict[str, str]) -> None:
    """No address on any page is answered with an error, and what it points at on that page is there."""
    known: dict[str, str] = {}
    for view in addresses.values():
        for address in set(re.findall(r'href="(/[^"]*)"', served.ask(view).text)):
            path, _, mark = html.unescape(address).partition("#")
            if path not in known:
                answer = served.ask(path)
                assert (view, path, answer.status) == (view, path, 200)
                known[path] = answer.text
            if mark:
                assert (path, mark if f'id="{mark}"' in known[path] else None) == (path, mark)


def test_a_renamed_speaker_is_found_by_the_new_name(copy_of_newsroom: Callable[[], Path]) -> None:
    """The search knows names as a person's corrections have them, and the ladder shows no link that nobody named."""
    path = copy_of_newsroom()
    with a_case(path) as case:
        case.rename("Edrin Sollas", "Harbour Master of Osrin")
        found = {
            hits.kind: [hit.name for hit in hits.shown] for hits in ask.search(case.store, "Osrin Harbour Master").hits
        }
        assert "Harbour Master of Osrin" in found["name"]
        assert [
            hit for hits in ask.search(case.store, "Edrin Sollas").hits for hit in hits.shown if hits.kind == "name"
        ] == []
        claim = next(row["id"] for row in case.claims().to_pylist() if row["kind"] == "killed" and row["reports"] > 3)
        page = ask.claim_page(case.store, claim)
        assert {rung.name for said in page.asserts for rung in said.ladder} & {
            "Edrin Sollas",
            "Harbour Master of Osrin",
        } == {"Harbour Master of Osrin"}
        assert [each.kind for each in page.corrections] == ["rename"]


def test_the_search_index_makes_up_for_a_killed_run(copy_of_newsroom: Callable[[], Path], tmp_path: Path) -> None:
    """A run that ended before the index was renewed leaves it stale; the next run, with nothing else to do, renews it."""
    with a_case(copy_of_newsroom()) as case:
        case.read(
            write_lines(tmp_path / "more.jsonl", [{"id": "q", "text": "Quokkas were seen in Selmet."}]), run=False
        )
        case.run(last="disputes")
        assert ask.search(case.store, "quokkas").hits[0].many == 0
        assert case.run() == []
        assert ask.search(case.store, "quokkas").hits[0].many == 1
