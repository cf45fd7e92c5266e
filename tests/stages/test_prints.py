"""prints: winnowing keeps what its paper promises, and points at the words that it hashed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import worked
from headwater.stages.prints import gram_hashes, winnow

HASHES = st.lists(st.integers(0, 20), max_size=40)


@pytest.mark.parametrize(
    ("hashes", "window", "kept"),
    [
        ([], 4, []),
        ([5], 4, [0]),
        ([5, 3], 4, [1]),
        ([3, 3, 3], 2, [1, 2]),
        # the example of Schleimer, Wilkerson and Aiken (2003), figure 2
        ([77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98], 4, [3, 6, 8, 11, 15]),
    ],
)
def test_winnowing(hashes: list[int], window: int, kept: list[int]) -> None:
    """The rightmost smallest hash of every window is kept, each once."""
    assert winnow(hashes, window) == kept


@given(HASHES, st.integers(1, 6))
def test_every_window_keeps_one(hashes: list[int], window: int) -> None:
    """Positions rise, and every full window holds one that is kept and is its smallest."""
    kept = winnow(hashes, window)
    assert kept == sorted(set(kept))
    for start in range(max(0, len(hashes) - window + 1)):
        inside = [place for place in kept if start <= place < start + window]
        assert min(hashes[start : start + window]) in {hashes[place] for place in inside}


@given(
    st.lists(st.sampled_from("abcdef"), max_size=8),
    st.lists(st.sampled_from("abcdef"), max_size=8),
    st.lists(st.sampled_from("ghijklmno"), min_size=9, max_size=14),
)
def test_a_shared_run_of_nine_words_shares_a_fingerprint(
    before: list[str], after: list[str], shared: list[str]
) -> None:
    """With 5 words a gram and 5 a window, any 9 shared words have one fingerprint in common, wherever they stand."""
    one, two = gram_hashes([*before, *shared], 5), gram_hashes([*shared, *after], 5)
    left, right = {one[place] for place in winnow(one, 5)}, {two[place] for place in winnow(two, 5)}
    assert left & right


def test_hashes_are_the_same_everywhere() -> None:
    """Hashes depend on the words only, and never on the process or the machine."""
    assert gram_hashes(["two", "barges", "sank", "in", "the", "river"], 5) == gram_hashes(
        ["two", "barges", "sank", "in", "the", "river"], 5
    )
    assert len(set(gram_hashes(["a", "b", "c", "d", "e", "f"], 5))) == 2
    assert gram_hashes(["a", "b", "c", "d"], 5) == []


def test_case_and_marks_are_folded_and_spans_hold_the_words() -> None:
    """The same words in capitals and with other marks have the same prints; each span holds its five words."""
    one = worked("Two barges, loaded with gravel, sank in the river’s mouth on Monday.")
    two = worked("TWO barges loaded WITH gravel sank in the river's mouth — on Monday")
    assert [each.hash for each in one.prints] == [each.hash for each in two.prints]
    assert all(len(one.report.text[each.start : each.end].replace(",", "").split()) == 5 for each in one.prints)


def test_prints_inside_quotation_marks_say_so() -> None:
    """A print is quoted when all its words are."""
    made = worked(
        "“We ran out of sheets before we ran out of dead on that day,” she said at the hospital gate in the town."
    )
    assert {each.quoted for each in made.prints if each.start < 30} == {True}
    assert made.prints[-1].quoted is False
