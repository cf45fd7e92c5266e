"""What an answer says of itself: the item in it, its time, its own address, when to come back, or why there is no page."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from headwater.errors import BadAnswer, ForbiddenAddress
from headwater.intake.items import Came, Item
from headwater.intake.links.addresses import follow, shown
from headwater.intake.links.asks import Ask, Unchanged
from headwater.intake.links.wire import WITH_CONTENT, Answer
from headwater.intake.metadata import Clue

IN_A_BROWSER = "open it in a browser, save the page and read the file"
LATER = "try again later"
IN_AN_ARCHIVE = "look for it in a web archive"
STATUSES = {
    304: ("is said to be unchanged, though nothing was known of it", LATER),
    401: ("is only for those who log in", IN_A_BROWSER),
    402: ("is only for those who pay", IN_A_BROWSER),
    403: ("is refused to programs, or to everybody", IN_A_BROWSER),
    404: ("does not exist", f"check the address, or {IN_AN_ARCHIVE}"),
    410: ("has been taken away", IN_AN_ARCHIVE),
    429: ("is refused for now: the site is asked too often", LATER),
    451: ("is withheld for legal reasons", IN_AN_ARCHIVE),
}
_LINK = re.compile(r"<([^<>]*)>([^<>]*)")
_REL = re.compile(r";\s*rel\s*=\s*(\"[^\"]*\"|[^\s;,\"]+)", re.I)
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")


def conditions(ask: Ask) -> tuple[tuple[str, str], ...]:
    """Return the headers that ask only for another version than the last one; what no header can hold is left out."""
    told = (("If-None-Match", ask.etag), ("If-Modified-Since", ask.modified))
    return tuple((name, value) for name, value in told if value and _VALIDATOR.fullmatch(value))


def judged(ask: Ask, answer: Answer, hops: Sequence[str]) -> Item | Unchanged:
    """Return what an ask comes to. Raise BadAnswer where there is no page in the answer."""
    if answer.status == 304 and conditions(ask):
        return Unchanged(ask)
    if answer.status not in WITH_CONTENT:
        raise no_page(answer)
    if not answer.content:
        raise BadAnswer(answer.address.url, "was answered with an empty page", hint=IN_A_BROWSER)
    return _item(ask, answer, hops)


def no_page(answer: Answer) -> BadAnswer:
    """Return the error of an answer whose status says that there is no page."""
    what, hint = STATUSES.get(answer.status) or (
        ("cannot be had: something is wrong at the site's end", LATER)
        if answer.status >= 500
        else ("was answered without a page", IN_A_BROWSER)
    )
    return BadAnswer(answer.address.url, f"{what} (status {answer.status})", hint=hint)


def _item(ask: Ask, answer: Answer, hops: Sequence[str]) -> Item:
    headers, final = answer.headers, answer.address.url
    return Item(
        name=ask.name or shown(ask.url),
        place=shown(ask.url),
        content=answer.content,
        media=headers.get("content-type", "").strip().lower(),
        clues=(*ask.clues, *_clues(answer)),
        came=Came(
            way="link",
            digest=hashlib.sha256(answer.content).hexdigest(),
            url=ask.url,
            final=final,
            hops=tuple(hops),
            record=ask.record,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            etag=headers.get("etag"),
            modified=headers.get("last-modified"),
        ),
        encoding=headers.get("content-encoding", "").strip().lower(),
    )


def _clues(answer: Answer) -> Iterator[Clue]:
    modified = moment(answer.headers.get("last-modified", ""))
    if modified:
        yield Clue("modified", modified.isoformat(timespec="seconds"), "http")
    canonical = _canonical(answer)
    if canonical:
        yield Clue("canonical", canonical, "http")
    yield Clue("url", answer.address.url, "http")


def _canonical(answer: Answer) -> str | None:
    """Return the address that a Link header says is the page's own, where it is one."""
    for found in _LINK.finditer(answer.headers.get("link", "")):
        rel = _REL.search(found[2])
        if rel and "canonical" in rel[1].strip('"').lower().split():
            try:
                return follow(answer.address, found[1]).url
            except ForbiddenAddress:
                return None
    return None


def moment(value: str) -> datetime | None:
    """Return an HTTP date, in UTC."""
    try:
        found = parsedate_to_datetime(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(answer: Answer) -> float | None:
    """Return for how many seconds the server asks to be left alone, where it says so."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    then = moment(value)
    return max(0.0, (then - datetime.now(UTC)).total_seconds()) if then else None


def closed(seconds: float) -> str:
    """Say until when a server asks to be left alone."""
    if seconds > 10 * 365 * 86_400:
        return "is of a site that asks to be left alone for years"
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    return f"is of a site that asks to be left alone until {until:%Y-%m-%d %H:%M} UTC"
