"""reuse: fingerprints of words; winnowing keeps what its paper promises, and words are cut as everywhere else."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.stages.reuse.cutting import LETTERS_END, cut
from headwater.stages.reuse.prints import gram_hashes, winnow
from headwater.stages.words import words_of

HASHES = st.lists(st.integers(0, 20), max_size=40)


def kept(*reports: list[int], window: int) -> list[int]:
    """Return the places that winnowing keeps in reports laid end to end, each followed by two hashes of no use."""
    laid = np.array([each for report in reports for each in [*report, 0, 0]], dtype=np.uint64)
    first = np.cumsum([0, *(len(report) + 2 for report in reports)])[:-1]
    count = np.array([len(report) for report in reports], dtype=np.int64)
    return winnow(laid, first=first, count=count, window=window).tolist()


@pytest.mark.parametrize(
    ("hashes", "window", "places"),
    [
        ([], 4, []),
        ([5], 4, [0]),
        ([5, 3], 4, [1]),
        ([3, 3, 3], 2, [1, 2]),
        # the example of Schleimer, Wilkerson and Aiken (2003), figure 2
        ([77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98], 4, [3, 6, 8, 11, 15]),
    ],
)
def test_winnowing(hashes: list[int], window: int, places: list[int]) -> None:
    """The rightmost smallest hash of every window is kept, each once."""
    assert kept(hashes, window=window) == places


@given(HASHES, st.integers(1, 6))
def test_every_window_keeps_one(hashes: list[int], window: int) -> None:
    """Places rise, and every full window holds one that is kept and is its smallest."""
    places = kept(hashes, window=window)
    assert places == sorted(set(places))
    for start in range(max(0, len(hashes) - window + 1)):
        inside = [place for place in places if start <= place < start + window]
        assert min(hashes[start : start + window]) in {hashes[place] for place in inside}


@given(st.lists(HASHES, max_size=5), st.integers(1, 6))
def test_reports_are_winnowed_each_by_itself(reports: list[list[int]], window: int) -> None:
    """A report laid beside others keeps what it keeps alone."""
    begin = np.cumsum([0, *(len(report) + 2 for report in reports)])
    alone = [place + begin[n] for n, report in enumerate(reports) for place in kept(report, window=window)]
    assert kept(*reports, window=window) == alone


def grams(text: str) -> list[int]:
    """Return the hashes of the runs of five words of a text."""
    words = cut(text).hash
    return gram_hashes(words, 5)[: max(0, len(words) - 4)].tolist()


@given(
    st.lists(st.sampled_from("abcdef"), max_size=8),
    st.lists(st.sampled_from("abcdef"), max_size=8),
    st.lists(st.sampled_from("ghijklmno"), min_size=7, max_size=14),
)
def test_a_shared_run_of_seven_words_shares_a_fingerprint(
    before: list[str], after: list[str], shared: list[str]
) -> None:
    """With 5 words a gram and 3 a window, any 7 shared words have one fingerprint in common, wherever they stand."""
    one, two = grams(" ".join([*before, *shared])), grams(" ".join([*shared, *after]))
    left, right = {one[n] for n in kept(one, window=3)}, {two[n] for n in kept(two, window=3)}
    assert left & right


TEXTS = st.text(st.sampled_from("aBéß'’  .-_9\nşІ٣"), max_size=40)


@given(TEXTS | st.text(max_size=40))
def test_words_are_cut_as_everywhere_else(text: str) -> None:
    """Spans are those of `words_of`; of two words the hashes are equal when the folded words are."""
    words, found = words_of(text), cut(text)
    assert [(word.start, word.end) for word in words] == list(
        zip(found.start.tolist(), found.end.tolist(), strict=True)
    )
    plain = [(w.folded, h) for w, h in zip(words, found.hash.tolist(), strict=True) if len(w.folded) == w.end - w.start]
    assert len(set(plain)) == len({word for word, _ in plain}) == len({hash_ for _, hash_ in plain})


def test_no_letter_is_left_out() -> None:
    """The table of letters reaches as far as Unicode has any."""
    assert not any(chr(code).isalnum() for code in range(LETTERS_END, sys.maxunicode + 1))


def test_hashes_are_the_same_everywhere() -> None:
    """Hashes depend on the words only, and never on the process or the machine; case, marks and apostrophes do not count."""
    assert cut("Two barges").hash.tolist() == [6892534361452163406, 2382690315720350780]
    assert grams("Two barges, SANK in the river’s mouth") == grams("two barges sank – in the rivers mouth")
    assert len(set(grams("a b c d e f"))) == 2
    assert grams("a b c d") == []
