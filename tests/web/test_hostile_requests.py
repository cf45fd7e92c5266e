"""Requests made to harm: too large, too many, too slow, with words for the index; each is refused with a code, and others are answered."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from headwater import Case, ask
from headwater.store import Store
from headwater.web import Limits, way_in
from headwater.web.jobs import Job, Stopped, Threads
from headwater.web.views import VIEWS, Request
from web.browsing import TOKEN, Answer, Served, serving

QUICK = Limits(
    head_seconds=0.5, body_seconds=0.5, answer_seconds=1, fetch_seconds=1, connections=40, workers=2, waiting=20
)
LONG = 120.0  # seconds after which a test gives up on what is to come at once


@pytest.fixture(scope="module")
def served(newsroom_file: Path) -> Iterator[Served]:
    """The newsroom, served."""
    with serving(newsroom_file) as server:
        yield server


@pytest.fixture(scope="module")
def hurried(newsroom_file: Path) -> Iterator[Served]:
    """The newsroom, served with little patience and room."""
    with serving(newsroom_file, limits=QUICK) as server:
        yield server


@contextmanager
def connected(served: Served, sent: bytes = b"") -> Iterator[socket.socket]:
    """A bare connection over which something was sent."""
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=LONG)) as connection:
        connection.sendall(sent)
        yield connection


def head(served: Served, path: str = "/", *more: str, method: str = "GET") -> bytes:
    """Return the head of a proper request, without the empty line that ends it."""
    cookie = f"Cookie: headwater-{served.port}={TOKEN}"
    fields = [f"Host: 127.0.0.1:{served.port}", f"Origin: {served.root}", cookie, *more]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *fields, ""]).encode()


def everything(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    came = b""
    try:
        while part := connection.recv(65_536):
            came += part
    except ConnectionResetError:
        pass
    return came


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/" + "a" * 1_990, 404),
        ("/" + "a" * 2_000, 414),
        ("/search?q=" + "a+" * 1_900, 200),
        ("/search?q=" + "a+" * 4_000, 414),
        ("/search?q=" + "a" * 4_001, 414),
        ("/?" + "&".join(f"v{n}=1" for n in range(32)), 200),
        ("/?" + "&".join(f"v{n}=1" for n in range(33)), 400),
        ("/search.json?q=" + "a+" * 4_000, 414),
        ("/" + "a" * 60_000, 414),
    ],
)
def test_an_address_is_bounded(served: Served, path: str, status: int) -> None:
    """Path, query and number of values; what is beyond has a code, as JSON where JSON was asked for."""
    answer = served.ask(path)
    assert answer.status == status
    if status in (400, 414):
        assert "HW601" in answer.text
        assert not path.startswith("/search.json") or json.loads(answer.text)["error"]["code"] == "HW601"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"X-Long": "a" * 12_000}, 200),
        ({"X-Long": "a" * 17_000}, 431),
        ({f"X-{n}": "1" for n in range(50)}, 200),
        ({f"X-{n}": "1" for n in range(70)}, 431),
        ({"X-Long": "a" * 100_000}, 431),
    ],
)
def test_a_head_is_bounded(served: Served, fields: dict[str, str], status: int) -> None:
    """Number and size of header fields."""
    answer = served.ask("/", **fields)
    assert (answer.status, "HW601" in answer.text) == (status, status == 431)


def test_a_head_without_end_is_refused(served: Served) -> None:
    """A line that never ends, and lines that never end, are cut off at the same size."""
    for line, status in ((b"GET /" + b"a" * 40_000, b"414"), (head(served) + b"X: 1\r\n" * 8_000, b"431")):
        with connected(served, line) as connection:
            assert everything(connection).startswith(b"HTTP/1.1 " + status)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_is_asked_for_without_a_body(served: Served, method: str) -> None:
    """Nothing is read that nobody looks at."""
    assert served.ask("/", method=method, body="x" * 100).status == 413


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("kind=drop&one=" + "a" * 70_000, 413),
        ("kind=drop&" + "&".join(f"v{n}=1" for n in range(40)), 400),
        ("kind=drop&one=%00%ff%fe", 400),
        ("kind=" + "a" * 60_000, 400),
        ("", 400),
    ],
)
def test_a_form_is_bounded(served: Served, form: str, status: int) -> None:
    """Size and number of values of a correction; nothing of it is kept."""
    answer = served.ask("/correct", method="POST", body=form)
    assert (answer.status, len(answer.body) < 10_000) == (status, True)
    assert json.loads(served.ask("/corrections.json").text)["corrections"] == []


def test_a_form_of_unknown_size_is_bounded(served: Served) -> None:
    """A body in chunks is refused as soon as it is too large, and the refusal arrives."""
    chunk = b"8000\r\n" + b"a" * 0x8000 + b"\r\n"
    with connected(
        served, head(served, "/correct", "Transfer-Encoding: chunked", method="POST") + b"\r\n" + 3 * chunk
    ) as connection:
        assert connection.recv(12) == b"HTTP/1.1 413"


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /correct HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST /correct HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"\r\n" * 30_000,
        b"\x00" * 50_000,
    ],
)
def test_what_is_no_request_is_refused(served: Served, garbage: bytes) -> None:
    """Other protocols, doubled fields, bytes of any kind: an error or nothing comes back, and the next request is answered."""
    with connected(served, garbage) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert re.match(rb"HTTP/1\.1 4\d\d|$", everything(connection))
    assert served.ask("/").status == 200


def test_garbage_behind_a_request_costs_the_connection_alone(served: Served) -> None:
    """What follows a whole request and is none is not answered with anything of the case."""
    with connected(served, head(served, "/stories.json") + b"\r\n" + b"\x00garbage\r\n\r\n") as connection:
        assert everything(connection).count(b"HTTP/1.1 200") <= 1
    assert served.ask("/").status == 200


def test_ten_thousand_words_are_answered(served: Served) -> None:
    """As many words as an address holds are a page that says which were not looked for; more are refused."""
    words = "+".join(f"w{n}" for n in range(700))
    answer = served.ask(f"/search?q={words}")
    assert (answer.status, "668 words not looked for" in answer.text) == (200, True)
    assert served.ask("/search?q=" + "+".join(f"w{n}" for n in range(10_000))).status == 414


def endless(request: Request) -> ask.Search:
    """A view that asks SQLite for something without end."""
    request.store.select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    raise AssertionError("it has an end")


def endless_in_python(request: Request) -> ask.Search:
    """A view that turns round for ever without asking SQLite."""
    while True:
        pass


@contextmanager
def an_endless_view(page: Callable[[Request], object]) -> Iterator[None]:
    """Among the views is one that has no end."""
    before = VIEWS["outlets"]
    VIEWS["outlets"] = type(before)(0, page, before.title, before.rows)
    try:
        yield
    finally:
        VIEWS["outlets"] = before


@pytest.mark.parametrize("page", [endless, endless_in_python])
@pytest.mark.parametrize("path", ["/outlets", "/outlets.json"])
def test_an_answer_has_its_time(hurried: Served, page: Callable[[Request], object], path: str) -> None:
    """What takes too long is stopped, in SQLite as in Python, and said to be; the thread is free for the next requests."""
    with an_endless_view(page):
        for _ in range(2 * QUICK.workers):
            answer = hurried.ask(path)
            assert (answer.status, "HW602" in answer.text) == (503, True)
    assert hurried.ask("/stories.json").status == 200


def test_others_are_answered_while_one_takes_long(newsroom_file: Path) -> None:
    """Two requests that never end leave the other threads to everybody else; where all are taken, the rest is told to wait."""
    limits = Limits(workers=3, waiting=2, answer_seconds=LONG)
    with serving(newsroom_file, limits=limits) as served, ExitStack() as open_ones, an_endless_view(endless):
        for _ in range(2):
            open_ones.enter_context(connected(served, head(served, "/outlets") + b"\r\n"))
        assert served.ask("/stories.json").status == 200
        for _ in range(3):
            open_ones.enter_context(connected(served, head(served, "/outlets") + b"\r\n"))
        refused = until(lambda: served.ask("/stories.json"), lambda answer: answer.status == 503)
        assert (refused.status, "HW603" in refused.text) == (503, True)
        open_ones.close()  # who has gone is not worked for any longer
        assert until(lambda: served.ask("/stories.json"), lambda answer: answer.status == 200).status == 200


def until(ask_again: Callable[[], Answer], is_so: Callable[[Answer], bool]) -> Answer:
    """Return the first answer that is so, or the last of many."""
    answer = ask_again()
    for _ in range(2_000):
        if is_so(answer):
            break
        answer = ask_again()
    return answer


def test_who_sends_nothing_or_half_a_head_is_let_go(hurried: Served) -> None:
    """The connection ends, with a code where something had come."""
    with connected(hurried) as silent, connected(hurried, head(hurried)) as half:
        assert everything(silent) == b""
        assert everything(half).startswith(b"HTTP/1.1 408")


def test_who_sends_half_a_form_is_let_go(hurried: Served) -> None:
    """A body that does not come is an error of the one who sends it."""
    begun = head(hurried, "/correct", "Content-Length: 60000", method="POST") + b"\r\nkind=drop"
    with connected(hurried, begun) as half:
        came = everything(half)
    assert (came[:12], b"HW602" in came) == (b"HTTP/1.1 408", True)


def test_who_fetches_nothing_is_let_go(newsroom_file: Path) -> None:
    """Answers that nobody fetches do not pile up: the connection is closed while most of them is unsent."""
    with serving(newsroom_file, limits=QUICK) as served, closing(socket.socket()) as lazy:
        lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        lazy.settimeout(LONG)
        lazy.connect(("127.0.0.1", served.port))
        asked = (head(served, "/static/headwater.css") + b"\r\n") * 400
        assert sent_until_closed(lazy, asked) < 1_000_000_000


def sent_until_closed(connection: socket.socket, text: bytes) -> int:
    """Send a text again and again; return how much it was when the other side had enough."""
    sent = 0
    try:
        while sent < 1_000_000_000:
            sent += connection.send(text)
    except ConnectionError:
        pass
    return sent


def drip(served: Served, ended: threading.Event, clients: int) -> None:
    """Keep so many clients at a byte now and then, each coming back when it was let go."""
    begun, place = head(served) + b"X: " + b"a" * 3_000, dict[int, tuple[socket.socket, int]]()
    while not ended.wait(0.05):
        for number in range(clients):
            try:
                if number not in place:
                    place[number] = (socket.create_connection(("127.0.0.1", served.port), timeout=LONG), 0)
                connection, at = place[number]
                connection.send(begun[at : at + 1])
                place[number] = (connection, at + 1)
            except OSError:
                place.pop(number)[0].close() if number in place else None
    for connection, _ in place.values():
        connection.close()


def answered(served: Served, path: str) -> int:
    """Return the status of a page for a client that, as browsers do, asks again where its connection was reset before any answer."""
    for _ in range(100):
        try:
            return served.ask(path).status
        except ConnectionError:
            continue
    raise AssertionError(f"{path} was never answered")


def test_a_crowd_of_slow_clients_does_not_stop_the_page(newsroom_file: Path) -> None:
    """Three times as many dripping clients as there is room for: everybody else is answered, if need be when asking again."""
    ended = threading.Event()
    with serving(newsroom_file, limits=QUICK) as served:
        slow = threading.Thread(target=drip, args=(served, ended, 3 * QUICK.connections))
        slow.start()
        try:
            assert [answered(served, "/static/headwater.css") for _ in range(40)] == [200] * 40
            assert {answered(served, "/stories.json") for _ in range(5)} == {200}
        finally:
            ended.set()
            slow.join()


# ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

STARTED = """
import sys, time
from headwater.cli import main
from headwater.web import views
def endless(request):
    print("at work", flush=True)
    {work}
views.VIEWS["outlets"] = type(views.VIEWS["outlets"])(0, endless, None, None)
main(["serve", sys.argv[1], "--port", "0"])
"""
WORK = {
    "sqlite": 'request.store.select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")',
    "python": "while True: pass",
    "deaf": "time.sleep(10_000)",
}


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_while_a_request_is_worked_on(newsroom_file: Path, work: str, sent: signal.Signals) -> None:
    """SIGTERM and Ctrl-C end it whatever a request does: asks SQLite without end, turns round in Python, or cannot be woken."""
    program, environment = STARTED.format(work=WORK[work]), {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, str(newsroom_file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        address = child.stdout.readline().strip()
        port, token = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", address).groups()
        with closing(socket.create_connection(("127.0.0.1", int(port)), timeout=LONG)) as asking:
            asking.sendall(
                f"GET /outlets HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: headwater-{port}={token}\r\n\r\n".encode()
            )
            assert child.stdout.readline() == "at work\n"
            child.send_signal(sent)
            _, said = child.communicate(timeout=LONG)
    assert child.returncode == (-signal.SIGTERM if sent == signal.SIGTERM else 130)
    assert "Traceback" not in said
    assert token not in said


def test_the_token_is_in_no_argument_of_a_process(monkeypatch: pytest.MonkeyPatch, newsroom_file: Path) -> None:
    """`--open` gives the browser the name of a file that this user alone can read; it is gone at the end."""
    with way_in(f"http://127.0.0.1:1/?token={TOKEN}") as page:
        assert TOKEN not in str(page)
        assert TOKEN in page.read_text(encoding="utf-8")
        assert page.parent.stat().st_mode & 0o077 == 0
    assert not page.exists()


def test_the_address_with_the_token_is_no_referrer(served: Served) -> None:
    """The answer that takes the token out of the address forbids to pass the address on."""
    answer = served.ask(f"/?token={TOKEN}", Cookie="")
    assert (answer.status, answer.headers["referrer-policy"], TOKEN in answer.headers["location"]) == (
        303,
        "no-referrer",
        False,
    )


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("same-origin", "cors", "empty", 200),
        ("none", "navigate", "document", 200),
        ("same-site", "navigate", "document", 200),
        ("same-site", "no-cors", "image", 403),
        ("same-site", "cors", "empty", 403),
        ("cross-site", "no-cors", "script", 403),
        ("cross-site", "navigate", "iframe", 403),
    ],
)
def test_other_pages_may_lead_here_and_ask_for_nothing(
    served: Served, site: str, mode: str, dest: str, status: int
) -> None:
    """A page of another port is of the same site, so that the browser sends the cookie with what it asks for."""
    fields = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}
    assert served.ask("/stories.json", **fields).status == status


# ── work in threads ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_job_that_is_stopped_before_it_begins_is_never_done() -> None:
    """What waits behind other work and is no longer wanted is passed over."""
    threads, hold, done = Threads(1, "test", waiting=5), threading.Event(), list[str]()
    first = threads.start(lambda job: hold.wait(LONG))
    second, third = threads.start(lambda job: done.append("second")), threads.start(lambda job: done.append("third"))
    assert None not in (first, second, third)
    second.stop()
    hold.set()
    third.future.result(timeout=LONG)
    assert done == ["third"]
    assert not threads.busy


def test_stopping_hits_the_job_and_no_other() -> None:
    """A thousand jobs of which every other is stopped at any moment: a stopped one ends so or in time, the others as they should."""
    threads = Threads(2, "test", waiting=2_000)

    def work(job: Job[int]) -> int:
        return sum(range(200))

    jobs = [job for _ in range(1_000) if (job := threads.start(work))]
    for job in jobs[::2]:
        job.stop()
    assert {job.future.result(timeout=LONG) for job in jobs[1::2]} == {sum(range(200))}
    for job in jobs[::2]:
        if job.future.done():
            assert isinstance(job.future.exception(), Stopped | None)


def test_a_statement_ends_when_its_time_is_over(newsroom_file: Path, newsroom: Case) -> None:
    """SQLite is asked to stop inside a statement; the case can be used again."""
    with Store(newsroom_file, create=False, only_read=True) as store:
        asked = iter([False, False])
        store.until(lambda: next(asked, True))
        with pytest.raises(Exception, match="interrupted"):
            store.select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
        store.until(lambda: False)
        assert store.select("SELECT 1 AS one") == [{"one": 1}]
