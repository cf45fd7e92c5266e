"""Waiting for what another thread or process does: looked for again and again until it is so, however busy the machine is.

What is limited here is limited so that a test which hangs ends some day; nothing in the tests is a measure of speed (`make bench` is).
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HANGS = 300.0  # seconds after which what is waited for will never come; a guard, and no measure of speed
WORKS_ON = 120.0  # seconds of processor time after which what takes a moment will never end; the same kind of guard
BETWEEN = 0.02  # seconds from one look to the next


def until(condition: Callable[[], object], what: str) -> None:
    """Return as soon as something is so; fail, saying what it was, where it never is."""
    end, quiet = time.monotonic() + HANGS, threading.Event()
    while not condition():
        assert time.monotonic() < end, f"waited for {what}, which never came"
        quiet.wait(BETWEEN)


@contextmanager
def no_endless_work() -> Iterator[None]:
    """Fail where what is inside works on and on, as a pattern does that tries every way; processor time, which others do not use up."""

    def ended(*_: object) -> None:
        raise AssertionError(f"worked for {WORKS_ON:g} seconds on what takes a moment")

    before = signal.signal(signal.SIGVTALRM, ended)
    signal.setitimer(signal.ITIMER_VIRTUAL, WORKS_ON)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
