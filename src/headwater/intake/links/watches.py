"""The time that an ask may take: it runs while the network works, and stands while it is its turn that is waited for.

It stands, too, while whoever takes the results works on one: no event is handled then, and no server is to blame for that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

HARDLY = 0.001  # seconds; what is left when nothing is


class Timers:
    """All limits of time that run at the moment, so that they can be put off together."""

    def __init__(self) -> None:
        self._running: set[asyncio.Timeout] = set()
        self._left_at: float | None = None

    def leave(self) -> None:
        """Note that the loop stands from now on."""
        self._left_at = asyncio.get_running_loop().time()

    def back(self) -> None:
        """Put off every limit by the time for which the loop stood."""
        if self._left_at is None:
            return
        away = asyncio.get_running_loop().time() - self._left_at
        for each in self._running:
            when = each.when()
            if when is not None and not each.expired():
                each.reschedule(when + away)

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[asyncio.Timeout]:
        """Raise TimeoutError where what is inside takes longer than so many seconds."""
        async with asyncio.timeout(seconds) as timeout:
            self._running.add(timeout)
            try:
                yield timeout
            finally:
                self._running.discard(timeout)


class Watch:
    """What is left of the time of one ask."""

    def __init__(self, seconds: float, timers: Timers) -> None:
        self.seconds = self._left = seconds
        self._timers = timers

    @property
    def over(self) -> bool:
        return self._left <= HARDLY

    @asynccontextmanager
    async def running(self, share: float = 1.0) -> AsyncIterator[None]:
        """Let the time run, and raise TimeoutError when this share of what is left is over."""
        allowed = self._left * share
        async with self._timers.limit(allowed) as timeout:
            try:
                yield
            finally:
                when = timeout.when()
                rest = max(0.0, when - asyncio.get_running_loop().time()) if when is not None else 0.0
                self._left -= allowed - min(rest, allowed)
