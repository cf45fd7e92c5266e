"""Word pieces: the same as the library makes that the model was trained with."""

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from headwater.stages.spans.tagger import shipped
from piles import REPORTS

FILE = resources.files("headwater") / "weights" / "spans" / "tokenizer.json"
THEIRS = Tokenizer.from_str(FILE.read_text(encoding="utf-8"))
THEIRS.no_truncation()
THEIRS.no_padding()


def theirs(text: str) -> list[list[int]]:
    """Return the pieces of each word as the library splits them."""
    encoded = THEIRS.encode(text, add_special_tokens=False)
    words: dict[int, list[int]] = {}
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        words.setdefault(word, []).append(piece)
    return [words[word] for word in sorted(words)]


def ours(text: str) -> list[list[int]]:
    """Return the pieces of each word as we split them."""
    return shipped()._words(text).pieces


@pytest.mark.parametrize(
    "text",
    [
        "The harbour master said: “Two barges sank,” and left.",
        "SANA's état-major, 3.5 km al-Norda (DHA)\u200b \u202eabc 漢字 naïve İstanbul \x00\ufffd",
        "x" * 101,
        "",
    ],
)
def test_pieces(text: str) -> None:
    """Quotation marks, accents, invisible characters, ideographs, an endless word."""
    assert ours(text) == theirs(text)


def test_the_newsroom() -> None:
    """Every report of the newsroom, whole."""
    for path in sorted(Path(REPORTS).glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert ours(text) == theirs(text)


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(
            codec="utf-8",
            categories=["L", "N", "P", "S", "Zs", "Cc", "Mn"],
            max_codepoint=0x06FF,
            exclude_characters="\u061d",  # of Unicode 14, which the other side's tables do not have
        ),
        max_size=60,
    )
)
def test_any_text(text: str) -> None:
    """Letters of several scripts, marks, symbols, control characters; younger ones differ with the version of Unicode."""
    assert ours(text) == theirs(text)


def test_places_hold_the_words() -> None:
    """Each word's place holds it, and places do not overlap."""
    text = "The état-major\tsaid “no”."
    words = shipped()._words(text)
    assert [text[a:b] for a, b in words.places] == ["The", "état", "-", "major", "said", "“", "no", "”", "."]
