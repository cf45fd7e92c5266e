"""Links: every way in which a server can misbehave ends as one item or one problem, and nothing but public machines is asked."""

import asyncio
import gzip
import hashlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from itertools import count
from pathlib import Path

import httpx
import misbehaving as mis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import PAGE, Answering, Server, raw, serving, to, whole

from headwater.errors import ForbiddenAddress
from headwater.intake.items import Came, Item
from headwater.intake.links import Ask, Unchanged, fetch, is_link, normal, robots
from headwater.intake.links.addresses import is_public, literal, parse
from headwater.intake.links.gate import Gate
from headwater.intake.links.watches import Timers, Watch
from headwater.intake.links.wire import Limit, Wire
from headwater.intake.metadata import Clue
from headwater.records import Problem
from headwater.settings import Settings

NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # believes no certificate, and is made at once
ROBOTS = "/robots.txt"


@dataclass
class World:
    """What stands in for the world: pauses that take no time, and a resolver; both write down what they were asked."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    paused: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        await asyncio.sleep(0)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if host not in self.names:
            raise OSError(f"no such host: {host}")
        return self.names[host]

    @property
    def pauses(self) -> list[int]:
        """The pauses, in whole seconds."""
        return [round(each) for each in self.paused]


def settings(*reach: str, **changed: object) -> Settings:
    """Settings that reach these places, without politeness and patience unless told."""
    plain = {"fetch_pause": 0.0, "fetch_seconds": 5.0, "fetch_bytes": 100_000}
    return Settings(**{**plain, **changed}, reach=reach)  # type: ignore[arg-type]


def got(
    asks: Iterator[Ask] | Sequence[Ask], told: Settings, world: World | None = None, trust: ssl.SSLContext = NOBODY
) -> list[Item | Problem | Unchanged]:
    """Return what the asks ended as."""
    world = world or World()
    found = fetch(asks, told, pause=world.pause, resolve=world.resolve, trust=trust)
    return [each for each in found if each is not None]


def code(found: object) -> str:
    return found.code if isinstance(found, Problem) else type(found).__name__


def one(
    answers: Mapping[str, Answering], path: str = "/a", *, world: World | None = None, **changed: object
) -> tuple[Item | Problem | Unchanged, Server]:
    """Return what one link to a server with these answers ended as, and the server."""
    with serving(answers) as server:
        (found,) = got([Ask(f"http://{server.place}{path}")], settings(server.place, **changed), world)
    return found, server


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────────

NORMAL = {
    "HTTP://Example.COM:80/a?q=1#part": "http://example.com/a?q=1",
    "https://example.com:443": "https://example.com/",
    "https://example.com:8443/": "https://example.com:8443/",
    "http://example.com.": "http://example.com/",
    "  http://example.com/a b\n": "http://example.com/a%20b",
    "http://bücher.example/käse?q=ö": "http://xn--bcher-kva.example/k%C3%A4se?q=%C3%B6",
    "http://BÜCHER。example/": "http://xn--bcher-kva.example/",
    "http://me:secret@example.com/a": "http://example.com/a",
    "http://example.com/a/../b/./c": "http://example.com/b/c",
    "http://example.com/100%/%41": "http://example.com/100%25/%41",
    "http://[2001:4860:0:0::8888]/": "http://[2001:4860::8888]/",
    "http://example.com/\x1b[31m": "http://example.com/%1B[31m",
    "mailto:a@example.com": "mailto:a@example.com",
    "http://": "http://",
    "\x1b[31mred": "%1B[31mred",
}


@pytest.mark.parametrize("url", NORMAL)
def test_an_address_has_one_form(url: str) -> None:
    """Spellings of one web address become one; what is none stays, less what would steer a terminal."""
    assert normal(url) == NORMAL[url]


@given(st.text() | st.text().map("http://{}".format) | st.from_regex(r"https?://[a-z0-9.@:\[\]%\\/]{1,20}"))
def test_any_text_has_a_form_that_stays(text: str) -> None:
    """Whatever a text is, it has a form, the form of the form is the same, and it holds nothing that ends a line."""
    assert normal(normal(text)) == normal(text)
    assert normal(text).isprintable() or not {"\n", "\r", "\0", "\x1b"} & set(normal(text))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("http://a.example", True),
        ("HTTPS://a.example", True),
        ("https", False),
        ("ftp://a.example", False),
        ("reports/http://", False),
        ("", False),
    ],
)
def test_links_are_told_from_paths(text: str, verdict: bool) -> None:
    """A link is what begins as one, and nothing else."""
    assert is_link(text) is verdict


PRIVATE = """127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200
192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 168.63.129.16 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::8.8.8.8 2002:7f00:1:: 2002:a00:1::
2001::1 2001:0:7f00:1:: 2001:db8::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 2606:4700::1111%1 fec0::1 ff02::1 ff0e::1 100::1""".split()
PUBLIC = "8.8.8.8 1.1.1.1 93.184.215.14 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808:: 2001:4860:4860::8888 2606:4700:4700::1111".split()


@pytest.mark.parametrize("text", [*PRIVATE, *PUBLIC])
def test_public_addresses_are_told_from_others(text: str) -> None:
    """Only what is routed throughout the world is public, and a way round to a private address is as private."""
    ip = literal(text)
    assert ip is not None
    assert is_public(ip) is (text in PUBLIC)


HOMES = {
    "localtest.example": ["127.0.0.1"],
    "127-0-0-1.nip.example": ["127.0.0.1"],
    "mixed.example": ["93.184.215.14", "10.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "zone.example": ["fe80::1%eth0"],
    "noise.example": ["elsewhere"],
    "localhost": ["93.184.215.14"],
    "www.localhost": ["93.184.215.14"],
    "router": ["192.168.1.1"],
}
HOSTS = """127.0.0.1 127.1 127.0.1 2130706433 017700000001 0177.0.0.1 0177.0.0.01 0x7f000001 0x7f.0.0.1 0x7f.1 0X7F.0.0.1 0 0.0.0.0 00.00.00.00
127.0.0.1. 127。0。0。1 １２７.0.0.1 ①②⑦.0.0.1 127．0．0．1 0x7f｡1 256.256.256.256 1.2.3.4.5 127.0.0.1%00 127.0.0.1%2f%2e 127.0.0.%31 %31%32%37.0.0.1
169.254.169.254 2852039166 100.100.100.200 10.0.0.1 224.0.0.1 255.255.255.255 192.168.0.1
[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fe80::1%25eth0] [fe80::1%eth0]
[fd00:ec2::254] [ff02::1] [::1 [::1]] [v1.x] [127.0.0.1]
localhost LOCALHOST localhost. www.localhost ⓛocalhost router localtest.example 127-0-0-1.nip.example mixed.example six.example mapped.example zone.example noise.example
good.example@127.0.0.1 good.example:pw@127.0.0.1 good.example\\@127.0.0.1 127.0.0.1\\@good.example good.example%40@127.0.0.1 127.0.0.1:80@localhost
a..example .example -\x00.example exa_mple..com :80 :""".split()


@pytest.fixture(scope="module")
def open_house() -> Iterator[Server]:
    """A server that answers everything, so that whoever reaches it is seen."""
    with serving({"/*": whole()}) as server:
        yield server


@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_a_private_address_is_connected_to(host: str, open_house: Server) -> None:
    """However an address of this machine or network is spelled, or named, it is refused before anything is connected."""
    before = open_house.opened
    (found,) = got([Ask(f"http://{host}:{open_house.port}/")], settings(), World(HOMES))
    assert (code(found), open_house.opened) == ("HW212", before)


@pytest.mark.parametrize("host", HOSTS)
def test_no_redirect_leads_to_a_private_address(host: str, open_house: Server) -> None:
    """What is refused as a link is refused as a redirect, and the problem names the link that led there."""
    before = open_house.opened
    target = f"http://{host}:{open_house.port}/".replace("\x00", "%00")
    with serving({"/go": to(target)}) as leading:
        ask = Ask(f"http://outside.example:{leading.port}/go")
        world = World({**HOMES, "outside.example": ["127.0.0.1"]})
        (found,) = got([ask], settings(f"outside.example:{leading.port}"), world)
    assert (code(found), leading.paths, open_house.opened) == ("HW212", [ROBOTS, "/go"], before)
    assert isinstance(found, Problem)
    assert found.thing == ask.url


ELSEWHERE = {
    "file:///etc/passwd": "HW212",
    "ftp://files.example/a": "HW212",
    "gopher://127.0.0.1:70/": "HW212",
    "data:text/html,<p>Two": "HW212",
    "javascript:alert(1)": "HW212",
    "//127.1/a": "HW212",
    "///etc/passwd": "HW214",  # these are paths on the same host, which has no such page
    "http:///b": "HW214",
    "https:/127.0.0.1": "HW212",
    "\\\\127.0.0.1\\share": "HW214",
    "http://[": "HW212",
    "": "HW214",
    "next": "Item",
    "/next": "Item",
    "?to=next": "HW214",
    "/a/../next#part": "Item",
}


@pytest.mark.parametrize("location", ELSEWHERE)
def test_redirects_lead_to_the_web_or_nowhere(location: str) -> None:
    """A redirect is followed where it leads to http or https, however it is written, and nowhere else."""
    found, _ = one({"/a": to(location), "/next": whole()})
    assert code(found) == ELSEWHERE[location]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_protocol_relative_redirect_is_followed(status: int) -> None:
    """Each kind of redirect is followed, and kept as a hop with its status."""
    with serving({"/next": whole()}) as second, serving({"/a": to(f"//{second.place}/next", f"{status} On")}) as first:
        (found,) = got([Ask(f"http://{first.place}/a")], settings(first.place, second.place))
    assert isinstance(found, Item)
    assert found.came is not None
    assert found.came.hops == (f"{status} http://{second.place}/next",)
    assert (found.came.url, found.came.final) == (f"http://{first.place}/a", f"http://{second.place}/next")


@pytest.mark.parametrize("answer", [to("http://127.0.0.1:1/robots.txt"), to("file:///etc/passwd")])
def test_robots_txt_goes_through_the_same_gate(answer: Answering) -> None:
    """A robots.txt that leads to a private address is not fetched from there, and so nothing of the site is."""
    found, server = one({ROBOTS: answer, "/a": whole()})
    assert (code(found), server.paths) == ("HW213", [ROBOTS])


def test_what_the_person_allows_is_reached_as_it_is_spelled(open_house: Server) -> None:
    """A place in `reach` is fetched; another spelling, name or port of the same machine is not."""
    other = World({"mirror.example": ["127.0.0.1"]})
    told = settings(f"127.0.0.1:{open_house.port}")
    asks = ["127.0.0.1", "127.1", "localhost", "mirror.example"]
    found = [code(got([Ask(f"http://{each}:{open_house.port}/")], told, other)[0]) for each in asks]
    assert found == ["Item", "HW212", "HW212", "HW212"]
    assert code(got([Ask("http://127.0.0.1:1/")], told, other)[0]) == "HW212"


def test_a_name_cannot_change_between_check_and_connection() -> None:
    """A name that is public when it is checked and this machine ever after is looked up once, and what was checked is connected to."""
    answers = iter([["93.184.215.14"]])
    asked = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers, ["127.0.0.1"])

    with serving({"/*": whole()}) as server:
        ask = Ask(f"http://rebinding.example:{server.port}/a")
        (found,) = fetch([ask], settings(fetch_tries=1), resolve=rebinding, trust=NOBODY)
    assert (code(found), asked, server.opened) == ("HW211", ["rebinding.example"], 0)
    assert isinstance(found, Problem)
    assert "a test tried to reach 93.184.215.14" in found.message  # the tests' own guard stopped it there


def test_a_name_that_changes_between_tries_is_checked_again() -> None:
    """When the machine behind a name is gone the name is looked up again, and what it then leads to is checked like the first."""
    answers = iter([["93.184.215.14"]])

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers, ["127.0.0.1"])

    with serving({"/*": whole()}) as server:
        ask = Ask(f"http://rebinding.example:{server.port}/a")
        (found,) = fetch([ask], settings(fetch_tries=3), pause=World().pause, resolve=rebinding, trust=NOBODY)
    assert (code(found), server.opened) == ("HW212", 0)


def test_who_answers_must_be_who_was_asked() -> None:
    """An answer that came from another address than the one that was checked is thrown away."""

    class Stream:
        def get_extra_info(self, _: str) -> object:
            return ("127.0.0.1", 80)

    async def asked() -> None:
        transport = httpx.MockTransport(lambda _: httpx.Response(200, extensions={"network_stream": Stream()}))
        wire = Wire(Gate((), World({"a.example": ["93.184.215.14"]}).resolve), transport)
        await wire.ask(parse("http://a.example/"), headers=(), watch=Watch(1, Timers()), limit=Limit(1), last=True)

    with pytest.raises(ForbiddenAddress, match=r"was answered by 127\.0\.0\.1"):
        asyncio.run(asked())


def test_the_next_address_is_tried_when_one_refuses() -> None:
    """A host of two addresses, the first of which takes no connection, is read from the second."""
    with serving({"/*": whole()}) as server:
        place = f"two.example:{server.port}"
        world = World({"two.example": ["::1", "127.0.0.1"]})
        (found,) = got([Ask(f"http://{place}/a")], settings(place), world)
    assert (code(found), world.looked_up, server.asked[-1].headers["host"]) == ("Item", ["two.example"], place)


# ── what comes back ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


BOMB = gzip.compress(b"\0" * 10_000_000)


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


# ── servers that misbehave ───────────────────────────────────────────────────────────────────────────────────────────────

SHORT = {"fetch_seconds": 0.2, "fetch_tries": 1}
TWICE = {"fetch_tries": 2}


@dataclass(frozen=True)
class Case:
    """What a server does, what comes of it, and how often it is asked for the page."""

    answer: Answering
    ending: str
    asked: int = 1
    changed: Mapping[str, float] = field(default_factory=dict)


HEAD = mis.OK + b"Content-Type: text/html\r\n"
CASES = {
    "says nothing": Case(mis.silent, "HW208", changed=SHORT),
    "says nothing, and is asked again": Case(mis.silent, "HW208", 2, {"fetch_seconds": 0.2, **TWICE}),
    "headers drip": Case(mis.slow_head, "HW208", changed=SHORT),
    "content drips": Case(mis.slow_content, "HW208", changed=SHORT),
    "announces without end": Case(mis.endless_continue, "HW208", changed=SHORT),
    "slow but in time": Case(mis.slow_but_sure, "Item"),
    "content without end": Case(mis.endless_content, "HW206"),
    "chunks without end": Case(mis.endless_chunks, "HW206"),
    "announces too much": Case(raw(HEAD + b"Content-Length: 9999999999\r\n\r\n"), "HW206"),
    "a byte too much": Case(whole(b"a" * 100_001), "HW206"),
    "just not too much": Case(whole(b"a" * 100_000), "Item"),
    "cut short": Case(raw(HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE), "HW214", 2, TWICE),
    "cut short in chunks": Case(raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n" + PAGE), "HW214", 2, TWICE),
    "cut short, then whole": Case(
        mis.in_turn(raw(HEAD + b"Content-Length: 99\r\n\r\n" + PAGE), whole()), "Item", 2, TWICE
    ),
    "without length": Case(raw(HEAD + b"\r\n" + PAGE), "Item"),
    "length that is none": Case(raw(HEAD + b"Content-Length: many\r\n\r\n" + PAGE), "HW214"),
    "length below nothing": Case(raw(HEAD + b"Content-Length: -1\r\n\r\n" + PAGE), "HW214"),
    "two lengths": Case(raw(HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + PAGE), "HW214"),
    "length of many digits": Case(raw(HEAD + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + PAGE), "HW214"),
    "chunks that are none": Case(raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + PAGE), "HW214", 2, TWICE),
    "unknown transfer": Case(raw(HEAD + b"Transfer-Encoding: gzip\r\n\r\n" + PAGE), "HW214"),
    "empty": Case(whole(b""), "HW214"),
    "empty without length": Case(raw(HEAD + b"\r\n"), "HW214"),
    "no content": Case(raw(b"HTTP/1.1 204 No Content\r\n\r\n"), "HW214"),
    "a part": Case(whole(status="206 Partial Content"), "HW214"),
    "reset at once": Case(mis.reset_at_once, "HW211", 2, TWICE),
    "reset within": Case(mis.reset_within, "HW214", 2, TWICE),
    "reset, then whole": Case(mis.in_turn(mis.reset_at_once, whole()), "Item", 2, TWICE),
    "hangs up": Case(raw(b""), "HW211", 2, TWICE),
    "hangs up in the headers": Case(raw(HEAD), "HW211", 2, TWICE),
    "garbage": Case(raw(bytes(range(256)) * 20), "HW214"),
    "only noughts": Case(raw(b"\0" * 5_000), "HW214"),
    "another protocol": Case(raw(b"220 mail.example ESMTP ready\r\n"), "HW211", 2, TWICE),
    "an older protocol": Case(raw(PAGE + b"\r\n\r\n"), "HW214"),
    "a status of letters": Case(raw(b"HTTP/1.1 abc OK\r\n\r\n"), "HW214"),
    "a status of nought": Case(raw(b"HTTP/1.1 000 OK\r\n\r\n"), "HW214"),
    "an unknown status": Case(raw(b"HTTP/1.1 999 No\r\n\r\n"), "HW214"),
    "other protocols": Case(raw(b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), "HW214"),
    "NUL in a header": Case(raw(HEAD + b"X-A: a\0b\r\n\r\n" + PAGE), "HW214"),
    "control characters in a header": Case(raw(HEAD + b"X-A: a\x1b[31m\r\nContent-Length: 1\r\n\r\na"), "Item"),
    "letters of no encoding in a header": Case(whole(PAGE, "ETag: \udcff".encode("utf-8", "replace").decode()), "Item"),
    "a header without name": Case(raw(HEAD + b": b\r\n\r\n" + PAGE), "HW214"),
    "a huge header": Case(raw(HEAD + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n" + PAGE), "HW214"),
    "many headers": Case(raw(HEAD + b"X-A: a\r\n" * 50_000 + b"\r\n" + PAGE), "HW214"),
    "a cookie of noise": Case(whole(PAGE, "Set-Cookie: =;=;expires=99999999999999999999"), "Item"),
    "dates of noise": Case(whole(PAGE, "Last-Modified: Mon, 99 Foo 99999 99:99:99 +9999", "Date: yes"), "Item"),
    "a link of noise": Case(whole(PAGE, 'Link: <http://[>; rel="canonical", <<>>;;;rel=', "Link: <" * 2_000), "Item"),
    "redirects without end": Case(to("/endless/1"), "HW214"),
    "redirects to itself": Case(to("/a"), "HW214"),
    "redirects in a circle": Case(to("/back"), "HW214"),
    "redirects nowhere": Case(raw(b"HTTP/1.1 302 On\r\n\r\n"), "HW214"),
    "redirects with noise": Case(raw(b"HTTP/1.1 302 On\r\nLocation: http://\xff\xfe\x80/\r\n\r\n"), "HW212"),
    "many choices": Case(whole(PAGE, status="300 Choose"), "HW214"),
    **{
        f"status {status}": Case(whole(PAGE, status=f"{status} No"), "HW214")
        for status in (400, 401, 402, 403, 404, 405, 407, 410, 418, 451, 501, 505)
    },
    **{
        f"status {status}": Case(whole(PAGE, status=f"{status} No"), "HW214", 3) for status in (429, 500, 502, 503, 504)
    },
    **{
        f"status {status}, then a page": Case(mis.in_turn(whole(status=f"{status} No"), whole()), "Item", 2)
        for status in (429, 503)
    },
}


@pytest.mark.parametrize("kind", CASES)
def test_however_a_server_misbehaves_an_ask_ends_as_one_thing(kind: str) -> None:
    """Each way to misbehave ends as the item or the coded problem that it should, after as many requests as it is worth."""
    case = CASES[kind]
    answers = {"/a": case.answer, "/endless/*": mis.endless_redirects, "/back": to("/a")}
    found, server = one(answers, **case.changed)
    assert (code(found), server.paths.count("/a")) == (case.ending, case.asked)
    if isinstance(found, Problem):
        assert found.thing == f"http://{server.place}/a"
        assert found.message.isprintable()
        assert len(found.message) < 600
        assert found.hint


def test_what_stands_behind_the_announced_length_is_no_part_of_an_answer() -> None:
    """An answer ends where its length says that it ends, as HTTP has it: the rest of what comes is neither kept nor waited for."""
    found, _ = one({"/a": raw(HEAD + b"Content-Length: 10\r\n\r\n" + PAGE)})
    assert isinstance(found, Item)
    assert found.content == PAGE[:10]


def test_redirects_are_followed_a_number_of_times() -> None:
    """As many redirects as the settings allow are followed, and not one more."""
    found, server = one({"/a": to("/endless/1"), "/endless/*": mis.endless_redirects}, fetch_hops=4)
    assert (code(found), len(server.paths)) == ("HW214", 1 + 5)
    found, _ = one({"/a": to("/endless/1"), "/endless/1": to("/b"), "/b": whole()}, fetch_hops=2)
    assert code(found) == "Item"


CONTROLS = [
    "http://{}/a\r\nX-Me: 1",
    "http://{}/\x00\x1b[2J",
    "http://{}/\u202egpj.exe",
    "http://{}/\ud800",
    " http://{}/a ",
    "\x1b]0;{}",
]


@pytest.mark.parametrize("url", CONTROLS)
def test_control_characters_in_a_link_break_nothing(url: str, open_house: Server) -> None:
    """A link with line ends, escapes or halves of characters ends as one thing, whose name can be printed; no header is smuggled in."""
    (found,) = got([Ask(url.format(open_house.place))], settings(open_house.place))
    place = found.place if isinstance(found, Item) else found.thing if isinstance(found, Problem) else ""
    assert place.strip().isprintable()
    assert "x-me" not in open_house.asked[-1].headers if open_house.asked else True


# ── pauses and tries ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_requests_to_one_host_come_one_after_another_with_pauses() -> None:
    """Between any two requests to a host, robots.txt and redirects included, lies the pause of the settings; never are there two at once."""
    world = World()
    with serving({"/a": to("/b"), "/*": whole()}) as server:
        asks = [Ask(f"http://{server.place}/{name}") for name in "abcd"]
        found = got(asks, settings(server.place, fetch_pause=1.0), world)
    assert [code(each) for each in found] == ["Item"] * 4
    assert (server.paths, world.pauses) == ([ROBOTS, "/a", "/b", "/b", "/c", "/d"], [1] * 5)
    assert server.most_at_once == 1


@pytest.mark.parametrize(("said", "pauses"), [("7", [1, 7]), ("0.2", [1, 1]), ("9e9", [1, 20]), ("soon", [1, 1])])
def test_robots_txt_may_ask_for_longer_pauses(said: str, pauses: list[int]) -> None:
    """A Crawl-delay lengthens the pause, up to the longest of the settings, and never shortens it."""
    world = World()
    with serving({ROBOTS: whole(f"User-agent: *\nCrawl-delay: {said}".encode()), "/*": whole()}) as server:
        asks = [Ask(f"http://{server.place}/{name}") for name in "ab"]
        got(asks, settings(server.place, fetch_pause=1.0, fetch_longest_pause=20.0), world)
    assert world.pauses == pauses


def in_seconds(seconds: float) -> str:
    """The HTTP date so many seconds from now."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


RETRIES: dict[str, tuple[Callable[[], str], list[int], str, int]] = {
    "nothing": (lambda: "", [1, 2], "HW214", 3),
    "seconds": (lambda: "Retry-After: 7", [7, 7], "HW214", 3),
    "none": (lambda: "Retry-After: 0", [], "HW214", 3),
    "a date": (lambda: f"Retry-After: {in_seconds(40)}", [40, 40], "HW214", 3),
    "a date gone by": (lambda: f"Retry-After: {in_seconds(-40)}", [], "HW214", 3),
    "noise": (lambda: "Retry-After: tomorrow", [1, 2], "HW214", 3),
    "too long": (lambda: "Retry-After: 121", [], "HW214", 1),
    "a date too late": (lambda: f"Retry-After: {in_seconds(4000)}", [], "HW214", 1),
    "for ever": (lambda: "Retry-After: " + "9" * 400, [], "HW214", 1),
}


@pytest.mark.parametrize("status", ["429 Slow Down", "503 Busy"])
@pytest.mark.parametrize("kind", RETRIES)
def test_a_server_that_asks_for_patience_gets_it(kind: str, status: str) -> None:
    """Tries are paused for as long as Retry-After says, else ever longer; who asks for more than the longest pause is not asked again."""
    said, pauses, ending, asked = RETRIES[kind]
    world = World()
    headers = [each for each in [said()] if each]
    found, server = one({"/a": whole(b"", *headers, status=status)}, world=world)
    assert (code(found), server.paths.count("/a")) == (ending, asked)
    assert world.pauses == pytest.approx(pauses, abs=1)


def test_who_wants_to_be_left_alone_is_left_alone() -> None:
    """A host that asks for a long pause gets no further request in this run, for no link; the problem says until when."""
    with serving({"/a": whole(b"", "Retry-After: 7200", status="429 Slow Down"), "/b": whole()}) as server:
        asks = [Ask(f"http://{server.place}/{name}") for name in "ab"]
        found = got(asks, settings(server.place))
    assert ([code(each) for each in found], server.paths) == (["HW214", "HW214"], [ROBOTS, "/a"])
    hour = (datetime.now(UTC) + timedelta(hours=2)).strftime("%Y-%m-%d %H:")
    assert all(isinstance(each, Problem) and f"until {hour}" in each.message for each in found)


# ── robots.txt ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ALL, NONE = b"User-agent: *\nDisallow:", b"User-agent: *\nDisallow: /"
ROBOTS_CASES: dict[str, tuple[Answering, str]] = {
    "none": (whole(b"", status="404 Not Found"), "Item"),
    "empty": (whole(b""), "Item"),
    "allows": (whole(ALL), "Item"),
    "forbids": (whole(NONE), "HW213"),
    "forbids us": (whole(b"User-agent: Headwater\nDisallow: /a"), "HW213"),
    "forbids us and others": (whole(b"User-agent: x\nUser-agent: headwater/1.0 # us\nDisallow: /a"), "HW213"),
    "forbids others": (whole(b"User-agent: head\nUser-agent: water\nUser-agent: headwaters\nDisallow: /"), "Item"),
    "allows us": (whole(NONE + b"\n\nUser-agent: headwater\nAllow: /"), "Item"),
    "forbids another page": (whole(b"User-agent: *\nDisallow: /b"), "Item"),
    "forbids a way round": (whole(b"User-agent: *\nDisallow: /a$"), "HW213"),
    "with a mark": (whole(b"\xef\xbb\xbf" + NONE), "HW213"),
    "packed": (whole(gzip.compress(NONE), "Content-Encoding: gzip"), "HW213"),
    "falsely packed": (whole(NONE, "Content-Encoding: gzip"), "HW213"),
    "a bomb": (whole(BOMB, "Content-Encoding: gzip"), "HW213"),
    "a page": (whole(PAGE), "Item"),
    "noise": (whole(bytes(range(256)) * 10), "Item"),
    "for those who log in": (whole(b"", status="401 Who"), "Item"),
    "refused": (whole(b"", status="403 No"), "Item"),
    "asked too often": (whole(b"", status="429 Slow Down"), "HW213"),
    "in trouble": (whole(b"", status="500 Oh"), "HW213"),
    "busy": (whole(b"", status="503 Busy"), "HW213"),
    "busy, then there": (mis.in_turn(whole(b"", status="503 Busy"), whole(ALL)), "Item"),
    "garbage": (raw(b"\0" * 100), "HW213"),
    "cut short": (raw(mis.OK + b"Content-Length: 1000\r\n\r\n" + ALL), "HW213"),
    "huge, and forbids at once": (whole(NONE + b"\n#" + b"a" * 900_000), "HW213"),
    "huge, and forbids too late": (whole(b"#" + b"a" * 600_000 + b"\n" + NONE), "Item"),
    "without end": (mis.endless_content, "Item"),
    "elsewhere": (to("/moved.txt"), "HW213"),
    "elsewhere again and again": (to("/endless/1"), "Item"),
    "nowhere": (to(""), "HW213"),
}


@pytest.mark.parametrize("kind", ROBOTS_CASES)
def test_robots_txt_is_obeyed(kind: str) -> None:
    """What robots.txt forbids is not asked for; none allows everything, and one that cannot be had for now allows nothing for now."""
    answer, ending = ROBOTS_CASES[kind]
    answers = {ROBOTS: answer, "/a": whole(), "/moved.txt": whole(NONE), "/endless/*": mis.endless_redirects}
    found, server = one(answers)
    assert (code(found), "/a" in server.paths) == (ending, ending == "Item")
    assert "if" in found.hint or "later" in found.hint if isinstance(found, Problem) else True


@pytest.mark.parametrize("answer", [mis.silent, mis.slow_head, mis.slow_content])
def test_a_robots_txt_that_never_ends_allows_nothing(answer: Answering) -> None:
    """Time is limited for robots.txt as for a page."""
    found, server = one({ROBOTS: answer, "/a": whole()}, **SHORT)
    assert (code(found), server.paths) == ("HW213", [ROBOTS])


def test_robots_txt_is_asked_for_once_and_on_every_host() -> None:
    """Each host is asked once for its rules, and a redirect is held to those of the host that it leads to."""
    strict = {ROBOTS: whole(b"User-agent: *\nDisallow: /b"), "/*": whole()}
    with (
        serving(strict) as second,
        serving({"/a": to(f"//{second.place}/a"), "/b": to(f"//{second.place}/b")}) as first,
    ):
        asks = [Ask(f"http://{first.place}/{name}") for name in "abab"]
        found = got(asks, settings(first.place, second.place))
    assert [code(each) for each in found] == ["Item", "HW213"] * 2
    assert (first.paths.count(ROBOTS), second.paths) == (1, [ROBOTS, "/a", "/a"])


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 15_000,
        "".join(f"User-agent: a{n}*\nDisallow: /x{n}\n" for n in range(12_000)),
        "User-agent: *\n" + "".join(f"Disallow: /*{n}*a*b*c$\n" for n in range(16_000)),
        "User-agent: *\nDisallow: /" + "*a" * 250_000,
        "User-agent: *\n" + "Disallow: /" + "%" * 400_000 + "\n",
        "user agent" + " " * 400_000 + ":",
        "\n" * 500_000,
    ],
    ids=["agents times rules", "groups", "wildcards", "stars", "percents", "spaces", "lines"],
)
def test_no_robots_txt_wears_the_reader_out(text: str) -> None:
    """A robots.txt made to be dear to read, of the greatest length that is read, takes two seconds at the most."""
    began = time.process_time()
    answer = robots_answer(text[:500_000].encode())
    robots.rules(answer).refuse(parse("http://a.example/a?b=" + "a" * 2_000))
    assert time.process_time() - began < 2


def robots_answer(content: bytes) -> "robots.Answer":
    return robots.Answer(parse("http://a.example/robots.txt"), 200, httpx.Headers(), content)


# ── TLS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sealed:
    """A server over TLS, and a client's trust in its certificate."""

    server: Server
    trust: ssl.SSLContext


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    """A server whose certificate, for good.example, it signed itself."""
    path = mis.certificate(tmp_path_factory.mktemp("tls"), "good.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with serving({"/*": whole()}, context) as server:
        yield Sealed(server, ssl.create_default_context(cafile=path))


def test_a_host_is_read_over_tls_under_its_name(sealed: Sealed) -> None:
    """The connection goes to an IP address, and the certificate is still held against the host's name."""
    place = f"good.example:{sealed.server.port}"
    world = World({"good.example": ["127.0.0.1"]})
    (found,) = got([Ask(f"https://{place}/a")], settings(place), world, sealed.trust)
    assert (code(found), sealed.server.asked[-1].headers["host"]) == ("Item", place)


BAD_TLS = {
    "signed by itself": ("https://good.example:{}/a", NOBODY),
    "of another host": ("https://other.example:{}/a", None),
    "of no host": ("https://127.0.0.1:{}/a", None),
}


@pytest.mark.parametrize("kind", BAD_TLS)
def test_a_certificate_that_does_not_hold_is_a_problem_at_once(kind: str, sealed: Sealed) -> None:
    """Where a certificate does not hold nothing is sent, and nothing is tried again."""
    url, trust = BAD_TLS[kind]
    hosts, port, world = ("good.example", "other.example", "127.0.0.1"), sealed.server.port, World()
    world.names = {host: ["127.0.0.1"] for host in hosts}
    before, opened = len(sealed.server.asked), sealed.server.opened
    told = settings(*(f"{host}:{port}" for host in hosts))
    (found,) = got([Ask(url.format(port))], told, world, trust or sealed.trust)
    assert (code(found), len(sealed.server.asked), sealed.server.opened) == ("HW211", before, opened + 1)
    assert isinstance(found, Problem)
    assert "certificate" in found.message


def test_a_connection_serves_one_name_alone(sealed: Sealed) -> None:
    """Two names on one IP address do not share a connection: the second one's certificate is looked at too."""
    port = sealed.server.port
    world = World({f"{host}.example": ["127.0.0.1"] for host in ("good", "other")})
    asks = [Ask(f"https://{host}.example:{port}/a") for host in ("good", "other")]
    told = settings(*(f"{host}.example:{port}" for host in ("good", "other")), fetch_hosts=1)
    assert [code(each) for each in got(asks, told, world, sealed.trust)] == ["Item", "HW211"]


@pytest.mark.parametrize("answer", [whole(), mis.silent, raw(b"")])
def test_a_server_without_tls_is_unreachable_over_it(answer: Answering) -> None:
    """A plain server under https, one that says nothing and one that hangs up are problems."""
    with serving({"/*": answer}) as server:
        (found,) = got([Ask(f"https://{server.place}/a")], settings(server.place, **SHORT))
    assert code(found) in ("HW211", "HW213")


def test_a_closed_port_and_an_unknown_host_are_unreachable() -> None:
    """Where nothing listens, and where there is no such host, the problem says so; a host is found missing once for all its links."""
    with serving({}) as gone:
        pass
    world = World()
    asks = [Ask(f"http://{gone.place}/a"), *(Ask(f"http://nowhere.example/{n}") for n in range(3))]
    found = got(asks, settings(gone.place), world)
    assert [code(each) for each in found] == ["HW211"] * 4
    assert world.looked_up == ["nowhere.example"]


# ── the whole ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def many_hosts(answers: Mapping[str, Answering], number: int) -> Iterator[tuple[Server, list[str], World]]:
    """A server under many names, its places under each, and the world in which it has them."""
    names = [f"h{n}.example" for n in range(number)]
    with serving(answers) as server:
        yield server, [f"{name}:{server.port}" for name in names], World({name: ["127.0.0.1"] for name in names})


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
    with many_hosts({"/*": mis.slow_but_sure}, 6) as (server, places, world):
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
        coming = fetch(
            endless(places), settings(*places, fetch_hosts=2), pause=world.pause, resolve=world.resolve, trust=NOBODY
        )
        first = [next(coming) for _ in range(10)]
        coming.close()  # type: ignore[attr-defined]
    assert all(isinstance(each, Item) for each in first)
    assert len(taken) < 200


def test_closing_ends_everything_at_once() -> None:
    """Who stops taking results gets control back at once, whatever is under way, and no connection stays open."""
    with many_hosts({ROBOTS: whole(ALL), "/a": whole(), "/*": mis.silent}, 4) as (server, places, world):
        asks = [Ask(f"http://{place}/{path}") for place in places for path in ("a", "b")]
        coming = fetch(
            asks, settings(*places, fetch_seconds=60), pause=world.pause, resolve=world.resolve, trust=NOBODY
        )
        first, began = next(coming), time.monotonic()
        coming.close()  # type: ignore[attr-defined]
        assert time.monotonic() - began < 1
    assert isinstance(first, Item)
    assert server.at_once == 0


def test_who_waits_is_told_that_nothing_came() -> None:
    """While nothing comes, None does after about a second, so that what has come can be kept."""
    with serving({ROBOTS: mis.silent}) as server:
        coming = fetch([Ask(f"http://{server.place}/a")], settings(server.place), trust=NOBODY)
        began = time.monotonic()
        assert next(coming) is None
        assert 0.5 < time.monotonic() - began < 2
        coming.close()  # type: ignore[attr-defined]


def test_a_server_is_not_to_blame_for_who_works_on_results() -> None:
    """Time in which whoever takes the results is busy is no time that a server took."""
    with many_hosts({ROBOTS: whole(ALL), "/h0.example": whole(), "/*": mis.slow_but_sure}, 2) as (_, places, world):
        asks = [Ask(f"http://{place}/{place.partition(':')[0]}") for place in places]
        told = settings(*places, fetch_seconds=0.4, fetch_tries=1)
        found = []
        for each in fetch(asks, told, pause=world.pause, resolve=world.resolve, trust=NOBODY):
            found.append(each)
            began = time.monotonic()
            while time.monotonic() - began < 0.45:  # work
                pass
    assert [code(each) for each in found] == ["Item"] * 2


def test_an_error_in_the_list_of_links_is_the_callers_own() -> None:
    """What the asks themselves raise comes out as it is, and leaves nothing running."""

    def broken(place: str) -> Iterator[Ask]:
        yield Ask(f"http://{place}/a")
        raise LookupError("no more")

    with serving({"/*": whole()}) as server, pytest.raises(LookupError, match="no more"):
        got(broken(server.place), settings(server.place))


@pytest.mark.parametrize("text", PUBLIC)
def test_a_plain_public_address_passes_the_gate(text: str) -> None:
    """A link to a public IP address, plainly written, is let through; nothing is looked up."""
    world = World()
    url = f"http://[{text}]/" if ":" in text else f"http://{text}/"
    found = asyncio.run(Gate((), world.resolve).addresses(parse(url)))
    assert found == (literal(str(ip_address(text))),)
    assert world.looked_up == []
