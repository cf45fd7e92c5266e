"""Versions of pages as text: what changed from each to the next, and what was dropped."""

from collections.abc import Iterator, Sequence

import click

from headwater.ask import Alteration, OneVersion, PageHistory
from headwater.cli.show.plain import dim, heading, inert, many, wrapped

SHOWN = 12  # sentences of one kind of change; `--json` has all


def versions(found: Sequence[PageHistory]) -> str:
    """Return every page that is there in several versions."""
    if not found:
        return "no page is here in more than one version"
    return "\n".join(line for each in found for line in [*_page(each), ""]).rstrip()


def _page(page: PageHistory) -> Iterator[str]:
    order = "" if page.ordered else ", in no known order: neither captures nor dates tell it"
    yield heading(f"━━ {page.page}")
    yield dim(f"   {many(len(page.versions), 'version')}{order}")
    for before, each in zip([None, *page.versions], page.versions, strict=False):
        yield f"   {_called(each)}"
        if before:
            yield from _changes(next(made for made in page.changes if made.after == each.report), each)
    if page.dropped:
        yield f"   {heading('Claims that only older versions make')}"
        for claim in page.dropped:
            yield from wrapped(claim.text, "     ")
            yield dim(f"     {claim.claim}")


def _called(version: OneVersion) -> str:
    told = [
        f"{what} {when}"
        for what, when in (
            ("published", version.published),
            ("changed", version.modified),
            ("captured", version.captured),
        )
        if when
    ]
    number = f"{version.number}." if version.number else "·"
    newest = " (newest)" if version.newest else ""
    return inert(f"{number} {version.name}{newest} — {', '.join(told) or 'undated'} · {version.report}")


def _changes(made: Alteration, version: OneVersion) -> Iterator[str]:
    if made.title:
        yield from wrapped(f"headline now: {version.title or 'unknown'}", "      ")
    yield from _sentences("- ", made.gone, "red")
    yield from _sentences("+ ", made.come, "green")
    for each in made.reworded[:SHOWN]:
        yield from _marked("~ ", each.before, "red")
        yield from _marked("  ", each.after, "green")
    left = max(0, len(made.reworded) - SHOWN)
    yield dim(f"      {many(made.kept, 'sentence')} kept" + (f", {left} more reworded" if left else ""))


def _sentences(mark: str, found: Sequence[str], colour: str) -> Iterator[str]:
    for each in found[:SHOWN]:
        yield from _marked(mark, each, colour)
    if len(found) > SHOWN:
        yield dim(f"      … and {len(found) - SHOWN} more")


def _marked(mark: str, text: str, colour: str) -> Iterator[str]:
    yield from (click.style(line, fg=colour) for line in wrapped(text, "      ", mark))
