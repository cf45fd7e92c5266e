"""What the shipped weights answer to fixed sentences, as integers that are stored beside them: a processor that differs says so.

In: `weights/spans/answers.json`. Out: the sentences to which this machine gives another answer. The file is written by
`python training/answers.py` when the weights change, and by nothing else.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources

import numpy as np

from headwater.stages.spans.tagger import Tagger, shipped
from headwater.stages.spans.vectors import Encoder, shipped_encoder

FINENESS = 10_000
"""a component of a vector is kept as this many times itself, rounded"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the weights answer to one sentence."""

    text: str
    tags: tuple[int, ...]
    """the tag of each word, by its place in the list of tags"""
    vector: tuple[int, ...]
    """`[384]`, in ten-thousandths"""
    bits: str
    """digest of the scores of all words and tags, to the last bit"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence to which this machine gives another answer than the stored one."""

    text: str
    tags: int
    """words that have another tag"""
    vector: int
    """components of the vector that differ"""


def answer(text: str, tagger: Tagger, encoder: Encoder) -> Answer:
    """Return what weights answer to a text."""
    windows = tagger.emissions(text)
    scores = b"".join(emissions.astype("<f4").tobytes() for emissions in windows)
    return Answer(
        text,
        tuple(tag for emissions in windows for tag in tagger.chain.best(emissions)),
        tuple(int(value) for value in np.rint(encoder.vector(text) * FINENESS)),
        blake2b(scores, digest_size=16).hexdigest(),
    )


@cache
def stored_answers() -> tuple[Answer, ...]:
    """Return the answers that came with the weights."""
    path = resources.files("headwater") / "weights" / "spans" / "answers.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Answer(row["text"], tuple(row["tags"]), tuple(row["vector"]), row["bits"]) for row in rows)


def differences(wanted: Sequence[Answer], tagger: Tagger, encoder: Encoder) -> Iterator[Difference]:
    """Yield the sentences that are answered otherwise, even if by one bit."""
    for stored in wanted:
        here = answer(stored.text, tagger, encoder)
        if here != stored:
            yield Difference(stored.text, _unequal(stored.tags, here.tags), _unequal(stored.vector, here.vector))


def differences_here() -> tuple[Difference, ...]:
    """Return the stored sentences that the shipped weights answer otherwise on this machine."""
    return tuple(differences(stored_answers(), shipped(), shipped_encoder()))


def _unequal(one: Sequence[int], two: Sequence[int]) -> int:
    return sum(a != b for a, b in zip(one, two, strict=True)) if len(one) == len(two) else max(len(one), len(two))
