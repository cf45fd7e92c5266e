"""grades: equal words in runs and near sentences make a copy; none make a text its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.stages.bags import shared
from headwater.stages.grades import closeness, grade, in_runs


@pytest.mark.parametrize(
    ("near", "expected"),
    [(0.0, "own text"), (0.3, "heavy rewriting"), (0.75, "light rewriting"), (1.0, "near copy")],
)
def test_grades_follow_the_closeness(near: float, expected: str) -> None:
    """Four grades, from a text of its own to a near copy."""
    assert grade(near) == expected


def test_runs_are_counted_once() -> None:
    """Words of overlapping runs count once; a run shorter than the least counts nothing."""
    assert in_runs("a b c d x".split(), "a b c d".split(), 3) == 0.8
    assert in_runs("a b x c d".split(), "a b c d".split(), 3) == 0.0


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=20), st.lists(st.sampled_from("abcdef"), max_size=20))
def test_the_share_in_runs_is_that_of_the_plain_way(words: list[str], of: list[str]) -> None:
    """The share equals that of marking every word of every shared run."""
    marked = {
        place
        for n in range(len(words) - 2)
        for m in range(len(of) - 2)
        if words[n : n + 3] == of[m : m + 3]
        for place in range(n, n + 3)
    }
    assert in_runs(words, of, 3) == pytest.approx(len(marked) / len(words))


def test_a_text_beside_itself_and_beside_another() -> None:
    """A text is a copy of itself; one that shares no word is its own."""
    words, sentence = "the silo fell on the dockers".split(), frozenset(["silo", "fell", "docker"])
    assert closeness(words, words, [sentence], [sentence]) == 1.0
    assert closeness(words, ["rain"], [sentence], [frozenset(["rain"])]) == 0.0
    assert shared(sentence, sentence).dice == 1.0
