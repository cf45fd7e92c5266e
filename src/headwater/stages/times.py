"""Days that a text names, resolved against the report's own day: "on Wednesday", "yesterday", "21 August", "August 21 2013".

A weekday is the latest one up to the report's day, since news tells of what has happened; "next" and "last" are not resolved.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = """january february march april may june july august september october november december""".split()

NAMED = re.compile(
    rf"(?<!last )(?<!next )\b(?P<weekday>{'|'.join(WEEKDAYS)})(?:[’']?s)?\b"
    rf"|\b(?P<today>today|tonight|this morning|this evening)\b|\b(?P<yesterday>yesterday|last night)\b"
    rf"|\b(?P<month>(?-i:{'|'.join(map(str.title, MONTHS))})) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>(?-i:{'|'.join(map(str.title, MONTHS))}))\b(?:,? (?P<year2>\d{{4}}))?",
    re.I,
)
SAYING = re.compile(
    r"\b(?:said|says|told (?:the )?[\w-]+(?: [A-Z][\w-]+)?|reported|reports|announced|added|called|stated|claimed|warned|confirmed|denied|urged) (?:(?:on|late|early) )*$"
)


def days_of_events(text: str, today: date) -> Iterator[date]:
    """Yield the days that a text names, in order, but not those on which something was merely said."""
    for m in NAMED.finditer(text):
        if SAYING.search(text, max(0, m.start() - 60), m.start()):
            continue
        if (day := day_of(m, today)) is not None:
            yield day


def day_of(found: re.Match[str], today: date) -> date | None:
    """Return the day that a match of `NAMED` names; None for one that no calendar has."""
    return _day({name: value for name, value in found.groupdict().items() if value}, today)


def _day(parts: dict[str, str], today: date) -> date | None:
    if "weekday" in parts:
        return today - timedelta(days=(today.weekday() - WEEKDAYS.index(parts["weekday"].lower())) % 7)
    if "today" in parts:
        return today
    if "yesterday" in parts:
        return today - timedelta(days=1)
    month = MONTHS.index((parts.get("month") or parts["month2"]).lower()) + 1
    number, year = int(parts.get("day") or parts["day2"]), parts.get("year") or parts.get("year2")
    return _date(int(year), month, number) if year else _latest(month, number, today)


def _latest(month: int, number: int, today: date) -> date | None:
    """The latest such day up to a week ahead of today."""
    this_year = _date(today.year, month, number)
    if this_year is not None and this_year > today + timedelta(days=7):
        return _date(today.year - 1, month, number)
    return this_year


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
