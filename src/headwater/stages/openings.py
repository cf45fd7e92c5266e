"""reports, sentences → openings: the significant words of headline and first sentences, by which stories are found."""

from collections.abc import Iterator, Sequence

from headwater.records import Opening, Report, Sentence, ident
from headwater.settings import Settings
from headwater.stages.words import STOP, Word, fold, stem, words_of

VERSION = 1


def openings(*, reports: Sequence[Report], sentences: Sequence[Sentence], settings: Settings) -> Iterator[Opening]:
    """Yield one row a report; headline first, then sentences until `opening_words` are read."""
    for report in reports:
        words = words_of(report.title or "")
        names = {stem(word.folded) for word in _names(report.title or "", words, title=True)}
        for sentence in sorted(sentences, key=lambda each: each.number):
            if len(words) >= settings.opening_words:
                break
            here = words_of(report.text, sentence.start, sentence.end)
            names.update(stem(word.folded) for word in _names(report.text, here, title=sentence.heading))
            words.extend(here)
        stems = {stem(word.folded) for word in words if word.folded not in STOP and not word.folded.isdigit() and len(word.folded) > 2}
        yield Opening(id=ident("o", report.id), report=report.id, words=sorted(stems), names=sorted(names & stems))


def _names(text: str, words: Sequence[Word], *, title: bool) -> list[Word]:
    """Words written with a capital inside a sentence; in a headline capitals say nothing."""
    if title:
        return []
    return [word for word in words[1:] if text[word.start].isupper() and fold(word.folded) not in STOP]
