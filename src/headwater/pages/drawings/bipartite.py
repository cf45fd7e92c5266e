"""Gatherers on the left, origins on the right, a curve for the statements between two, the witnesses drawn through."""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.ask import Graph, GraphNode

LETTER = 7.7  # width of a letter at the size of the labels, generously
BETWEEN = 112.0  # width of the curves
STEP = 46.0  # from one node to the next
TOP = 34.0
MARGIN = 24.0  # beside a label
LETTERS = 33  # of a label on a line


@dataclass(frozen=True, slots=True)
class Point:
    """A node: its place, its label on one or two lines, whether the claim rests on it, and the reports that have it."""

    key: str
    x: float
    y: float
    label: str
    lines: tuple[str, ...]
    cover: bool
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Statements between a gatherer and an origin."""

    path: str
    witness: bool
    statements: int
    gatherer: str
    origin: str


@dataclass(frozen=True, slots=True)
class Bipartite:
    """The picture of one end of an interval."""

    width: float
    height: float
    left: float
    right: float
    """where the curves begin and end"""
    gatherers: tuple[Point, ...]
    origins: tuple[Point, ...]
    curves: tuple[Curve, ...]


def draw_bipartite(graph: Graph) -> Bipartite:
    """Draw the graph of a claim: nodes of many reports above, witnesses over the other curves."""
    left, right = _room(graph.gatherers), _room(graph.origins)
    gatherers, origins = _column(graph.gatherers, left), _column(graph.origins, left + BETWEEN)
    places = {("g", each.key): each for each in gatherers} | {("o", each.key): each for each in origins}
    curves = []
    for edge in sorted(graph.edges, key=lambda each: each.witness):
        a, b = places["g", edge.gatherer], places["o", edge.origin]
        middle = (a.x + b.x) / 2
        path = f"M{a.x} {a.y} C{middle} {a.y} {middle} {b.y} {b.x} {b.y}"
        curves.append(Curve(path, edge.witness, len(edge.statements), a.label, b.label))
    height = TOP + STEP * max(len(gatherers), len(origins), 1)
    return Bipartite(
        left + BETWEEN + right, height, left, left + BETWEEN, tuple(gatherers), tuple(origins), tuple(curves)
    )


def _room(nodes: Sequence[GraphNode]) -> float:
    """Width that the labels of a column take."""
    longest = max((len(line) for node in nodes for line in _wrapped(node.label)), default=0)
    return round(max(LETTER * longest + MARGIN, 100.0), 1)


def _column(nodes: Sequence[GraphNode], x: float) -> list[Point]:
    return [
        Point(each.key, x, TOP + STEP * (number + 0.5), each.label, _wrapped(each.label), each.cover, each.reports)
        for number, each in enumerate(nodes)
    ]


def _wrapped(label: str) -> tuple[str, ...]:
    """The label on two lines at most, cut where it is longer."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], lines[1][: LETTERS - 1] + "…"]
    return tuple(each if len(each) <= LETTERS else each[: LETTERS - 1] + "…" for each in lines)
