"""openings: what a report is about, and names reduced to what their spellings share."""

import pytest

from handmade import worked
from headwater.lists.places import skeleton

ONE_NAME = [
    ("hasakah", "hassakeh"),
    ("hasakah", "al-hasakah"),
    ("qamishli", "kamishly"),
    ("ghurin", "gurin"),
    ("homs", "homz"),
    ("khan", "kan"),
    ("mohammed", "muhammad"),
    ("deir", "dayr"),
]
TWO_NAMES = [("homs", "hama"), ("aleppo", "idlib"), ("osrin", "selmet"), ("korva", "dassar")]


@pytest.mark.parametrize(("one", "two"), ONE_NAME)
def test_spellings_of_one_name_meet(one: str, two: str) -> None:
    """Transliterations differ in vowels, doubles and related consonants; what is left is the same."""
    assert skeleton(one) == skeleton(two)


@pytest.mark.parametrize(("one", "two"), TWO_NAMES)
def test_two_names_stay_two(one: str, two: str) -> None:
    """Names that differ in their consonants stay apart."""
    assert skeleton(one) != skeleton(two)


def test_an_opening_holds_words_names_counts_and_days() -> None:
    """Headline and first sentences give significant stems, names inside sentences, counts above one, and days."""
    (found,) = worked(
        "A silo exploded at the harbour of Osrin on Tuesday, killing nine people. One man was killed later.",
        title="Silo explodes",
        published="2024-03-13",
    ).openings
    assert {"silo", "explod", "harbour"} <= set(found.words)
    assert found.headline == ["explod", "silo"]
    assert found.names == [skeleton("osrin")]
    assert found.counts == ["killed 9"]
    assert found.days == ["2024-03-12"]


def test_an_undated_report_names_no_days() -> None:
    """Without a day of its own, "Tuesday" is unknown and not guessed."""
    (found,) = worked("A silo exploded at the harbour of Osrin on Tuesday.").openings
    assert found.days == []


def test_only_the_opening_counts() -> None:
    """What stands after the first 120 words is background and is left out."""
    (found,) = worked("The crew loaded the barge. " * 60 + "A zeppelin landed.").openings
    assert "zeppelin" not in found.words
