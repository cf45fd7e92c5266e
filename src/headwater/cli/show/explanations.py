"""An explanation as text: the row, its rule, its quoted characters, and below it what it rests on."""

from collections.abc import Callable, Iterator

from headwater.cli.show.plain import dim, heading, inert, wrapped
from headwater.explain import Explanation, Quote

QUIET = frozenset({"id", "rule", "start", "end"})


def explanation(found: Explanation) -> str:
    """Return an explanation with everything below it; of a claim how it was counted and who says it, a few lines each."""
    return "\n".join(_claim(found) if found.table == "claims" else _told(found, ""))


def _claim(found: Explanation) -> Iterator[str]:
    value = f" {inert(str(found.row['value']))}" if found.row["value"] else ""
    yield heading(f"{found.id}  claim: {found.row['kind']}{value}") + dim(f"  {found.rule}")
    for below in found.because:
        yield from BRIEFLY.get(below.table, _nothing)(below)
    if found.left_out:
        yield dim(f"  … and {found.left_out} rows more")
    yield dim("  headwater explain CASE ID shows any of these in full")


def _tally(found: Explanation) -> Iterator[str]:
    row = found.row
    low, high = row["lines_min"], row["lines_max"]
    yield from wrapped(f"{low if low == high else f'{low} to {high}'} lines: {inert(row['why'])}", "  ", "counted  ")
    yield from wrapped(inert(", ".join(row["rests_on"])) or "nobody", "  ", "rests on ")
    yield dim(f"  {found.id}")


def _witness(found: Explanation) -> Iterator[str]:
    yield f"  line     {inert(found.row['gatherer'])} ← {inert(found.row['origin'])}" + dim(f"  {found.id}")


def _dispute(found: Explanation) -> Iterator[str]:
    yield f"  {found.row['kind']:<8} {inert(found.row['why'])}" + dim(f"  {found.id}")


def _statement(found: Explanation) -> Iterator[str]:
    row = dict(found.row)
    for better in found.because:
        if better.table in ("gatherers", "voices"):
            row |= {name: better.row[name] for name in ("gatherer", "origin", "stance") if name in better.row}
    told = f"{row['stance']}: {inert(row['gatherer'] or 'unknown')} ← {inert(row['origin'] or 'unknown')}"
    yield f"  said     {told}" + dim(f"  {found.id}")
    for quote in found.quotes[:1]:
        yield from _quote(quote, "           ")


def _correction(found: Explanation) -> Iterator[str]:
    row = found.row
    signed = " · ".join(filter(None, (row["author"] or "unsigned", row["made"], row["reason"])))
    yield f"  put right: {row['kind']}, {inert(signed)}" + dim(f"  {found.id}")


def _nothing(found: Explanation) -> Iterator[str]:
    yield from ()


BRIEFLY: dict[str, Callable[[Explanation], Iterator[str]]] = {
    "tallies": _tally,
    "lines": _witness,
    "disputes": _dispute,
    "statements": _statement,
    "corrections": _correction,
}
"""what is shown of the rows under a claim; its story and readings stand in the row itself"""


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
