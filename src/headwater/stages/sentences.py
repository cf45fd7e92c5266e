"""reports, texts → sentences: split on line ends first, then with nupunkt, over the body and its headings."""

import re
from collections.abc import Iterator, Sequence

import nupunkt

from headwater.records import Report, Sentence, Text, ident
from headwater.settings import Settings

VERSION = 3
MISSED = re.compile(
    r"(?:(?<=[a-z]{3}[.!?])|(?<=[a-z]{3}[.!?][\"”’)])|(?<=[A-Za-z]{4}\.)(?= +(?:The|A|An|It|He|She|They|In|On|At|But|There|This|That|These|Those|His|Her|Its)\b))"
    r"\s+(?=[\"“‘(]*[A-Z])"
)
GLUED = re.compile(r"(?<=[a-z]{3}[.!?])(?=(?:[A-Z][a-z]+|A|I)[ ,'’])")
"""two sentences without a space between them, as in text taken out of pages"""
SPACE = re.compile(r"\s*")
TAIL = 60  # characters; a dateline is no longer
TITLES = r"Capt|Sgt|Cpl|Pfc|Prof|Rep|Reps|Sen|Sens|Gov|Gen|Col|Maj|Cmdr|Adm|Lt|Off|Ofc|Det|Dets|Supt|Insp|Asst|Rev|Hon|St|Mr|Mrs|Ms|Dr|Messrs"
SHORT_FORMS = re.compile(
    rf"\b(?:{TITLES}|Corp|Blvd|Dept|Univ|Assn|Bros|Inc|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.$"
)
NOT_AN_END = (
    # a title and whom it belongs to: Lt. | Gen. Mayville
    re.compile(rf"(?<!\d[tnr][hd] )(?<!\dst )\b(?:{TITLES}) ?\.\s*\Z"),
    # initials of a body, and a word that seldom begins a sentence: U.S. | Secretary of State
    re.compile(r"\b(?:U\. ?[SNK]|D\. ?C|E\. ?U) ?\.\s*\Z"),
    # a state and the station that speaks: NASHVILLE, Tenn. | (WKRN)
    re.compile(r"\A\W*[A-Z][\w .'’-]{2,40}, [A-Z][a-z]{2,4}\.\s*\Z"),
)
BEGINS = (
    re.compile(r"[\"“‘'`]{0,80}+[A-Z]"),
    re.compile(
        r"(?:Secretary|General|President|Vice|Army|Navy|Air|Marines?|Coast|Senat(?:e|or)|Sen|Rep|Congress\w*|House|Security|Department|State|Embassy|Ambassador|Envoy|Special|Treasury|Supreme|District|Circuit|Attorneys?|Central|Defen[cs]e|Homeland|Human|High|Refugee|Mission|Commission\w*|Cavalry|Forces|Officials?|Federal|Customs|Marshals?|Capitol|Agency|Arab|Ranger|Office|Geological|Bureau)\b"
    ),
    re.compile(r"\([A-Z]|[-–—]"),
)
"""how the next piece begins when the piece before it, of the same place in the list above, did not end a sentence"""


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
    """Spans of nupunkt, joined where it took a short form for an end, and cut where it took an end for a short form."""
    begun: int | None = None
    for start, end in nupunkt.sent_spans(line):
        begun = start if begun is None else begun
        if _goes_on(line, begun, end):
            continue
        yield from _cut(line, begun, end)
        begun = None
    if begun is not None:
        yield from _cut(line, begun, len(line))


def _goes_on(line: str, start: int, end: int) -> bool:
    """Tell whether what ends here goes on behind the space that follows; only the piece's last characters are looked at."""
    piece = line[max(start, end - TAIL) : end] if end - start > TAIL else line[start:end]
    following = SPACE.match(line, end)
    assert following is not None
    return any(
        ending.search(piece) and begins.match(line, following.end())
        for ending, begins in zip(NOT_AN_END, BEGINS, strict=True)
    )


def _cut(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in sorted(
        [*MISSED.finditer(line, start, end), *GLUED.finditer(line, start, end)], key=lambda each: each.end()
    ):
        short = SHORT_FORMS.search(line[max(start, m.start() - TAIL) : m.start()])
        if not short and not _goes_on(line, start, m.start()):
            yield start, m.end()
            start = m.end()
    yield start, end
