"""Who may ask the server, and what its answers forbid."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.browsing import TOKEN, Served, serving


@pytest.fixture(scope="module")
def served(newsroom_file: Path) -> Iterator[Served]:
    """The newsroom, served."""
    with serving(newsroom_file) as server:
        yield server


def test_it_listens_on_the_loopback_address_only(served: Served) -> None:
    """The socket is bound to 127.0.0.1, and the printed address says so."""
    assert served.address == f"http://127.0.0.1:{served.port}/?token={TOKEN}"


def test_the_token_of_the_address_becomes_a_cookie(served: Served) -> None:
    """The first request is sent on to the same page without the token; the cookie is kept from scripts and other sites."""
    answer = served.ask(f"/story/y-1?as-of=2024-03-12&token={TOKEN}", Cookie="")
    assert (answer.status, answer.headers["location"]) == (303, "/story/y-1?as-of=2024-03-12")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"headwater-{served.port}={TOKEN};")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2F%2Fevil.example", "/\\evil.example"])
def test_the_first_request_cannot_be_sent_on_to_elsewhere(served: Served, path: str) -> None:
    """Whatever stands in the path, the way on stays on this server."""
    where = served.ask(f"{path}?token={TOKEN}", Cookie="").headers.get("location", "/")
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", ["/", "/stories.json", "/static/headwater.css", "/progress.json", "/report/x.csv"])
@pytest.mark.parametrize("cookie", ["", "headwater=x", "{name}=wrong", "{name}="])
def test_without_the_token_nothing_is_shown(served: Served, path: str, cookie: str) -> None:
    """No cookie, another one, or one with another value: refused before the case is opened."""
    answer = served.ask(path, Cookie=cookie.format(name=f"headwater-{served.port}"))
    assert answer.status == 403
    assert "Ardavia" not in answer.text


def test_a_wrong_token_is_refused(served: Served) -> None:
    """A token of another run opens nothing, and sets no cookie."""
    answer = served.ask("/?token=of-another-run", Cookie="")
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""])
def test_a_name_that_was_bound_to_this_machine_is_refused(served: Served, host: str) -> None:
    """Rebinding of names: the Host must be this server's own, with its port, whatever cookie comes along."""
    assert served.ask("/", Host=host.format(port=served.port)).status in (400, 421)


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(served: Served, host: str) -> None:
    """The three ways to name the loopback address."""
    assert served.ask("/", Host=host.format(port=served.port)).status == 200


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:{port}"]
)
def test_corrections_are_taken_from_its_own_pages_only(served: Served, origin: str) -> None:
    """A form of another page, or of nobody knows which, is refused."""
    sent = {"kind": "merge", "one": "a", "two": "b"}
    assert served.post("/correct", sent, Origin=origin.format(port=served.port)).status == 403


def test_corrections_are_not_links(served: Served) -> None:
    """What changes a case cannot be reached by following an address."""
    assert served.ask("/correct?kind=merge&one=a&two=b").status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    """Pages are read and corrections sent; nothing else is done."""
    assert served.ask("/", method=method).status == 405


@pytest.mark.parametrize("path", ["/", "/stories.json", "/nothing", "/static/headwater.js", "/explain/zzz"])
def test_every_answer_is_hardened(served: Served, path: str) -> None:
    """No script or style in the page itself, nothing from elsewhere, no frame around it, no guessing of types."""
    headers = served.ask(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_files_beside_the_shipped_ones_are_not_to_be_had(served: Served) -> None:
    """A path out of the folder of shipped files finds nothing."""
    for path in ("/static/../__init__.py", "/static/%2e%2e/__init__.py", "/static/..%2f..%2fstore.py", "/static/"):
        assert served.ask(path).status in (404, 405)


def test_a_form_that_never_ends_is_cut(served: Served) -> None:
    """A correction is a few lines; more is refused."""
    assert served.post("/correct", {"kind": "merge", "one": "x" * 100_000}).status == 413


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_back_stays_here(served: Served, back: str) -> None:
    """Where a form says that it came from cannot lead to elsewhere."""
    answer = served.post("/correct", {"kind": "undo", "one": "v-0", "back": back})
    assert answer.status == 400
    assert "evil" not in answer.headers.get("location", "")
