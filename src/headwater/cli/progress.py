"""Progress on standard error: one line that is rewritten on a terminal, one line a stage elsewhere."""

import sys
from typing import Self

from headwater.runs import Step


class Progress:
    """Listens to steps; use it in a `with`, so that the line is finished whatever happens."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live and self._stage:
            print("\r\x1b[K", end="", file=sys.stderr)

    def step(self, step: Step) -> None:
        """Show one step."""
        counted = f" {step.done:,}" + (f" of {step.of:,}" if step.of else "") if step.done else ""
        if self._live:
            print(f"\r\x1b[K{step.stage}{counted}", end="", file=sys.stderr, flush=True)
        elif step.stage != self._stage:
            print(step.stage, file=sys.stderr, flush=True)
        self._stage = step.stage
