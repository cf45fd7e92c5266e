"""reports, texts → sentences: split on line ends first, then with nupunkt, over the body and its headings."""

from collections.abc import Iterator, Sequence

import nupunkt

from headwater.records import Report, Sentence, Text, ident
from headwater.settings import Settings

VERSION = 1


def sentences(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Sentence]:
    """Yield the sentences of a report, in order."""
    for report in reports:
        found = [span for stretch in sorted(texts, key=lambda each: each.start) for span in _split(report.text, stretch)]
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
        for start, end in nupunkt.sent_spans(line):
            piece = line[start:end]
            left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
            if any(character.isalnum() for character in piece):
                yield position + start + left, position + start + right, stretch.kind == "heading"
        position += len(line) + 1
