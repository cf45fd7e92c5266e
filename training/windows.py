"""Articles in, windows of word pieces with one tag per word out; and back, from tags to spans.

A window is a run of whole sentences, at most `LONGEST` word pieces, so that quotations over several sentences are seen.
Words are what BERT's own splitter makes (punctuation stands alone); the tag stands on a word's first piece.
Tags are BIOES: begin, inside, end, single, and O.
"""

import random
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from tokenizers import Tokenizer

from polnear import KINDS, Article, Span

LONGEST = 256
START, STOP = 101, 102  # [CLS], [SEP]
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
COMMAS, QUOTES = frozenset(","), frozenset("“”‘’\"'«»`")
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def bioes(kinds: Iterable[str]) -> tuple[str, ...]:
    """All tags, O first."""
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BIES"))


TAGS = bioes(KINDS)


@dataclass(frozen=True)
class Window:
    """`pieces` with [CLS] and [SEP]; for each word: `firsts` (its first piece), `places` (characters), `tags` (index)."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]


@dataclass(frozen=True)
class _Words:
    pieces: list[tuple[int, ...]]
    places: list[tuple[int, int]]


def windows(article: Article, tokenizer: Tokenizer, *, first: int = LONGEST, rest: int = LONGEST) -> list[Window]:
    """Cut an article. `first` is the room of its first window: vary it, and cuts fall elsewhere each time.

    `rest` is the room of the others; where it is 0 every sentence stands alone.
    """
    words = _words(article.text, tokenizer)
    tags = tags_of(article.spans, words.places)
    cuts = _cuts(words, article.text, first, rest) if rest else _sentences(words, article.text)
    return [_window(words, tags, start, end) for start, end in pairwise(cuts)]


def _words(text: str, tokenizer: Tokenizer) -> _Words:
    encoded = tokenizer.encode(text, add_special_tokens=False)
    pieces: list[list[int]] = []
    places: list[tuple[int, int]] = []
    last = None
    for piece, word, (start, end) in zip(encoded.ids, encoded.word_ids, encoded.offsets, strict=True):
        if word == last:
            pieces[-1].append(piece)
            places[-1] = (places[-1][0], end)
        else:
            pieces.append([piece])
            places.append((start, end))
        last = word
    return _Words([tuple(word) for word in pieces], places)


def tags_of(spans: Iterable[Span], places: list[tuple[int, int]]) -> list[int]:
    """BIOES tag of every word. A word belongs to a span when it begins in it; of two spans the earlier one wins."""
    tags = [0] * len(places)
    starts = [start for start, _ in places]
    for span in spans:
        begin, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if begin < end and not any(tags[begin:end]):
            base = 1 + 4 * KINDS.index(span.kind)
            tags[begin:end] = [base + 1] * (end - begin)
            tags[begin], tags[end - 1] = base, base + 2
            if end - begin == 1:
                tags[begin] = base + 3
    return tags


def _sentences(words: _Words, text: str) -> list[int]:
    """Word indexes where sentences begin, and the end; a sentence longer than a window is cut every 128 words."""
    starts = [start for start, _ in words.places]
    inner = {bisect_left(starts, match.end()) for match in SENTENCE_END.finditer(text)}
    ends = sorted(inner | {0, len(starts)})
    return sorted({cut for a, b in pairwise(ends) for cut in (*range(a, b, 128), b)} | {0})


def _cuts(words: _Words, text: str, first: int, rest: int) -> list[int]:
    """Word indexes where windows begin, and the end. A sentence longer than a window is cut where the window is full."""
    starts = [start for start, _ in words.places]
    sentences = {bisect_left(starts, match.end()) for match in SENTENCE_END.finditer(text)}
    cuts, used, room, last_end = [0], 0, first - 2, 0
    for index, pieces in enumerate(words.pieces):
        if index in sentences:
            last_end = index
        if used + len(pieces) > room:
            cuts.append(last_end if last_end > cuts[-1] else max(index, cuts[-1] + 1))
            used = sum(len(word) for word in words.pieces[cuts[-1] : index])
            room = rest - 2
        used += len(pieces)
    return [*cuts, len(words.pieces)] if words.pieces else [0]


def _window(words: _Words, tags: list[int], start: int, end: int) -> Window:
    pieces, firsts = [START], []
    for word in words.pieces[start:end]:
        firsts.append(len(pieces))
        pieces.extend(word[: LONGEST - 2])
    inside = _repaired(tags[start:end])
    return Window((*pieces[: LONGEST - 1], STOP), tuple(firsts), tuple(words.places[start:end]), tuple(inside))


def _repaired(tags: list[int]) -> list[int]:
    """The same tags with spans that the window cuts closed and opened properly."""
    return tags_of(spans_of(tags, [(i, i + 1) for i in range(len(tags))]), [(i, i + 1) for i in range(len(tags))])


def spans_of(tags: Iterable[int], places: Iterable[tuple[int, int]]) -> list[Span]:
    """Spans of a tag sequence, lenient with sequences that are cut or ill formed."""
    spans: list[Span] = []
    kind_before, place_before = None, "O"
    for tag, (start, end) in zip(tags, places, strict=True):
        place, _, kind = TAGS[tag].partition("-")
        if place != "O":
            goes_on = kind == kind_before and place in "IE" and place_before in "BI"
            spans.append(replace(spans.pop(), end=end) if goes_on else Span(start, end, kind))
        kind_before, place_before = kind, place
    return spans


def roughen(article: Article, chance: random.Random) -> Article:
    """The article as people paste it: without commas, without quotation marks, without both, or with straight ones."""
    form = chance.choice(("straight", "commas", "quotes", "both"))
    if form == "straight":
        return replace(article, text=article.text.translate(STRAIGHT))
    gone = {"commas": COMMAS, "quotes": QUOTES, "both": COMMAS | QUOTES}[form]
    return without(article, gone)


def without(article: Article, gone: frozenset[str]) -> Article:
    """Take characters out and move the spans along. A span that vanishes keeps no words and so no tags."""
    kept = [0]
    for character in article.text:
        kept.append(kept[-1] + (character not in gone))
    spans = tuple(Span(kept[span.start], kept[span.end], span.kind) for span in article.spans)
    return replace(article, text="".join(c for c in article.text if c not in gone), spans=spans)
