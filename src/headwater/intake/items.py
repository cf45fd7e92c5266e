"""What readers share: an item as bytes, decoding it, and making a report or a problem."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from headwater.errors import EmptyReport, HeadwaterError, TooLarge, UndecodableText
from headwater.intake.metadata import Clue, choose
from headwater.records import Candidate, Capture, Problem, Report, ident

REPLACEMENT = "\ufffd"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Came:
    """How an item came in, where it did not lie in a folder: what a row of `captures` says, less the report."""

    way: str
    digest: str
    url: str | None = None
    final: str | None = None
    hops: tuple[str, ...] = ()
    record: str | None = None
    at: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One file, answer, archive record or standard input: its bytes, and what was told of them from outside."""

    name: str
    """the id that a report in it gets where it has none of its own"""
    place: str
    """where it is, below what was asked to be read; named in problems"""
    content: bytes
    media: str = ""
    """media type as it was told, in lower case, with charset; empty where only name and bytes can say"""
    clues: tuple[Clue, ...] = ()
    """what its envelope says of title, outlet and dates: HTTP headers, the feed's entry, the archive"""
    came: Came | None = None
    encoding: str = ""
    """content codings that are still on the bytes, as HTTP names them: gzip, br, deflate, in the order in which they were put on"""


def decode(item: Item) -> str:
    """Return the text of an item: UTF-8 where it is, else what its bytes look like. Raise UndecodableText for neither."""
    try:
        return item.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        import charset_normalizer  # only what is not UTF-8 needs it

        best = charset_normalizer.from_bytes(item.content[:200_000]).best()
    if best is None:
        raise UndecodableText(
            item.place, "is not text in any encoding that we know", hint="is it a picture or an archive?"
        )
    return item.content.decode(best.encoding, errors="replace")


def clean(text: str) -> str:
    """Replace, one for one, the characters that no text has: NUL and halves of surrogate pairs."""
    return "".join(REPLACEMENT if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text) if _dirty(text) else text


def _dirty(text: str) -> bool:
    return "\0" in text or any("\ud800" <= c <= "\udfff" for c in text)


def make_report(
    *,
    name: str,
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    place: str | None = None,
) -> Report:
    """Return a report whose id is made from all of it. Raise EmptyReport when it has no text."""
    if not any(c.isalnum() for c in text):
        raise EmptyReport(place or name, "has no text")
    outlet, published, title, url = (_known(each) for each in (outlet, published, title, url))
    text, name = clean(text), " ".join(clean(name).split())
    return Report(
        id=ident("r", name, outlet, published, title, url, text),
        name=name,
        outlet=outlet,
        published=published,
        title=title,
        url=url,
        text=text,
    )


def _known(value: str | None) -> str | None:
    return clean(value).strip() or None if value else None


def make_rows(item: Item, *, text: str, clues: tuple[Clue, ...]) -> Iterator[Report | Candidate | Capture]:
    """Yield the report in an item, every value that was found for its title, outlet and dates, and how it came in.

    `clues` stand before those of the envelope; what wins is for `metadata.choose` to say. Raise EmptyReport.
    """
    chosen = choose((*clues, *item.clues))
    report = make_report(
        name=item.name,
        text=text,
        outlet=chosen.values.get("outlet"),
        published=chosen.values.get("published"),
        title=chosen.values.get("title"),
        url=chosen.values.get("url"),
        place=item.place,
    )
    yield report
    for each in chosen.verdicts:
        value = clean(each.clue.value)
        yield Candidate(
            id=ident("cd", report.id, each.clue.field, value, each.clue.place),
            report=report.id,
            field=each.clue.field,
            value=value,
            place=each.clue.place,
            won=each.won,
            why=each.why,
        )
    if item.came:
        yield _capture(report, item.came)


def _capture(report: Report, came: Came) -> Capture:
    return Capture(
        id=ident("cp", report.id, came.way, came.url, came.final, *came.hops, came.record, came.at, came.digest),
        report=report.id,
        way=came.way,
        url=came.url,
        final=came.final,
        hops=list(came.hops),
        record=came.record,
        captured=came.at,
        digest=came.digest,
        etag=came.etag,
        modified=came.modified,
    )


def in_bounds(found: Iterable[T], limit: int) -> Iterator[T | Problem]:
    """Yield what was found, with a problem in the place of a report that is too long to be one and of what belongs to it."""
    long = ""
    for row in found:
        if isinstance(row, Report) and len(row.text) > limit:
            long = row.id
            yield problem(TooLarge(row.name, f"has more than {limit:,} characters", hint="is it one report?"))
        elif not (isinstance(row, Candidate | Capture) and row.report == long):
            yield row


def problem(error: HeadwaterError) -> Problem:
    """Return the row that keeps an error."""
    return Problem(
        id=ident("p", error.thing, error.code, error.message),
        thing=" ".join(clean(error.thing).split()),
        code=error.code,
        message=" ".join(clean(error.message).split()),
        hint=error.hint,
    )
