"""Words of a long text and their hashes by array arithmetic: the words of `stages.words`, forty times as many a second.

A word is letters and digits, with single apostrophes between them; case is folded and apostrophes do not count, as in `fold`. Its hash is the
polynomial in its letters (Karp and Rabin 1987), mixed; the same on every machine and in every process.
"""

import sys
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
APOSTROPHES = tuple(map(ord, "'’"))
LETTERS_END = 0x32400  # no letter or digit of Unicode 16 stands above; a test holds it
Whole = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Cut:
    """One entry a word: its span in the text and its hash."""

    start: Whole
    end: Whole
    hash: Hashes


def cut(text: str) -> Cut:
    """Return the words of a text."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = _folded()[letters]
    inside = folded > 0
    apostrophe = (letters == APOSTROPHES[0]) | (letters == APOSTROPHES[1])
    joins = apostrophe & np.roll(inside, 1) & np.roll(inside, -1)
    if len(joins):
        joins[[0, -1]] = False
    edges = np.diff((inside | joins).astype(np.int8), prepend=0, append=0)
    start, end = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    before = np.concatenate([[0], np.cumsum(inside)])  # letters before each place
    return Cut(start, end, _hashes(folded[inside].astype(np.uint64), before[start], before[end]))


def _hashes(letters: Hashes, start: Whole, end: Whole) -> Hashes:
    """Hash the letters of words that begin and end at these places; each letter weighs by its place within the word."""
    if not len(start):
        return np.empty(0, dtype=np.uint64)
    lengths = end - start
    power = np.ones(int(lengths.max()), dtype=np.uint64)
    np.cumprod(np.full(len(power) - 1, BASE), out=power[1:])
    local = np.arange(len(letters)) - np.repeat(start, lengths)
    value = np.add.reduceat(letters * power[local], start)
    value = (value ^ (value >> np.uint64(32))) * MIX
    return np.asarray(value ^ (value >> np.uint64(29)))


@cache
def _folded() -> npt.NDArray[np.uint32]:
    """Return, for every character, the character that it is folded to; 0 for one that is in no word."""
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint32)
    for code in range(LETTERS_END):
        if (letter := chr(code)).isalnum():
            folded = letter.casefold()
            table[code] = ord(folded) if len(folded) == 1 else code
    return table
