"""The lists of facts that ship: every row is well formed, names meet, and no name stands for two things."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from headwater.lists import background, bodies, newsrooms


def test_no_name_means_two_newsrooms() -> None:
    """A name, other name or domain leads to one news organisation."""
    names = [name for each in newsrooms.newsrooms() for name in {each.name, *each.other_names}]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("Agence France-Presse", "AFP"),
        ("the Associated Press", "AP"),
        ("www.japantimes.co.jp", "Japan Times"),
        ("Syria’s state-run news agency", "SANA"),
        ("Syrias state-run news agency", "SANA"),
        ("Iran's official news agency", "IRNA"),
        ("Norgate", None),
    ],
)
def test_which_newsroom_a_name_means(written: str, usual: str | None) -> None:
    """Names meet whatever their article, apostrophe or address; one that is not in the list means none."""
    found = newsrooms.find(written)
    assert (found.name if found else None) == usual


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("ISIS", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("is", None),
        ("the U.N.", "United Nations"),
        ("who", None),
    ],
)
def test_which_body_a_phrase_names(written: str, usual: str | None) -> None:
    """Abbreviations lead to the usual name, and common words in small letters to none."""
    assert bodies.usual(written) == usual


def test_the_background_counts_reports() -> None:
    """No word stands in more reports than there are, and none stands twice."""
    counts = background.counts()
    assert max(count for word, count in counts.items() if word) <= counts[""]
    with (files("headwater.lists") / "background.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(counts)
