"""pages: segments found, days right, wrong and abstained from, headlines, and what is not there."""

import json
from pathlib import Path

from headwater.measure.pages import pages

TEXT = "<p>Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said.</p>" * 3
ADDRESS = "https://rivergazette.example/2024/05/06/barges"


def saved(folder: Path, **row: object) -> Path:
    """Write a page and what is known of it; return the folder."""
    (folder / "eval").mkdir()
    head = '<title>Two barges sink</title><meta property="article:published_time" content="2024-05-06T08:00:00+00:00">'
    (folder / "eval" / "a.html").write_text(
        f"<html><head>{head}</head><body><nav>Menu of the day</nav><article><h1>Two barges sink</h1>{TEXT}</article></body></html>"
    )
    known = {"file": "a.html", "with": ["sank in the river", "no such words"], "without": ["Menu of the day"]}
    (folder / "evaldata.json").write_text(json.dumps({ADDRESS: known | row}))
    return folder


def test_segments_days_and_headlines(tmp_path: Path) -> None:
    """One of two segments is found and nothing else; day and headline are right with the address and without."""
    numbers = pages(saved(tmp_path, date="2024-05-06", title="Two barges sink")).numbers
    assert (numbers["pages.text.p"], numbers["pages.text.r"], numbers["pages.text.f"]) == (1.0, 0.5, 0.667)
    assert (numbers["pages.dates.right"], numbers["pages.dates.wrong"], numbers["pages.dates.abstained"]) == (
        1.0,
        0.0,
        0.0,
    )
    assert (numbers["pages.dates_without_address.right"], numbers["pages.titles.right"]) == (1.0, 1.0)


def test_a_day_that_the_page_is_sure_of_counts_as_wrong_and_as_against(tmp_path: Path) -> None:
    """A day other than the data's is wrong, and said to be against them where the page's places agree."""
    numbers = pages(saved(tmp_path, date="2023-05-06")).numbers
    assert (numbers["pages.dates.wrong"], numbers["pages.dates.against"]) == (1.0, 1.0)


def test_what_is_no_date_is_not_known(tmp_path: Path) -> None:
    """A day that the data write as no date is left out, and a share of nothing is unknown."""
    numbers = pages(saved(tmp_path, date="2024-29-05")).numbers
    assert numbers["pages.dates.right"] is None


def test_what_is_not_there_is_not_measured(tmp_path: Path) -> None:
    """A folder without the data is said, not scored."""
    assert not pages(tmp_path).measured
