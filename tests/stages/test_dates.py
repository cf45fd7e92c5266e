"""dates: the day a report is from, by one-line cases; unknown stays unknown."""

import pytest

from handmade import worked
from headwater.stages.dates import parse_day

WRITTEN = [
    ("2024-03-12", "2024-03-12"),
    ("2024-03-12T09:52:00Z", "2024-03-12"),
    ("12 March 2024", "2024-03-12"),
    ("12th March, 2024", "2024-03-12"),
    ("March 12, 2024", "2024-03-12"),
    ("Mar. 12, 2024", "2024-03-12"),
    ("Sept 3, 2024", "2024-09-03"),
    ("01-02-2015", "2015-02-01"),
    ("02/13/2015", "2015-02-13"),
    ("13.02.2015", "2015-02-13"),
    ("29 February 2024", "2024-02-29"),
    ("29 February 2023", None),
    ("2024-13-40", None),
    ("31 April 2024", None),
    ("March 2024", None),
    ("yesterday", None),
    ("the 40th of Never", None),
    ("", None),
    ("12,000 people in March", None),
]


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_a_full_date_is_read(text: str, day: str | None) -> None:
    """A full date is read in the usual ways of writing it, and nothing else is."""
    found = parse_day(text)
    assert (found and found[2].isoformat()) == day


BODY = "Two barges sank in the Tesk on Monday, police said."
REPORTS = [
    (BODY, "2024-05-07", "2024-05-07", "beside@1", None),
    (BODY, "2024-05-07T23:59:59+02:00", "2024-05-07", "beside@1", None),
    (BODY, None, None, "unknown@1", None),
    (BODY, "soon", None, "unknown@1", None),
    (f"May 6, 2024 {BODY}", "2024-06-30", "2024-05-06", "printed@1", "May 6, 2024"),
    (f"SELMET, May 6, 2024 (Norgate) — {BODY}", None, "2024-05-06", "printed@1", "May 6, 2024"),
    (f"SELMET, May 6 (Norgate) — {BODY}", None, None, "unknown@1", None),
    (f"{BODY} It was the worst since 4 August 2015.", "2024-05-07", "2024-05-07", "beside@1", None),
    (f"{BODY} It was the worst since 4 August 2015.", None, None, "unknown@1", None),
]


@pytest.mark.parametrize(("text", "published", "day", "rule", "words"), REPORTS)
def test_the_day_of_a_report(text: str, published: str | None, day: str | None, rule: str, words: str | None) -> None:
    """A printed date beats the one beside the text; a date inside the story is not the report's own."""
    made = worked(text, published=published)
    (date,) = made.dates
    assert (date.first, date.last, date.rule) == (day, day, rule)
    assert (None if date.start is None else text[date.start : date.end]) == words
