"""reports, sentences → spans: the stretches that a trained model marks as speaker, cue (the reporting words) or content.

Sentences are read one by one: a sentence then gets the same spans wherever it stands, and in whatever company.
"""

import re
from collections.abc import Iterator, Sequence

from headwater.records import Report, Sentence, Span, ident
from headwater.settings import Settings
from headwater.stages.spans.tagger import Tagger, shipped
from headwater.stages.statements.cues import may_attribute

VERSION = 4
AGAIN = re.compile(
    r"\b(?:said|says?|told|tells|report(?:s|ed)|according to|quot(?:ed|ing)|cit(?:ed|ing)|den(?:ied|ies)|claim(?:s|ed)"
    r"|accus(?:ed|es)|blam(?:ed|es)|announced|confirmed|warned|added|spoken?|stat(?:ed|es)|believed?|indicat(?:ed|es))\b",
    re.I,
)
"""words for which a content is read again: somebody may speak inside it"""


def spans(*, reports: Sequence[Report], sentences: Sequence[Sentence], settings: Settings) -> Iterator[Span]:
    """Yield the spans of a report, sentence by sentence; headings say nothing that the text does not, and are left out.

    So are sentences in which no cue could be believed, a third of them: the model's time is nearly all of the time that there is.
    """
    for report in reports:
        asked = [s for s in sentences if not s.heading and may_attribute(report.text[s.start : s.end])]
        yield from of_sentences(report, asked)


def of_sentences(report: Report, sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Yield the spans of these sentences of a report.

    The model marks the outermost attribution. A content in which somebody may be speaking is read again by itself.
    """
    tagger = shipped()
    for sentence in sorted(sentences, key=lambda each: each.number):
        outer = list(_marked(tagger, report, sentence, sentence.start, sentence.end, None))
        yield from outer
        for content in outer:
            if content.kind == "content" and AGAIN.search(report.text, content.start, content.end):
                yield from _marked(tagger, report, sentence, content.start, content.end, content.id)


def _marked(
    tagger: Tagger, report: Report, sentence: Sentence, start: int, end: int, inside: str | None
) -> Iterator[Span]:
    for marked in tagger.mark(report.text[start:end]):
        first, last = start + marked.start, start + marked.end
        if inside is None or (first, last) != (start, end):  # the whole again is nothing new
            yield Span(
                id=ident("e", report.id, first, last, marked.kind, inside),
                report=report.id,
                sentence=sentence.id,
                inside=inside,
                kind=marked.kind,
                start=first,
                end=last,
                confidence=round(marked.confidence, 3),
            )
