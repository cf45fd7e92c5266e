"""Servers that misbehave: each way to do so ends as one item or one problem, within limits of time, size and redirects."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import misbehaving as mis
import pytest
from asking_links import SHORT, World, code, got, one, settings
from misbehaving import PAGE, Answering, raw, serving, to, whole

from headwater.intake.items import Item
from headwater.intake.links import Ask
from headwater.records import Problem

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
    "says nothing, and is asked again": Case(mis.silent, "HW208", 2, {"fetch_seconds": 1.0, **TWICE}),
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


def test_a_closed_port_and_an_unknown_host_are_unreachable() -> None:
    """Where nothing listens, and where there is no such host, the problem says so; a host is found missing once for all its links."""
    with serving({}) as gone:
        pass
    world = World()
    asks = [Ask(f"http://{gone.place}/a"), *(Ask(f"http://nowhere.example/{n}") for n in range(3))]
    found = got(asks, settings(gone.place), world)
    assert [code(each) for each in found] == ["HW211"] * 4
    assert world.looked_up == ["nowhere.example"]
