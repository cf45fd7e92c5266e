"""Which gatherers are one node, and which origins: names that mean the same, and passages that come from one text.

Two statements share a gatherer when their reports derive from one another and *the passages in which they stand* come from one
text: what the two reports share, in the same or other words, holds most of both. That their reports share some other passage says
nothing of these two. Which names of origins are one: `names.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from headwater.lists import newsrooms
from headwater.records import Correction, Derivation, Reuse, Rewording, Statement
from headwater.stages.lines.graph import Edge, Node
from headwater.stages.lines.names import same_names
from headwater.stages.words import fold

OWN = "own "  # begins the key of what a person called a line of its own
COVERED = 0.5  # share of a statement that a passage must hold for it to stand in that passage; set by hand: see training/EXPERIMENTS.md


class _Sets:
    """Disjoint sets with the reasons for each union."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        while (above := self.parent.setdefault(item, item)) != item:
            item = above
        return item

    def join(self, a: str, b: str) -> bool:
        """Join two sets under the smaller name; tell whether they were apart."""
        low, high = sorted((self.find(a), self.find(b)))
        self.parent[high] = low
        return low != high


@dataclass(frozen=True, slots=True)
class Origins:
    """Who is who among the origins of a story."""

    label: Mapping[tuple[str, str], str]
    """by report and name, what the origin is called: a short name is whom its own report calls so in full"""
    open: Mapping[str, frozenset[str]]
    """by label, what it could be as well"""


def _origins(statements: Sequence[Statement]) -> Origins:
    """Return the origins of a story: names of one report first, then what these are called across reports."""
    by_report: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for each in statements:
        if each.origin_named and each.origin:
            by_report[each.report].append((each.origin, each.speaker))
    full = {
        (report, name): label
        for report, named in by_report.items()
        for name, label in same_names((name for name, _ in named), _speaking(named)).label.items()
    }
    classes = same_names(full.values(), (pair for named in by_report.values() for pair in _speaking(named)))
    return Origins({key: classes.label[label] for key, label in full.items()}, classes.open)


def _speaking(named: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Yield speakers with the body whose word a report says theirs is."""
    yield from ((speaker, origin) for origin, speaker in named if speaker and speaker != origin)


class Nodes:
    """The names of one story, ready to make the edges of its claims."""

    def __init__(
        self,
        statements: Sequence[Statement],
        derivations: Sequence[Derivation],
        reuse: Sequence[Reuse],
        rewordings: Sequence[Rewording],
        marks: Sequence[Correction] = (),
    ) -> None:
        self._origins = _origins(statements)
        self._one_line = {frozenset((each.name, each.into)): each.id for each in marks if each.kind == "one-line"}
        self.own = {each.name: each.id for each in marks if each.kind == "own-line"}
        """statements that a person called a line of their own, with the corrections"""
        self._links: dict[frozenset[str], Derivation] = {}
        for each in sorted(derivations, key=lambda d: d.id):
            if each.parent and not each.overruled:
                self._links[frozenset((each.child, each.parent))] = each
        self._passages: dict[frozenset[str], list[Reuse | Rewording]] = defaultdict(list)
        for reworded in rewordings:
            self._passages[frozenset((reworded.a, reworded.b))].append(reworded)
        for passage in reuse:
            if passage.kind != "quotation":
                self._passages[frozenset((passage.a, passage.b))].append(passage)

    def edges(self, statements: Sequence[Statement], *, widest: bool) -> tuple[list[Edge], set[str]]:
        """Return the edges of a claim, and the derivations and corrections that merged gatherers; `widest` gives the upper end."""
        sets = _Sets()
        used: set[str] = set()
        labels: dict[str, set[str]] = defaultdict(set)
        for statement in statements:
            labels[self._key(statement, widest=widest)].add(_label(statement, widest=widest))
        for one, two in combinations(statements, 2):
            link = self._links.get(frozenset((one.report, two.report)))
            if (marked := self._one_line.get(frozenset((one.id, two.id)))) is not None:
                sets.join(self._key(one, widest=widest), self._key(two, widest=widest))
                used.add(marked)
            elif (
                link
                and (link.sure or not widest)
                and self._concerns(link, one, two)
                and not self._own_child(link, one, two)
            ):
                sets.join(self._key(one, widest=widest), self._key(two, widest=widest))
                used.add(link.id)
        if not widest:
            _join_state_media({key: its for key, its in labels.items() if not key.startswith(OWN)}, sets)
        shown = _shown(labels, sets)
        found = [self._edge(each, sets, shown, widest=widest) for each in statements]
        return found if widest else self._settled(_one_state(found)), used

    def _settled(self, edges: Sequence[Edge]) -> list[Edge]:
        """Leave out, at the lower end, an origin that may be another one of the same claim."""
        labels = {edge.origin.label for edge in edges}
        return [edge for edge in edges if not self._origins.open.get(edge.origin.label, frozenset()) & labels]

    def _key(self, statement: Statement, *, widest: bool) -> str:
        return f"{OWN}{statement.id}" if statement.id in self.own else _gatherer(statement, widest=widest)

    def _own_child(self, link: Derivation, one: Statement, two: Statement) -> bool:
        """Tell whether a statement that a person called a line of its own would be taken for a copy; its own copies still are."""
        return link.direction != "undecidable" and any(
            each.id in self.own and each.report == link.child for each in (one, two)
        )

    def _edge(self, statement: Statement, sets: _Sets, shown: dict[str, str], *, widest: bool) -> Edge:
        gatherer = sets.find(self._key(statement, widest=widest))
        if statement.id in self.own:
            origin = statement.origin or f"unknown ({shown[gatherer]})"
            return Edge(statement.id, Node(gatherer, shown[gatherer]), Node(f"{OWN}{statement.id}", origin))
        if statement.origin_named and statement.origin:
            key = self._origins.label[(statement.report, statement.origin)]
            return Edge(statement.id, Node(gatherer, shown[gatherer]), Node(f"named {key}", key))
        label = f"{statement.origin} ({shown[gatherer]})" if statement.origin else f"unknown ({shown[gatherer]})"
        return Edge(statement.id, Node(gatherer, shown[gatherer]), Node(f"unknown {statement.id}", label))

    def _concerns(self, link: Derivation, one: Statement, two: Statement) -> bool:
        """Tell whether the passages in which two statements stand come from one text, or a person says that the reports do."""
        if link.rule.startswith("person"):
            return True
        passages = self._passages[frozenset((one.report, two.report))]
        return _stand_in(one, two, passages) and _stand_in(two, one, passages)


def _stand_in(one: Statement, two: Statement, passages: Sequence[Reuse | Rewording]) -> bool:
    """Tell whether one statement stands in what it shares with the other: passages that touch both hold much of it."""
    held = 0
    for passage in passages:
        if _held(passage, two) > 0:
            held += _held(passage, one)
    return held >= COVERED * (one.end - one.start)


def _held(passage: Reuse | Rewording, statement: Statement) -> int:
    """Return how many characters of a statement a passage holds."""
    start, end = (passage.a_start, passage.a_end) if statement.report == passage.a else (passage.b_start, passage.b_end)
    return max(0, min(end, statement.end) - max(start, statement.start))


def _join_state_media(labels: Mapping[str, set[str]], sets: _Sets) -> None:
    """At the lower end "Syrian state media" may be any of that state's: it is one with each that is named beside it."""
    for key, names in labels.items():
        for demonym in filter(None, map(newsrooms.some_state_media, names)):
            for other, its in labels.items():
                if any(newsrooms.of_state(each, demonym) for each in its):
                    sets.join(key, other)


def _one_state(edges: Sequence[Edge]) -> list[Edge]:
    """The same for origins."""
    nodes = {edge.origin.key: {edge.origin.label} for edge in edges if not edge.origin.key.startswith(OWN)}
    sets = _Sets()
    _join_state_media(nodes, sets)
    by_key = {edge.origin.key: edge.origin for edge in edges}
    return [replace(edge, origin=by_key[sets.find(edge.origin.key)]) for edge in edges]


def _gatherer(statement: Statement, *, widest: bool) -> str:
    """Key of the gatherer; a report with no outlet and no credit gathers for itself."""
    name = _label(statement, widest=widest)
    listed = newsrooms.find(name)
    return f"newsroom {listed.name}" if listed else f"gatherer {re.sub(r'^(?:the |al[ -])', '', fold(name))}"


def _label(statement: Statement, *, widest: bool) -> str:
    """At the upper end a gatherer that is not sure counts as the outlet itself."""
    outlet = statement.chain[0] if statement.chain[0] != "unknown" else f"report {statement.report}"
    if widest and not statement.gatherer_sure:
        return outlet
    return statement.gatherer or outlet


def _shown(labels: dict[str, set[str]], sets: _Sets) -> dict[str, str]:
    together: dict[str, set[str]] = defaultdict(set)
    for key, names in labels.items():
        together[sets.find(key)].update(names)
    return {key: " = ".join(sorted(names)) for key, names in together.items()}
