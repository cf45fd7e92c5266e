"""Pauses between requests to a host: those of the settings, and those that its robots.txt or its answers ask for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from asking_links import ROBOTS, World, code, got, one, settings
from misbehaving import serving, to, whole

from headwater.intake.links import Ask
from headwater.records import Problem


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
    world, began = World(), datetime.now(UTC)
    headers = [each for each in [said()] if each]
    found, server = one({"/a": whole(b"", *headers, status=status)}, world=world)
    assert (code(found), server.paths.count("/a")) == (ending, asked)
    late = (datetime.now(UTC) - began).total_seconds()  # by which a date has come nearer
    assert world.pauses == pytest.approx(pauses, abs=1 + late)


def test_who_wants_to_be_left_alone_is_left_alone() -> None:
    """A host that asks for a long pause gets no further request in this run, for no link; the problem says until when."""
    began = datetime.now(UTC)
    with serving({"/a": whole(b"", "Retry-After: 7200", status="429 Slow Down"), "/b": whole()}) as server:
        asks = [Ask(f"http://{server.place}/{name}") for name in "ab"]
        found = got(asks, settings(server.place))
    assert ([code(each) for each in found], server.paths) == (["HW214", "HW214"], [ROBOTS, "/a"])
    hours = {f"until {now + timedelta(hours=2):%Y-%m-%d %H:}" for now in (began, datetime.now(UTC))}
    assert all(isinstance(each, Problem) and any(hour in each.message for hour in hours) for each in found)
