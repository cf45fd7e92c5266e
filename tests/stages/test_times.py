"""times: days that a text names, seen from Wednesday 20 March 2024."""

from datetime import date

import pytest

from headwater.stages.times import days_of_events

CASES = [
    ("It fell on Wednesday.", ["2024-03-20"]),
    ("It fell on Tuesday night.", ["2024-03-19"]),
    ("It fell on Thursday.", ["2024-03-14"]),
    ("Thursday’s blast was heard here.", ["2024-03-14"]),
    ("It fell today.", ["2024-03-20"]),
    ("It fell yesterday.", ["2024-03-19"]),
    ("It fell last night.", ["2024-03-19"]),
    ("It fell on 12 March.", ["2024-03-12"]),
    ("It fell on March 12.", ["2024-03-12"]),
    ("It fell on March 12th, 2019.", ["2019-03-12"]),
    ("It fell on the 12th of March 2019.", ["2019-03-12"]),
    ("It fell on 4 August.", ["2023-08-04"]),
    ("It opens on 25 March.", ["2024-03-25"]),
    ("It fell on Monday and on Tuesday.", ["2024-03-18", "2024-03-19"]),
    ("It fell last Monday.", []),
    ("It opens next Monday.", []),
    ("Police said on Monday that it fell on Sunday.", ["2024-03-17"]),
    ("Police said Monday that it fell.", []),
    ("Police told AFP on Monday that it fell.", []),
    ("It fell on 31 April.", []),
    ("It fell on 29 February 2023.", []),
    ("It fell in March.", []),
    ("Nothing.", []),
]


@pytest.mark.parametrize(("text", "days"), CASES)
def test_days_of_events(text: str, days: list[str]) -> None:
    """Weekdays are the latest ones, days without a year the latest such day; when a thing was said is not when it was."""
    assert [day.isoformat() for day in days_of_events(text, date(2024, 3, 20))] == days


def test_a_month_is_written_with_a_capital() -> None:
    """People who march 12 miles name no day."""
    assert list(days_of_events("They march 12 miles and may 5 times turn back.", date(2024, 5, 6))) == []
