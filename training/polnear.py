"""Reader of PolNeAR (Newell and others 2018): news articles with who says what, as brat standoff.

In: its folder. Out: `Article`s whose spans point into the text. Papers say source / cue / content; here it is speaker /
cue / content. A discontinuous span becomes its contiguous parts: a tag sequence cannot say more.
"""

import re
from dataclasses import dataclass
from pathlib import Path

KINDS = ("speaker", "cue", "content")
SPAN_LINE, EVENT_LINE = re.compile(r"T\d+\t"), re.compile(r"E\d+\t")
_OURS = {"Source": "speaker", "Cue": "cue", "Content": "content"}


@dataclass(frozen=True, order=True)
class Span:
    """`text[start:end]` has this role."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Article:
    """A text, its spans in order, and its attributions: the spans that belong together, as tuples of indexes into `spans`."""

    name: str
    text: str
    spans: tuple[Span, ...] = ()
    attributions: tuple[tuple[int, ...], ...] = ()


def read_articles(folder: Path) -> list[Article]:
    """All articles of `folder/text`, by name. Where several people annotated one, the first annotator's file counts."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    return [_read(folder / "text" / f"{name}.txt", path) for name, path in sorted(files.items())]


def _read(text_path: Path, annotation_path: Path) -> Article:
    text = text_path.read_bytes().decode("utf-8")
    parts: dict[str, list[Span]] = {}
    groups: list[list[Span]] = []
    lines = annotation_path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if SPAN_LINE.match(line):  # a quoted text with line breaks in it spills over onto lines of its own
            key, body = line.split("\t")[:2]
            parts[key] = _parts(body)
    for line in lines:
        if EVENT_LINE.match(line):
            roles = (role.split(":")[1] for role in line.split("\t")[1].split())
            groups.append([span for key in roles for span in parts.get(key, [])])
    spans = sorted({span for group in groups for span in group})
    at = {span: index for index, span in enumerate(spans)}
    return Article(text_path.stem, text, tuple(spans), tuple(tuple(at[span] for span in group) for group in groups))


def _parts(body: str) -> list[Span]:
    kind, _, places = body.partition(" ")
    if kind not in _OURS:
        return []
    ends = (place.split() for place in places.split(";"))
    return [Span(int(start), int(end), _OURS[kind]) for start, end in ends]
