"""Feeds readers what nobody would write, and looks whether they keep their word: rows and items come out, nothing is raised.

In: the small files of `tests/intake/corpus/READER`, which are changed again and again: by Atheris, which looks what new code each
change reaches, where it is installed, else by Hypothesis. Out: a line a finding; each is made as small as it goes and put into the
same folder, where a test reads it ever after. The reader runs in a process of its own, so that one that dies is a finding too.

    python bench/fuzz.py pdf --seconds 600
    python bench/fuzz.py all --seconds 60 --engine hypothesis
"""

import argparse
import hashlib
import importlib.util
import io
import json
import resource
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CORPUS = Path(__file__).parents[1] / "tests" / "intake" / "corpus"
LONGEST = 1 << 16  # bytes of one try
MEMORY = 4 << 30  # bytes of address space
SLOW = 5.0  # seconds for so few bytes
HANGS = 60  # seconds after which a try is given up
SMALLER_SECONDS = 20.0  # that are spent on making a finding smaller
TRIES = 5_000  # examples that Hypothesis makes at once
EDITS = 6
TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"<", b">", b"&#0;", b"<!--", b"]]>", b"\r\n\r\n", b"--", b"%", b"=?", b"0" * 20, b"-1",
    b"9" * 30, b"\xed\xa0\x80", b"{", b"[" * 50, b'"', b"\\ud800", b"<div>" * 99, b"1e999", b"NaN", b"null", b"\x1f\x8b\x08",
    b"true", b"[]", b"{}", b'"\\u0000"', b"2024-99-99T99:99:99+99:99",
    b"multipart/mixed; boundary=b", b"Content-Type: ", b"Content-Length: ", b"=?utf-7?B?",
)  # fmt: skip
INSTRUMENTED = ("headwater", "feedparser", "email", "docx", "zipfile", "trafilatura", "htmldate")


# ── what is asked of a reader ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Reader:
    """A function of `headwater.intake`; `spreads` where its bytes come from a stream, `wrap` makes a file of what is tried."""

    module: str
    function: str = "read"
    spreads: bool = False
    wrap: Callable[[bytes], bytes] = bytes

    def rows(self, content: bytes) -> Iterable[object]:
        """Return what the reader makes of bytes."""
        from headwater.intake.items import Item

        function = getattr(import_module(f"headwater.intake.{self.module}"), self.function)
        whole = self.wrap(content)
        rows: Iterable[object] = (
            function(Item("a", "a", b""), io.BytesIO(whole)) if self.spreads else function(Item("a", "a", whole))
        )
        return rows


def on_a_page(content: bytes) -> bytes:
    """Return a page that says this of itself in JSON-LD."""
    head = b'<html><head><title>Barges sink</title><script type="application/ld+json">'
    body = b"</script></head><body><article>" + b"<p>Two barges sank in the Tesk on Monday, police said.</p>" * 5
    return head + content + body


def in_word(content: bytes) -> bytes:
    """Return a Word file with this markup for its body: in a zip file that is changed, nothing is got at for its checksums."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    return in_zip(
        content,
        name="word/document.xml",
        more={
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="text/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}"'
            ' Target="word/document.xml"/></Relationships>',
        },
    )


def in_zip(content: bytes, *, name: str = "archive/1.warc", more: Mapping[str, str] | None = None) -> bytes:
    """Return a zip file that holds this; what is one already comes as it is."""
    if content.startswith(b"PK"):
        return content
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for other, text in (more or {}).items():
            archive.writestr(other, text)
        archive.writestr(name, content)
    return file.getvalue()


READERS = {
    "html": Reader("html"),
    "text": Reader("text"),
    "jsonlines": Reader("rows", "read_json_lines"),
    "json": Reader("rows", "read_json"),
    "csv": Reader("rows", "read_csv"),
    "pdf": Reader("office", "read_pdf"),
    "docx": Reader("office", "read_docx", wrap=in_word),
    "mail": Reader("mail"),
    "mhtml": Reader("mail", "read_page"),
    "feed": Reader("feeds", "spread", spreads=True),
    "entry": Reader("feeds", "read_entry"),
    "warc": Reader("archives", "spread", spreads=True),
    "wacz": Reader("archives", "spread", spreads=True, wrap=in_zip),
    "metadata": Reader("html", wrap=on_a_page),
}


def fault(reader: Reader, content: bytes) -> str | None:
    """Return how a reader breaks its word on bytes: what it raises and where, or what it yields; None where it keeps it."""
    from headwater.intake.items import Item
    from headwater.records import Candidate, Capture, Problem, Report

    began = time.perf_counter()
    try:
        for row in reader.rows(content):
            if not isinstance(row, Report | Problem | Candidate | Capture | Item):
                return f"yields {type(row).__name__}"
            if wrong := _wrong(row):
                return wrong
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return f"raises {type(error).__name__} at {_where(error)}"
    return "takes its time" if time.perf_counter() - began > SLOW else None


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if "headwater" in frame.filename), frames[-1])
    return f"{Path(last.filename).name}:{last.name}"


def _wrong(row: object) -> str | None:
    """Return what is wrong with a row: text that no file could hold."""
    for name in ("id", "name", "place", "text", "title", "outlet", "published", "url", "value", "thing", "message"):
        value = getattr(row, name, None)
        if isinstance(value, str) and type(row).__name__ != "Item":
            try:
                value.encode()
            except UnicodeEncodeError:
                return f"yields a {type(row).__name__} with a broken {name}"
    return None


# ── engines ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Notes:
    """What a process leaves behind: the bytes that it tries, so that they are known if it dies, and each new kind of finding."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = (folder / "last").open("wb", buffering=0)
        self._known = set(json.loads((folder / "known").read_text()))
        self.tries = 0

    def try_it(self, reader: Reader, content: bytes) -> str | None:
        """Return a kind of finding that is new."""
        self.tries += 1
        self._last.seek(0)
        self._last.write(len(content).to_bytes(8, "big") + content)
        signal.alarm(HANGS)
        kind = fault(reader, content)
        signal.alarm(0)
        return None if kind in self._known else kind

    def keep(self, kind: str, content: bytes) -> None:
        """Write a finding down; its kind is not looked for again."""
        self._known.add(kind)
        (self._folder / "known").write_text(json.dumps(sorted(self._known)))
        (self._folder / f"found-{len(self._known)}").write_bytes(content)

    def count(self) -> None:
        """Write down how often something was tried."""
        (self._folder / "tries").write_text(str(self.tries))


def with_hypothesis(reader: Reader, seeds: Sequence[bytes], notes: Notes, seconds: float) -> None:
    """Change seeds until the time is over; Hypothesis makes what it finds smaller itself."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    edit = st.tuples(
        st.integers(0, 3), st.floats(0, 1), st.integers(0, 64), st.sampled_from(TOKENS) | st.binary(max_size=16)
    )
    ends = time.monotonic() + seconds
    smallest: dict[str, bytes] = {}

    @settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds), st.lists(edit, min_size=1, max_size=EDITS))
    def once(seed: bytes, edits: list[tuple[int, float, int, bytes]]) -> None:
        if time.monotonic() > ends:
            return
        content = changed(seed, edits)
        if kind := notes.try_it(reader, content):
            smallest[kind] = min(smallest.get(kind, content), content, key=len)
            raise AssertionError(kind)

    while time.monotonic() < ends:
        try:
            once()
        except (AssertionError, ExceptionGroup):
            for kind, content in smallest.items():
                notes.keep(kind, content)
            smallest.clear()
        notes.count()


def changed(content: bytes, edits: Iterable[tuple[int, float, int, bytes]]) -> bytes:
    """Return bytes with edits: each puts bytes in, takes some out, puts them in another's place, or says a stretch again."""
    for way, share, size, token in edits:
        at = int(share * len(content))
        before, stretch, after = content[:at], content[at : at + size], content[at + size :]
        content = before + {0: token + stretch, 1: b"", 2: token, 3: stretch * (1 + size)}[way] + after
    return content[:LONGEST]


def with_atheris(reader: Reader, seeds: Sequence[bytes], notes: Notes, seconds: float, folder: Path) -> None:
    """Let libFuzzer change seeds, guided by the code that they reach. Ends the process."""
    import atheris

    pool = folder / "pool"
    pool.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds):
        (pool / str(number)).write_bytes(seed)

    def once(content: bytes) -> None:
        if kind := notes.try_it(reader, content):
            notes.keep(kind, content)
        if notes.tries % 100 == 0:
            notes.count()

    words = folder / "words"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n' for token in TOKENS))
    options = (
        f"-dict={words} -max_total_time={int(seconds)} -max_len={LONGEST} -timeout={HANGS} -rss_limit_mb=0 -verbosity=0"
    )
    atheris.Setup([sys.argv[0], *options.split(), f"-artifact_prefix={folder}/", str(pool)], once)
    atheris.Fuzz()


def inside(name: str, engine: str, seconds: float, folder: Path) -> None:
    """Try one reader; this is the process that may die."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = READERS[name]
    if engine == "atheris":
        import atheris

        loading: Any = atheris.instrument_imports(include=list(INSTRUMENTED))
    else:
        loading = nullcontext()
    with loading:
        import_module(f"headwater.intake.{reader.module}")
        for seed in seeds_of(name):
            fault(reader, seed)  # what readers import when they need it
    notes = Notes(folder)
    if engine == "atheris":
        with_atheris(reader, seeds_of(name), notes, seconds, folder)
    else:
        with_hypothesis(reader, seeds_of(name), notes, seconds)


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Finding:
    """Bytes on which a reader breaks its word, and how."""

    kind: str
    content: bytes


def seeds_of(name: str) -> list[bytes]:
    """Return what lies in the folder of a reader."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def tried(name: str, engine: str, seconds: float) -> Iterator[Finding]:
    """Yield findings, each as small as it goes; start the process again where it died."""
    ends = time.monotonic() + seconds
    tries = 0
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "known").write_text("[]")
        while (left := ends - time.monotonic()) > 1:
            (folder / "tries").write_text("0")
            command = [sys.executable, __file__, name, "--engine", engine, "--seconds", str(left), "--inside", made]
            ended = subprocess.run(command, check=False, capture_output=True)
            tries += int((folder / "tries").read_text())
            if ended.returncode == 0:
                break
            if not (folder / "last").exists() or not (folder / "last").stat().st_size:
                raise SystemExit(
                    f"{name} dies of what lies in {CORPUS / name}: {ended.stderr.decode(errors='replace')}"
                )
            yield from _death(folder, ended)
        for path in sorted(folder.glob("found-*")):
            kind = fault(READERS[name], path.read_bytes())
            yield Finding(
                kind or "is not found again",
                smaller(READERS[name], path.read_bytes(), kind) if kind else path.read_bytes(),
            )
    print(f"{name}: {tries:,} tries in {seconds:.0f} s with {engine}", file=sys.stderr)


def _death(folder: Path, ended: subprocess.CompletedProcess[bytes]) -> Iterator[Finding]:
    last = (folder / "last").read_bytes()
    content = last[8 : 8 + int.from_bytes(last[:8], "big")]
    yield Finding(f"dies with {ended.returncode}: {ended.stderr[-200:].decode(errors='replace')}", content)
    (folder / "last").unlink()


def smaller(reader: Reader, content: bytes, kind: str, *, seconds: float = SMALLER_SECONDS) -> bytes:
    """Return the bytes without every stretch that the finding does not need: long stretches first, then shorter ones."""
    ends = time.monotonic() + seconds
    size = len(content) // 2
    while size and time.monotonic() < ends:
        at = 0
        while at < len(content) and time.monotonic() < ends:
            less = content[:at] + content[at + size :]
            if fault(reader, less) == kind:
                content = less
            else:
                at += size
        size //= 2
    return content


def main() -> None:
    """Try one reader, or all of them one after another, and keep what is found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reader", choices=[*READERS, "all"])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--engine", choices=["atheris", "hypothesis"])
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    engine = given.engine or ("atheris" if importlib.util.find_spec("atheris") else "hypothesis")
    if given.inside:
        inside(given.reader, engine, given.seconds, given.inside)
        return
    found = 0
    for name in READERS if given.reader == "all" else [given.reader]:
        for finding in tried(name, engine, given.seconds):
            found += 1
            path = CORPUS / name / f"found-{hashlib.sha256(finding.content).hexdigest()[:12]}"
            path.write_bytes(finding.content)
            print(f"{name}: {finding.kind} ({len(finding.content):,} bytes, {path.name})")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
