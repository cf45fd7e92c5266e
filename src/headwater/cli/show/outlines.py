"""Outlines of unseen texts: their sentences in order, each with the reports that have it."""

from collections.abc import Iterator, Sequence

from headwater.ask import Outline
from headwater.cli.show.plain import dim, heading, inert, many


def outlines(found: Sequence[Outline]) -> str:
    """Return the outlines, one below the other."""
    if not found:
        return "no text outside the pile has two children here"
    return "\n".join(line for each in found for line in (*_outline(each), "")).rstrip()


def _outline(outline: Outline) -> Iterator[str]:
    name = inert(outline.unseen) if outline.unseen else "a text that nobody names, or one of its children"
    yield heading(f"○ {name}") + dim(f"  {outline.story}")
    yield f"   {many(len(outline.children), 'child', 'children')}: {', '.join(map(inert, outline.children))}"
    for each in outline.sentences:
        yield f"   · {inert(each.text)}"
        yield dim(f"       in {', '.join(map(inert, each.holders))} · {inert(each.report)} {each.start}-{each.end}")
