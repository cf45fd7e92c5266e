"""The pages in a real browser: the system's Chromium, headless, driven by Playwright.

Every page is asked for console errors, for requests that leave this machine, and by axe-core for what a screen reader, a keyboard or a
weak eye would stumble over.
"""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from headwater import Case, Settings, ask
from headwater import open as open_case
from headwater.store import Progress
from piles import REPORTS, a_case, write_lines
from waiting import HANGS, until
from web.browsing import Served, serving

PHONE, DESK = 390, 1400
SERIOUS = ("serious", "critical")
expect.set_options(timeout=1000 * HANGS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; `make browser` installs it."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "there is no Chromium here: `make browser` installs Debian's"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def served(newsroom_file: Path) -> Iterator[Served]:
    """The newsroom, served."""
    with serving(newsroom_file) as server:
        yield server


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Open pages that note every console error, script error, dialog and request; none of the first three, and no far one, may be left."""
    contexts, wrong, hosts = [], [], set[str]()

    def opening(served: Served, path: str = "/", *, width: int = DESK, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.set_default_timeout(1000 * HANGS)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(served.address)
        page.goto(served.root + path)
        return page

    yield opening
    for each in contexts:
        each.close()
    assert wrong == []
    assert {host.rsplit(":", 1)[0] for host in hosts} <= {"127.0.0.1"}


@pytest.fixture(scope="module")
def story(newsroom: Case) -> str:
    """The story of most reports."""
    return ask.story_list(newsroom.store, newsroom.settings, ask.Asked()).stories[0].id


@pytest.fixture(scope="module")
def addresses(newsroom: Case, story: str) -> list[str]:
    """An address of every view."""
    page = ask.story_page(newsroom.store, story)
    edge = next(each for each in page.tree.edges if not each.parent.startswith("unseen:"))
    return [
        "/", "/?sort=lines&size=all&outlet=Harbour+Voice", f"/story/{story}", f"/story/{story}?as-of={page.days[0]}",
        f"/claim/{page.claims[0].id}", f"/report/{page.members[0].id}", f"/compare/{edge.child}/{edge.parent}", "/speakers",
        "/speaker?name=Edrin+Sollas", "/outlets", "/outlet?name=Harbour+Voice", "/disputes", f"/board/{story}", "/search?q=dam*",
        "/review", "/corrections", "/problems", f"/explain/{page.claims[0].id}", "/nothing-here",
    ]  # fmt: skip


def found_by_axe(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, with the places."""
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in result["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("width", "dark"),
    [
        (DESK, False),
        pytest.param(DESK, True, marks=pytest.mark.long),
        pytest.param(PHONE, False, marks=pytest.mark.long),
    ],
)
def test_every_view_is_clean_accessible_and_no_wider_than_the_screen(
    opened: Opened, served: Served, addresses: list[str], width: int, dark: bool
) -> None:
    """No console error, no far request (both by the fixture), nothing serious by axe, no sideways scrolling."""
    page = opened(served, width=width, dark=dark)
    for address in addresses:
        if address == "/nothing-here":
            continue
        page.goto(served.root + address)
        assert (address, found_by_axe(page)) == (address, [])
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (address, wide) == (address, width)


def test_from_the_tree_to_the_characters_in_three_clicks(opened: Opened, served: Served) -> None:
    """Story, then a branch of its tree, then a sentence: its very characters are marked in the report's text."""
    page = opened(served)
    page.locator(".story .title").first.click()
    page.locator("a.branch[href^='/compare/'] .hit").first.dispatch_event("click")
    page.wait_for_url("**/compare/**")
    row = page.locator("tr.pair:has(td:first-child .same)").first
    words = row.locator("td").first.locator(".same").first.inner_text()
    row.locator("a.at").first.click()
    page.wait_for_url("**/report/**#c*")
    target = page.locator(":target")
    assert target.is_visible()
    text = page.locator(".text").inner_text()
    start = int(page.url.rsplit("#c", 1)[1])
    assert " ".join(words.split()[:3]) in " ".join(text.split())
    assert target.evaluate("each => each.id") == f"c{start}"


def test_pointing_at_a_branch_shows_its_evidence(opened: Opened, served: Served, story: str) -> None:
    """By mouse and by keyboard the reasons of a derivation appear under the tree."""
    page = opened(served, f"/story/{story}")
    branches = page.locator("a.branch")
    branches.nth(0).locator(".hit").dispatch_event("pointerenter")
    branches.nth(0).dispatch_event("pointerenter")
    first = page.locator("#evidence").inner_text()
    branches.nth(1).focus()
    second = page.locator("#evidence").inner_text()
    assert first
    assert second
    assert first != second


def test_without_scripts_everything_is_there(opened: Opened, served: Served, story: str) -> None:
    """The evidence stands in a table, the days in a list with a button, and both work."""
    page = opened(served, f"/story/{story}", script=False)
    assert page.locator("#derivations .evidence-list li").count() > 3
    page.locator("select#as-of").select_option(index=0)
    page.locator("form.as-of button").click()
    expect(page.locator("form.as-of")).to_contain_text("As it was known by 2024-03-12")


def test_the_slider_goes_back_in_time(opened: Opened, served: Served, story: str) -> None:
    """One step to the left with the arrow key: the page of that day, with what was not out yet."""
    page = opened(served, f"/story/{story}")
    every = page.locator("#claims .many").first.inner_text()
    slider = page.locator("#as-of-slider")
    slider.focus()
    slider.press("ArrowLeft")
    page.wait_for_url("**?as-of=2024-03-12")
    assert "not out yet" in page.locator(".then").inner_text()
    assert page.locator("#claims .many").first.inner_text() != every


def test_a_correction_and_its_undo(opened: Opened, copy_of_newsroom: Callable[[], Path], story: str) -> None:
    """A derivation is called none, with one click; the list of corrections takes it back, and all is as before."""
    with serving(copy_of_newsroom()) as served:
        page = opened(served, f"/story/{story}")
        before = page.locator("main").inner_text()
        page.locator("#derivations form.correct button", has_text="Not copied").first.click()
        expect(page.locator(".note")).to_contain_text("Kept.")
        page.goto(served.root + "/corrections")
        expect(page.locator("main")).to_contain_text("apart")
        page.locator("button", has_text="Take back").click()
        expect(page.locator(".note")).to_have_text("Taken back.")
        expect(page.locator("main")).to_contain_text("Nothing has been put right yet")
        page.goto(f"{served.root}/story/{story}")
        assert page.locator("main").inner_text() == before
        page.close()  # it asks after runs, and the server ends here


def test_a_correction_and_its_undo_that_take_long(
    opened: Opened, copy_of_newsroom: Callable[[], Path], story: str
) -> None:
    """Where the browser does not wait, the page renews itself when the correction is worked in; taken back so, all is as before."""
    with serving(copy_of_newsroom(), patience=0.0) as served:
        page = opened(served, f"/story/{story}")
        before = page.locator("main").inner_text()
        page.locator("#derivations form.correct button", has_text="Not copied").first.click()
        renewed(page)
        expect(page.locator("main")).to_contain_text("apart")
        page.locator("button", has_text="Take back").click()
        renewed(page)
        expect(page.locator("main")).to_contain_text("Nothing has been put right yet")
        page.goto(f"{served.root}/story/{story}")
        assert page.locator("main").inner_text() == before
        page.close()


def renewed(page: Page) -> None:
    """Wait until the list of corrections is there and says that nothing is being worked in any more."""
    page.wait_for_url("**/corrections*")
    expect(page.locator(".note", has_text="It is being kept")).to_have_count(0)
    expect(page.locator("#running")).to_be_hidden()


def test_by_keyboard_alone(opened: Opened, served: Served) -> None:
    """Tab leads to the skip link first, / to the search, Enter searches, Tab and Enter open what was found."""
    page = opened(served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("/")
    page.keyboard.type("dam gate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=dam+gate")
    page.locator("main").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if "/report/" in page.evaluate("document.activeElement.href || ''"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    assert page.locator(".text").is_visible()


def test_the_review_queue_is_answered_by_keys(opened: Opened, tmp_path: Path) -> None:
    """Where no derivation is sure there are questions; j goes to the first, n answers it, and it is gone."""
    doubtful = Settings(workers=1, kin_sure=99.0)
    path = tmp_path / "doubtful.headwater"
    with open_case(path, settings=doubtful) as case:
        case.read(REPORTS)
    with serving(path, doubtful) as served:
        page = opened(served, "/review")
        questions = page.locator("[data-question]").count()
        assert questions >= 1
        page.keyboard.press("j")
        expect(page.locator("[data-question]").first).to_be_focused()
        page.keyboard.press("n")
        expect(page.locator(".note")).to_contain_text("Kept.")
        expect(page.locator("[data-question]")).to_have_count(questions - 1)
        page.close()  # it asks after runs, and the server ends here


def test_a_run_that_ends_takes_no_answer_away(opened: Opened, copy_of_newsroom: Callable[[], Path], story: str) -> None:
    """A page does not renew itself while a correction is on its way: what the server says of that is still shown."""
    path = copy_of_newsroom()
    with serving(path) as served, a_case(path) as case:
        alive, now = 1, datetime.now(UTC).isoformat()  # a process that lives as long as the test
        case.store.note_progress(Progress(alive, "claims", 7, 90, now))
        page = opened(served, f"/story/{story}")
        expect(page.locator("#running")).to_be_visible()
        held = list[Route]()
        page.route("**/correct", lambda route: held.append(route))
        with page.expect_request("**/correct"):
            page.locator("#derivations form.correct button", has_text="Not copied").first.click(no_wait_after=True)
        case.store.end_progress(alive)
        for _ in range(2):  # the second asks after the end for certain
            with page.expect_response("**/progress.json"):
                pass
        held[0].continue_()
        expect(page.locator(".note")).to_contain_text("Kept.")
        page.close()


HOSTILE = {
    "id": "x\u202egpj.exe",
    "outlet": '"><img src=x onerror=alert(1)>{{ 7 * 7 }}',
    "published": "2024-05-06",
    "title": "<script>alert('title')</script> \u202eevil\u202c </title><svg onload=alert(2)>",
    "url": "javascript:alert(document.cookie)",
    "text": "The mayor said on Monday that 7 people were killed in Korva. <script>alert(3)</script> &lt;b&gt;\x00\x1b[31m\n"
    + "=cmd|' /C calc'!A0 said \u202e7\u202c were killed. "
    + "a" * 1_000_000,
}


def test_a_hostile_report_is_inert(opened: Opened, tmp_path: Path) -> None:
    """Script in titles, changes of writing direction, a megabyte in one line: shown as characters, and nothing runs or breaks out."""
    pile = write_lines(tmp_path / "hostile.jsonl", [HOSTILE, {**HOSTILE, "id": "second", "title": "Second"}])
    with a_case(tmp_path / "hostile.headwater", pile) as case:
        stories = [each.id for each in ask.story_list(case.store, case.settings, ask.Asked(size="all")).stories]
        reports = case.table("reports")["id"].to_pylist()
        claims = case.claims()["id"].to_pylist()
    with serving(tmp_path / "hostile.headwater") as served:
        page = opened(served)
        for address in (
            "/?size=all",
            *(f"/story/{each}" for each in stories),
            *(f"/report/{each}" for each in reports),
            *(f"/claim/{each}" for each in claims[:3]),
            f"/compare/{reports[0]}/{reports[1]}",
            "/outlets", "/disputes", "/search?q=%3Cscript%3Ealert(4)%3C/script%3E", "/search?q=killed",
        ):  # fmt: skip
            page.goto(served.root + address)
            assert (
                page.locator("main img, main script, main [onload], main [onerror], a[href^='javascript']").count() == 0
            )
            assert not re.search("[\u202a-\u202e]", page.locator("body").inner_text())
            assert "49" not in page.locator("h1").inner_text()
        page.goto(f"{served.root}/report/{reports[0]}")
        assert "Characters 0 to" in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") == DESK
        page.close()  # it asks after runs, and the server ends here


def test_a_run_is_seen_while_it_works(opened: Opened, copy_of_newsroom: Callable[[], Path]) -> None:
    """How far a run is stands above the page and moves; when it ends, the page shows what it made."""
    path = copy_of_newsroom()
    with serving(path) as served, a_case(path) as case:
        alive, now = 1, datetime.now(UTC).isoformat()  # a process that lives as long as the test
        case.store.note_progress(Progress(alive, "statements", 200, 5000, now))
        page = opened(served)
        assert "statements, 200 of 5,000" in page.locator("#running").inner_text()
        case.store.note_progress(Progress(alive, "claims", 7, 90, now))
        expect(page.locator("#running")).to_contain_text("claims, 7 of 90")
        case.store.end_progress(alive)
        expect(page.locator("#running")).to_be_hidden()
        page.close()  # it asks after runs, and the server ends here


@pytest.mark.parametrize(("process", "ago"), [(2**22 - 3, timedelta()), (1, timedelta(hours=1))])
def test_a_killed_run_is_not_taken_for_a_living_one(
    process: int, ago: timedelta, copy_of_newsroom: Callable[[], Path]
) -> None:
    """A run whose process is gone, or whose number another process has by now, says nothing; the next run clears it away."""
    path = copy_of_newsroom()
    with a_case(path) as case:
        case.store.note_progress(Progress(process, "claims", 7, 90, (datetime.now(UTC) - ago).isoformat()))
    with serving(path) as served:
        assert served.ask("/progress.json").text == '{"running": null}'
    with a_case(path) as case:
        case.run()
        assert case.store.progress() == []


def test_an_exported_case_opens_from_disk(browser: Browser, newsroom: Case, tmp_path: Path) -> None:
    """From the list to a story, a claim, a report and a comparison by clicking, without scripts and without one request elsewhere."""
    first = newsroom.export(tmp_path / "pages", form="html")[0]
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(1000 * HANGS)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(first.as_uri())
    page.locator(".story .title").first.click()
    expect(page.locator("body.view-story")).to_be_visible()
    page.locator(".claim-text[href]").first.click()
    expect(page.locator("body.view-claim")).to_be_visible()
    page.locator("#statements .where a").first.click()
    expect(page.locator(":target")).to_be_visible()
    page.go_back()
    page.locator(".merged a", has_text="side by side").first.click()
    expect(page.locator("body.view-compare")).to_be_visible()
    assert page.locator(".side-by-side .same").count() > 3
    assert page.locator("script, form").count() == 0
    assert all(url.startswith((tmp_path / "pages").as_uri()) for url in asked)
    context.close()


def test_a_page_follows_a_run_of_another_process(opened: Opened, tmp_path: Path) -> None:
    """While `headwater read` works, the page says how far it is, and shows the stories when it ends, without being touched."""
    path = tmp_path / "growing.headwater"
    a_case(path).close()
    with serving(path) as served:
        page = opened(served)
        assert page.locator("h1").inner_text() == "0 reports, 0 stories"
        command = [sys.executable, "-m", "headwater", "read", str(path), str(REPORTS)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reading:
            until(lambda: served.at_work, "a run of the other process")
            reading.send_signal(signal.SIGSTOP)  # so that it is still at work when the page comes
            page.reload()
            expect(page.locator("#running")).to_contain_text("A run is working on this case")
            reading.send_signal(signal.SIGCONT)
            assert reading.wait(HANGS) == 0
        expect(page.locator("h1")).to_have_text("28 reports, 5 stories")
        expect(page.locator("#running")).to_be_hidden()
        page.close()  # it asks after runs, and the server ends here
