"""Pages of a hostile case: an answer, or one line that says what is wrong with the case; and serving changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from crafting import seen, with_sql
from rows import ROWS

from headwater import Case
from headwater.errors import CaseError
from headwater.records import Claim, Report, Story
from headwater.web import serve
from piles import ONE_PROCESS
from web.browsing import serving

Copied = Callable[[], Path]
NAMES = (
    "a number in words", "a list that is no JSON", "a day that is none", "a claim of no statement", "derivations in a ring",
    "a story of reports that are not there", "tallies that are gone", "an endless share", "a search index of noise",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_malformed_rows_say_what_is_wrong(name: str, newsroom: Case, copy_of_newsroom: Copied) -> None:
    """Each view as a page and for machines: never the page that says that we do not know what went wrong."""
    path = copy_of_newsroom()
    with_sql(path, ROWS[name])
    claim, report, story = (newsroom.store.ids(record)[0] for record in (Claim, Report, Story))
    views = ("/", "/stories.json", "/disputes", "/outlets.csv", "/speakers", "/search?q=dam", "/review", "/problems")
    with serving(path) as server:
        for view in (*views, f"/story/{story}", f"/claim/{claim}", f"/report/{report}", f"/explain/{claim}.json"):
            answer = server.ask(view)
            assert (view, answer.status in (200, 404, 500)) == (view, True)
            assert (view, "Something went wrong here" in answer.text) == (view, False)


def test_serving_changes_nothing(copy_of_newsroom: Copied, tmp_path: Path) -> None:
    """Looking at pages leaves the bytes and the time of a case, and no file beside it."""
    path = copy_of_newsroom()
    before = seen(tmp_path)
    with serving(path) as server:
        assert server.ask("/").status == 200
        assert server.ask("/progress.json").status == 200
        assert seen(tmp_path) == before
    assert seen(tmp_path) == before


def test_a_case_with_a_schema_of_others_is_not_served(copy_of_newsroom: Copied) -> None:
    """It is refused before a socket is opened."""
    path = copy_of_newsroom()
    with_sql(path, "CREATE VIEW more AS SELECT 1")
    with pytest.raises(CaseError, match="HW109"):
        serve(path, ONE_PROCESS)
