"""When what a text tells happened, as intervals of days seen from the report's own day, each with the words that say so.

A small grammar of our own: weekdays, dates, months, years, "last week", "two days ago", "over the weekend", "in recent days". When a thing
was merely said is not when it happened. An interval may be open to the past: "in the past" ends before now and begins nowhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.stages.times import MONTHS, NAMED, SAYING, WEEKDAYS, day_of

COUNTED = dict(
    zip(
        "a an one two three four five six seven eight nine ten eleven twelve".split(),
        (1, 1, *range(1, 13)),
        strict=True,
    )
)
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(COUNTED, key=len, reverse=True))}|(?:a )?few|several|a couple of|some)"
LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365}
FEW = (2, 6)
"""how many "a few" may be"""
UNIT = r"(?P<unit>day|week|month|year)s?"
MONTH = rf"(?P<month>(?-i:{'|'.join(map(str.title, MONTHS))}))"
AGO = re.compile(rf"\b{COUNT} {UNIT} (?:ago|earlier|before|previously)\b", re.I)
RECENT = re.compile(rf"\b(?:in|over|during|within) (?:the )?(?:(?:last|past) (?:{COUNT} )?|recent ){UNIT}\b", re.I)
THIS = re.compile(r"\b(?P<which>last|previous|this|earlier this|later this) (?P<unit>week|month|year)\b", re.I)
WEEKEND = re.compile(r"\b(?:over|at|during|on|last|this) (?:the |this |last )?weekend\b", re.I)
LAST_WEEKDAY = re.compile(rf"\blast (?P<day>{'|'.join(WEEKDAYS)})\b", re.I)
WHOLE_MONTH = re.compile(
    rf"\b(?:in|during|since|of|early|late|mid-?|last|until|from) (?:early |late |mid-?)?{MONTH}\b(?! \d{{1,2}}\b)(?:,? (?P<year>(?:19|20)\d\d))?",
    re.I,
)
YEAR = re.compile(
    r"\b(?:in|since|of|from|during|until|early|late|mid-?) (?:early |late |mid-?)?(?P<year>(?:19|20)\d\d)\b", re.I
)
PAST = re.compile(
    r"\bin the past\b(?! (?:few|\w+ )?(?:hour|day|week|month|year))|\bpreviously\b|\bin (?:previous|earlier|past) (?:attacks|years|cases|incidents)\b",
    re.I,
)
RECALLS = re.compile(
    rf"\b(?:{COUNT} |just |only )?(?:hour|day|week|month|year)s? (?:after|since)\b[^,;.:]{{0,200}}$", re.I
)
"""what stands before a thing that is recalled: "came two days after an explosion", up to the end of its clause"""
MAY_TELL = re.compile(rf"\d|day|night|morning|evening|week|month|year|past|previous|recent|{'|'.join(MONTHS)}", re.I)
"""what stands in every text that names a time; the shapes themselves are slower to look for"""
LONG_PAST = 14  # days before the report at which "in the past" ends


@dataclass(frozen=True, slots=True)
class When:
    """Days on which something happened, both included, and the characters that say so; `first` is unknown where the past is open."""

    first: date | None
    last: date
    start: int
    end: int

    @property
    def days(self) -> int:
        """How many days it spans; very many where the past is open."""
        return (self.last - self.first).days if self.first else 10_000


def whens(text: str, today: date) -> list[When]:
    """Return the intervals that a text names, in order of place; none that merely dates a saying."""
    found: list[When] = []
    if not MAY_TELL.search(text):
        return found
    for reader in (_named, _ago, _recent, _this, _weekend, _last_weekday, _month, _year, _past):
        for each in reader(text, today):
            if not any(each.start < other.end and other.start < each.end for other in found):
                found.append(each)
    return sorted(found, key=lambda each: (each.start, each.end))


def is_recalled(text: str, place: int) -> bool:
    """Tell whether what stands at a place of a text is recalled as something that another thing came after.

    >>> told = "The shelling came two days after an explosion killed 14 people, and left 23 dead"
    >>> is_recalled(told, told.index("14")), is_recalled(told, told.index("23"))
    (True, False)
    """
    return bool(RECALLS.search(text, 0, place))


def narrowest(text: str, today: date) -> When | None:
    """Return the shortest of the intervals that a text names, the first of equally short ones."""
    return min(whens(text, today), key=lambda each: (each.days, each.start), default=None)


def _named(text: str, today: date) -> Iterator[When]:
    for m in NAMED.finditer(text):
        if not SAYING.search(text, max(0, m.start() - 60), m.start()) and (day := day_of(m, today)):
            night = re.match(r"(?: night| evening|-night| overnight)", text[m.end() :])
            yield When(day, day + timedelta(days=1) if night else day, m.start(), m.end())


def _ago(text: str, today: date) -> Iterator[When]:
    for m in AGO.finditer(text):
        low, high = _counted(m["count"])
        length = LENGTH[m["unit"].lower()]
        slack = 0 if length == 1 else length // 2
        yield When(
            today - timedelta(days=high * length + slack),
            today - timedelta(days=low * length - slack),
            m.start(),
            m.end(),
        )


def _counted(words: str) -> tuple[int, int]:
    plain = words.lower()
    if plain.isdigit():
        return int(plain), int(plain)
    return (COUNTED[plain], COUNTED[plain]) if plain in COUNTED else FEW


def _recent(text: str, today: date) -> Iterator[When]:
    for m in RECENT.finditer(text):
        high = (
            _counted(m["count"])[1]
            if m["count"]
            else 1
            if m["unit"].lower() == m.group().split()[-1].lower()
            else FEW[1]
        )
        yield When(today - timedelta(days=high * LENGTH[m["unit"].lower()]), today, m.start(), m.end())


def _this(text: str, today: date) -> Iterator[When]:
    for m in THIS.finditer(text):
        if m["which"].lower() != "later this":
            first, last = _span(m["unit"].lower(), today, back=m["which"].lower() in ("last", "previous"))
            yield When(first, min(last, today), m.start(), m.end())


def _span(unit: str, today: date, *, back: bool) -> tuple[date, date]:
    """The week, month or year that holds today, or the one before it."""
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * back)
        return first, first + timedelta(days=6)
    if unit == "month":
        last = today.replace(day=1) - timedelta(days=1)
        return (last.replace(day=1), last) if back else (today.replace(day=1), today)
    year = today.year - back
    return date(year, 1, 1), date(year, 12, 31)


def _weekend(text: str, today: date) -> Iterator[When]:
    for m in WEEKEND.finditer(text):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        yield When(saturday, min(saturday + timedelta(days=1), max(today, saturday)), m.start(), m.end())


def _last_weekday(text: str, today: date) -> Iterator[When]:
    """Of the week before, or the one just gone by: people mean either."""
    for m in LAST_WEEKDAY.finditer(text):
        back = (today.weekday() - WEEKDAYS.index(m["day"].lower())) % 7
        near = today - timedelta(days=back or 7)
        yield When(near - timedelta(days=7 if 0 < back <= today.weekday() else 0), near, m.start(), m.end())


def _month(text: str, today: date) -> Iterator[When]:
    for m in WHOLE_MONTH.finditer(text):
        month = MONTHS.index(m["month"].lower()) + 1
        year = int(m["year"]) if m["year"] else today.year - (month > today.month)
        first = date(year, month, 1)
        yield When(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), m.start(), m.end())


def _year(text: str, today: date) -> Iterator[When]:
    for m in YEAR.finditer(text):
        year = int(m["year"])
        yield When(date(year, 1, 1), date(year, 12, 31), m.start(), m.end())


def _past(text: str, today: date) -> Iterator[When]:
    for m in PAST.finditer(text):
        yield When(None, today - timedelta(days=LONG_PAST), m.start(), m.end())
