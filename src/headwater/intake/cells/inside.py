"""The child process in which things from outside are parsed: little memory, little time, no network, no file to write.

A page can be made to make its reader swallow all memory, never end, or worse. So it is read here, where that ends one process and
becomes a row in `problems`. Requests come in on standard input, what was read goes out on standard output.
"""

import io
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from headwater.errors import BrokenReader, HeadwaterError, TooHungry, TooLarge
from headwater.intake.cells import frames
from headwater.intake.codings import decoded
from headwater.intake.items import Came, Item, in_bounds, problem
from headwater.intake.shapes import Shape, shape_of, shape_of_file

NEWNS = (0x40000000, 0x50000000)  # CLONE_NEWNET, and the same with CLONE_NEWUSER for who is not root
REFUSED = frozenset(
    "socket.__new__ socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname"
    " subprocess.Popen os.exec os.posix_spawn os.spawn os.system os.fork os.forkpty os.remove os.rename os.mkdir os.rmdir"
    " os.chmod os.chown os.kill shutil.rmtree".split()
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Answer requests until nobody asks any more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no frame
    limits = Limits(**frames.read(asked).fields)
    limits.hold()
    while True:
        try:
            request = frames.read(asked)
        except frames.BrokenFrame:
            return
        limits.renew()
        _answer(request, answers, limits)


class Limits:
    """What this process may use; once held, it cannot be let go of."""

    def __init__(self, *, seconds: float, memory: int, unpacked: int, characters: int) -> None:
        self.seconds, self.memory, self.unpacked, self.characters = seconds, memory, unpacked, characters

    def hold(self) -> None:
        """Give up the network, other processes and written files, and bound memory."""
        _leave_network()
        sys.addaudithook(_refuse)
        try:
            import resource
        except ImportError:  # Windows has none; time is kept from outside all the same
            return
        for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.setrlimit(what, (0, 0))
        if sys.platform == "linux":  # elsewhere the limit is not kept, or counts what is only mapped
            with open("/proc/self/statm") as file:
                now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
            resource.setrlimit(resource.RLIMIT_AS, (now + self.memory, now + self.memory))

    def renew(self) -> None:
        """Allow processor time for one more item, so that a cell whose parent was killed ends too."""
        try:
            import resource
        except ImportError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime + 2 * self.seconds + 10)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _leave_network() -> None:
    """Go where there is no network, where the system lets us; where not, the audit hook is what there is."""
    if sys.platform != "linux":
        return
    import ctypes

    libc = ctypes.CDLL(None)
    any(libc.unshare(flags) == 0 for flags in NEWNS)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event in REFUSED or (event == "open" and _writes(args)):
        raise PermissionError(f"a reader tried {event}")


def _writes(args: tuple[Any, ...]) -> bool:
    path, _, flags = args
    return isinstance(flags, int) and bool(flags & WRITING) and not (isinstance(path, str) and path == os.devnull)


class Beat:
    """Says now and then that an archive is being passed through, however long nothing in it is a page."""

    EVERY = 0.2  # seconds

    def __init__(self, answers: BinaryIO, limits: Limits) -> None:
        self._answers, self._limits, self._last = answers, limits, time.monotonic()

    def __call__(self, position: int) -> None:
        if time.monotonic() - self._last >= self.EVERY:
            self._last = time.monotonic()
            frames.write(self._answers, frames.Frame("alive", {"position": position}))
            self._limits.renew()


class Passing(io.FileIO):
    """A file that says when it is read."""

    def __init__(self, path: str, beat: Beat) -> None:
        super().__init__(path)
        self._beat = beat

    def readinto(self, buffer: Any) -> int | None:
        """Read on."""
        self._beat(self.tell())
        return super().readinto(buffer)


def _answer(request: frames.Frame, answers: BinaryIO, limits: Limits) -> None:
    """Read one item and write its rows; memory that ran out ends the process, since its heap is in pieces then."""
    hungry = False
    try:
        item = frames.to_item(request)
        path = request.fields.get("path")
        beat = Beat(answers, limits)
        with io.BufferedReader(Passing(path, beat)) if path else io.BytesIO(item.content) as stream:
            found_here = _read(item, stream, limits, is_file=path is not None)
            for found in in_bounds(found_here, limits.characters):
                more = {"position": stream.tell()} if path else {}
                frames.write(
                    answers, frames.of_item(found, **more) if isinstance(found, Item) else frames.of_row(found)
                )
                limits.renew()  # an archive of any length is one request
    except MemoryError:
        hungry = True
    if hungry:
        error = TooHungry(request.fields["item"]["place"], "needs more memory than is allowed to be read")
        frames.write(answers, frames.of_row(problem(error)))
    frames.write(answers, frames.Frame("done", {"last": hungry}))
    if hungry:
        sys.exit(1)


def _read(item: Item, stream: BinaryIO, limits: Limits, *, is_file: bool) -> Iterator[frames.Row | Item]:
    """Yield what is in an item; a file is what its name says, anything else what it was told to be or looks like."""
    try:
        if is_file:
            shape = shape_of_file(item.name, place=item.place)
            if shape.spreads:
                yield from shape.reader()(item, stream)
            else:
                yield from shape.reader()(Item(item.name, item.place, stream.read(), clues=item.clues))
            return
        content = decoded(item.content, item.encoding, place=item.place, limit=limits.unpacked)
        plain = Item(item.name, item.place, content, item.media, item.clues, item.came)
        yield from _bounded(shape_of(plain), plain, limits)
    except HeadwaterError as error:
        yield problem(error)
    except RecursionError:
        yield problem(TooHungry(item.place, "is nested too deeply to be read"))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a library raises on bytes made to break it ends here, and ends one item
        said = f"{type(error).__name__}: {str(error)[:100]}"
        yield problem(BrokenReader(item.place, f"made its reader fail ({said})", hint="it may be damaged"))


def _bounded(shape: Shape, item: Item, limits: Limits) -> Iterator[frames.Row | Item]:
    """Yield what is in an item; an archive that came over the web may hold as much as a page may unpack to, and no more."""
    if not shape.spreads:
        yield from shape.reader()(item)
        return
    size = 0
    for found in shape.reader()(
        Item(item.name, item.place, b"", item.media, item.clues, item.came), io.BytesIO(item.content)
    ):
        size += len(found.content) if isinstance(found, Item) else 0
        if size > limits.unpacked:
            raise TooLarge(item.place, f"holds more than {limits.unpacked:,} bytes", hint="save it and read the file")
        yield _held_by(item.came, found) if isinstance(found, Item) and item.came else found


def _held_by(came: Came, found: Item) -> Item:
    """Return what was found in something that came over the web, with the way that led there: an archive says what it likes of itself."""
    if found.came is None:
        return found
    inside = f"inside {came.final or came.url}, SHA-256 {came.digest}"
    return replace(found, came=replace(found.came, hops=(*came.hops, inside), at=found.came.at or came.at))


if __name__ == "__main__":
    main()
