"""Links: what is sent, what an item then says of how it came, and many links to many hosts at once."""

import gzip
import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import misbehaving as mis
import pytest
from asking_links import ALL, BOMB, ROBOTS, World, code, coming, got, many_hosts, one, settings
from misbehaving import PAGE, Answering, Asked, serving, to, whole

from headwater.intake.items import Came, Item
from headwater.intake.links import Ask, Unchanged
from headwater.intake.metadata import Clue
from waiting import HANGS


def test_an_item_says_how_it_came() -> None:
    """An item holds the bytes as they came, what the server said of them, what the feed had said, and the way that they took."""
    told = Clue("title", "Barges sink", "feed")
    headers = [
        "Last-Modified: Mon, 06 May 2024 08:00:00 GMT",
        'ETag: "v1"',
        'Link: </style.css>; rel=preload, </barges>; rel="canonical"',
        "Content-Encoding: GZIP",
    ]
    with serving({"/old": to("/a?b", "301 Moved"), "/a?b": whole(gzip.compress(PAGE, mtime=0), *headers)}) as server:
        base = f"http://{server.place}"
        ask = Ask(f"{base}/old", name="rg-1", clues=(told,), record="entry-7")
        began = datetime.now(UTC).replace(microsecond=0)
        (found,) = got([ask], settings(server.place))
    assert isinstance(found, Item)
    assert found.came is not None
    at = datetime.fromisoformat(found.came.at or "")
    assert began <= at <= datetime.now(UTC)
    assert found == Item(
        name="rg-1",
        place=f"{base}/old",
        content=gzip.compress(PAGE, mtime=0),
        media="text/html",
        clues=(
            told,
            Clue("modified", "2024-05-06T08:00:00+00:00", "http"),
            Clue("canonical", f"{base}/barges", "http"),
            Clue("url", f"{base}/a?b", "http"),
        ),
        came=Came(
            way="link",
            digest=hashlib.sha256(gzip.compress(PAGE, mtime=0)).hexdigest(),
            url=f"{base}/old",
            final=f"{base}/a?b",
            hops=(f"301 {base}/a?b",),
            record="entry-7",
            at=found.came.at,
            etag='"v1"',
            modified="Mon, 06 May 2024 08:00:00 GMT",
        ),
        encoding="gzip",
    )


def test_nothing_is_sent_that_tells_who_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cookie, no credentials of the address or of ~/.netrc, no referrer and no proxy: each request stands alone and says what it is."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    for name, value in {
        "HOME": str(tmp_path),
        "HTTP_PROXY": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    with serving(
        {"/a": whole(b"", "Location: /b", "Set-Cookie: me=1; Path=/", status="302 On"), "/b": whole()}
    ) as server:
        (found,) = got([Ask(f"http://me:secret@{server.place}/a")], settings(server.place))
    assert code(found) == "Item"
    assert server.paths == [ROBOTS, "/a", "/b"]
    sent = {name for asked in server.asked for name in asked.headers}
    assert sent == {"host", "user-agent", "connection", "accept", "accept-encoding"}
    assert all(asked.headers["user-agent"].startswith("headwater ") for asked in server.asked)


SAME: dict[str, tuple[Ask, Answering, str, Mapping[str, str]]] = {
    "unchanged": (Ask("", etag='"v1"'), whole(b"", status="304 Not Modified"), "Unchanged", {"if-none-match": '"v1"'}),
    "changed": (Ask("", modified="Mon, 06 May 2024"), whole(), "Item", {"if-modified-since": "Mon, 06 May 2024"}),
    "not asked for": (Ask(""), whole(b"", status="304 Not Modified"), "HW214", {}),
    "hostile tag": (Ask("", etag="a\r\nX-Me: 1", modified="é"), whole(), "Item", {}),
}


@pytest.mark.parametrize("kind", SAME)
def test_only_another_version_is_asked_for(kind: str) -> None:
    """What was had before is asked for on condition; unchanged it ends as that, and what cannot stand in a header is not sent."""
    ask, answer, ending, sent = SAME[kind]
    with serving({"/a": answer}) as server:
        (found,) = got([Ask(f"http://{server.place}/a", etag=ask.etag, modified=ask.modified)], settings(server.place))
    headers = server.asked[-1].headers
    assert code(found) == ending
    assert {name: headers[name] for name in headers if name.startswith(("if-", "x-"))} == sent


@pytest.mark.parametrize(
    ("content", "encoding", "kept"),
    [
        (BOMB, "gzip", "gzip"),
        (gzip.compress(BOMB), "gzip, gzip", "gzip, gzip"),
        (b"\xdb" * 500, "br", "br"),
        (b"no gzip at all", "gzip", "gzip"),
        (PAGE, "Rot13", "rot13"),
    ],
    ids=["bomb", "bomb in a bomb", "brotli", "false", "unknown"],
)
def test_packed_content_is_handed_on_packed(content: bytes, encoding: str, kept: str) -> None:
    """Nothing is unpacked here: what may unfold into gigabytes goes on as the few bytes that came."""
    found, _ = one({"/a": whole(content, f"Content-Encoding: {encoding}")})
    assert isinstance(found, Item)
    assert (found.content, found.encoding) == (content, kept)


def test_every_ask_ends_once() -> None:
    """Over good links, bad ones, the same ones twice and no links at all, each ask ends as exactly one thing."""
    with many_hosts({"/*": whole(), "/go": to("http://127.1/"), "/gone": whole(b"", status="410 Gone")}, 5) as (
        _,
        places,
        world,
    ):
        links = [f"http://{place}/{path}" for place in places for path in ("a", "go", "gone", "b", "a")]
        links += ["", "no link", "ftp://a.example/", "http://nowhere.example/", "http://[/"]
        found = got(list(map(Ask, links)), settings(*places), world)
    ended = [each.place if isinstance(each, Item) else each.thing for each in found if not isinstance(each, Unchanged)]
    assert sorted(ended) == sorted(links)
    assert len([each for each in found if isinstance(each, Item)]) == 15


def test_a_number_of_hosts_is_asked_at_once() -> None:
    """Several hosts are asked at a time, as many as the settings say and no more."""
    three = threading.Barrier(3, timeout=HANGS)

    def together(asked: Asked) -> Iterator[bytes]:
        three.wait()
        yield from whole()(asked)

    with many_hosts({ROBOTS: whole(ALL), "/a": together}, 6) as (server, places, world):
        found = got([Ask(f"http://{place}/a") for place in places], settings(*places, fetch_hosts=3), world)
    assert ([code(each) for each in found], server.most_at_once) == (["Item"] * 6, 3)


def test_asks_are_taken_as_they_are_needed() -> None:
    """A list of links without end is read from as hosts become free, and what is taken ahead is bounded."""
    taken = []

    def endless(places: Sequence[str]) -> Iterator[Ask]:
        for number in count():
            taken.append(number)
            yield Ask(f"http://{places[number % len(places)]}/{number}")

    with many_hosts({"/*": whole()}, 4) as (_, places, world):
        endings = coming(endless(places), settings(*places, fetch_hosts=2), world)
        first = [next(endings) for _ in range(10)]
        endings.close()
    assert all(isinstance(each, Item) for each in first)
    assert len(taken) < 200


def test_closing_ends_everything_at_once() -> None:
    """Who stops taking results gets control back before any limit of time is over, and no connection stays open."""
    with many_hosts({ROBOTS: whole(ALL), "/a": whole(), "/b": mis.still}, 4) as (server, places, world):
        asks = [Ask(f"http://{place}/{path}") for place in places for path in ("a", "b")]
        endings = coming(asks, settings(*places), world)
        first = next(endings)
        endings.close()
        assert world.clock.now == 0.0
    assert isinstance(first, Item)
    assert server.at_once == 0


def test_who_waits_is_told_that_nothing_came() -> None:
    """While nothing comes, None does after about a second, so that what has come can be kept."""
    world = World()
    with serving({ROBOTS: mis.silent}, clock=world.clock) as server:
        endings = coming([Ask(f"http://{server.place}/a")], settings(server.place, fetch_seconds=60.0), world)
        assert next(endings) is None
        assert 1.0 <= world.clock.now < 2.0
        endings.close()


def test_a_server_is_not_to_blame_for_who_works_on_results() -> None:
    """Time in which whoever takes the results is busy is no time that a server took."""
    asked_for, worked = threading.Event(), threading.Event()

    def first(asked: Asked) -> Iterator[bytes]:
        assert asked_for.wait(HANGS)
        yield from whole()(asked)

    def second(asked: Asked) -> Iterator[bytes]:
        yield mis.OK + b"Content-Length: %d\r\n\r\n" % len(PAGE)
        asked_for.set()
        assert worked.wait(HANGS)
        yield PAGE

    with many_hosts({ROBOTS: whole(ALL), "/0": first, "/1": second}, 2) as (_, places, world):
        found = []
        asks = [Ask(f"http://{place}/{number}") for number, place in enumerate(places)]
        for each in coming(asks, settings(*places, fetch_seconds=5.0, fetch_tries=1), world):
            found.append(each)
            world.clock.pass_(60.0)  # work
            worked.set()
    assert [code(each) for each in found if each] == ["Item"] * 2


def test_an_error_in_the_list_of_links_is_the_callers_own() -> None:
    """What the asks themselves raise comes out as it is, and leaves nothing running."""

    def broken(place: str) -> Iterator[Ask]:
        yield Ask(f"http://{place}/a")
        raise LookupError("no more")

    with serving({"/*": whole()}) as server, pytest.raises(LookupError, match="no more"):
        got(broken(server.place), settings(server.place))
