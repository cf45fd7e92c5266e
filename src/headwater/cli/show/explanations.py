"""An explanation as text: the row, its rule, its quoted characters, and below it what it rests on."""

from collections.abc import Iterator

from headwater.cli.show.plain import dim, heading, inert, wrapped
from headwater.explain import Explanation, Quote

QUIET = frozenset({"id", "rule", "start", "end"})


def explanation(found: Explanation) -> str:
    """Return an explanation with everything below it."""
    return "\n".join(_told(found, ""))


def _told(found: Explanation, indent: str) -> Iterator[str]:
    yield indent + heading(f"{found.id}  {found.table}") + dim(f"  {found.about}")
    if found.rule:
        yield f"{indent}  rule {found.rule}"
    for name, value in found.row.items():
        if name not in QUIET and not name.endswith(("_start", "_end")):
            yield from wrapped(_value(value), indent + "  ", f"{name}: ")
    for quote in found.quotes:
        yield from _quote(quote, indent + "  ")
    for below in found.because:
        yield from _told(below, indent + "    ")
    if found.left_out:
        yield dim(f"{indent}    … and {found.left_out} rows more")


def _value(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, list):
        return ", ".join(map(str, value)) if value else "none"
    return str(value)


def _quote(quote: Quote, indent: str) -> Iterator[str]:
    yield f"{indent}{quote.what} · {inert(quote.report)} [{quote.start}, {quote.end})"
    before, after = " ".join(quote.before.split()), " ".join(quote.after.split())
    yield from wrapped(f"…{before} ⟦{' '.join(quote.text.split())}⟧ {after}…", indent + "  ")
