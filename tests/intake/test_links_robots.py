"""What a host's robots.txt forbids is not asked for, whatever the file itself is like."""

import gzip
from contextlib import suppress

import httpx
import misbehaving as mis
import pytest
from asking_links import ALL, BOMB, NONE, ROBOTS, SHORT, code, got, one, settings
from misbehaving import PAGE, Answering, raw, serving, to, whole

from headwater.errors import RobotsForbid
from headwater.intake.links import Ask, robots
from headwater.intake.links.addresses import parse
from headwater.records import Problem
from ratios import DEAR
from waiting import no_endless_work

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


@pytest.mark.parametrize("kind", DEAR)
def test_no_robots_txt_wears_the_reader_out(kind: str) -> None:
    """A robots.txt made to be dear to read, of the greatest length that is read, is read: it lets the page be asked for or does not."""
    answer = robots_answer(DEAR[kind][:500_000].encode())
    with no_endless_work():
        rules = robots.rules(answer)
        with suppress(RobotsForbid):
            rules.refuse(parse("http://a.example/a?b=" + "a" * 2_000))
    assert rules.failed is None


def robots_answer(content: bytes) -> "robots.Answer":
    return robots.Answer(parse("http://a.example/robots.txt"), 200, httpx.Headers(), content)
