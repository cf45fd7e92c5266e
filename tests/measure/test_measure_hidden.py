"""hidden and clough: what the two scorers count, by cases worked out by hand."""

import pytest

from headwater.measure.clough import score as score_grades
from headwater.measure.hidden import auc, blank, score


def test_names_of_agencies_are_blanked() -> None:
    """Abbreviations and full names go, words that hold them stay."""
    row = blank(
        {
            "id": "1",
            "title": "Reuters: two dead",
            "text": "KORVA (AFP) - Two died, he told The Associated Press. APRIL.",
        }
    )
    assert (row["title"].strip(), row["text"].split()) == (
        ": two dead",
        "KORVA ( ) - Two died, he told . APRIL.".split(),
    )


def test_the_area_under_the_curve() -> None:
    """Each carrier above each other report, ties half; unknown where one kind is missing."""
    gold = {"a": True, "b": True, "c": False, "d": False}
    assert auc(list(gold), gold, {"a": 0.9, "c": 0.5}) == pytest.approx((1 + 1 + 0 + 0.5) / 4)
    assert auc(["a", "b"], gold, {}) is None


def test_the_area_by_outlet_is_a_mean_of_those_that_have_both_kinds() -> None:
    """An outlet that credits everything tells nothing and is left out."""
    gold = {"a": True, "b": False, "c": True}
    numbers = score(gold, {"a": 0.5}, {"a": "x", "b": "x", "c": "y"})
    assert (numbers["auc_by_outlet"], numbers["outlets"], numbers["all.p"]) == (1.0, 1, 1.0)


def test_grades_are_scored_one_by_one() -> None:
    """The mean F1 counts every grade alike; one that nobody says scores 0."""
    numbers = score_grades(["own text", "near copy"], ["own text", "own text"])
    assert numbers["own text.f"] == pytest.approx(2 / 3, abs=1e-3)
    assert numbers["macro.f"] == pytest.approx(2 / 3 / 4, abs=1e-3)
