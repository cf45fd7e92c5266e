"""Speed and memory of intake alone: a web archive of so many invented reports, read into a case without running any stage.

    python bench/intake.py --reports 10000

Prints reports a second and the memory of the reading process and its cells, sampled in tenths of the pile: flat means that a pile of
any size fits.
"""

import argparse
import gzip
import os
import random
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import headwater
from headwater.settings import Settings

WORDS = (
    "police market harbour minister rebels convoy shelling hospital witnesses officials border checkpoint artillery village bridge"
    " wounded killed reported statement agency spokesman residents troops ceasefire talks delegation aid trucks river valley"
).split()


def page(number: int) -> bytes:
    """Return an invented page of about 40 kB, as news pages are: mostly head, menus and scripts, some 500 words of text."""
    chance = random.Random(number)
    paragraphs = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=45)).capitalize()}, police in Osrin said on Monday.</p>"
        for _ in range(11)
    )
    menu = "".join(f'<li><a href="/s/{n}">{chance.choice(WORDS)} {n}</a></li>' for n in range(150))
    return (
        f"<!doctype html><html><head><title>Report {number} from Osrin - River Gazette</title>"
        f'<meta property="og:site_name" content="River Gazette"><meta property="article:published_time" '
        f'content="2024-05-{1 + number % 28:02d}T08:00:00Z"><script>{"var a = 1; " * 1200}</script></head><body><nav><ul>{menu}</ul></nav>'
        f"<article><h1>Report {number} from Osrin</h1>{paragraphs}</article><footer>{menu}</footer></body></html>"
    ).encode()


def record(number: int) -> bytes:
    """Return one record of a WARC file, as its own gzip member."""
    body = page(number)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: 2024-06-01T00:00:00Z\r\nWARC-Target-URI: https://rivergazette.example/2024/05/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 6)


def archive(path: Path, reports: int) -> Path:
    """Write a WARC.gz file."""
    with path.open("wb") as file:
        for number in range(reports):
            file.write(record(number))
    return path


def resident(process: int) -> int:
    """Return the bytes that a process and its children hold in memory; pages that they share count for each."""
    children = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):  # it may have ended meanwhile
            children += (thread / "children").read_text().split()
    with suppress(OSError):
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return own + sum(resident(int(each)) for each in children)
    return 0


def main() -> None:
    """Make the archive, read it, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    reports = parser.parse_args().reports
    samples: list[tuple[float, int]] = []
    done = threading.Event()

    def sample() -> None:
        while not done.wait(0.5):
            samples.append((time.monotonic(), resident(os.getpid())))

    with tempfile.TemporaryDirectory() as folder:
        pile = archive(Path(folder) / "pile.warc.gz", reports)
        print(f"{pile.stat().st_size / 1e6:.0f} MB")
        watcher = threading.Thread(target=sample, daemon=True)
        began = time.monotonic()
        with headwater.open(Path(folder) / "bench.headwater", settings=Settings()) as case:
            watcher.start()
            read = case.read(pile, run=False)
            took = time.monotonic() - began
            done.set()
            again = time.monotonic()
            case.read(pile, run=False)
            print(f"{read.new:,} new of {read.reports:,} reports, {read.problems:,} problems")
            print(
                f"{took:.1f} s, {read.reports / took:.0f} reports/s; again, all of them known: {time.monotonic() - again:.1f} s"
            )
    tenths = [[held for at, held in samples if n <= 10 * (at - began) / took < n + 1] for n in range(10)]
    print("MB by tenth of the time:", " ".join(f"{max(each) / 1e6:.0f}" if each else "-" for each in tenths))


if __name__ == "__main__":
    main()
