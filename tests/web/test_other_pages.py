"""What other pages can do to a case that is served, tried in Chromium: names bound to this machine, forms and requests of another port."""

import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from headwater.web import way_in
from web.browsing import TOKEN, Served, serving

EVIL = "evil.test"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, for which a foreign name leads to this machine."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "there is no Chromium here: `make browser` installs Debian's"
    rule = f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"
    started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", rule])
    yield started
    started.close()


@pytest.fixture
def served(copy_of_newsroom: Callable[[], Path]) -> Iterator[Served]:
    """A copy of the newsroom, served."""
    with serving(copy_of_newsroom()) as server:
        yield server


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Page]:
    """A page of somebody who has opened the case, and now looks at something else."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    assert "Stories" in page.title()
    yield page
    context.close()


@contextmanager
def another_page(html: str) -> Iterator[int]:
    """Another server of this machine, which shows one page under any address; its port."""

    class Shown(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shown) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def corrections(served: Served) -> str:
    """The corrections of the case as JSON."""
    return served.ask("/corrections.json").text


@pytest.mark.parametrize("path", ["/", "/stories.json", "/static/headwater.css", f"/?token={TOKEN}"])
def test_a_name_that_is_bound_to_this_machine_shows_nothing(visitor: Page, served: Served, path: str) -> None:
    """Rebinding: the browser connects to this server by a foreign name, with the token even, and gets a refusal."""
    answer = visitor.goto(f"http://{EVIL}:{served.port}{path}")
    assert answer is not None
    assert (answer.status, "Ardavia" in answer.text()) == (421, False)


def test_a_page_of_a_bound_name_reads_nothing(visitor: Page, served: Served) -> None:
    """The page of a foreign name asks its own origin, which is this server by then: no byte of the case comes."""
    visitor.goto(f"http://{EVIL}:{served.port}/")
    status = visitor.evaluate("async () => (await fetch('/stories.json', {credentials: 'include'})).status")
    assert status == 421


FORM = """<form method="post" action="{root}/correct" enctype="{kind}">
<input name="kind" value="merge"><input name="one" value="Edrin Sollas"><input name="two" value="Norgate"></form>
<script>document.forms[0].submit()</script>"""


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", EVIL])
def test_a_form_of_another_port_corrects_nothing(visitor: Page, served: Served, kind: str, host: str) -> None:
    """The browser sends the cookie with a form of another port of this machine; the correction is refused all the same."""
    with another_page(FORM.format(root=served.root, kind=kind)) as port:
        with visitor.expect_navigation(url=f"{served.root}/correct") as sent:
            visitor.goto(f"http://{host}:{port}/")
        assert sent.value.status == 403
    assert '"corrections": []' in corrections(served)


ASKING = """<script>
async function asked(path, settings) {{
  try {{ const answer = await fetch("{root}" + path, settings); return answer.type + " " + answer.status + " " + (await answer.text()).length; }}
  catch {{ return "nothing"; }}
}}
function loaded(kind, path) {{
  return new Promise((done) => {{
    const element = document.createElement(kind);
    element.onload = () => done("loaded"); element.onerror = () => done("nothing");
    element[kind === "link" ? "href" : "src"] = "{root}" + path; element.rel = "stylesheet";
    document.head.append(element);
  }});
}}
</script>"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_port_reads_nothing(visitor: Page, served: Served, host: str) -> None:
    """Requests, scripts, styles and pictures of another port: nothing of the case arrives there, and no correction here."""
    with another_page(ASKING.format(root=served.root)) as port:
        visitor.goto(f"http://{host}:{port}/")
        form = "new URLSearchParams({kind: 'merge', one: 'Edrin Sollas', two: 'Norgate'})"
        for call in (
            "asked('/stories.json', {credentials: 'include'})",
            "asked('/stories.json', {credentials: 'include', mode: 'no-cors'})",
            f"asked('/correct', {{method: 'POST', credentials: 'include', mode: 'no-cors', body: {form}}})",
            f"asked('/correct', {{method: 'POST', credentials: 'include', body: {form}}})",
            "loaded('script', '/static/headwater.js')",
            "loaded('link', '/static/headwater.css')",
            "loaded('img', '/static/mark.svg')",
        ):
            assert visitor.evaluate(call) == "nothing"
    assert '"corrections": []' in corrections(served)


def test_a_frame_shows_nothing(visitor: Page, served: Served) -> None:
    """A page of another port cannot put the case into a frame and lead clicks there."""
    with another_page(f'<iframe src="{served.root}/stories"></iframe>') as port:
        visitor.goto(f"http://127.0.0.1:{port}/")
        visitor.wait_for_function("frames.length === 1")
        assert all("Ardavia" not in frame.content() for frame in visitor.frames)


def test_the_token_does_not_go_on_to_other_pages(visitor: Page, served: Served) -> None:
    """The address that is shown has no token, and neither it nor a referrer reaches another origin."""
    assert TOKEN not in visitor.url
    with another_page("<title>elsewhere</title>") as port:
        visitor.evaluate(f"location.assign('http://127.0.0.1:{port}/')")
        visitor.wait_for_url(f"http://127.0.0.1:{port}/")
        assert visitor.evaluate("document.referrer") == ""


def test_a_link_of_another_page_opens_the_case(browser: Browser, served: Served) -> None:
    """The printed address works as a link in a page of elsewhere, the strict cookie notwithstanding."""
    context = browser.new_context()
    page = context.new_page()
    with another_page(f'<a href="{served.address}">case</a>') as port:
        page.goto(f"http://{EVIL}:{port}/")
        page.get_by_text("case").click()
        page.wait_for_url(f"{served.root}/")
        page.wait_for_function("document.title.includes('Stories')")
    context.close()


def test_the_file_that_leads_in_opens_the_case(browser: Browser, served: Served) -> None:
    """What `--open` gives the browser: a file that leads to the stories, and leaves no token in the address."""
    context = browser.new_context()
    page = context.new_page()
    with way_in(served.address) as file:
        page.goto(file.as_uri())
        page.wait_for_url(f"{served.root}/")
        page.wait_for_function("document.title.includes('Stories')")
    assert page.evaluate("document.referrer.includes('token')") is False
    context.close()
