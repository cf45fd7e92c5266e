"""Pages: main text, day and headline of pages as they were saved (the form of Trafilatura's own evaluation).

In: a folder with `evaldata.json`, which gives an address the file of its page (below `eval` or `cache`), segments that belong to the main
text and segments that do not, and for most pages the day and the headline that a person wrote down. Out: a `Result`. A segment is found or
not; precision, recall and F1 count segments over all pages. Days are compared as days: right, wrong, or abstained from, as shares of the
pages whose day is known; once with the address and once without what it says. Days that the data write as no date are left out. `against`
counts those wrong ones where two places or more on the page agree on another day than the data, and none says theirs.
Baselines: all text of the page; the first day that JSON-LD or Open Graph name; the title in the page's head.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from headwater.intake import html
from headwater.intake.clue import Clue
from headwater.intake.items import Item
from headwater.intake.metadata import choose
from headwater.measure.ratios import harmonic, ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Candidate, Report

FOLDERS = ("eval", "cache", ".")


@dataclass(frozen=True, slots=True)
class Saved:
    """A page and what is known of it; None where it is not."""

    address: str
    content: bytes
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    day: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A page, what was read from it, and all its text."""

    page: Saved
    text: str
    clues: tuple[Clue, ...]
    whole: str


def pages(folder: Path) -> Result:
    """Score the pages of a folder."""
    path = folder / "evaldata.json"
    if not path.is_file():
        return not_measured("pages", path)
    found = [_taken(page) for page in read_pages(path)]
    dated = sum(each.page.day is not None for each in found)
    note = (
        f"{len(found)} pages, {dated} with a day, {sum(each.page.title is not None for each in found)} with a headline"
    )
    return Result("pages", named("pages", numbers(found)), named_baselines("pages", baselines(found)), note)


def read_pages(path: Path) -> Iterable[Saved]:
    """Yield the pages whose files are there."""
    for address, row in json.loads(path.read_text(encoding="utf-8")).items():
        file = next((found for below in FOLDERS if (found := path.parent / below / row["file"]).is_file()), None)
        if file:
            yield _saved(address, row, file.read_bytes())


def _saved(address: str, row: Mapping[str, Any], content: bytes) -> Saved:
    return Saved(
        address=address,
        content=content,
        inside=tuple(row["with"]),
        outside=tuple(row["without"]),
        day=_day(row.get("date")),
        title=" ".join(str(row.get("title") or "").split()) or None,
    )


def _day(told: object) -> str | None:
    try:
        return date.fromisoformat(str(told or "")).isoformat()
    except ValueError:
        return None


def _taken(page: Saved) -> Taken:
    """Read a page as one that was fetched from its address."""
    told = (Clue("url", page.address, "http"),) if page.address.startswith("http") else ()
    rows = list(html.read(Item("page", page.address, page.content, clues=told)))
    text = next((each.text for each in rows if isinstance(each, Report)), "")
    clues = tuple(Clue(each.field, each.value, each.place) for each in rows if isinstance(each, Candidate))
    return Taken(page, text, clues, _whole(page.content))


def _whole(content: bytes) -> str:
    from trafilatura import html2txt

    return str(html2txt(content, clean=False))


def numbers(found: Sequence[Taken]) -> dict[str, Number]:
    """Return all measures, by name."""
    with_address = [_days(each, each.clues) for each in found if each.page.day]
    without = [_days(each, [clue for clue in each.clues if clue.place != "address"]) for each in found if each.page.day]
    titled = [each for each in found if each.page.title]
    return {
        **_segments("text", [(each.page, each.text) for each in found]),
        **_shares("dates", with_address),
        "dates.against": ratio(sum(_against(each) for each in found if each.page.day), len(with_address)),
        **_shares("dates_without_address", without),
        "titles.right": ratio(sum(_title(each) == each.page.title for each in titled), len(titled)),
    }


def baselines(found: Sequence[Taken]) -> dict[str, Number]:
    """Return what the simplest ways come to."""
    dated = [each for each in found if each.page.day]
    titled = [each for each in found if each.page.title]
    first = [_first(each.clues, "published", ("json-ld", "open-graph")) for each in dated]
    heads = [_first(each.clues[::-1], "title", ("meta",)) for each in titled]
    whole = _segments("text", [(each.page, each.whole) for each in found])
    return {
        "text.f all text of the page": whole["text.f"],
        "dates.right JSON-LD or Open Graph": ratio(
            sum(a[:10] == b.page.day for a, b in zip(first, dated, strict=True)), len(dated)
        ),
        "dates.wrong JSON-LD or Open Graph": ratio(
            sum(bool(a) and a[:10] != b.page.day for a, b in zip(first, dated, strict=True)), len(dated)
        ),
        "titles.right title in the head": ratio(
            sum(a == b.page.title for a, b in zip(heads, titled, strict=True)), len(titled)
        ),
    }


def _segments(name: str, read: Sequence[tuple[Saved, str]]) -> dict[str, Number]:
    """Return precision, recall and F1 of segments: found that should be, of all found and of all that should be."""
    hit = sum(segment in text for page, text in read for segment in page.inside)
    false = sum(segment in text for page, text in read for segment in page.outside)
    precision, recall = ratio(hit, hit + false), ratio(hit, sum(len(page.inside) for page, _ in read))
    both = round(harmonic(precision, recall), 3) if precision is not None and recall is not None else None
    return {f"{name}.p": precision, f"{name}.r": recall, f"{name}.f": both}


def _days(each: Taken, clues: Sequence[Clue]) -> str:
    """Return right, wrong or abstained."""
    day = choose(clues).values.get("published")
    return "abstained" if day is None else "right" if day[:10] == each.page.day else "wrong"


def _shares(name: str, verdicts: Sequence[str]) -> dict[str, Number]:
    return {
        f"{name}.{verdict}": ratio(verdicts.count(verdict), len(verdicts))
        for verdict in ("right", "wrong", "abstained")
    }


def _against(each: Taken) -> bool:
    """Whether the day taken is not the data's, and two places or more say it and none says the data's."""
    day = (choose(each.clues).values.get("published") or "")[:10]
    said = [clue for clue in each.clues if clue.field in ("published", "modified")]
    places = {clue.place for clue in said if clue.value[:10] == day}
    return (
        bool(day)
        and day != each.page.day
        and len(places) > 1
        and all(clue.value[:10] != each.page.day for clue in said)
    )


def _title(each: Taken) -> str | None:
    return choose(each.clues).values.get("title")


def _first(clues: Sequence[Clue], field: str, places: Sequence[str]) -> str:
    return next((clue.value for clue in clues if clue.field == field and clue.place in places), "")
