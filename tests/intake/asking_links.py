"""Asks links of servers on this machine, in a world in which pauses take no time and names lead where a test says."""

import asyncio
import gzip
import ssl
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from clocks import Clock
from misbehaving import Answering, Server, serving

from headwater.intake.items import Item
from headwater.intake.links import Ask, Unchanged, fetch
from headwater.records import Problem
from headwater.settings import Settings

NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # believes no certificate, and is made at once
ROBOTS = "/robots.txt"
BOMB = gzip.compress(b"\0" * 10_000_000)
SHORT = {"fetch_seconds": 0.2, "fetch_tries": 1}
ALL, NONE = b"User-agent: *\nDisallow:", b"User-agent: *\nDisallow: /"


@dataclass
class World:
    """What stands in for the world: a clock, pauses that take no time, and a resolver; both of these write down what they were asked."""

    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    paused: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

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
    plain = {"fetch_pause": 0.0, "fetch_seconds": 60.0, "fetch_bytes": 100_000}
    return Settings(**{**plain, **changed}, reach=reach)  # type: ignore[arg-type]


def got(
    asks: Iterator[Ask] | Sequence[Ask], told: Settings, world: World | None = None, trust: ssl.SSLContext = NOBODY
) -> list[Item | Problem | Unchanged]:
    """Return what the asks ended as."""
    return [each for each in coming(asks, told, world or World(), trust) if each is not None]


def coming(
    asks: Iterable[Ask], told: Settings, world: World, trust: ssl.SSLContext = NOBODY
) -> Generator[Item | Problem | Unchanged | None]:
    """Yield what the asks end as, as it comes."""
    yield from fetch(asks, told, pause=world.pause, resolve=world.resolve, trust=trust, loop=world.clock.loop)


def code(found: object) -> str:
    return found.code if isinstance(found, Problem) else type(found).__name__


def one(
    answers: Mapping[str, Answering], path: str = "/a", *, world: World | None = None, **changed: object
) -> tuple[Item | Problem | Unchanged, Server]:
    """Return what one link to a server with these answers ended as, and the server."""
    world = world or World()
    with serving(answers, clock=world.clock) as server:
        (found,) = got([Ask(f"http://{server.place}{path}")], settings(server.place, **changed), world)
    return found, server


@contextmanager
def many_hosts(answers: Mapping[str, Answering], number: int) -> Iterator[tuple[Server, list[str], World]]:
    """A server under many names, its places under each, and the world in which it has them."""
    names = [f"h{n}.example" for n in range(number)]
    world = World({name: ["127.0.0.1"] for name in names})
    with serving(answers, clock=world.clock) as server:
        yield server, [f"{name}:{server.port}" for name in names], world
