"""A clock for links: no time passes but what a test, or a server that it asked, lets pass. So no machine is too busy for a test."""

import asyncio
import threading

ROUNDS = 10  # of a loop, from a limit that is over to the end of the connection


class Clock:
    """The time of one event loop, which begins at nought; `loop` makes that loop."""

    def __init__(self) -> None:
        self.now = 0.0
        self._passing = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        """Return a loop whose time is this clock's."""
        clock = self

        class Loop(asyncio.SelectorEventLoop):
            def time(self) -> float:
                return clock.now

        self._loop = Loop()
        return self._loop

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        with self._passing:
            self.now += seconds

    def pass_and_wait(self, seconds: float) -> None:
        """Let time pass, and return when the loop has done what was due by then; for other threads than the loop's."""
        self.pass_(seconds)
        for _ in range(ROUNDS):
            self._turn()

    def _turn(self) -> None:
        """Wait until the loop has come round."""
        if self._loop is None:
            return
        done = threading.Event()
        try:
            self._loop.call_soon_threadsafe(done.set)
        except RuntimeError:  # it is closed: nothing is due any more
            return
        while not done.wait(0.05) and not self._loop.is_closed():
            pass
