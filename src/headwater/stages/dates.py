"""reports, texts → dates: the day that a report is from.

A date printed in the report beats one that came beside it: collections store the day of the crawl, or nothing that makes sense
(one in eight of the stored dates of a real pile is contradicted by the date printed above the text). Unknown stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from headwater.records import Date, Report, Text, ident
from headwater.settings import Settings
from headwater.stages.texts import MONTH

VERSION = 1
NUMBERS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})")
DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s+(\d{{4}})")
MONTH_FIRST = re.compile(rf"({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s?(\d{{4}})")
FIGURES = re.compile(r"\b(\d{1,2})[-./](\d{1,2})[-./]((?:19|20)\d{2})")


def dates(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Date]:
    """Yield one row a report."""
    for report in reports:
        printed = _printed(report.text, texts)
        beside = parse_day(report.published or "")
        if printed:
            start, end, day = printed
            yield _row(report.id, day, "printed@1", start, end)
        elif beside:
            yield _row(report.id, beside[2], "beside@1", None, None)
        else:
            yield _row(report.id, None, "unknown@1", None, None)


def parse_day(text: str) -> tuple[int, int, date] | None:
    """Return the first full date in a text with its span, or None; 01-02-2015 is read day first, as most of the world does."""
    found = []
    for pattern, order in ((ISO, "ymd"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy"), (FIGURES, "dmy")):
        if (m := pattern.search(text)) and (day := _day(dict(zip(order, m.groups(), strict=True)))):
            found.append((m.start(), m.end(), day))
    return min(found, default=None)


def _day(parts: dict[str, str]) -> date | None:
    month = parts["m"]
    number = int(month) if month.isdigit() else NUMBERS[month[:3].lower()]
    year, day = int(parts["y"]), int(parts["d"])
    if number > 12 >= day and month.isdigit():
        number, day = day, number  # 02/13/2015 can only be month first
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _printed(text: str, stretches: Sequence[Text]) -> tuple[int, int, date] | None:
    for stretch in sorted(stretches, key=lambda each: each.start):
        if stretch.kind == "dateline" and (found := parse_day(text[stretch.start : stretch.end])):
            start, end, day = found
            return stretch.start + start, stretch.start + end, day
    return None


def _row(report: str, day: date | None, rule: str, start: int | None, end: int | None) -> Date:
    iso = day.isoformat() if day else None
    return Date(id=ident("w", report), report=report, first=iso, last=iso, start=start, end=end, rule=rule)
