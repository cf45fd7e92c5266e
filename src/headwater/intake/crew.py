"""Several cells at work: items in, batches of rows out, as they come, with never more than a few items in memory.

Whatever takes its time (a server, say) yields None meanwhile, so that what has been read so far is handed on and kept.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Self

from headwater.errors import LeftUnread
from headwater.intake.cells import Cell, Found, frames
from headwater.intake.items import Item, problem
from headwater.settings import Settings

AHEAD = 3  # items that wait for each cell
DEEPEST = 3  # a feed in an archive in an archive
BATCH_SECONDS = 1.0  # after which what was read is handed on, however little it is
BATCH_ROWS = 2_000

Batch = list[frames.Row]
Coming = Iterator[Found | None]
Follow = Callable[[Sequence[Item]], Coming]


@dataclass(slots=True)
class _Work:
    """What a crew has in hand: iterators still to be drawn on, the deepest last, and items that cells read now."""

    coming: list[tuple[Coming, int]]
    at_work: dict[Future[list[Found]], int] = field(default_factory=dict)
    batch: Batch = field(default_factory=list)
    told: float = field(default_factory=time.monotonic)

    def due(self) -> bool:
        """Tell whether what was read is to be handed on."""
        return len(self.batch) >= BATCH_ROWS or time.monotonic() - self.told >= BATCH_SECONDS

    def hand_on(self) -> Batch:
        """Return what was read since the last time."""
        batch, self.batch, self.told = self.batch, [], time.monotonic()
        return batch


class Crew:
    """Cells, each with a thread that waits for it; use it in a `with`. `follow` puts other items in the place of a feed's entries."""

    def __init__(self, settings: Settings, *, follow: Follow | None = None) -> None:
        self._follow = follow
        self._room = settings.workers * AHEAD
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="cell")
        self._cells = [Cell(settings) for _ in range(settings.workers)]
        self._free: SimpleQueue[Cell] = SimpleQueue()
        for cell in self._cells:
            self._free.put(cell)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for cell in self._cells:
            cell.end()  # whatever a thread still waits for ends with it
        self._threads.shutdown(wait=True)
        for cell in self._cells:
            cell.close()

    def read(self, items: Coming) -> Iterator[Batch]:
        """Yield the rows in the items, some at a time; a row among the items passes through. Items inside an item are read after it."""
        work = _Work([(items, 0)])
        while work.coming or work.at_work:
            if work.coming and len(work.at_work) < self._room:
                self._draw(work)
            self._gather(work)
            if work.due():
                yield work.hand_on()
        yield work.hand_on()

    def _draw(self, work: _Work) -> None:
        """Take one item more."""
        coming, depth = work.coming[-1]
        try:
            found = next(coming)
        except StopIteration:
            work.coming.pop()
            return
        if isinstance(found, Item):
            work.at_work[self._threads.submit(self._read, found)] = depth
        elif found is not None:
            work.batch.append(found)

    def _gather(self, work: _Work) -> None:
        """Take what cells have read; wait for one where there is nothing else to do."""
        idle = not work.coming or len(work.at_work) >= self._room
        done, _ = wait(work.at_work, timeout=BATCH_SECONDS if idle else 0, return_when=FIRST_COMPLETED)
        for future in done:
            depth = work.at_work.pop(future)
            inside = []
            for found in future.result():
                inside.append(found) if isinstance(found, Item) else work.batch.append(found)
            if inside and depth >= DEEPEST:
                work.batch.extend(
                    problem(LeftUnread(each.place, "lies too deep inside other things")) for each in inside
                )
            elif inside:
                work.coming.append((self._follow(inside) if self._follow else iter(inside), depth + 1))

    def _read(self, item: Item) -> list[Found]:
        cell = self._free.get()
        try:
            return list(cell.read(item))
        finally:
            self._free.put(cell)
