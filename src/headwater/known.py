"""What a case has already, as whoever reads into it asks: by address and by citation, so that nothing is fetched or read twice."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from headwater.errors import ForbiddenAddress
from headwater.intake.errand import Heard, Known, Validators
from headwater.intake.items import Came
from headwater.records import Address, Capture, ident
from headwater.settings import Settings
from headwater.store import Store

BY_URL = "SELECT etag, modified, captured FROM captures WHERE url = ? AND way = 'link' ORDER BY captured DESC LIMIT 1"
BY_RECORD = "SELECT 1 FROM captures WHERE record = ? AND way = ? AND digest = ? LIMIT 1"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
"""before an address that could not be had is asked again; the pause doubles with each failure"""


def known_to(store: Store, settings: Settings) -> Known:
    """Return what the case knows, asked row by row, so that a case of any size costs no memory."""

    def validators(url: str) -> Validators | None:
        rows = store.select(BY_URL, url) or store.select("SELECT etag, modified FROM addresses WHERE url = ?", url)
        return Validators(rows[0]["etag"], rows[0]["modified"]) if rows else None

    def fresh(url: str) -> bool:
        rows = store.select(BY_URL, url)
        return bool(rows) and _since(rows[0]["captured"]) < timedelta(seconds=settings.fetch_again)

    def has(came: Came) -> bool:
        if came.way != "link":
            return bool(store.select(BY_RECORD, came.record, came.way, came.digest))
        if came.url and not is_due(store, came.url):
            return True
        rows = store.select(BY_URL, came.url)
        checked = store.one(Address, ident("ad", came.url))
        looked = [rows[0]["captured"], *([checked.checked] if checked else [])] if rows else []
        return len(rows) > 0 and not all(_is_later(came.at, each) for each in looked)

    return Known(validators, fresh, has)


def is_due(store: Store, url: str) -> bool:
    """Tell whether an address may be asked again: one that failed rests, twice as long after each failure."""
    its = store.one(Address, ident("ad", url))
    if its is None or not its.failures:
        return True
    return _since(its.checked) >= min(FIRST_PAUSE * 2.0 ** min(its.failures - 1, 20), LONGEST_PAUSE)


def noted(store: Store, heard: Heard, unread: Collection[str]) -> Iterator[Address]:
    """Yield the rows that keep what servers said; to be written when all that they sent has been.

    What was sent and could not be read (`unread`) has failed too: its tag must not keep it from being sent again. Our own refusal to go
    somewhere is no failure of an address.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    failed = {each.thing for each in heard.failed if each.code != ForbiddenAddress.code}
    for url in sorted(failed | (heard.answered.keys() & set(unread))):
        its = store.one(Address, ident("ad", url))
        failures = 1 + (its.failures if its else 0)
        etag, modified = (its.etag, its.modified) if its and url in failed else (None, None)
        yield Address(id=ident("ad", url), url=url, checked=now, etag=etag, modified=modified, failures=failures)
    for url in heard.same:
        if its := store.one(Address, ident("ad", url)):
            yield replace(its, checked=now, failures=0)
    for url, came in heard.answered.items():
        if url in unread:
            continue
        yield Address(id=ident("ad", url), url=url, checked=now, etag=came.etag, modified=came.modified, failures=0)


def is_still_there(store: Store, capture: Capture) -> bool:
    """Tell whether a link led to this very report the last time too: looking at it every ten minutes is no news each time."""
    if capture.way != "link":
        return False
    select = "SELECT report FROM captures WHERE url = ? AND way = 'link' ORDER BY captured DESC LIMIT 1"
    rows = store.select(select, capture.url)
    return len(rows) > 0 and rows[0]["report"] == capture.report


def _since(moment: str | None) -> timedelta:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(moment or "")
    except (ValueError, TypeError):
        return timedelta.max


def _is_later(one: str | None, other: str | None) -> bool:
    """Tell whether one time, where it is known, is later than another: a page that changed since it was fetched."""
    if one is None or other is None:
        return False
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):  # no time, or one with and one without an offset
        return False
