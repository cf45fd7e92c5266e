"""A web server on this machine that answers in every way that a server should not, and writes down what it was asked.

What takes long takes none of our time: a slow server lets the clock of whoever asks it run on (`clocks.py`).
"""

import socket
import ssl
import struct
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

from clocks import Clock

DRIP = 0.01  # seconds between two pieces of what comes slowly
STEP = 0.25  # seconds by which time passes while a server says nothing
OK = b"HTTP/1.1 200 OK\r\n"
PAGE = b"<p>Two barges sank in the Tesk on Monday, police said.</p>"


class Reset(Exception):
    """Ends a connection without the courtesies."""


@dataclass(frozen=True)
class Asked:
    """One request as it came: its path, and its headers by name in lower case."""

    path: str
    headers: Mapping[str, str]
    number: int
    """which request for this path it is, from 1"""
    clock: Clock
    """the clock of whoever asks"""


Answering = Callable[[Asked], Iterator[bytes]]


@dataclass
class Server:
    """Where it listens, what it was asked, and how many it served at once at most."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    opened: int = 0
    at_once: int = 0
    most_at_once: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]


def whole(content: bytes = PAGE, *headers: str, status: str = "200 OK") -> Answering:
    """An answer as it should be."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Content-Type: text/html", *headers]
    return raw("\r\n".join(head).encode() + b"\r\n\r\n" + content)


def raw(*pieces: bytes) -> Answering:
    """An answer of these very bytes."""
    return lambda _: iter(pieces)


def to(location: str, status: str = "302 Found") -> Answering:
    """A redirect."""
    return whole(b"", f"Location: {location}", status=status)


def in_turn(*answers: Answering) -> Answering:
    """One answer after another, and then the last one again and again."""
    return lambda asked: answers[min(asked.number, len(answers)) - 1](asked)


def slowly(asked: Asked, pieces: Iterator[bytes], seconds: float = DRIP) -> Iterator[bytes]:
    """The pieces, with time between them."""
    for piece in pieces:
        yield piece
        asked.clock.pass_and_wait(seconds)


def silent(asked: Asked) -> Iterator[bytes]:
    """Nothing, until the other side has had enough."""
    yield from slowly(asked, repeat(b""), STEP)


def still(_: Asked) -> Iterator[bytes]:
    """Nothing, and no time passes, until the other side has had enough."""
    yield b""
    raise TimeoutError


def reset_at_once(_: Asked) -> Iterator[bytes]:
    """A connection that breaks before the answer."""
    yield b""
    raise Reset


def reset_within(_: Asked) -> Iterator[bytes]:
    """A connection that breaks inside the answer."""
    yield OK + b"Content-Length: 1000\r\n\r\n<p>Two barges"
    raise Reset


def slow_head(asked: Asked) -> Iterator[bytes]:
    """Headers without end, one after another."""
    yield OK
    yield from slowly(asked, repeat(b"X-More: of this\r\n"))


def slow_content(asked: Asked) -> Iterator[bytes]:
    """Content without end, a letter at a time."""
    yield OK + b"Content-Type: text/html\r\n\r\n"
    yield from slowly(asked, repeat(b"a"))


def slow_but_sure(asked: Asked) -> Iterator[bytes]:
    """A page that takes a while."""
    yield OK + b"Content-Length: %d\r\n\r\n" % len(PAGE)
    yield from slowly(asked, (PAGE[at : at + 4] for at in range(0, len(PAGE), 4)))


def endless_content(_: Asked) -> Iterator[bytes]:
    """Content without end, as fast as it goes."""
    yield OK + b"Content-Type: text/html\r\n\r\n"
    yield from repeat(b"a" * 65_536)


def endless_chunks(_: Asked) -> Iterator[bytes]:
    """Content without end in chunks of a byte."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from repeat(b"1\r\na\r\n" * 1_000)


def endless_continue(asked: Asked) -> Iterator[bytes]:
    """Announcements that the answer will come."""
    yield from slowly(asked, repeat(b"HTTP/1.1 100 Continue\r\n\r\n"))


def endless_redirects(asked: Asked) -> Iterator[bytes]:
    """A redirect to the next of its kind."""
    return to(f"/endless/{int(asked.path.rsplit('/', 1)[1]) + 1}")(asked)


@contextmanager
def serving(
    answers: Mapping[str, Answering], tls: ssl.SSLContext | None = None, *, clock: Clock | None = None
) -> Iterator[Server]:
    """Serve these paths (one that ends in * stands for all that begin so) from a thread; anything else does not exist."""
    time = clock or Clock()
    seen: Counter[str] = Counter()
    held = threading.Lock()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError, TimeoutError):
                connection = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                with connection:
                    while self.answer(connection):
                        pass

        def answer(self, connection: socket.socket) -> bool:
            """Answer one request; tell whether another may come over the same connection."""
            asked = noted(connection)
            if asked is None:
                return False
            piece, rest, ended = b"", found(asked.path)(asked), Exception()
            try:
                for following in rest:
                    if not tls and _has_hung_up(connection):
                        raise TimeoutError
                    connection.sendall(piece)
                    piece = following
            except (TimeoutError, Reset) as error:
                ended = error
            finally:
                with held:  # before the last piece is sent, after which the other side is free to ask again
                    server.at_once -= 1
            connection.sendall(piece)
            if isinstance(ended, TimeoutError):
                connection.recv(1)  # returns when the other side hangs up
            if isinstance(ended, Reset):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return asked.headers.get("connection") != "close"

    def found(path: str) -> Answering:
        starts = (answer for name, answer in answers.items() if name.endswith("*") and path.startswith(name[:-1]))
        return answers.get(path) or next(starts, whole(b"", status="404 Not Found"))

    def noted(connection: socket.socket) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = connection.recv(65_536)
            if not more:
                return None
            head += more
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        with held:
            seen[path] += 1
            server.asked.append(Asked(path, headers, seen[path], time))
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
            return server.asked[-1]

    class Listening(ThreadingTCPServer):
        allow_reuse_address = True
        request_queue_size = 64

        def process_request(self, request: object, client_address: object) -> None:
            server.opened += 1
            super().process_request(request, client_address)  # type: ignore[arg-type]

    with Listening(("127.0.0.1", 0), Handler) as listening:
        server = Server(listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def _has_hung_up(connection: socket.socket) -> bool:
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False


def certificate(folder: Path, name: str) -> Path:
    """Make a key and a certificate that it signed itself for a host, in one file."""
    path = folder / f"{name}.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split()
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([*command, *names, "-keyout", path, "-out", folder / "public.pem"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "public.pem").read_bytes())
    return path
