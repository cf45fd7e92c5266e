"""What readers share: an item as bytes, decoding it, and making a report or a problem."""

from dataclasses import dataclass

from headwater.errors import EmptyReport, IntakeError, UndecodableText
from headwater.records import Problem, Report, ident

REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or standard input: its name, its place below what was asked to be read, and its bytes."""

    name: str
    place: str
    content: bytes


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
    text, name = clean(text), clean(name)
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


def problem(error: IntakeError) -> Problem:
    """Return the row that keeps an error."""
    return Problem(
        id=ident("p", error.thing, error.code, error.message),
        thing=clean(error.thing),
        code=error.code,
        message=clean(error.message),
        hint=error.hint,
    )
