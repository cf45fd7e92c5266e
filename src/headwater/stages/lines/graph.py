"""Maximum matching and minimum vertex cover of a bipartite graph, always the same one for the same edges.

Augmenting paths (Kuhn 1955; Berge 1957) visit edges in the order of their statement ids; the cover follows from the matching by
Kőnig's construction (1931). Claims have tens of edges, so the simple algorithm is the right one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A gatherer or an origin: what tells it from others, and what a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A statement between its gatherer and its origin."""

    statement: str
    gatherer: Node
    origin: Node


def matching(edges: Sequence[Edge]) -> list[Edge]:
    """Return a largest set of edges of which no two share a gatherer or an origin, by statement id."""
    by_gatherer: dict[Node, list[Edge]] = defaultdict(list)
    for edge in sorted(edges):
        by_gatherer[edge.gatherer].append(edge)
    chosen: dict[Node, Edge] = {}  # by origin
    for gatherer in sorted(by_gatherer):
        _augment(gatherer, by_gatherer, chosen, set())
    return sorted(chosen.values())


def _augment(gatherer: Node, by_gatherer: dict[Node, list[Edge]], chosen: dict[Node, Edge], tried: set[Node]) -> bool:
    for edge in by_gatherer[gatherer]:
        if edge.origin in tried:
            continue
        tried.add(edge.origin)
        held = chosen.get(edge.origin)
        if held is None or _augment(held.gatherer, by_gatherer, chosen, tried):
            chosen[edge.origin] = edge
            return True
    return False


def cover(edges: Sequence[Edge], matched: Sequence[Edge]) -> list[str]:
    """Return the labels of the fewest nodes that touch every edge, given a maximum matching."""
    return sorted({node.label for node in cover_nodes(edges, matched)})


def cover_nodes(edges: Sequence[Edge], matched: Sequence[Edge]) -> set[Node]:
    """Return the fewest nodes that touch every edge, given a maximum matching."""
    by_gatherer: dict[Node, set[Node]] = defaultdict(set)
    for edge in edges:
        by_gatherer[edge.gatherer].add(edge.origin)
    partner = {edge.origin: edge.gatherer for edge in matched}
    reached_gatherers = set(by_gatherer) - {edge.gatherer for edge in matched}
    reached_origins: set[Node] = set()
    frontier = sorted(reached_gatherers)
    while frontier:
        for origin in sorted(by_gatherer[frontier.pop()] - reached_origins):
            reached_origins.add(origin)
            if origin in partner and partner[origin] not in reached_gatherers:
                reached_gatherers.add(partner[origin])
                frontier.append(partner[origin])
    return (set(by_gatherer) - reached_gatherers) | reached_origins
