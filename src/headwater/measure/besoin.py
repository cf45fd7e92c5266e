"""Which copy comes from which: copies of one text whose true tree is known (Notre besoin, an artificial tradition).

In: a folder with `besoin.dot` (the true tree; a hypothetical copy between two others is skipped over) and `besoin.xml`
(a collation in GraphML, from which every copy's text is read). Out: a `Result` with edges found, whatever their
direction, and of those found the share whose direction is right, wrong or left open. Baselines: every copy comes from
the first by name (`earliest wins`), and over 1 - share of common words the minimum spanning tree and neighbour joining.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from headwater.ask.trees import nearest
from headwater.case import open as open_case
from headwater.measure.ratios import f1, ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Derivation, Report
from headwater.stages.words import words_of

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
NODE = re.compile(r"^[^\S\n]*+(\w++)\s*+\[.*class\s*=\s*hypothetical", re.MULTILINE)
EDGE = re.compile(r"^[^\S\n]*+(\w++)\s*+->\s*+(\w++)", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A copy and what it was copied from; `open` where the direction is left open."""

    parent: str
    child: str
    open: bool = False

    @property
    def ends(self) -> frozenset[str]:
        return frozenset((self.parent, self.child))


def besoin(folder: Path) -> Result:
    """Score reuse and derivations on a folder with a true tree and a collation."""
    tree, collation = folder / "besoin.dot", folder / "besoin.xml"
    for path in (tree, collation):
        if not path.is_file():
            return not_measured("besoin", path)
    gold, texts = read_tree(tree.read_text(encoding="utf-8")), read_texts(collation)
    star, spanning = score(gold, earliest_wins(texts)), score(gold, spanning_tree(texts))
    joined = score(gold, neighbour_joining(texts))
    baselines = {
        "edges.f earliest wins": star["edges.f"],
        "edges.f spanning tree": spanning["edges.f"],
        "edges.f neighbour joining": joined["edges.f"],
        "direction.right earliest wins": star["direction.right"],
    }
    note = f"{len(texts)} copies, {len(gold)} true edges"
    numbers = named("besoin", score(gold, read_derivations(texts)))
    return Result("besoin", numbers, named_baselines("besoin", baselines), note)


def score(gold: Iterable[Edge], said: Iterable[Edge]) -> dict[str, Number]:
    """Return F1 of edges, and of those found the shares whose direction is right, wrong and left open."""
    wanted, found = {edge.ends: edge for edge in gold}, {edge.ends: edge for edge in said}
    both = wanted.keys() & found.keys()
    left_open = sum(found[ends].open for ends in both)
    right = sum(found[ends].child == wanted[ends].child and not found[ends].open for ends in both)
    return {
        **f1("edges", hit=len(both), said=len(found), gold=len(wanted)),
        "direction.right": ratio(right, len(both)),
        "direction.wrong": ratio(len(both) - right - left_open, len(both)),
        "direction.abstained": ratio(left_open, len(both)),
    }


def read_tree(dot: str) -> frozenset[Edge]:
    """Return the edges between copies that exist."""
    lost = set(NODE.findall(dot))
    edges = set(EDGE.findall(dot))
    for node in lost:
        parents, children = {a for a, b in edges if b == node}, {b for a, b in edges if a == node}
        edges = {each for each in edges if node not in each} | {(a, b) for a in parents for b in children}
    return frozenset(Edge(parent, child) for parent, child in edges)


def read_texts(collation: Path) -> dict[str, str]:
    """Return the text of every copy: the words along its path through the collation."""
    root = ElementTree.parse(collation).getroot()
    keys = {(key.get("for"), key.get("attr.name")): key.get("id", "") for key in root.iter(f"{NAMESPACE}key")}
    graph = next(root.iter(f"{NAMESPACE}graph"))
    words = {node.get("id", ""): _data(node, keys["node", "text"]) for node in graph.iter(f"{NAMESPACE}node")}
    following: dict[str, dict[str, str]] = defaultdict(dict)
    for edge in graph.iter(f"{NAMESPACE}edge"):
        if not _data(edge, keys.get(("edge", "extra"), "")):  # corrections by the same hand are another path
            following[_data(edge, keys["edge", "witness"])][edge.get("source", "")] = edge.get("target", "")
    start = next(node for node, text in words.items() if text == "#START#")
    return {witness: _along(start, steps, words) for witness, steps in sorted(following.items())}


def _data(element: ElementTree.Element, key: str) -> str:
    return next((each.text or "" for each in element.findall(f"{NAMESPACE}data") if each.get("key") == key), "")


def _along(start: str, steps: Mapping[str, str], words: Mapping[str, str]) -> str:
    said, node = [], steps.get(start)
    while node is not None and words[node] != "#END#":
        said.append(words[node])
        node = steps.get(node)
    return " ".join(said)


def read_derivations(texts: Mapping[str, str]) -> list[Edge]:
    """Run the flow as far as derivations over the copies, without outlet or date; return what comes from what."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "copies.headwater") as case:
        pile = Path(place) / "copies.jsonl"
        pile.write_text(
            "\n".join(json.dumps({"id": name, "text": text}) for name, text in texts.items()), encoding="utf-8"
        )
        case.read(pile, run=False)
        case.run(last="derivations")
        names = {report.id: report.name for report in case.store.all(Report)}
        linked = nearest(case.store.all(Derivation))
        return [Edge(names[d.parent or ""], names[d.child], d.direction == "undecidable") for d in linked]


def earliest_wins(texts: Mapping[str, str]) -> list[Edge]:
    """Return the star that joins every copy to the first by name."""
    first, *others = sorted(texts)
    return [Edge(first, other) for other in others]


def spanning_tree(texts: Mapping[str, str]) -> list[Edge]:
    """Return a minimum spanning tree over 1 - share of common words (Kruskal 1956); it gives no directions."""
    group = {name: name for name in texts}
    bags = {name: Counter(word.folded for word in words_of(text)) for name, text in texts.items()}
    tree = []
    for a, b in sorted(combinations(sorted(texts), 2), key=lambda pair: _distance(bags[pair[0]], bags[pair[1]])):
        if group[a] != group[b]:
            tree.append(Edge(a, b, open=True))
            old, new = group[b], group[a]
            group = {name: new if its == old else its for name, its in group.items()}
    return tree


def neighbour_joining(texts: Mapping[str, str]) -> list[Edge]:
    """Return the tree of Saitou and Nei (1987) over the same distances, each inner node drawn as the copy nearest to it.

    Their tree has copies at its leaves only; a tradition has them inside too, so the two are made comparable this way.
    """
    bags = {name: Counter(word.folded for word in words_of(text)) for name, text in texts.items()}
    far = {a: {b: _distance(bags[a], bags[b]) for b in texts if b != a} for a in sorted(texts)}
    stands_for = {name: (name, 0.0) for name in texts}
    links: list[frozenset[str]] = []
    while len(far) > 1:
        total = {a: sum(row.values()) for a, row in far.items()}
        a, b = min(
            ((a, b) for a in far for b in far[a] if a < b),
            key=lambda pair: ((len(far) - 2) * far[pair[0]][pair[1]] - total[pair[0]] - total[pair[1]], pair),
        )
        between, skew = far[a][b], (total[a] - total[b]) / (2 * (len(far) - 2)) if len(far) > 2 else 0.0
        arms = {a: between / 2 + skew, b: between / 2 - skew}
        nearest_copy = min((stands_for[each][1] + max(arms[each], 0.0), stands_for[each][0]) for each in (a, b))
        links.append(frozenset((stands_for[a][0], stands_for[b][0])))
        new = f"{a}+{b}"
        stands_for[new] = (nearest_copy[1], nearest_copy[0])
        row = {c: (far[a][c] + far[b][c] - between) / 2 for c in far if c not in (a, b)}
        far = {
            c: {d: gap for d, gap in its.items() if d not in (a, b)} | {new: row[c]}
            for c, its in far.items()
            if c in row
        }
        far[new] = row
    return [Edge(min(link), max(link), open=True) for link in dict.fromkeys(links) if len(link) == 2]


def _distance(a: Counter[str], b: Counter[str]) -> float:
    return 1 - 2 * (a & b).total() / ((a.total() + b.total()) or 1)
