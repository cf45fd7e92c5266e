"""sentences: where they end, by one-line cases; their spans never overlap and lose no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import worked

CASES = [
    ("One came. Two went.", ["One came.", "Two went."]),
    ("Mr. Sollas said so. He left.", ["Mr. Sollas said so.", "He left."]),
    ("Dr Obrecht counted 17. The army denied it.", ["Dr Obrecht counted 17.", "The army denied it."]),
    ("Gen. Thune spoke on Aug. 4. The Front did not.", ["Gen. Thune spoke on Aug. 4.", "The Front did not."]),
    ("It fell at 6:40 a.m. on Tuesday.", ["It fell at 6:40 a.m. on Tuesday."]),
    ("Some 1.5 tonnes burned. Nobody knew why.", ["Some 1.5 tonnes burned.", "Nobody knew why."]),
    ("“We ran.” She wept.", ["“We ran.”", "She wept."]),
    ("Who fired? Nobody knows!", ["Who fired?", "Nobody knows!"]),
    ("First line\nsecond line", ["First line", "second line"]),
    ("The count is not over yet.The mayor left.", ["The count is not over yet.", "The mayor left."]),
    ("It was over, said Lt. Gen. Ode Marr. He left.", ["It was over, said Lt. Gen. Ode Marr.", "He left."]),
    ("He met Gov . Ilse Tarn there.", ["He met Gov . Ilse Tarn there."]),
    ("He spoke to U.S. Secretary of State Ann Orr.", ["He spoke to U.S. Secretary of State Ann Orr."]),
    ("KORVA, Tenn. (WXQ) - Two drowned.", ["KORVA, Tenn. (WXQ) - Two drowned."]),
    ("The U.S. envoy spoke. No one listened.", ["The U.S. envoy spoke.", "No one listened."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Short forms, figures and clock times end no sentence; marks and lines do."""
    made = worked(text)
    assert [made.of(each) for each in made.sentences] == expected


def test_sentences_are_numbered_in_order_and_headings_are_marked() -> None:
    """Numbers count from 0 in the order of the text; a heading says that it is one."""
    made = worked("What is known so far\nTwo barges sank in the Tesk on Monday, police in Korva said. Nobody was hurt.")
    assert [(each.number, each.heading) for each in made.sentences] == [(0, True), (1, False), (2, False)]


@given(st.text(alphabet='aBc .!?"“”\n’Dr1,;()…é', min_size=1, max_size=120))
def test_sentences_lie_apart_and_lose_no_word(text: str) -> None:
    """Spans rise, never overlap, begin and end on a character that is no space, and hold every letter of the body."""
    made = worked("a" + text)
    spans = [(each.start, each.end) for each in made.sentences]
    flat = [edge for span in spans for edge in span]
    held = {place for start, end in spans for place in range(start, end)}
    wanted = {
        place
        for each in made.texts
        if each.kind in ("body", "heading")
        for place in range(each.start, each.end)
        if made.report.text[place].isalnum()
    }
    assert flat == sorted(flat)
    assert wanted <= held
    assert all(made.of(each) == made.of(each).strip() for each in made.sentences)
