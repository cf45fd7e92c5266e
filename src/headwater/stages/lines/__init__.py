"""claims, statements, gatherers, voices, derivations, reuse, rewordings, corrections → lines, tallies: how many independent lines of evidence a claim has.

Every asserting statement is an edge between its gatherer and its origin. Gatherers whose passages come from one text are one
node. The number of lines is the maximum matching of that bipartite graph, and the minimum vertex cover (Kőnig) names the
fewest names on which all of it rests. `max` takes every unknown origin for its own and merges only on sure derivations; `min`
leaves unknown origins out, merges on unsure ones too, and is at least 1 where anyone asserts. What a report, or a gatherer in
any report of its text, says in its own voice and also attributes counts once, as attributed. A statement that a person took out
counts for no line, two that a person calls one line share their gatherer, and one that a person calls a line of its own shares nothing.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.records import (
    Claim,
    Correction,
    Derivation,
    Gatherer,
    Line,
    Record,
    Reuse,
    Rewording,
    Statement,
    Tally,
    Version,
    Voice,
    ident,
)
from headwater.settings import Settings
from headwater.stages.lines.graph import Edge, cover, matching
from headwater.stages.lines.nodes import Nodes
from headwater.stages.stories import TOLD_BY
from headwater.stages.versions import Pages
from headwater.stages.voices import as_heard

VERSION = 16
LINE_MARKS = ("no-line", "one-line", "own-line")
"""kinds of corrections of what counts for lines"""
MARKS = f"""
    SELECT DISTINCT c.*, m.story AS key FROM corrections c JOIN statements s ON s.id = c.name
    JOIN {TOLD_BY} m ON m.report = s.report
    WHERE c.kind IN {LINE_MARKS}
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines of one story are counted from."""

    claims: Sequence[Claim]
    statements: Sequence[Statement]
    gatherers: Sequence[Gatherer]
    voices: Sequence[Voice]
    derivations: Sequence[Derivation]
    reuse: Sequence[Reuse]
    rewordings: Sequence[Rewording]
    marks: Sequence[Correction]
    versions: Sequence[Version] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The graph of a claim and what was counted in it, at both ends."""

    claim: Claim
    counted: tuple[Statement, ...]
    """all its statements but those that a person took out"""
    asserting: tuple[Statement, ...]
    upper: tuple[Edge, ...]
    lower: tuple[Edge, ...]
    most: tuple[Edge, ...]
    """witnesses of the upper end"""
    least: tuple[Edge, ...]
    lines_min: int
    lines_max: int
    merged: frozenset[str]
    """ids of the derivations, and of a person's corrections, that made gatherers one"""
    out: frozenset[str]
    """ids of the corrections by which statements count for no line"""
    own: frozenset[str]
    """ids of the corrections by which statements are lines of their own"""
    pages: frozenset[str]
    """what asserts it: reports, the versions of one page being one"""
    older: bool
    """whether only versions assert it of which the pile has a newer one"""


def lines(
    *,
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    gatherers: Sequence[Gatherer],
    voices: Sequence[Voice],
    derivations: Sequence[Derivation],
    reuse: Sequence[Reuse],
    rewordings: Sequence[Rewording],
    marks: Sequence[Correction],
    versions: Sequence[Version],
    settings: Settings,
) -> Iterator[Record]:
    """Yield the tally of each claim of a story, and the witnesses of both ends of its interval."""
    told = Told(claims, statements, gatherers, voices, derivations, reuse, rewordings, marks, versions)
    for count in counts(told):
        for bound, witnesses in (("max", count.most), ("min", count.least)):
            yield from (_line(count.claim, bound, edge) for edge in witnesses)
        yield tally_of(count)


def counts(told: Told) -> Iterator[Count]:
    """Yield the graph and the count of each claim of a story."""
    better = {each.statement: each for each in told.gatherers}
    said = {each.id: _known(each, better.get(each.id)) for each in as_heard(told.statements, told.voices)}
    nodes = Nodes(list(said.values()), told.derivations, told.reuse, told.rewordings, told.marks)
    out = {each.name: each.id for each in told.marks if each.kind == "no-line"}
    pages = Pages(told.versions)
    for claim in told.claims:
        yield _count(claim, [said[each] for each in claim.statements], nodes, out, pages)


def _known(statement: Statement, better: Gatherer | None) -> Statement:
    """The statement with the gatherer that the pile knows."""
    return statement if better is None else replace(statement, gatherer=better.gatherer, gatherer_sure=better.sure)


def _count(claim: Claim, every: Sequence[Statement], nodes: Nodes, out: Mapping[str, str], pages: Pages) -> Count:
    its = [each for each in every if each.id not in out]
    asserting = sorted((each for each in its if each.stance == "asserts"), key=lambda each: each.id)
    upper, merged = nodes.edges(_said_once(asserting, nodes.own), widest=True)
    known = [each for each in asserting if each.origin_named or each.id in nodes.own]
    lower, merged_too = nodes.edges(known, widest=False)
    upper = _gathered_once(upper, asserting, nodes.own)
    most, least = matching(upper), matching(lower)
    lowest = max(len(least), 1) if asserting else 0
    return Count(
        claim=claim,
        counted=tuple(its),
        asserting=tuple(asserting),
        upper=tuple(upper),
        lower=tuple(lower),
        most=tuple(most),
        least=tuple(least),
        lines_min=lowest,
        lines_max=max(len(most), lowest),
        merged=frozenset(merged | merged_too),
        out=frozenset(out[each.id] for each in every if each.id in out),
        own=frozenset(nodes.own[each.id] for each in asserting if each.id in nodes.own),
        pages=frozenset(pages.page(each.report) for each in asserting),
        older=bool(asserting) and all(pages.is_older(each.report) for each in asserting),
    )


def _said_once(asserting: Sequence[Statement], own: Container[str]) -> list[Statement]:
    """Leave out what a report says in its own voice where it also says who says so: the lead only restates that."""
    attributed = {each.report for each in asserting if each.speaker is not None}
    return [each for each in asserting if each.speaker is not None or each.report not in attributed or each.id in own]


def _gathered_once(edges: Sequence[Edge], asserting: Sequence[Statement], own: Container[str]) -> list[Edge]:
    """Leave out what a gatherer says in its own voice where another report of its text also says who says so."""
    spoken = {each.id for each in asserting if each.speaker is not None}
    attributed = {edge.gatherer for edge in edges if edge.statement in spoken}
    return [
        edge for edge in edges if edge.statement in spoken or edge.gatherer not in attributed or edge.statement in own
    ]


def _line(claim: Claim, bound: str, edge: Edge) -> Line:
    return Line(
        id=ident("l", claim.id, bound, edge.statement),
        claim=claim.id,
        bound=bound,
        statement=edge.statement,
        gatherer=edge.gatherer.label,
        origin=edge.origin.label,
    )


def tally_of(count: Count) -> Tally:
    """Return the tally of a claim: its interval, the names on which it rests, and how it was counted in words."""
    unknown = sum(not each.origin_named for each in count.asserting)
    reports = len(count.pages)
    return Tally(
        id=ident("a", count.claim.id),
        claim=count.claim.id,
        lines_min=count.lines_min,
        lines_max=count.lines_max,
        rests_on=cover(count.upper, count.most),
        reports=reports,
        unknown_origins=unknown,
        denies=sum(each.stance == "denies" for each in count.counted),
        doubts=sum(each.stance == "doubts" for each in count.counted),
        forecasts=sum(each.stance == "forecasts" for each in count.counted),
        older=count.older,
        why=_why(count, reports, unknown),
        because=sorted(count.merged | count.out | count.own),
    )


def _why(count: Count, reports: int, unknown: int) -> str:
    taken = [f"{_many(len(count.out), 'statement')} taken out by a person"] if count.out else []
    if not count.asserting:
        return "; ".join(["nobody asserts it, so there is nothing to count", *taken])
    parts = [f"{_many(len(count.asserting), 'statement')} in {_many(reports, 'report')}", *taken]
    told = [each for each in count.merged if not each.startswith(f"{Correction.prefix}-")]
    if told:
        parts.append(f"{_many(len(told), 'derivation')} {'makes' if len(told) == 1 else 'make'} gatherers one")
    if len(told) < len(count.merged):
        parts.append(f"{_many(len(count.merged) - len(told), 'pair')} made one line by a person")
    if count.own:
        parts.append(f"{_many(len(count.own), 'statement')} called a line of its own by a person")
    if unknown:
        parts.append(
            f"{_many(unknown, 'origin')} unknown or unnamed: each may be its own (upper end) or none (lower end)"
        )
    low, high = count.lines_min, count.lines_max
    parts.append(
        f"at most {high} of them share neither gatherer nor origin"
        if low == high
        else f"{low} to {high} share neither gatherer nor origin"
    )
    return "; ".join(parts)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
