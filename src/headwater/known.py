"""What a case has already, as whoever reads into it asks: by address and by citation, so that nothing is fetched or read twice."""

from datetime import datetime

from headwater.intake.errand import Known, Validators
from headwater.intake.items import Came
from headwater.store import Store

BY_URL = "SELECT etag, modified, captured FROM captures WHERE url = ? AND way = 'link' ORDER BY captured DESC LIMIT 1"
BY_RECORD = "SELECT 1 FROM captures WHERE record = ? AND way = ? AND digest = ? LIMIT 1"


def known_to(store: Store) -> Known:
    """Return what the case knows, asked row by row, so that a case of any size costs no memory."""

    def validators(url: str) -> Validators | None:
        rows = store.select(BY_URL, url)
        return Validators(rows[0]["etag"], rows[0]["modified"]) if rows else None

    def has(came: Came) -> bool:
        if came.way == "link":
            rows = store.select(BY_URL, came.url)
            return bool(rows) and not _is_later(came.at, rows[0]["captured"])
        return bool(store.select(BY_RECORD, came.record, came.way, came.digest))

    return Known(validators, has)


def _is_later(one: str | None, other: str | None) -> bool:
    """Tell whether one time, where it is known, is later than another: a page that changed since it was fetched."""
    if one is None or other is None:
        return False
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):  # no time, or one with and one without an offset
        return False
