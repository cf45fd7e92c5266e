"""The loop under `fetch`: a worker for each host, a number of hosts at a time, results handed over as they come.

The loop runs only while somebody waits for a result. So whoever takes results and gives asks does so in one thread, with its own
database connections, and no thread or process of ours lives on when it stops.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from ssl import SSLContext

from headwater.errors import ForbiddenAddress
from headwater.intake.items import Item
from headwater.intake.links.addresses import parse
from headwater.intake.links.asking import Asker
from headwater.intake.links.asks import Ask, Pause, Resolve, Unchanged
from headwater.intake.links.gate import resolved
from headwater.records import Problem
from headwater.settings import Settings

Ending = Item | Problem | Unchanged
QUIET = 1.0  # seconds after which who waits is told that nothing came
AHEAD = 32  # asks for each host at a time that are taken before they can be worked on, to find one of another host


class Rounds:
    """A loop, and what is known of hosts, for as many lists of asks as there are; close it."""

    def __init__(
        self,
        settings: Settings,
        *,
        pause: Pause | None,
        resolve: Resolve | None,
        trust: SSLContext | None,
        loop: Callable[[], asyncio.AbstractEventLoop] | None,
    ) -> None:
        self._hosts = settings.fetch_hosts
        self._runner = asyncio.Runner(loop_factory=loop)
        self._asker = self._runner.run(_asker(settings, pause or asyncio.sleep, resolve or resolved, trust))

    def each(self, asks: Iterable[Ask]) -> Iterator[Ending | None]:
        """Yield what each ask ends as, and None where nothing came for a while."""
        coming, work = iter(asks), Work(self._asker, self._hosts)
        try:
            while work.fill(coming):
                yield self._runner.run(work.next())
        finally:
            self._runner.run(work.stop())

    def close(self) -> None:
        """Close every connection and end the loop."""
        self._runner.run(self._asker.close())
        self._runner.close()


async def _asker(settings: Settings, pause: Pause, resolve: Resolve, trust: SSLContext | None) -> Asker:
    return Asker(settings, pause=pause, resolve=resolve, trust=trust)


class Work:
    """The asks that were taken, by host, the workers on them, and what came of them."""

    def __init__(self, asker: Asker, hosts: int) -> None:
        self._asker = asker
        self._hosts = max(1, hosts)
        self._waiting: dict[str, deque[Ask]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._ended: asyncio.Queue[Ending] = asyncio.Queue()
        self._more = True

    def fill(self, asks: Iterator[Ask]) -> bool:
        """Take asks while another host could be asked; tell whether anything is left to wait for."""
        while self._more and len(self._waiting) < self._hosts and self._taken < AHEAD * self._hosts:
            ask = next(asks, None)
            if ask is None:
                self._more = False
            else:
                self._waiting.setdefault(_host(ask), deque()).append(ask)
        return bool(self._waiting) or not self._ended.empty()

    @property
    def _taken(self) -> int:
        return sum(map(len, self._waiting.values()))

    async def next(self) -> Ending | None:
        """Return what ended next; None when that takes longer than a while."""
        self._asker.timers.back()
        for host in self._waiting:
            if host not in self._workers:
                self._workers[host] = asyncio.create_task(self._work(host))
        try:
            async with asyncio.timeout(QUIET):
                return await self._ended.get()
        except TimeoutError:
            self._raise_if_one_broke()
            return None
        finally:
            self._asker.timers.leave()

    async def _work(self, host: str) -> None:
        """Work on the asks of one host, one after another, until there are none."""
        asks = self._waiting[host]
        while asks:
            self._ended.put_nowait(await self._asker.ended(asks[0]))
            asks.popleft()
        del self._waiting[host], self._workers[host]

    def _raise_if_one_broke(self) -> None:
        for each in self._workers.values():
            if each.done():
                each.result()

    async def stop(self) -> None:
        """Break off whatever is under way."""
        workers = list(self._workers.values())
        for each in workers:
            each.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


def _host(ask: Ask) -> str:
    try:
        return parse(ask.url).host
    except ForbiddenAddress:
        return ""
