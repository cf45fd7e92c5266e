"""Progress on standard error: one line that is rewritten on a terminal, one line a stage elsewhere, JSON for machines.

Rate and time left are of the stage that is at work: a pile that takes an hour says so in its first minute.
"""

import json
import sys
import time
from dataclasses import dataclass
from typing import Self

from headwater.runs import Step

EVERY = 0.2  # seconds between two lines of JSON of one stage, and between two looks of a terminal
SURE_AFTER = 2.0  # seconds before which a rate says nothing


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a stage is: how many a second, and the seconds that are left; unknown where nothing tells."""

    rate: float | None
    left: float | None


class Progress:
    """Listens to steps; use it in a `with`, so that the line is finished whatever happens."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._live = sys.stderr.isatty() and not as_json
        self._json = as_json
        self._stage = ""
        self._began = self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away, so that an answer can stand in its place."""
        if self._live and self._stage:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._stage = ""

    def seen(self, step: Step) -> None:
        """Show one step of work that goes on for days: to who looks on or to a machine, and not to a log."""
        if self._live or self._json:
            self.step(step)

    def step(self, step: Step) -> None:
        """Show one step."""
        now = time.monotonic()
        new = step.stage != self._stage
        if new:
            self._stage, self._began = step.stage, now
        elif now - self._told < EVERY:
            return
        self._told = now
        pace = _pace(step, now - self._began)
        if self._json:
            print(json.dumps(_fields(step, pace)), file=sys.stderr, flush=True)
        elif self._live:
            print(f"\r\x1b[K{_line(step, pace)}", end="", file=sys.stderr, flush=True)
        elif new:
            print(step.stage, file=sys.stderr, flush=True)


def _pace(step: Step, seconds: float) -> Pace:
    if seconds < SURE_AFTER or not step.done:
        return Pace(None, None)
    share = step.share if step.share is not None else step.done / step.of if step.of else None
    return Pace(step.done / seconds, seconds * (1 - share) / share if share else None)


def _fields(step: Step, pace: Pace) -> dict[str, object]:
    rate = None if pace.rate is None else round(pace.rate, 2)
    left = None if pace.left is None else round(pace.left, 1)
    share = None if step.share is None else round(step.share, 4)
    return {
        "stage": step.stage,
        "done": step.done,
        "of": step.of or None,
        "share": share,
        "per_second": rate,
        "seconds_left": left,
    }


def _line(step: Step, pace: Pace) -> str:
    counted = f" {step.done:,}" + (f" of {step.of:,}" if step.of else "") if step.done else ""
    rate = "" if pace.rate is None else f", {pace.rate:,.0f}/s" if pace.rate >= 10 else f", {pace.rate:.1f}/s"
    return f"{step.stage}{counted}{rate}{'' if pace.left is None else f', {_span(pace.left)} left'}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
