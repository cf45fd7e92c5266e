"""reports, texts → dates: the day that a report is from, and the characters or the address that say so.

What says so is ranked by how often it is right: a day printed as the one of publishing, the day in the report's address, a day printed
above the text without a word of what it is, one printed as that of an update, then what came beside the text: collections store the day
of the crawl, or nothing that makes sense (more than one in four of the stored days of a real pile is contradicted by the day printed
above the text, and the weekdays that those texts name bear out the printed one). Last is the day of a film above the text, which in one case of three is the day
before or after. A day inside or below the text is some other day, unless it says that it is when this was published or updated.
Unknown stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.records import Date, Report, Text, ident
from headwater.settings import Settings
from headwater.stages.texts.printed import MONTH

VERSION = 2
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
ORDERS = ((ISO, "ymd"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy"), (FIGURES, "dmy"))

IN_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3,9})/(\d{1,2})(?=[/_.-]|$)", re.I),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d{2})[-_](\d{2})(?!\d)"),
    re.compile(r"(?<![\da-f])(20\d\d)([01]\d)([0-3]\d)(?![\da-f])", re.I),
)
ARCHIVE = re.compile(r"^https?://(?:web\.)?archive\.[a-z]+/(?:web/)?\d{4,14}[a-z_]*/", re.I)
FIRST = re.compile(r"\b(?:published|posted|created|date of publication|aired)\b[^\d]{0,24}$", re.I)
CHANGED = re.compile(r"\b(?:updated?|modified|revised|edited)\b[^\d]{0,24}$", re.I)
AMERICAN_CLOCK = re.compile(r",?\s*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*[ap]\.?m\b", re.I)
LABEL = 60
"""characters before a day in which a word says what day it is"""


@dataclass(frozen=True, slots=True)
class Found:
    """A full date in a text, its characters, and the other day that its figures may mean."""

    start: int
    end: int
    day: date
    other: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A day that a report may be from, its rule, and the characters that say so where there are some."""

    day: date
    rule: str
    start: int | None = None
    end: int | None = None


RANKS = ("published", "address", "printed", "updated", "beside", "film")
"""best first; of one kind the earlier day"""


def dates(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Date]:
    """Yield one row a report."""
    for report in reports:
        found = sorted(
            _evidence(report, texts),
            key=lambda each: (RANKS.index(each.rule.split("@")[0]), each.day if each.start is not None else date.min),
        )
        best = found[0] if found else None
        day = best.day.isoformat() if best else None
        yield Date(
            id=ident("w", report.id),
            report=report.id,
            first=day,
            last=day,
            start=best.start if best else None,
            end=best.end if best else None,
            rule=best.rule if best else "unknown@1",
        )


def parse_days(text: str) -> list[Found]:
    """Return the full dates in a text; 01-02-2015 is read day first, as most of the world does, unless an American clock follows."""
    found = []
    for pattern, order in ORDERS:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            other = _day(parts | {"m": parts["d"], "d": parts["m"]}) if pattern is FIGURES else None
            day = _day(parts)
            if other and "/" in match.group() and AMERICAN_CLOCK.match(text, match.end()):
                day, other = other, day
            if day or other:
                found.append(Found(match.start(), match.end(), day or other or date.min, other if day else None))
    return sorted(found, key=lambda each: (each.start, each.end))


def parse_day(text: str) -> Found | None:
    """Return the first full date in a text, or None."""
    return next(iter(parse_days(text)), None)


def _day(parts: dict[str, str]) -> date | None:
    number = int(parts["m"]) if parts["m"].isdigit() else NUMBERS.get(parts["m"][:3].lower(), 0)
    try:
        return date(int(parts["y"]), number, int(parts["d"]))
    except ValueError:
        return None


def day_in_address(url: str | None) -> date | None:
    """Return the day in the address of a page, the last where there are several; an archive's own address tells none of its own."""
    url = ARCHIVE.sub("", url or "")
    for pattern in IN_ADDRESS:
        days = [day for m in pattern.finditer(url) if (day := _day(dict(zip("ymd", m.groups(), strict=True))))]
        if days:
            return days[-1]
    return None


def _evidence(report: Report, texts: Sequence[Text]) -> Iterator[Evidence]:
    address, beside = day_in_address(report.url), parse_day(report.published or "")
    if address:
        yield Evidence(address, "address@1")
    known = [day for day in (address, beside and beside.day) if day]
    yield from _printed(report.text, sorted(texts, key=lambda each: each.start), known)
    if beside:
        yield Evidence(beside.day, "beside@1")


def _printed(text: str, stretches: Sequence[Text], known: Sequence[date]) -> Iterator[Evidence]:
    """Yield the days that are printed above the text, and those that are said to be of publishing wherever they are printed."""
    begins = next((each.start for each in stretches if each.kind == "body" and text[each.start : each.end].strip()), 0)
    for stretch in stretches:
        if stretch.kind not in ("dateline", "caption"):
            continue
        found = parse_days(text[stretch.start : stretch.end])
        above = stretch.start < begins
        for each in found:
            label = _label(text[stretch.start : stretch.start + each.start])
            rule = _rule(stretch.kind, label, above=above, alone=len({one.day for one in found}) == 1)
            if rule:
                yield Evidence(_meant(each, known), rule, stretch.start + each.start, stretch.start + each.end)


def _label(before: str) -> str:
    """Return what the words before a day say it is: published, updated, or nothing."""
    before = re.split(r"\d", before[-LABEL:])[-1]
    first, changed = FIRST.search(before), CHANGED.search(before)
    return "updated" if changed and not (first and first.start() > changed.start()) else "published" if first else ""


def _rule(kind: str, label: str, *, above: bool, alone: bool) -> str | None:
    if kind == "caption":
        return "film@1" if above and label == "published" else None
    if label == "published" and above:
        return "published@1"
    if label:
        return "updated@1"
    return "printed@2" if above and alone else None


def _meant(found: Found, known: Sequence[date]) -> date:
    """Return the reading of two that what else is known of the report's day bears out."""
    near = [
        day for day in (found.day, found.other) if day and any(abs(day - each) <= timedelta(days=2) for each in known)
    ]
    return near[0] if near else found.day
