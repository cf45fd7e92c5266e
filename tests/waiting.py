"""Waiting for what another thread or process does: looked for again and again until it is so, however busy the machine is."""

import threading
import time
from collections.abc import Callable

HANGS = 300.0  # seconds after which what is waited for will never come; a guard, and no measure of speed
BETWEEN = 0.02  # seconds from one look to the next


def until(condition: Callable[[], object], what: str) -> None:
    """Return as soon as something is so; fail, saying what it was, where it never is."""
    end, quiet = time.monotonic() + HANGS, threading.Event()
    while not condition():
        assert time.monotonic() < end, f"waited for {what}, which never came"
        quiet.wait(BETWEEN)
