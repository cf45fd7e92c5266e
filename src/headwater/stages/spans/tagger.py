"""The span model at work: word pieces in, one ONNX pass, a linear-chain CRF decoded over words, spans with confidences out.

The weights and how they were made: `weights/spans/CARD.md`. Tags are BIOES (begin, inside, outside, end, single); decoding is
Viterbi's, and the confidence of a span is its posterior probability under the CRF (Lafferty, McCallum and Pereira 2001):
forward weight of what stands before it, times its own path, times backward weight of what follows, over the partition function.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from headwater.models.session import new_session
from headwater.stages.spans.pieces import WordPieces

Scores = NDArray[np.float64]
START, STOP = 101, 102  # [CLS], [SEP]
LONGEST = 254  # word pieces beside those two
REMEMBERED = 4_096  # texts, a few hundred reports
MOST_WORDS = 128  # words; a longer sentence is cut, as it was in training


@dataclass(frozen=True, slots=True)
class Marked:
    """A span of a text: `kind` is speaker, cue or content; `confidence` is the probability of exactly this span."""

    kind: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: their word pieces and their characters."""

    pieces: list[list[int]]
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Chain:
    """A linear-chain CRF over tags: `moves[i, j]` is the score of tag j behind tag i."""

    tags: tuple[str, ...]
    moves: Scores
    first: Scores
    last: Scores

    def best(self, emissions: Scores) -> list[int]:
        """Return the best sequence of tags for emissions `[words, tags]`."""
        score, back = emissions[0] + self.first, []
        for row in emissions[1:]:
            grown = score[:, None] + self.moves
            back.append(grown.argmax(axis=0))
            score = grown.max(axis=0) + row
        path = [int((score + self.last).argmax())]
        for origin in reversed(back):
            path.append(int(origin[path[-1]]))
        return path[::-1]

    def forward(self, emissions: Scores) -> tuple[Scores, Scores]:
        """Return `[words, tags]`, the weight of all sequences that end in this tag at this word, and `[words]`, its log scale.

        Each row is scaled to sum to 1, so that no weight under- or overflows (Rabiner 1989).
        """
        weights, moves = np.exp(emissions), np.exp(self.moves)
        rows, scales = np.empty_like(weights), np.empty(len(weights))
        row = weights[0] * np.exp(self.first)
        for word in range(len(weights)):
            if word:
                row = (row @ moves) * weights[word]
            scale = row.sum()
            row = row / scale
            rows[word], scales[word] = row, np.log(scale)
        return rows, np.cumsum(scales)

    def backward(self, emissions: Scores) -> tuple[Scores, Scores]:
        """Return `[words, tags]`, the weight of all that may follow this tag at this word, and its log scale, as `forward`."""
        weights, moves = np.exp(emissions), np.exp(self.moves)
        rows, scales = np.empty_like(weights), np.empty(len(weights))
        row = np.exp(self.last)
        for word in range(len(weights) - 1, -1, -1):
            if word + 1 < len(weights):
                row = moves @ (weights[word + 1] * row)
            scale = row.sum()
            row = row / scale
            rows[word], scales[word] = row, np.log(scale)
        return rows, np.cumsum(scales[::-1])[::-1]


class Tagger:
    """The model with its word splitter and its chain; one thread, one text at a time."""

    def __init__(self, model: bytes, splitter: bytes, table: bytes) -> None:
        self._session = new_session(model)
        self._splitter = WordPieces(json.loads(splitter)["model"]["vocab"])
        read = json.loads(table)
        self.chain = Chain(
            tuple(read["tags"]), *(np.array(read[name], np.float64) for name in ("transitions", "start", "end"))
        )
        self.mark = lru_cache(maxsize=REMEMBERED)(self._mark)
        """The spans of a text, in order; an agency's sentence that stands in twenty reports is read once."""

    def _mark(self, text: str) -> tuple[Marked, ...]:
        return tuple(self._read(text))

    def _read(self, text: str) -> Iterator[Marked]:
        """Yield the spans of a text, in order. A text longer than a window is read in pieces."""
        words = self._words(text)
        for start, _, emissions in self._windows(words):
            for kind, first, last, confidence in _spans(self.chain, emissions):
                yield Marked(kind, words.places[start + first][0], words.places[start + last][1], confidence)

    def emissions(self, text: str) -> list[Scores]:
        """Return the scores `[words, tags]` of each window of a text, in order."""
        return [emissions for _, _, emissions in self._windows(self._words(text))]

    def _windows(self, words: Words) -> Iterator[tuple[int, int, Scores]]:
        """Yield the first word of each window, the one past its last, and the scores of its words."""
        for start, end in _cuts(words):
            yield start, end, self._emissions(words.pieces[start:end])

    def _words(self, text: str) -> Words:
        words = Words([], [])
        for pieces, start, end in self._splitter.split(text):
            words.pieces.append(pieces)
            words.places.append((start, end))
        return words

    def _emissions(self, pieces: Sequence[list[int]]) -> Scores:
        """Return `[words, tags]`: the scores at the first piece of each word."""
        flat, firsts = [START], []
        for word in pieces:
            firsts.append(len(flat))
            flat.extend(word)
        ids = np.array([[*flat, STOP]], np.int64)
        scores = self._session.run(["tag_logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        emissions: Scores = scores[0, firsts].astype(np.float64)
        return emissions


def _cuts(words: Words) -> Iterator[tuple[int, int]]:
    """Yield runs of words that fit a window; a word of more pieces than a window holds loses its end."""
    cuts, room = [0], LONGEST
    for index, pieces in enumerate(words.pieces):
        del pieces[LONGEST:]
        if len(pieces) > room or index - cuts[-1] == MOST_WORDS:
            cuts.append(index)
            room = LONGEST
        room -= len(pieces)
    if words.pieces:
        yield from pairwise([*cuts, len(words.pieces)])


def _spans(chain: Chain, emissions: Scores) -> Iterator[tuple[str, int, int, float]]:
    """Yield kind, first word, last word and posterior probability of each span of the best sequence."""
    path = chain.best(emissions)
    if not any(path):
        return
    before, before_scale = chain.forward(emissions)
    after, after_scale = chain.backward(emissions)
    whole = before_scale[-1] + np.log(before[-1] @ np.exp(chain.last))
    first = 0
    for index, tag in enumerate(path):
        place, _, kind = chain.tags[tag].partition("-")
        if place in "BS":
            first = index
        if place in "ES" and kind:
            inner = sum(
                float(chain.moves[path[n - 1], path[n]] + emissions[n, path[n]]) for n in range(first + 1, index + 1)
            )
            ends = before_scale[first] + after_scale[index] + np.log(before[first, path[first]] * after[index, tag])
            yield kind, first, index, min(1.0, float(np.exp(ends + inner - whole)))


@cache
def shipped() -> Tagger:
    """Return the tagger with the weights of this release, loaded once per process."""
    folder = resources.files("headwater") / "weights" / "spans"
    return Tagger(*((folder / name).read_bytes() for name in ("model.onnx", "tokenizer.json", "tags.json")))
