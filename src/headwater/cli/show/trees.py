"""Family trees as text: parents above, children below them, siblings of an unknown text side by side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from headwater.ask import Edge, Node, Tree
from headwater.cli.show.plain import dim, heading, inert, many, short


def trees(found: Sequence[Tree], *, every: bool) -> str:
    """Return the trees; unless `every`, those of single reports are only counted."""
    drawn = [tree for tree in found if every or len([node for node in tree.nodes if not node.unseen]) > 1]
    left = len(found) - len(drawn)
    body = [line for tree in drawn for line in (*_tree(tree), "")]
    return "\n".join([*body, *([dim(f"{many(left, 'story', 'stories')} of one report not drawn")] if left else [])])


def _tree(tree: Tree) -> Iterator[str]:
    yield heading(f"━━ {short(tree.title, 90)}  ") + dim(tree.story)
    if tree.left_out:
        yield dim(
            f"   {many(tree.left_out, 'more pair')} of these reports share text and are drawn through nearer ones"
        )
    nodes = {node.id: node for node in tree.nodes}
    children: dict[str, list[Edge]] = defaultdict(list)
    for edge in tree.edges:
        children[edge.parent].append(edge)
    has_parent = {edge.child for edge in tree.edges}
    roots = [node for node in tree.nodes if node.id not in has_parent]
    drawn: set[str] = set()
    for root in roots or list(tree.nodes)[:1]:
        yield "   " + _name(root)
        yield from _below(root.id, nodes, children, "   ", drawn)
    for node in tree.nodes:
        if node.id not in drawn and node not in roots:
            yield "   " + _name(node)
            yield from _below(node.id, nodes, children, "   ", drawn)


def _below(
    parent: str, nodes: dict[str, Node], children: dict[str, list[Edge]], indent: str, drawn: set[str]
) -> Iterator[str]:
    drawn.add(parent)
    edges = sorted(children[parent], key=lambda edge: (nodes[edge.child].day or "9999", nodes[edge.child].name))
    for number, edge in enumerate(edges):
        last = number == len(edges) - 1
        again = edge.child in drawn
        yield f"{indent}{'└' if last else '├'}{_arrow(edge)} {_name(nodes[edge.child])}{dim(' (see above)') if again else ''}"
        if not again:
            yield from _below(edge.child, nodes, children, indent + ("   " if last else "│  "), drawn)


def _arrow(edge: Edge) -> str:
    share = f" {edge.share:.0%}" if edge.share is not None else ""
    direction = {"certain": "", "likely": " likely", "undecidable": " which way cannot be told"}[edge.direction]
    return f"─{'─' if edge.sure else '╌'}{edge.kind}{share}{direction}{'' if edge.sure else ', unsure'}→"


def _name(node: Node) -> str:
    if node.unseen:
        return f"○ {inert(node.name)}" + dim(" (not in the pile)")
    return f"● {inert(node.outlet or 'unknown outlet')} {inert(node.name)} " + dim(node.day or "undated")
