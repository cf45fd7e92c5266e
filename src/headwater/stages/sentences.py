"""reports, texts → sentences: split on line ends first, then with nupunkt, over the body and its headings."""

import re
from collections.abc import Iterator, Sequence

import nupunkt

from headwater.records import Report, Sentence, Text, ident
from headwater.settings import Settings

VERSION = 2
MISSED = re.compile(
    r"(?:(?<=[a-z]{3}[.!?])|(?<=[a-z]{3}[.!?][\"”’)])|(?<=[A-Za-z]{4}\.)(?= +(?:The|A|An|It|He|She|They|In|On|At|But|There|This|That|These|Those|His|Her|Its)\b))"
    r"\s+(?=[\"“‘(]*[A-Z])"
)
SHORT_FORMS = re.compile(
    r"\b(?:Capt|Sgt|Corp|Blvd|Prof|Rep|Sen|Gov|Gen|Col|Det|Rev|Hon|Lt|Dept|Univ|Assn|Bros|Inc|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.$"
)


def sentences(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Sentence]:
    """Yield the sentences of a report, in order."""
    for report in reports:
        found = [
            span for stretch in sorted(texts, key=lambda each: each.start) for span in _split(report.text, stretch)
        ]
        for number, (start, end, heading) in enumerate(found):
            yield Sentence(
                id=ident("n", report.id, start, end),
                report=report.id,
                number=number,
                start=start,
                end=end,
                heading=heading,
            )


def _split(text: str, stretch: Text) -> Iterator[tuple[int, int, bool]]:
    if stretch.kind not in ("body", "heading"):
        return
    position = stretch.start
    for line in text[stretch.start : stretch.end].split("\n"):
        for start, end in _spans(line):
            piece = line[start:end]
            left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
            if any(character.isalnum() for character in piece):
                yield position + start + left, position + start + right, stretch.kind == "heading"
        position += len(line) + 1


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Spans of nupunkt, cut again behind a plain word with a full stop, which it at times takes for a short form."""
    for start, end in nupunkt.sent_spans(line):
        for m in MISSED.finditer(line, start, end):
            if not SHORT_FORMS.search(line[start : m.start()]):
                yield start, m.end()
                start = m.end()
        yield start, end
