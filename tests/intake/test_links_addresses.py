"""Addresses of links: each has one form, and however one is spelled, named or led to, nothing but public machines is connected to."""

import asyncio
from collections.abc import Iterator, Sequence
from ipaddress import ip_address

import httpx
import pytest
from asking_links import NOBODY, ROBOTS, World, code, got, one, settings
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Answering, Server, serving, to, whole

from headwater.errors import ForbiddenAddress
from headwater.intake.items import Item
from headwater.intake.links import Ask, fetch, is_link, normal
from headwater.intake.links.addresses import is_public, literal, parse
from headwater.intake.links.gate import Gate
from headwater.intake.links.watches import Timers, Watch
from headwater.intake.links.wire import Limit, Wire
from headwater.records import Problem

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


@pytest.mark.parametrize("text", PUBLIC)
def test_a_plain_public_address_passes_the_gate(text: str) -> None:
    """A link to a public IP address, plainly written, is let through; nothing is looked up."""
    world = World()
    url = f"http://[{text}]/" if ":" in text else f"http://{text}/"
    found = asyncio.run(Gate((), world.resolve).addresses(parse(url)))
    assert found == (literal(str(ip_address(text))),)
    assert world.looked_up == []


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
