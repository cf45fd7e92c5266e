"""How the page bears a crowd: 50 clients alone, then beside 450 that send a byte a second; and how soon it ends in the midst of work.

In: a case file. Out: seconds and their ratio on standard output; the aim is a ratio of at most 5, and an end within a second.

    python bench/slow.py case.headwater
"""

import argparse
import asyncio
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

QUICK, SLOW, ROUNDS = 50, 450, 5
PATH = "/stories.json"
ENDLESS = """
import sys
from headwater.cli import main
from headwater.web import views
def endless(request):
    print("at work", flush=True)
    request.store.select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
views.VIEWS["outlets"] = type(views.VIEWS["outlets"])(0, endless, None, None)
main(["serve", sys.argv[1], "--port", "0"])
"""


@dataclass(frozen=True)
class Served:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def head(self, path: str) -> bytes:
        """Return the head of a request, without the empty line."""
        cookie = f"Cookie: headwater-{self.port}={self.token}"
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{cookie}\r\nConnection: close\r\n".encode()


@contextmanager
def served(*command: str) -> Iterator[Served]:
    """Start a server, and end it."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        found = re.match(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", process.stdout.readline())
        assert found is not None
        try:
            yield Served(process, int(found[1]), found[2])
        finally:
            process.terminate()


async def ask(server: Served) -> float:
    """Ask for one page over a connection of its own; return the seconds that it took."""
    since = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(server.head(PATH) + b"\r\n")
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:60]
    return time.perf_counter() - since


async def drip(server: Served) -> None:
    """Send a byte a second, for ever; come back when let go."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            for byte in server.head(PATH) + b"X: " + b"a" * 2_000:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
            writer.close()


async def rounds(server: Served) -> list[float]:
    """Return for each round the seconds until all quick clients, who come at once, have their answer."""
    took = []
    for _ in range(ROUNDS):
        since = time.perf_counter()
        await asyncio.gather(*(ask(server) for _ in range(QUICK)))
        took.append(time.perf_counter() - since)
    return took


async def crowd(server: Served) -> None:
    """Print how long the quick take alone and beside the slow."""
    await ask(server)
    alone = statistics.median(await rounds(server))
    slow = [asyncio.create_task(drip(server)) for _ in range(SLOW)]
    await asyncio.sleep(3)
    beside = await rounds(server)
    for task in slow:
        task.cancel()
    print(f"{QUICK} clients alone: {alone:.2f} s until all have their answer (median of {ROUNDS})")
    print(f"beside {SLOW} that send a byte a second: {statistics.median(beside):.2f} s, at most {max(beside):.2f} s")
    print(f"ratio: {statistics.median(beside) / alone:.2f}")


def end(case: Path, sent: signal.Signals) -> float:
    """Return how long a server takes to end while a request is worked on that has no end."""
    with served("-c", ENDLESS, str(case)) as server:

        async def begin() -> None:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(server.head("/outlets") + b"\r\n")
            await writer.drain()
            assert server.process.stdout is not None
            await asyncio.to_thread(server.process.stdout.readline)
            server.process.send_signal(sent)

        asyncio.run(begin())
        since = time.perf_counter()
        server.process.wait()
        return time.perf_counter() - since


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    case = parser.parse_args().case
    with served("-m", "headwater", "serve", str(case), "--port", "0") as server:
        asyncio.run(crowd(server))
    for sent in (signal.SIGTERM, signal.SIGINT):
        print(f"{sent.name} to the end: {end(case, sent):.2f} s")


if __name__ == "__main__":
    main()
