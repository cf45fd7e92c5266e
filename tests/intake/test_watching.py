"""Watching feeds: what is new is read, what moved is told once, and everything goes on where it was after any end."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from misbehaving import Answering, Asked, Server, in_turn, serving, whole

from headwater import Case
from headwater import open as open_case
from headwater.errors import NoSuchId
from headwater.records import Address, Capture, Claim, Derivation, Problem, Report, Watch
from headwater.store import Progress
from headwater.watching import Round, watch
from piles import ONE_PROCESS, write_lines

LEAD = "Five people were killed when two barges sank in the river Tesk near Port Osrin on Monday"
ENTRIES = {
    "norgate": f"{LEAD}, the harbour master Edrin Sollas said. The channel is closed.",
    "solvane": "The health ministry said that five people were killed in Port Osrin on Monday when barges sank in the Tesk. Divers found a child.",
}
CLOSE = "Connection: close"


def feed(outlet: str, *texts: str, tag: str = "") -> Answering:
    """Return the answer of a feed with these entries."""
    items = "".join(
        f"<item><title>Barges sink in the Tesk</title><guid>urn:{outlet}:{n}</guid><pubDate>Mon, 06 May 2024 0{8 + n}:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for n, text in enumerate(texts)
    )
    content = f'<rss version="2.0"><channel><title>{outlet.title()}</title>{items}</channel></rss>'.encode()
    return whole(content, CLOSE, *([f"ETag: {tag}"] if tag else []))


@contextmanager
def watched(folder: Path, answers: dict[str, Answering]) -> Iterator[tuple[Case, Server]]:
    """Serve feeds, and open a case that may reach them."""
    with serving(answers) as server:
        settings = replace(ONE_PROCESS, reach=(server.place,), fetch_pause=0.0, fetch_tries=1)
        with open_case(folder / "x.headwater", settings=settings) as case:
            yield case, server


def looks(
    case: Case, server: Server, *paths: str, times: int = 1, claims: tuple[str, ...] = (), follow: bool = False
) -> list[Round]:
    """Look at feeds so many times, without waiting."""
    feeds = [f"http://{server.place}{path}" for path in paths]
    return list(watch(case, feeds, every=60.0, rounds=times, claims=claims, follow=follow, pause=lambda seconds: None))


def the_toll(case: Case) -> Claim:
    """Return the claim that five were killed."""
    return next(each for each in case.store.all(Claim) if (each.kind, each.value) == ("killed", "5"))


def test_a_line_that_comes_later_is_told_once(tmp_path: Path) -> None:
    """A second outlet with another origin makes a second line: told when it comes, with what there was before, and not again."""
    second = in_turn(feed("solvane"), feed("solvane", ENTRIES["solvane"]))
    with watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"]), "/b": second}) as (case, server):
        first, then, after = looks(case, server, "/a", "/b", times=3)
    assert [each.reading.new for each in (first, then, after) if each.reading] == [1, 1, 0]
    assert first.moved == ()
    (moved,) = (each for each in then.moved if each.text.startswith("Five people"))
    assert (moved.was_min, moved.was_max, moved.lines_min, moved.lines_max) == (1, 1, 2, 2)
    assert moved.lines == ("Edrin Sollas through Norgate", "health ministry through Solvane")
    assert after.moved == ()


def test_what_came_between_two_watches_is_told_by_the_next(tmp_path: Path) -> None:
    """A report that was read while nobody watched is told of when somebody watches again."""
    row = {"id": "s1", "outlet": "Solvane", "published": "2024-05-06", "text": ENTRIES["solvane"]}
    with watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"])}) as (case, server):
        looks(case, server, "/a")
        case.read(write_lines(tmp_path / "more.jsonl", [row]))
        (then,) = looks(case, server, "/a")
    assert any((each.was_max, each.lines_max) == (1, 2) for each in then.moved)


def test_a_claim_is_watched_through_its_changes_of_id(tmp_path: Path) -> None:
    """A claim that a person names stays watched when a new report gives it another id; others are not told."""
    second = in_turn(feed("solvane"), feed("solvane", ENTRIES["solvane"]))
    with watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"]), "/b": second}) as (case, server):
        looks(case, server, "/a")
        named = the_toll(case).id
        rounds = looks(case, server, "/a", "/b", times=2, claims=(named,))
        assert the_toll(case).id != named
    assert [len(each.moved) for each in rounds] == [0, 1]
    with pytest.raises(NoSuchId), watched(tmp_path, {}) as (case, server):
        looks(case, server, "/a", claims=("m-0000000000000000",))


def test_a_feed_that_fails_rests_and_comes_back(tmp_path: Path) -> None:
    """After a failure a feed is left alone for a while, twice as long after two, and starts anew when it answers."""
    answers = in_turn(
        whole(b"", CLOSE, status="404 Not Found"),
        whole(b"", CLOSE, status="404 Not Found"),
        feed("norgate", ENTRIES["norgate"]),
    )
    with watched(tmp_path, {"/a": answers}) as (case, server):

        def back(minutes: int) -> int:
            """Put the last failure so many minutes back; return how often it failed."""
            (kept,) = case.store.all(Address)
            checked = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
            with case.store.transaction():
                case.store.renew(Address, [replace(kept, checked=checked)])
            return kept.failures

        first, second = looks(case, server, "/a", times=2)
        assert ([each.code for each in first.problems], first.asked, second.asked, second.resting) == (
            ["HW214"],
            1,
            0,
            1,
        )
        assert back(6) == 1
        assert looks(case, server, "/a")[0].asked == 1
        assert back(6) == 2
        assert looks(case, server, "/a")[0].asked == 0
        back(11)
        (last,) = looks(case, server, "/a")
        assert last.reading
        assert last.reading.new == 1
        assert back(0) == 0


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    """The server's tag is sent back, across restarts, and its word that nothing changed is enough."""
    answers = in_turn(feed("norgate", ENTRIES["norgate"], tag='"1"'), whole(b"", CLOSE, status="304 Not Modified"))
    with watched(tmp_path, {"/a": answers}) as (case, server):
        looks(case, server, "/a")
        (again,) = looks(case, server, "/a")
        asked = [each.headers.get("if-none-match") for each in server.asked if each.path == "/a"]
    assert asked == [None, '"1"']
    assert (again.problems, again.reading and again.reading.new) == ((), 0)


def test_a_busy_case_is_looked_at_next_time(tmp_path: Path) -> None:
    """While another process reads into the case a look is left out and said to be; the next one brings what there is."""
    with (
        watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"])}) as (case, server),
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other,
    ):
        now = datetime.now(UTC).isoformat(timespec="seconds")
        case.store.note_progress(Progress(other.pid, "spans", 1, 2, now))
        (refused,) = looks(case, server, "/a")
        other.kill()
        other.wait()
        (then,) = looks(case, server, "/a")
    assert refused.reading is None
    assert refused.busy
    assert "another process" in refused.busy
    assert then.reading
    assert then.reading.new == 1


def followed(server_place: str) -> str:
    """Return a feed whose entries lead to a page that is there, one that is not, and one that credits another house."""
    items = "".join(
        f"<item><title>{name}</title><link>http://{server_place}/{name}</link><guid>urn:{name}</guid><description>{LEAD}, {name} said.</description></item>"
        for name in ("there", "gone", "credited")
    )
    return f'<rss version="2.0"><channel><title>Norgate</title>{items}</channel></rss>'


def a_page(*head: str, tag: str = "X-Tag: none") -> Answering:
    """Return a page with this in its head."""
    body = f"<article><h1>Barges sink in the Tesk</h1><p>{LEAD}, the harbour master Edrin Sollas said.</p><p>The channel will stay closed until the end of the week, the river office in Port Osrin announced.</p></article>"
    return whole(
        f"<html><head><title>Barges sink</title>{''.join(head)}</head><body>{body}</body></html>".encode(), CLOSE, tag
    )


def test_pages_are_read_in_place_of_entries(tmp_path: Path) -> None:
    """With `follow` the pages are reports and the entries tell of them; an entry whose page is gone is a report beside the problem."""
    answers = {
        "/there": a_page(),
        "/credited": a_page(
            '<link rel="canonical" href="https://solvane.example/barges"><meta name="author" content="Reuters">'
        ),
    }
    with watched(tmp_path, answers) as (case, server):
        answers["/feed"] = whole(followed(server.place).encode(), CLOSE)
        first, again = looks(case, server, "/feed", times=2, follow=True)
        ways = {each.url and each.url.rsplit("/", 1)[1]: each.way for each in case.store.all(Capture)}
        records = {each.record for each in case.store.all(Capture)}
        outlets = {each.outlet for each in case.store.all(Report)}
        unseen = {each.unseen for each in case.store.all(Derivation) if each.unseen}
        problems = [each.code for each in case.store.all(Problem)]
        asked = server.paths.count("/there"), server.paths.count("/gone")
    assert ways == {"there": "link", "credited": "link", "gone": "feed"}
    assert records == {"urn:there", "urn:gone", "urn:credited"}
    assert outlets == {"Norgate"}
    assert {"solvane.example", "Reuters"} <= unseen
    assert problems == ["HW214"]
    assert [each.reading and each.reading.new for each in (first, again)] == [3, 0]
    assert asked == (1, 1)


def test_one_claim_and_all_claims_can_be_watched_by_turns(tmp_path: Path) -> None:
    """Naming a claim behind a watch of all watches that one; a watch without names watches all again, from then on."""
    second = in_turn(feed("solvane"), feed("solvane"), feed("solvane", ENTRIES["solvane"]))
    with watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"]), "/b": second}) as (case, server):
        looks(case, server, "/a", "/b")
        looks(case, server, "/a", "/b", claims=(the_toll(case).id,))
        assert [each.asked for each in case.store.all(Watch)] == [True]
        (last,) = looks(case, server, "/a", "/b")
        assert not any(each.asked for each in case.store.all(Watch))
    assert [(each.was_max, each.lines_max) for each in last.moved] == [(1, 2)]


def test_a_claim_that_is_gone_is_told_once(tmp_path: Path) -> None:
    """When no claim has the statement any more, it is said once, and watched no longer."""
    with watched(tmp_path, {"/a": feed("norgate", ENTRIES["norgate"])}) as (case, server):
        looks(case, server, "/a")
        gone = Watch(id="wa-1", statement="s-0000000000000000", asked=True, lines_min=1, lines_max=1)
        looks(case, server, "/a", claims=(the_toll(case).id,))
        with case.store.transaction():
            case.store.add(Watch, [gone])
        first, then = (list(each.lost) for each in looks_on(case, server))
    assert (first, then) == (["s-0000000000000000"], [])


def looks_on(case: Case, server: Server) -> list[Round]:
    """Look twice at one feed for the claims that are watched already."""
    (named,) = [each.statement for each in case.store.all(Watch) if each.id != "wa-1"]
    claim = next(each.id for each in case.store.all(Claim) if named in each.statements)
    return looks(case, server, "/a", times=2, claims=(claim,))


def test_entries_that_share_a_page_are_all_kept_when_it_cannot_be_had(tmp_path: Path) -> None:
    """A live page with many entries fails: each entry is a report, beside one problem; later the page is asked for again."""
    texts = [f"{LEAD}, witness number {n} said." for n in range(3)]
    live = in_turn(whole(b"", CLOSE, status="404 Not Found"), a_page())
    answers: dict[str, Answering] = {"/live": live}
    with watched(tmp_path, answers) as (case, server):
        items = "".join(
            f"<item><title>t</title><link>http://{server.place}/live#{n}</link><guid>urn:{n}</guid><description>{text}</description></item>"
            for n, text in enumerate(texts)
        )
        content = f'<rss version="2.0"><channel><title>Norgate</title>{items}</channel></rss>'.encode()
        answers["/feed"] = in_turn(whole(content, CLOSE, 'ETag: "1"'), whole(b"", CLOSE, status="304 Not Modified"))
        looks(case, server, "/feed", follow=True)
        assert len(case.store.all(Report)) == 3
        assert len(case.store.all(Problem)) == 1
        (failed,) = (each for each in case.store.all(Address) if each.failures)
        with case.store.transaction():
            case.store.renew(Address, [replace(failed, checked="2024-01-01T00:00:00+00:00")])
        looks(case, server, "/feed", follow=True)
        assert len(case.store.all(Report)) == 4
        assert case.store.all(Problem) == []


def test_what_was_sent_and_could_not_be_read_is_sent_again(tmp_path: Path) -> None:
    """The tag of a page of which no report came does not keep it away once it can be read."""

    def page(asked: Asked) -> Iterator[bytes]:
        known = "if-none-match" in asked.headers
        yield from whole(b"", CLOSE, status="304 Not Modified")(asked) if known else a_page(tag='ETag: "1"')(asked)

    with watched(tmp_path, {"/p": page}) as (case, server):
        url = f"http://{server.place}/p"
        case.settings = replace(case.settings, largest_report=10)
        assert case.read(url, run=False).new == 0
        case.settings = replace(case.settings, largest_report=10_000, fetch_again=0.0)
        assert case.read(url, run=False).new == 1
        assert case.store.all(Problem) == []
        assert case.read(url, run=False).new == 0
        assert len(case.store.all(Capture)) == 1


def test_a_local_feed_is_followed(tmp_path: Path) -> None:
    """With `follow` the entries of a feed in a file lead to their pages too."""
    with watched(tmp_path, {"/there": a_page()}) as (case, server):
        path = tmp_path / "feed.rss"
        path.write_text(followed(server.place))
        case.read(path, follow=True, run=False)
        assert "/there" in server.paths
