"""Cells: child processes that read one item at a time, so that no item can take the run with it.

A cell is started once and reads many items; the one that makes it hang, swallow memory or crash ends the cell, becomes a problem,
and the next item gets a new cell. What each may use stands in the settings.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import headwater
from headwater.errors import BrokenReader, TooSlow
from headwater.intake.cells import frames
from headwater.intake.items import Item, problem
from headwater.settings import Settings

Found = frames.Row | Item
START = [sys.executable, "-P", "-X", "utf8", "-m", "headwater.intake.cells.inside"]
"""`-P`, so that a file called json.py beside the pages that are read is not taken for Python's own"""
BEGIN_SECONDS = 60.0  # in which a new process must have begun to read, on a machine that is busy
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT")  # what a child is told of our environment


class Cell:
    """One child process; begun when the first item comes, and begun anew after it was ended. Not for two threads at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._items = 0  # messages that the process has sent
        self.position = 0
        """bytes of the file being read that have been passed"""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        process, self._process, self._items = self._process, None, 0
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):  # what it was still to be told is of no use to it
                    stream.close()
        process.kill()
        process.wait()

    def end(self) -> None:
        """End the process under whoever reads from it, who then finds it dead; any thread may do this."""
        if process := self._process:
            process.kill()

    def read(self, item: Item, *, path: Path | None = None) -> Iterator[Found]:
        """Yield what is in an item, or in the file at a path; what the reader does not survive ends as a problem.

        A process that has read other items before may die of what those left in it: the item is then read once more, in a new one.
        """
        seasoned, heard = self._items > 0 and self._is_there(), 0
        try:
            for found in self._heard(item, path):
                heard += 1
                yield found
            return
        except (frames.BrokenFrame, OSError, ValueError):
            self.close()
            if heard or self._ended or not seasoned:
                yield problem(self._why(item))
                return
        except GeneratorExit:  # whoever listens has heard enough, and what the process says next is for nobody
            self.close()
            raise
        yield from self.read(item, path=path)

    def _heard(self, item: Item, path: Path | None) -> Iterator[Found]:
        """Yield what the process says of an item. Raise BrokenFrame when it says nothing more."""
        process = self._begun()
        self._ended = False
        self._say(process, frames.of_item(item, **({"path": str(path.absolute())} if path else {})))
        while (frame := self._hear(process, extra=0.0 if self._items else BEGIN_SECONDS)).kind != "done":
            self._items += 1
            self.position = frame.fields.get("position", 0)
            if frame.kind != "alive":
                yield frames.to_item(frame) if frame.kind == "item" else frames.to_row(frame)
        self._items += 1
        if frame.fields.get("last"):
            self.close()

    def _is_there(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._is_there():
            return self._process
        self.close()
        here = str(Path(headwater.__file__).parent.parent)
        told = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment = {**told, "PYTHONPATH": here, "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            START, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=here
        )
        self._process = process
        settings = self._settings
        limits = {
            "seconds": settings.reader_seconds,
            "memory": settings.reader_memory,
            "unpacked": settings.largest_file,
            "characters": settings.largest_report,
        }
        self._say(process, frames.Frame("limits", limits))
        return process

    def _say(self, process: subprocess.Popen[bytes], frame: frames.Frame) -> None:
        assert process.stdin
        with suppress(BrokenPipeError):  # a process that has died is noticed by what it does not answer
            frames.write(process.stdin, frame)

    def _hear(self, process: subprocess.Popen[bytes], *, extra: float) -> frames.Frame:
        assert process.stdout
        watch = threading.Timer(self._settings.reader_seconds + extra, self._end, [process])
        watch.daemon = True
        watch.start()
        try:
            return frames.read(process.stdout)
        finally:
            watch.cancel()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._ended = True
        process.kill()

    def _why(self, item: Item) -> TooSlow | BrokenReader:
        if self._ended:
            seconds = self._settings.reader_seconds
            return TooSlow(
                item.place,
                f"was not read in {seconds:g} seconds",
                hint="it may be made to harm, or be many things in one",
            )
        return BrokenReader(
            item.place, "ended the process that read it", hint="it may be made to harm; the rest was read"
        )
