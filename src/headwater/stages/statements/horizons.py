"""By when a forecast is to come true, as an interval of days, where the report's own day is known.

"Within three weeks" is any day from the report's to the 21st behind it. A vague plural ends where the next unit would be said:
"within days" within a week, "within weeks" within two months, "within months" within a year, "within years" within ten.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from headwater.stages.times import MONTHS, WEEKDAYS

SMALL = dict(
    zip(
        "a an one two three four five six seven eight nine ten eleven twelve".split(),
        (1, 1, *range(1, 13)),
        strict=True,
    )
)
DAYS_IN = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
VAGUE_END = {"hour": 1, "day": 7, "week": 60, "month": 365, "year": 3650}
FEW_END = {"hour": 1, "day": 5, "week": 35, "month": 180, "year": 1825}
"""days; "a few" of a unit is taken for five or six of it"""
UNIT = r"(?P<unit>hour|day|week|month|year)s?"
WITHIN = re.compile(
    rf"\b(?:within|in|over|during|for)\s+(?:the\s+)?(?:next\s+|coming\s+|following\s+)?(?P<count>\d+|{'|'.join(SMALL)})\s+{UNIT}\b",
    re.I,
)
FEW = re.compile(
    rf"\b(?:within|in|over|during)\s+(?:the\s+)?(?:next\s+|coming\s+)?(?:a\s+)?(?:few|couple of|several|matter of)\s+{UNIT}\b",
    re.I,
)
VAGUE = re.compile(rf"\b(?:within\s+|(?:in|over|during)\s+the\s+(?:coming|next|following)\s+){UNIT}\b", re.I)
NEXT = re.compile(
    r"\b(?P<which>next|this|later this|the end of (?:this|the)|the end of next)\s+(?P<unit>week|month|year)\b", re.I
)
TOMORROW = re.compile(r"\b(?:(?P<tomorrow>tomorrow)|(?P<today>today|tonight|later on \w+day))\b", re.I)
WEEKDAY = re.compile(rf"\b(?P<by>by\s+)?(?:(?:on|next)\s+)?(?P<day>{'|'.join(WEEKDAYS)})\b", re.I)
MONTH = re.compile(
    rf"\b(?P<by>by|before|until|in|on|from)\s+(?:the\s+end\s+of\s+)?(?:(?P<number>\d{{1,2}})\s+)?(?P<month>{'|'.join(name.capitalize() for name in MONTHS)})\b(?:\s+(?P<number2>\d{{1,2}})(?!\d))?(?:,?\s+(?P<year>20\d\d))?"
)
YEAR = re.compile(r"\b(?P<by>by|before|in|until)\s+(?:the\s+end\s+of\s+)?(?P<year>20\d\d)\b", re.I)


def horizon(content: str, day: str | None) -> tuple[str, str] | None:
    """Return first and last day, ISO 8601, of what a forecast names; None when it names none or the report is undated."""
    if day is None:
        return None
    today = date.fromisoformat(day)
    for read in (_counted, _next, _tomorrow, _month, _weekday, _year):
        if (found := read(content, today)) is not None:
            first, last = found
            return max(first, today).isoformat(), max(last, today).isoformat()
    return None


def _counted(content: str, today: date) -> tuple[date, date] | None:
    for pattern, ends in ((FEW, FEW_END), (VAGUE, VAGUE_END)):
        if match := pattern.search(content):
            return today, today + timedelta(days=ends[match["unit"].lower()])
    if match := WITHIN.search(content):
        count = int(match["count"]) if match["count"].isdigit() else SMALL[match["count"].lower()]
        return today, today + timedelta(days=max(1, min(count, 1000) * DAYS_IN[match["unit"].lower()]))
    return None


def _next(content: str, today: date) -> tuple[date, date] | None:
    match = NEXT.search(content)
    if not match:
        return None
    following = "next" in match["which"].lower()
    if match["unit"].lower() == "week":
        start = today - timedelta(days=today.weekday()) + timedelta(days=7 * following)
        return start, start + timedelta(days=6)
    if match["unit"].lower() == "year":
        return date(today.year + following, 1, 1), date(today.year + following, 12, 31)
    year, month = (today.year + today.month // 12, today.month % 12 + 1) if following else (today.year, today.month)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _tomorrow(content: str, today: date) -> tuple[date, date] | None:
    match = TOMORROW.search(content)
    if not match:
        return None
    day = today + timedelta(days=1) if match["tomorrow"] else today
    return day, day


def _weekday(content: str, today: date) -> tuple[date, date] | None:
    match = WEEKDAY.search(content)
    if not match:
        return None
    day = today + timedelta(days=(WEEKDAYS.index(match["day"].lower()) - today.weekday()) % 7)
    return (today if match["by"] else day), day


def _month(content: str, today: date) -> tuple[date, date] | None:
    match = MONTH.search(content)
    if not match:
        return None
    month, number = MONTHS.index(match["month"].lower()) + 1, match["number"] or match["number2"]
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    last = monthrange(year, month)[1]
    first_day, last_day = (min(int(number), last),) * 2 if number and int(number) else (1, last)
    first = date(year, month, first_day)
    return (today if match["by"].lower() in ("by", "before", "until") else first), date(year, month, last_day)


def _year(content: str, today: date) -> tuple[date, date] | None:
    match = YEAR.search(content)
    if not match:
        return None
    year = int(match["year"])
    return (today if match["by"].lower() != "in" else date(year, 1, 1)), date(year, 12, 31)
