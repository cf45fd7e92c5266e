"""dates: the day a report is from, by one-line cases; unknown stays unknown."""

from dataclasses import replace

import pytest

from handmade import SETTINGS, a_report, worked
from headwater.stages.dates import dates, day_in_address, parse_day
from headwater.stages.texts import texts

WRITTEN = [
    ("2024-03-12", "2024-03-12"),
    ("2024-03-12T09:52:00Z", "2024-03-12"),
    ("12 March 2024", "2024-03-12"),
    ("12th March, 2024", "2024-03-12"),
    ("March 12, 2024", "2024-03-12"),
    ("Mar. 12, 2024", "2024-03-12"),
    ("Sept 3, 2024", "2024-09-03"),
    ("01-02-2015", "2015-02-01"),
    ("01/02/2015", "2015-02-01"),
    ("01/02/2015 4:26 PM", "2015-01-02"),
    ("Saturday, May 7, 2016 @ 6:59 PM", "2016-05-07"),
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
    assert (found and found.day.isoformat()) == day


BODY = "Two barges sank in the Tesk on Monday, police said."
REPORTS = [
    (BODY, "2024-05-07", "2024-05-07", "beside@1", None),
    (BODY, "2024-05-07T23:59:59+02:00", "2024-05-07", "beside@1", None),
    (BODY, None, None, "unknown@1", None),
    (BODY, "soon", None, "unknown@1", None),
    (f"May 6, 2024 {BODY}", "2024-06-30", "2024-05-06", "printed@2", "May 6, 2024"),
    (f"SELMET, May 6, 2024 (Norgate) — {BODY}", None, "2024-05-06", "printed@2", "May 6, 2024"),
    (f"SELMET, May 6 (Norgate) — {BODY}", None, None, "unknown@1", None),
    (f"{BODY} It was the worst since 4 August 2015.", "2024-05-07", "2024-05-07", "beside@1", None),
    (f"{BODY} It was the worst since 4 August 2015.", None, None, "unknown@1", None),
    (f"Updated: May 8, 2024\n\nPublished: May 6, 2024\n\n{BODY}\n", None, "2024-05-06", "published@1", "May 6, 2024"),
    (
        f"Updated: 05/08/2024 6:24 PM\n\nCreated: 05/06/2024 4:02 PM\n\n{BODY}\n",
        None,
        "2024-05-06",
        "published@1",
        "05/06/2024",
    ),
    (f"Last updated May 8, 2024\n\n{BODY}\n", "2024-06-30", "2024-05-08", "updated@1", "May 8, 2024"),
    (f"4/7/2024\n\n{BODY}\n", "2024-04-07", "2024-04-07", "printed@2", "4/7/2024"),
    (f"4/7/2024\n\n{BODY}\n", None, "2024-07-04", "printed@2", "4/7/2024"),
    (f"{BODY}\n\nSeptember 11, 2016\n", None, None, "unknown@1", None),
    (f"{BODY}\n\nSeptember 11, 2016\n", "2024-05-07", "2024-05-07", "beside@1", None),
    (f"October 27, 2014 - November 13, 2016\n\n{BODY}\n", None, None, "unknown@1", None),
    (
        f"Divers look for the barges. (Published Tuesday, May 7, 2024)\n\n{BODY}\n",
        None,
        "2024-05-07",
        "film@1",
        "May 7, 2024",
    ),
    (
        f"Divers look for the barges. (Published Tuesday, May 7, 2024)\n\n{BODY}\n",
        "2024-05-06",
        "2024-05-06",
        "beside@1",
        None,
    ),
]


@pytest.mark.parametrize(("text", "published", "day", "rule", "words"), REPORTS)
def test_the_day_of_a_report(text: str, published: str | None, day: str | None, rule: str, words: str | None) -> None:
    """A printed date beats the one beside the text; a date inside the story is not the report's own."""
    made = worked(text, published=published)
    (date,) = made.dates
    assert (date.first, date.last, date.rule) == (day, day, rule)
    assert (None if date.start is None else text[date.start : date.end]) == words


ADDRESSES = [
    ("https://gazette.example/2024/05/06/barges", "2024-05-06"),
    ("https://gazette.example/2024/may/6/barges", "2024-05-06"),
    ("https://gazette.example/news/barges-20240506-story.html", "2024-05-06"),
    ("https://gazette.example/news/barges-2024-05-06", "2024-05-06"),
    ("https://web.archive.org/web/20250101000000/https://gazette.example/2024/05/06/barges", "2024-05-06"),
    ("https://web.archive.org/web/20250101000000/https://gazette.example/barges", None),
    ("https://gazette.example/2024/05/barges", None),
    ("https://gazette.example/2024/13/45/barges", None),
    ("https://gazette.example/article_2d86d578-914b-11e3-afa2-0019bb2963f4.html", None),
    ("https://gazette.example/story/120240506", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "day"), ADDRESSES)
def test_the_day_in_an_address(url: str | None, day: str | None) -> None:
    """An address with year, month and day tells the day; an archive's own address and other numbers tell none."""
    found = day_in_address(url)
    assert (found and found.isoformat()) == day


RANKED = [
    (BODY, None, "2024-05-06", "address@1"),
    (BODY, "2024-06-30", "2024-05-06", "address@1"),
    (f"Published: May 5, 2024\n\n{BODY}\n", None, "2024-05-05", "published@1"),
    (f"Date: May 3, 2024\n\n{BODY}\n", None, "2024-05-06", "address@1"),
    (f"Updated: May 8, 2024\n\n{BODY}\n", None, "2024-05-06", "address@1"),
]


@pytest.mark.parametrize(("text", "published", "day", "rule"), RANKED)
def test_the_address_of_a_report(text: str, published: str | None, day: str, rule: str) -> None:
    """The day in the address gives way to the printed day of publishing, and to nothing else."""
    report = replace(a_report(text, published=published), url="https://gazette.example/2024/05/06/barges")
    its_texts = list(texts(reports=[report], settings=SETTINGS))
    (date,) = dates(reports=[report], texts=its_texts, settings=SETTINGS)
    assert (date.first, date.rule) == (day, rule)
