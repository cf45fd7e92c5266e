"""Dates as pages write them → ISO 8601: machine forms, dates in words of the big European languages, dates in addresses.

A date without its year or its day is no date here. What a page leaves open, such as 03/04/2020 in English, stays open.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

FIRST_YEAR, LAST_YEAR = 1900, 2100
NO_DATES = frozenset({date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1), date(2000, 1, 1)})
"""what programs write where they know none; a report of such a day is rarer than that"""

MIDNIGHTS = frozenset("de fr it nl pl cs sk sl hr hu da no nb sv".split())
"""languages of Central European Time and of next to no other"""

_NAMES = """
january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro \
  januari stycznia января янв січня januari tammikuuta ledna ocak ianuarie januára
february feb februar feber février fevrier févr fevr febrero febbraio fevereiro \
  fev februari lutego февраля фев лютого helmikuuta února şubat subat februarie
march mar märz maerz mär mrz mars marzo março marco \
  maart mrt marca марта мар березня maaliskuuta března mart martie
april apr avril avr abril abr aprile kwietnia \
  апреля апр квітня huhtikuuta dubna nisan aprilie
may mai mayo maggio mag maio maj mei \
  maja мая травня toukokuuta května kvetna mayıs mayis
june jun juni juin junio giugno giu junho \
  czerwca июня июн червня kesäkuuta června haziran iunie
july jul juli juillet juil julio luglio lug julho \
  lipca июля июл липня heinäkuuta července temmuz iulie
august aug août aout agosto ago augustus augusti \
  sierpnia августа авг серпня elokuuta srpna ağustos agustos
september sep sept septembre septiembre set settembre setembro września \
  wrzesnia сентября сен вересня syyskuuta září eylül eylul septembrie
october oct oktober okt octobre octubre ottobre ott outubro out \
  października pazdziernika октября окт жовтня lokakuuta října ekim octombrie
november nov novembre noviembre novembro listopada ноября \
  ноя листопада marraskuuta listopadu kasım kasim noiembrie
december dec dezember dez décembre decembre déc diciembre dic dicembre \
  dezembro grudnia декабря дек грудня joulukuuta prosince aralık aralik decembrie
"""
MONTHS = {name: number for number, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()}

_WORD = r"[^\W\d_]{3,13}"
_YEAR = r"(?:19|20)\d\d"
ISO = re.compile(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+|\s*,\s*)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?!\d)",
    re.I,
)
COMPACT = re.compile(rf"\s*({_YEAR})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?\s*$", re.I)
EPOCH = re.compile(r"\s*(\d{9,10})(?:\d{3})?\s*$")
DAY_FIRST = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})(?:st|nd|rd|th|er|re|[.ºª°])?[\s\-/]*(?:(?:de|of)\s+|d['’])?({_WORD})[.,]*[\s\-/]*(?:del?\s+)?({_YEAR})(?!\d)",
    re.I,
)
MONTH_FIRST = re.compile(
    rf"(?<!\w)({_WORD})\.?[\s\-/]+(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|[-/])({_YEAR})(?!\d)", re.I
)
YEAR_FIRST = re.compile(rf"(?<!\d)({_YEAR})\.?,?\s+({_WORD})\.?\s+(\d{{1,2}})(?!\d)", re.I)
SIGNS = re.compile(rf"(?<!\d)({_YEAR})\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]")
BIG_FIRST = re.compile(rf"(?<![\d./-])({_YEAR})([-./])(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
FIGURES = re.compile(rf"(?<![\d./:-])(\d{{1,2}})\s?([-./])\s?(\d{{1,2}})\s?\2\s?({_YEAR}|\d\d)(?![\d/-])")

ORDERS = (
    (DAY_FIRST, "dmy"),
    (MONTH_FIRST, "mdy"),
    (YEAR_FIRST, "ymd"),
    (SIGNS, "ymd"),
    (BIG_FIRST, "y-md"),
    (FIGURES, "?-!y"),
)
_YEARS = re.compile(_YEAR)

IN_PATH = re.compile(rf"/({_YEAR})/(\d{{1,2}}|[a-z]{{3,9}})/(\d{{1,2}})(?=[/.]|$)", re.I)
IN_SLUG = re.compile(rf"(?<![\dA-Za-z])({_YEAR})([-_.]?)(0\d|1[0-2])\2([0-2]\d|3[01])(?![\dA-Za-z])")
IN_SLUG_DAY_FIRST = re.compile(rf"(?<![\dA-Za-z])([0-2]\d|3[01])([-_.])(0\d|1[0-2])\2({_YEAR})(?![\dA-Za-z])")
MONTH_IN_PATH = re.compile(rf"/({_YEAR})[/-](0[1-9]|1[0-2])(?=/|$)")
ARCHIVED = re.compile(r"^https?://web\.archive\.org/(?:web/)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)[a-z_]*/(.+)$", re.I)


@dataclass(frozen=True, slots=True)
class Written:
    """A full date in a text, ISO 8601, and its characters."""

    start: int
    end: int
    day: str


@dataclass(frozen=True, slots=True)
class Archived:
    """What an address of the Wayback Machine says: when the page was taken, ISO 8601, and the address that it had."""

    taken: str
    address: str


def iso(value: str, *, language: str = "") -> str | None:
    """Return the date that a value is, with hour and offset where it has them, or None; language is the page's, as `en-GB`."""
    value = value.strip()[:120]
    if found := ISO.match(value) or COMPACT.match(value):
        return _moment(found.groups())
    if found := EPOCH.match(value):
        return _told(datetime.fromtimestamp(int(found[1]), UTC))
    if "," in value[:5]:
        try:
            return _told(parsedate_to_datetime(value))
        except (ValueError, TypeError, IndexError):
            pass
    return next((each.day for each in written(value, language=language)), None)


def at_home(value: str, language: str) -> str:
    """Return a moment that is midnight in Central Europe with its offset there, on pages in its languages; others as they are.

    Editors who give only a day are written down as midnight, and programs turn that into 23:00 of the day before in universal time.
    """
    if language[:2].lower() not in MIDNIGHTS or not value.endswith(":00:00+00:00"):
        return value
    moment = datetime.fromisoformat(value)
    hours = 2 if 4 <= moment.month <= 10 else 1  # the last days of March and October are a week's risk
    return moment.astimezone(timezone(timedelta(hours=hours))).isoformat() if moment.hour == 24 - hours else value


def _moment(parts: Sequence[str | None]) -> str | None:
    year, month, number, hour, minute, second, offset = parts
    day = _day(year, month, number)
    if day is None or hour is None:
        return day.isoformat() if day else None
    offset = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00"}.get((offset or "").lower(), offset or "")
    try:
        return datetime.fromisoformat(
            f"{day}T{hour:0>2}:{minute}:{second or '00'}{offset + '00' if len(offset) == 3 else offset}"
        ).isoformat()
    except ValueError:
        return day.isoformat()


def _told(moment: datetime) -> str | None:
    return moment.isoformat() if _known(moment.date()) else None


def _day(year: object, month: object, number: object) -> date | None:
    try:
        day = date(int(str(year)), int(str(month)), int(str(number)))
    except ValueError:
        return None
    return day if _known(day) else None


def _known(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR and day not in NO_DATES


def written(text: str, *, language: str = "") -> list[Written]:
    """Return the full dates in a text, in the order in which they stand."""
    if not _YEARS.search(text) and not FIGURES.search(text):
        return []
    found = [
        Written(match.start(), match.end(), day.isoformat())
        for pattern, order in ORDERS
        for match in pattern.finditer(text)
        if (day := _in_words(dict(zip(order, match.groups(), strict=True)), language))
    ]
    kept: list[Written] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _in_words(parts: Mapping[str, str], language: str) -> date | None:
    if "?" in parts:
        return _of_figures(parts, language)
    month = parts["m"] if parts["m"].isdigit() else MONTHS.get(parts["m"].lower())
    return _day(parts["y"], month, parts["d"]) if month else None


def _of_figures(parts: Mapping[str, str], language: str) -> date | None:
    """Read day first, but month first where it must be, or where the page is American; 03/04 in other English stays open."""
    first, sign, second, year = parts["?"], parts["-"], parts["!"], parts["y"]
    if len(year) == 2:
        if sign == "-":
            return None
        year = f"20{year}"
    if int(second) > 12:
        return _day(year, first, second) if sign != "." else None
    if sign != "." and int(first) <= 12 and language.lower().startswith("en") and first != second:
        return _day(year, first, second) if language.lower() in ("en-us", "en_us") else None
    return _day(year, second, first)


def in_address(address: str) -> str | None:
    """Return the day, or else the month (`2016-08`), that the path of an address names; what is asked after `?` says nothing."""
    path = path_of(address)
    for found in IN_PATH.finditer(path):
        month = found[2] if found[2].isdigit() else MONTHS.get(found[2].lower())
        if day := _day(found[1], month, found[3]):
            return day.isoformat()
    days = {day for m in IN_SLUG.finditer(path) if (day := _day(m[1], m[3], m[4]))}
    days |= {day for m in IN_SLUG_DAY_FIRST.finditer(path) if int(m[1]) > 12 and (day := _day(m[4], m[3], m[1]))}
    if len(days) == 1:
        return days.pop().isoformat()
    months = MONTH_IN_PATH.search(path)
    return f"{months[1]}-{months[2]}" if months else None


def path_of(address: str) -> str:
    """Return the path of an address; empty where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """Return the host of an address on the web as the network writes it, without `www.`; empty where it is none."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""


def unarchived(address: str) -> Archived | None:
    """Return what an address of the Wayback Machine says of a page; None for other addresses."""
    found = ARCHIVED.match(address)
    taken = _moment([*found.groups()[:6], "Z"]) if found else None
    return Archived(taken, found[7]) if found and taken else None


def day(value: str) -> date | None:
    """Return the day of an ISO date in its own offset; None where it names a month only."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
