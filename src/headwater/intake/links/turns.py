"""Politeness: one request to a host at a time, and a pause from the end of one to the beginning of the next."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from headwater.intake.links.asks import Pause


class Turns:
    """The turns at one host, whoever asks it: for pages, for robots.txt, or because a redirect led there."""

    def __init__(self, between: float, pause: Pause) -> None:
        self.between = between
        self.closed = ""
        """why the host is not asked any more in this run; empty while it is"""
        self._pause = pause
        self._lock = asyncio.Lock()
        self._free_at = 0.0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it."""
        clock = asyncio.get_running_loop().time
        async with self._lock:
            wait, self._free_at = self._free_at - clock(), 0.0
            if wait > 0:
                await self._pause(wait)
            try:
                yield
            finally:
                self.hold(self.between)

    def hold(self, seconds: float) -> None:
        """Give nobody a turn for so long from now on."""
        self._free_at = max(self._free_at, asyncio.get_running_loop().time() + seconds)
