"""The family trees as a graph that other tools draw: GraphML (Brandes and others 2002) and Graphviz DOT.

Reports and unseen texts are nodes, derivations are edges from parent to child; what the tree leaves out for nearer pairs is left out
here too, and stands in the table `derivations`. Names come from reports, so that every one is escaped.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree

from headwater.ask import Edge, Node, Tree, trees
from headwater.store import Store

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = ("name", "outlet", "day", "unseen", "story")
LONGEST_NAME = 2_000  # characters in DOT; Graphviz reads strings of up to 16 kB
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EDGE_KEYS = ("kind", "direction", "sure", "share", "evidence")


def write_graphml(store: Store, file: BinaryIO) -> None:
    """Write all trees of a case as one GraphML file; an unknown value has no data element."""
    root = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key in keys:
            ElementTree.SubElement(root, "key", {"id": key, "for": kind, "attr.name": key, "attr.type": "string"})
    graph = ElementTree.SubElement(root, "graph", {"id": "derivations", "edgedefault": "directed"})
    for tree in trees(store, None):
        for node in tree.nodes:
            _data(ElementTree.SubElement(graph, "node", id=_id(tree, node.id)), _of_node(tree, node))
        for edge in tree.edges:
            ends = {"id": edge.id, "source": _id(tree, edge.parent), "target": _id(tree, edge.child)}
            _data(ElementTree.SubElement(graph, "edge", ends), _of_edge(edge))
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def write_dot(store: Store, file: BinaryIO) -> None:
    """Write all trees of a case as one DOT file: unseen texts dashed, unsure edges dotted, undecidable ones without an arrow."""
    lines = ["digraph derivations {", "  node [shape=box];"]
    for tree in trees(store, None):
        lines += [*_dot_nodes(tree), *_dot_edges(tree)]
    file.write("\n".join([*lines, "}", ""]).encode())


def _dot_nodes(tree: Tree) -> Iterator[str]:
    for node in tree.nodes:
        label = "\n".join(part for part in (node.outlet, node.name, node.day) if part)
        style = " style=dashed" if node.unseen else ""
        yield f"  {_quoted(_id(tree, node.id))} [label={_quoted(label)}{style}];"


def _dot_edges(tree: Tree) -> Iterator[str]:
    for edge in tree.edges:
        share = f" {edge.share:.0%}" if edge.share is not None else ""
        style = "" if edge.sure else " style=dotted"
        way = " dir=none" if edge.direction == "undecidable" else ""
        ends = f"{_quoted(_id(tree, edge.parent))} -> {_quoted(_id(tree, edge.child))}"
        yield f"  {ends} [label={_quoted(edge.kind + share)}{style}{way}];"


def _id(tree: Tree, node: str) -> str:
    """An unseen text belongs to its story: AFP's text of Monday is not AFP's text of Friday."""
    return _written(f"{tree.story}/{node}" if node.startswith("unseen:") else node)


def _of_node(tree: Tree, node: Node) -> dict[str, str | None]:
    return {
        "name": node.name,
        "outlet": node.outlet,
        "day": node.day,
        "unseen": str(node.unseen).lower(),
        "story": tree.story,
    }


def _of_edge(edge: Edge) -> dict[str, str | None]:
    share = None if edge.share is None else str(edge.share)
    return {
        "kind": edge.kind,
        "direction": edge.direction,
        "sure": str(edge.sure).lower(),
        "share": share,
        "evidence": "; ".join(edge.evidence),
    }


def _data(element: ElementTree.Element, values: dict[str, str | None]) -> None:
    for key, value in values.items():
        if value is not None:
            ElementTree.SubElement(element, "data", key=key).text = _written(value)


def _written(text: str) -> str:
    """Text without the characters that XML cannot hold: controls, halves of pairs, and the two that are no characters."""
    return NOT_IN_XML.sub("\ufffd", text)


def _quoted(text: str) -> str:
    plain = _written(text[:LONGEST_NAME]).replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ")
    return '"' + plain.replace("\n", "\\n") + '"'
