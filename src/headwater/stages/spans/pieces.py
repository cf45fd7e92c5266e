"""Words and word pieces as BERT's uncased tokenizer makes them (Devlin and others 2019), with each word's place in the text.

Text is cleaned of control characters, stripped of accents and lowered, split at white space and around punctuation; a word is the
fewest longest pieces of the vocabulary that make it up (WordPiece). Written here because the library that does the same brings
along 45 MB of packages for downloading models; the tests hold the two against each other.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

UNKNOWN = "[UNK]"
LONGEST_WORD = 100  # characters; a longer word is unknown
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
"""ranges of CJK ideographs, each of which is a word"""


class WordPieces:
    """A vocabulary, ready to split texts."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._ids = dict(vocabulary)
        self._unknown = self._ids[UNKNOWN]
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def split(self, text: str) -> Iterator[tuple[list[int], int, int]]:
        """Yield the words of a text: ids of their pieces, first character, one past the last."""
        for word, start, end in _words(text):
            yield list(self.pieces(word)), start, end

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(prefix + word[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield normalised words with their places: runs between white space, punctuation and ideographs alone."""
    word: list[str] = []
    start = end = 0
    for position, character in enumerate(text):
        kind, plain = _normal(character)
        if kind == "letter":
            if not word:
                start = position
            word.append(plain)
            end = position + 1
            continue
        if kind == "nothing":
            continue
        if word:
            yield "".join(word), start, end
            word = []
        if kind == "alone":
            yield plain, position, position + 1
    if word:
        yield "".join(word), start, end


@lru_cache(maxsize=10_000)
def _normal(character: str) -> tuple[str, str]:
    """What a character is (letter, space, alone, nothing) and what it becomes."""
    category = unicodedata.category(character)
    if character in "\t\n\r" or category.startswith("Z"):
        return "space", " "
    if category.startswith("C") or character == "\ufffd":
        return "nothing", ""
    if any(first <= ord(character) <= last for first, last in IDEOGRAPHS):
        return "alone", character
    plain = "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn").lower()
    if not plain:
        return "nothing", ""
    if category.startswith("P") or (character.isascii() and not character.isalnum()):
        return "alone", plain
    return "letter", plain
