"""hedges, horizons: what a statement hedges with, on what basis it is said, and by when a forecast is to come true."""

import pytest

from headwater.stages.statements.hedges import basis, hedge
from headwater.stages.statements.horizons import horizon

DAY = "2024-03-13"  # a Wednesday

HEDGES = [
    ("The dam will almost certainly hold.", "almost certainly", "almost certain"),
    ("The dam is very likely to hold.", "very likely", "very likely"),
    ("The dam is likely to hold.", "likely", "likely"),
    ("The dam probably held.", "probably", "likely"),
    ("There is an even chance that the dam holds.", "even chance", "roughly even chance"),
    ("The dam is unlikely to hold.", "unlikely", "unlikely"),
    ("It is highly unlikely that the dam holds.", "highly unlikely", "very unlikely"),
    ("There is almost no chance that the dam holds.", "almost no chance", "almost no chance"),
    ("The dam may have broken.", "may have", None),
    ("The dam reportedly broke.", "reportedly", None),
    ("The dam appears to have broken.", "appears to", None),
    ("The dam broke on 3 May.", None, None),
    ("The dam broke.", None, None),
]


@pytest.mark.parametrize(("text", "words", "band"), HEDGES, ids=[each[0] for each in HEDGES])
def test_hedging_words_and_their_band(text: str, words: str | None, band: str | None) -> None:
    """The words are kept as a span; a band only where ICD 203 has one for them."""
    span, found = hedge(text, 0, len(text))
    assert (text[span[0] : span[1]] if span else None, found) == (words, band)


@pytest.mark.parametrize(
    ("content", "cue", "speaker", "expected"),
    [
        ("I saw two barges sink", "said", "Mira Sol", "saw it"),
        ("two barges sank", "said", "a witness", "saw it"),
        ("he was told that two barges sank", "said", "Mira Sol", "was told"),
        ("two barges sank", "believes", "Mira Sol", "infers"),
        ("two barges sank", "said", "Mira Sol", None),
    ],
)
def test_basis(content: str, cue: str, speaker: str, expected: str | None) -> None:
    """Only where the text says how the speaker knows."""
    assert basis(content, cue, speaker) == expected


HORIZONS = [
    ("the lake will be over the sill within three weeks", "2024-03-13", "2024-04-03"),
    ("the lake will be over the sill within months", "2024-03-13", "2025-03-13"),
    ("the lake will be over the sill within a few days", "2024-03-13", "2024-03-18"),
    ("the lake will rise in the coming days", "2024-03-13", "2024-03-20"),
    ("the port will open tomorrow", "2024-03-14", "2024-03-14"),
    ("the port will open on Friday", "2024-03-15", "2024-03-15"),
    ("the port will open by Friday", "2024-03-13", "2024-03-15"),
    ("the port will open next week", "2024-03-18", "2024-03-24"),
    ("the port will open later this month", "2024-03-13", "2024-03-31"),
    ("the port will open in May", "2024-05-01", "2024-05-31"),
    ("the port will open on 3 February", "2025-02-03", "2025-02-03"),
    ("the port will open by the end of 2026", "2024-03-13", "2026-12-31"),
]


@pytest.mark.parametrize(("content", "first", "last"), HORIZONS, ids=[each[0] for each in HORIZONS])
def test_horizon(content: str, first: str, last: str) -> None:
    """Days from the report's own day on."""
    assert horizon(content, DAY) == (first, last)


@pytest.mark.parametrize(("content", "day"), [("the port will open", DAY), ("the port will open within a week", None)])
def test_no_horizon(content: str, day: str | None) -> None:
    """None is named, or the report is undated: unknown, not a guess."""
    assert horizon(content, day) is None


def test_a_number_out_of_range_is_no_error() -> None:
    """A day that no month has, a count that no calendar holds."""
    assert horizon("it will end on 31 February", DAY) == ("2025-02-28", "2025-02-28")
    assert horizon("it will end within 99999 years", DAY) is not None
