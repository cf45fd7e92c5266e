"""The true tree of copies: reading tree and collation, and scoring edges."""

from pathlib import Path

from headwater.measure.besoin import Edge, earliest_wins, read_texts, read_tree, score, spanning_tree

DOT = "digraph S {\n  lost [ class=hypothetical ];\n  A [ class=extant ];\n  A -> B;\n  B -> lost;\n  lost -> C;\n}"
TREE = frozenset({Edge("A", "B"), Edge("B", "C")})
GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="text" for="node" id="t"/><key attr.name="witness" for="edge" id="w"/>
<key attr.name="extra" for="edge" id="x"/>
<graph id="g">
<node id="s"><data key="t">#START#</data></node><node id="e"><data key="t">#END#</data></node>
<node id="1"><data key="t">the gate</data></node><node id="2"><data key="t">held</data></node>
<node id="3"><data key="t">gave way</data></node>
<edge source="s" target="1"><data key="w">A</data></edge><edge source="1" target="2"><data key="w">A</data></edge>
<edge source="1" target="3"><data key="w">A</data><data key="x">1</data></edge>
<edge source="2" target="e"><data key="w">A</data></edge>
<edge source="s" target="1"><data key="w">B</data></edge><edge source="1" target="3"><data key="w">B</data></edge>
<edge source="3" target="e"><data key="w">B</data></edge>
</graph></graphml>"""


def test_lost_copies_are_skipped() -> None:
    """A hypothetical copy between two others leaves one edge between them."""
    assert read_tree(DOT) == TREE


def test_texts_of_a_collation(tmp_path: Path) -> None:
    """Each copy's text is the words along its own path; a correction is not part of it."""
    path = tmp_path / "collation.xml"
    path.write_text(GRAPHML, encoding="utf-8")
    assert read_texts(path) == {"A": "the gate held", "B": "the gate gave way"}


def test_true_tree() -> None:
    """The true tree scores 1 throughout."""
    numbers = score(TREE, TREE)
    assert (numbers["edges.f"], numbers["direction.right"], numbers["direction.wrong"]) == (1.0, 1.0, 0.0)


def test_no_edges() -> None:
    """No edges score 0, and their direction is unknown."""
    assert (score(TREE, [])["edges.f"], score(TREE, [])["direction.right"]) == (0.0, None)


def test_one_turned_one_open() -> None:
    """Both edges found, one the wrong way round and one left open: F1 1, nothing right, half wrong, half open."""
    numbers = score(TREE, [Edge("B", "A"), Edge("B", "C", open=True)])
    directions = [numbers[f"direction.{each}"] for each in ("right", "wrong", "abstained")]
    assert (numbers["edges.f"], directions) == (1.0, [0.0, 0.5, 0.5])


def test_baselines() -> None:
    """The star hangs all on the first by name; the spanning tree joins the nearest texts."""
    texts = {"A": "one two three four", "B": "one two three five", "C": "one six three five"}
    assert {edge.ends for edge in earliest_wins(texts)} == {frozenset("AB"), frozenset("AC")}
    assert {edge.ends for edge in spanning_tree(texts)} == {frozenset("AB"), frozenset("BC")}
