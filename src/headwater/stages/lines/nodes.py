"""Which gatherers are one node, and which origins: names that mean the same, and passages that come from one text.

Two statements share a gatherer when their reports derive from one another *in the passage concerned*: a shared passage of the
derivation touches both, or the derivation covers most of the report. Names of origins meet when one's words contain the
other's ("the Observatory", "Syrian Observatory for Human Rights"), and a person who speaks for a body is that body.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from headwater.lists import newsrooms
from headwater.lists.bodies import usual
from headwater.records import Correction, Derivation, Reuse, Rewording, Statement
from headwater.stages.lines.graph import Edge, Node
from headwater.stages.words import fold

OWN = "own "  # begins the key of what a person called a line of its own
MOST = 0.8  # share of the child from which a derivation covers every passage of it
NAME_PARTS = frozenset("al el ul as abu bin ibn abd umm".split())
BRITISH = {"defense": "defence", "center": "centre", "labor": "labour", "program": "programme", "theater": "theatre"}
"""spellings that names of bodies have in two forms"""
SMALL_WORDS = frozenset(
    """the a an of for in on at to and s group organisation organization spokesman spokeswoman head director chief
    official officials agency news media state based british uk britain syrian president minister mr mrs dr""".split()
)


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
        bodies = {each.speaker: each.origin for each in statements if each.origin_named and each.speaker != each.origin}
        self._origins = _same_names({each.origin for each in statements if each.origin_named and each.origin}, bodies)
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
        return found if widest else _one_state(found), used

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
            key = self._origins[statement.origin]
            return Edge(statement.id, Node(gatherer, shown[gatherer]), Node(f"named {key}", key))
        label = f"{statement.origin} ({shown[gatherer]})" if statement.origin else f"unknown ({shown[gatherer]})"
        return Edge(statement.id, Node(gatherer, shown[gatherer]), Node(f"unknown {statement.id}", label))

    def _concerns(self, link: Derivation, one: Statement, two: Statement) -> bool:
        if link.rule.startswith("person"):
            return True
        if link.share is not None and link.share >= MOST and link.child in (one.report, two.report):
            return True
        return any(
            _touches(passage, one) and _touches(passage, two)
            for passage in self._passages[frozenset((one.report, two.report))]
        )


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


def _touches(passage: Reuse | Rewording, statement: Statement) -> bool:
    start, end = (passage.a_start, passage.a_end) if statement.report == passage.a else (passage.b_start, passage.b_end)
    return start < statement.end and statement.start < end


def _same_names(names: Iterable[str], bodies: Mapping[str | None, str | None]) -> dict[str, str]:
    """Map each origin to the longest name that means the same; `bodies` gives the body that a speaker is said to speak for."""
    sets = _Sets()
    tokens = {name: _tokens(name) for name in names}
    for one, two in combinations(sorted(tokens), 2):
        if _same(one, two, tokens):
            sets.join(one, two)
    for speaker, body in bodies.items():
        for name in tokens:
            if speaker and body and tokens[name] and tokens[name] <= _tokens(speaker):
                sets.join(name, body)
    members: dict[str, list[str]] = defaultdict(list)
    for name in tokens:
        members[sets.find(name)].append(name)
    longest = {key: max(its, key=lambda each: (len(each), each)) for key, its in members.items()}
    return {name: longest[sets.find(name)] for name in tokens}


def _same(one: str, two: str, tokens: dict[str, frozenset[str]]) -> bool:
    if newsrooms.same(one, two):
        return True
    a, b = tokens[one], tokens[two]
    if not a or not b:
        return fold(one) == fold(two)
    return a <= b or b <= a or _spelt(a, b)


def _spelt(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether two names of two words or more differ by spelling alone: Karim Tannous and Karim Tanous."""
    short, long = sorted((a - NAME_PARTS, b - NAME_PARTS), key=len)
    return len(short) > 1 and {_sound(word) for word in short} <= {_sound(word) for word in long}


def _sound(word: str) -> str:
    """What the spellings of a transliterated word share: its first letter and its consonants, none twice in a row."""
    return re.sub(r"(.)\1+", r"\1", word[:1] + re.sub(r"[aeiouyh]", "", word[1:]))


def _tokens(name: str) -> frozenset[str]:
    return frozenset(_words(usual(name) or name)) - SMALL_WORDS


def _words(name: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name):
        yield re.sub(r"(?<=[a-z]{3})s$", "", BRITISH.get(fold(word), fold(word)))
