"""claims, statements, gatherers, voices, derivations, reuse, rewordings, corrections → lines, tallies: how many independent lines of evidence a claim has.

Every asserting statement is an edge between its gatherer and its origin. Gatherers whose passages come from one text are one
node. The number of lines is the maximum matching of that bipartite graph, and the minimum vertex cover (Kőnig) names the
fewest names on which all of it rests. `max` takes every unknown origin for its own and merges only on sure derivations; `min`
leaves unknown origins out, merges on unsure ones too, and is at least 1 where anyone asserts. What a report, or a gatherer in
any report of its text, says in its own voice and also attributes counts once, as attributed. A statement that a person took out
counts for no line, two that a person calls one line share their gatherer, and one that a person calls a line of its own shares nothing.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

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
    Voice,
    ident,
)
from headwater.settings import Settings
from headwater.stages.lines.graph import Edge, cover, matching
from headwater.stages.lines.nodes import Nodes
from headwater.stages.stories import TOLD_BY
from headwater.stages.voices import as_heard

VERSION = 14
MARKS = f"""
    SELECT DISTINCT c.*, m.story AS key FROM corrections c JOIN statements s ON s.id = c.name
    JOIN {TOLD_BY} m ON m.report = s.report
    WHERE c.kind IN ('no-line', 'one-line', 'own-line')
"""


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
    settings: Settings,
) -> Iterator[Record]:
    """Yield the tally of each claim of a story, and the witnesses of both ends of its interval."""
    better = {each.statement: each for each in gatherers}
    said = {each.id: _known(each, better.get(each.id)) for each in as_heard(statements, voices)}
    nodes = Nodes(list(said.values()), derivations, reuse, rewordings, marks)
    out = {each.name: each.id for each in marks if each.kind == "no-line"}
    for claim in claims:
        yield from _count(claim, [said[each] for each in claim.statements], nodes, out)


def _known(statement: Statement, better: Gatherer | None) -> Statement:
    """The statement with the gatherer that the pile knows."""
    return statement if better is None else replace(statement, gatherer=better.gatherer, gatherer_sure=better.sure)


def _count(claim: Claim, every: Sequence[Statement], nodes: Nodes, out: Mapping[str, str]) -> Iterator[Record]:
    its = [each for each in every if each.id not in out]
    asserting = sorted((each for each in its if each.stance == "asserts"), key=lambda each: each.id)
    upper, merged = nodes.edges(_said_once(asserting, nodes.own), widest=True)
    known = [each for each in asserting if each.origin_named or each.id in nodes.own]
    lower, merged_too = nodes.edges(known, widest=False)
    upper = _gathered_once(upper, asserting, nodes.own)
    most, least = matching(upper), matching(lower)
    lowest = max(len(least), 1) if asserting else 0
    for bound, witnesses in (("max", most), ("min", least)):
        yield from (_line(claim, bound, edge) for edge in witnesses)
    yield _tally(
        claim,
        its,
        asserting,
        lines=(lowest, max(len(most), lowest)),
        rests_on=cover(upper, most),
        merged=merged | merged_too,
        out={out[each.id] for each in every if each.id in out},
        own={nodes.own[each.id] for each in asserting if each.id in nodes.own},
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


def _tally(
    claim: Claim,
    its: Sequence[Statement],
    asserting: Sequence[Statement],
    *,
    lines: tuple[int, int],
    rests_on: list[str],
    merged: set[str],
    out: set[str],
    own: set[str],
) -> Tally:
    unknown = sum(not each.origin_named for each in asserting)
    reports = len({each.report for each in asserting})
    return Tally(
        id=ident("a", claim.id),
        claim=claim.id,
        lines_min=lines[0],
        lines_max=lines[1],
        rests_on=rests_on,
        reports=reports,
        unknown_origins=unknown,
        denies=sum(each.stance == "denies" for each in its),
        doubts=sum(each.stance == "doubts" for each in its),
        forecasts=sum(each.stance == "forecasts" for each in its),
        why=_why(len(asserting), reports, unknown, lines, merged, out, own),
        because=sorted(merged | out | own),
    )


def _why(
    asserting: int,
    reports: int,
    unknown: int,
    lines: tuple[int, int],
    merged: set[str],
    out: set[str],
    own: set[str],
) -> str:
    taken = [f"{_many(len(out), 'statement')} taken out by a person"] if out else []
    if not asserting:
        return "; ".join(["nobody asserts it, so there is nothing to count", *taken])
    parts = [f"{_many(asserting, 'statement')} in {_many(reports, 'report')}", *taken]
    told = [each for each in merged if not each.startswith(f"{Correction.prefix}-")]
    if told:
        parts.append(f"{_many(len(told), 'derivation')} {'makes' if len(told) == 1 else 'make'} gatherers one")
    if len(told) < len(merged):
        parts.append(f"{_many(len(merged) - len(told), 'pair')} made one line by a person")
    if own:
        parts.append(f"{_many(len(own), 'statement')} called a line of its own by a person")
    if unknown:
        parts.append(
            f"{_many(unknown, 'origin')} unknown or unnamed: each may be its own (upper end) or none (lower end)"
        )
    low, high = lines
    parts.append(
        f"at most {high} of them share neither gatherer nor origin"
        if low == high
        else f"{low} to {high} share neither gatherer nor origin"
    )
    return "; ".join(parts)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
