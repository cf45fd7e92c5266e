"""The first view of a case of 5,000 reports: under 200 kB over the wire, and what it leaves out is said. How fast it comes, `make bench` says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from made import LARGE, a_case_of
from web.browsing import Served, serving

MOST_BYTES = 200_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A case with as many reports and stories as a large one has, and fewer claims of each, served."""
    few = replace(LARGE, claims=10_000, readings=10_000)
    with serving(a_case_of(tmp_path_factory.mktemp("large") / "large.headwater", few)) as server:
        yield server


def test_the_first_view_of_5000_reports_is_small(served: Served) -> None:
    """The bytes are those that cross the wire."""
    answer = served.ask("/", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert len(answer.body) < MOST_BYTES


def test_what_is_not_shown_is_said(served: Served) -> None:
    """Forty stories of many: the page says so, and leads on."""
    text = served.ask("/?size=all").text
    assert "40 of 3\u202f200 stories shown." in text
    assert "page=2" in text
    assert "page 80 of 80" in served.ask("/?size=all&page=99").text
