"""whens: intervals of days that a text names, seen from Wednesday 20 March 2024, with the words that say so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.stages.whens import narrowest, whens

TODAY = date(2024, 3, 20)
CASES = [
    ("It fell on Tuesday.", [("2024-03-19", "2024-03-19", "Tuesday")]),
    ("It fell on Tuesday night.", [("2024-03-19", "2024-03-20", "Tuesday")]),
    ("It fell on March 12.", [("2024-03-12", "2024-03-12", "March 12")]),
    ("It fell two days ago.", [("2024-03-18", "2024-03-18", "two days ago")]),
    ("It fell a week earlier.", [("2024-03-10", "2024-03-16", "a week earlier")]),
    ("It fell a few days ago.", [("2024-03-14", "2024-03-18", "a few days ago")]),
    ("It fell 3 years ago.", [("2020-09-20", "2021-09-19", "3 years ago")]),
    ("It fell over the weekend.", [("2024-03-16", "2024-03-17", "over the weekend")]),
    ("It fell last week.", [("2024-03-11", "2024-03-17", "last week")]),
    ("It fell earlier this month.", [("2024-03-01", "2024-03-20", "earlier this month")]),
    ("It fell last month.", [("2024-02-01", "2024-02-29", "last month")]),
    ("It fell last year.", [("2023-01-01", "2023-12-31", "last year")]),
    ("It fell in February.", [("2024-02-01", "2024-02-29", "in February")]),
    ("It fell in July.", [("2023-07-01", "2023-07-31", "in July")]),
    ("It fell in July 2015.", [("2015-07-01", "2015-07-31", "in July 2015")]),
    ("It fell in 1988.", [("1988-01-01", "1988-12-31", "in 1988")]),
    ("It fell in the last few days.", [("2024-03-14", "2024-03-20", "in the last few days")]),
    ("It fell in the past two weeks.", [("2024-03-06", "2024-03-20", "in the past two weeks")]),
    ("Gas was used in the past.", [("None", "2024-03-06", "in the past")]),
    ("It fell last Monday.", [("2024-03-11", "2024-03-18", "last Monday")]),
    ("It fell last Thursday.", [("2024-03-14", "2024-03-14", "last Thursday")]),
    ("Police said on Monday that it fell on Sunday.", [("2024-03-17", "2024-03-17", "Sunday")]),
    (
        "In 1988 it fell and on Monday it rose.",
        [("1988-01-01", "1988-12-31", "In 1988"), ("2024-03-18", "2024-03-18", "Monday")],
    ),
    ("The march continued and they may go.", []),
    ("It will fall next week.", []),
    ("1988 people came.", []),
    ("Nothing.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[each[0] for each in CASES])
def test_whens(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each phrase gives an interval that ends no later than it can have happened, and points at its words."""
    assert [
        (str(each.first), each.last.isoformat(), text[each.start : each.end]) for each in whens(text, TODAY)
    ] == expected


def test_the_narrowest_is_taken() -> None:
    """Of several times that a statement names, the shortest says when it happened."""
    found = narrowest("In a war that began in 2011, shells fell on Monday.", TODAY)
    assert found is not None
    assert (found.first, found.last) == (date(2024, 3, 18), date(2024, 3, 18))


@given(st.text(max_size=60), st.dates(date(1990, 1, 10), date(2090, 1, 1)))
def test_no_text_breaks_it_and_no_interval_is_turned_round(text: str, today: date) -> None:
    """Whatever the text, first is no later than last, and the words lie inside."""
    for each in whens(f"{text} last month, in July and three weeks ago {text}", today):
        assert each.first is None or each.first <= each.last
        assert 0 <= each.start < each.end
