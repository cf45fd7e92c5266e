"""The family tree of a story: its reports, the unseen texts behind them, and what came from what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headwater.errors import NoSuchId
from headwater.records import Date, Derivation, Report, Story
from headwater.store import Store


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or an unseen text."""

    id: str
    name: str
    outlet: str | None
    day: str | None
    unseen: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Child comes from parent."""

    id: str
    child: str
    parent: str
    kind: str
    direction: str
    sure: bool
    share: float | None
    evidence: tuple[str, ...]
    weights: tuple[float, ...]
    """log-odds that each piece of evidence adds; none where a person or a credit said so"""


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one story."""

    story: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0
    """derivations between two reports that are drawn through a third, nearer to both"""


def nearest(derivations: Iterable[Derivation]) -> list[Derivation]:
    """Return those between reports without which the family would fall apart, the closest kept first, and all whose direction is certain.

    A maximum spanning tree (Kruskal 1956) over the mean of the shares both ways: of three copies of one text, the two nearest pairs
    tell the story.
    """
    group: dict[str, str] = {}

    def root(report: str) -> str:
        while (above := group.setdefault(report, report)) != report:
            report = above
        return report

    kept = []
    for each in sorted(derivations, key=lambda d: (d.direction != "certain", not d.sure, -_closeness(d), d.id)):
        if each.parent is None or each.overruled:
            continue
        child, parent = root(each.child), root(each.parent)
        if child != parent or each.direction == "certain":
            kept.append(each)
        group[max(child, parent)] = min(child, parent)
    return kept


def _closeness(derivation: Derivation) -> float:
    return ((derivation.share or 0.0) + (derivation.given or 0.0)) / 2


def trees(store: Store, story: str | None) -> tuple[Tree, ...]:
    """Return the tree of one story, or of all, those with most reports first. Raise NoSuchId for an unknown story."""
    stories = store.all(Story)
    chosen = [each for each in stories if story is None or each.id == story]
    if not chosen and story is not None:
        raise NoSuchId(story, "is no story of this case", hint="`headwater brief` shows their ids")
    reports, derivations = {each.id: each for each in store.all(Report)}, store.all(Derivation)
    days = {date.report: date.first for date in store.all(Date)}
    ordered = sorted(chosen, key=lambda each: (-len(each.reports), each.id))
    return tuple(tree_of(each, derivations, days, reports) for each in ordered)


def tree_of(
    story: Story, derivations: Iterable[Derivation], days: Mapping[str, str | None], reports: Mapping[str, Report]
) -> Tree:
    """Return the tree of a story; rows of other stories may be among the others."""
    inside = set(story.reports)
    every = [
        each
        for each in derivations
        if not each.overruled and each.child in inside and (each.parent is None or each.parent in inside)
    ]
    near = {each.id for each in nearest(every)}
    its = [each for each in every if each.parent is None or each.id in near]
    texts = [
        Node(report, reports[report].name, reports[report].outlet, days.get(report), unseen=False)
        for report in story.reports
    ]
    unseen = [
        Node(f"unseen:{name}", name, None, None, unseen=True)
        for name in sorted({each.unseen for each in its if each.unseen})
    ]
    edges = [
        Edge(
            id=each.id,
            child=each.child,
            parent=each.parent or f"unseen:{each.unseen}",
            kind=each.kind,
            direction=each.direction,
            sure=each.sure,
            share=each.share,
            evidence=tuple(each.evidence),
            weights=tuple(each.weights),
        )
        for each in its
    ]
    return Tree(
        story.id,
        story.title,
        (*unseen, *sorted(texts, key=lambda n: (n.day or "9999", n.outlet or "", n.name))),
        tuple(edges),
        len(every) - len(its),
    )
