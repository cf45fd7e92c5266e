"""lines: matching and cover against brute force and networkx; the arithmetic of lines on hand-made statements."""

from collections.abc import Sequence
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import SETTINGS
from headwater.records import Claim, Correction, Derivation, Line, Reuse, Statement, Tally, Version
from headwater.stages.lines import lines
from headwater.stages.lines.graph import Edge, Node, cover, matching

EDGES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=10)
MANY = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=80)


def edges_of(pairs: list[tuple[int, int]]) -> list[Edge]:
    """Return numbered pairs as statements between gatherers and origins."""
    return [
        Edge(f"s{n:03d}", Node(f"g{a:02d}", f"gatherer {a}"), Node(f"o{b:02d}", f"origin {b}"))
        for n, (a, b) in enumerate(pairs)
    ]


def independent(edges: tuple[Edge, ...]) -> bool:
    """Tell whether no two statements share a gatherer or an origin."""
    return len({each.gatherer for each in edges}) == len({each.origin for each in edges}) == len(edges)


@given(EDGES)
def test_matching_and_cover_against_all_subsets(pairs: list[tuple[int, int]]) -> None:
    """No larger independent set of statements exists, and no smaller set of names touches every statement."""
    edges = edges_of(pairs)
    found = matching(edges)
    names = sorted({node.label for each in edges for node in (each.gatherer, each.origin)})
    largest = max(
        size for size in range(len(edges) + 1) if any(independent(some) for some in combinations(edges, size))
    )
    smallest = next(
        size
        for size in range(len(names) + 1)
        if any(
            all({each.gatherer.label, each.origin.label} & set(some) for each in edges)
            for some in combinations(names, size)
        )
    )
    assert independent(tuple(found))
    assert (len(found), len(cover(edges, found))) == (largest, smallest)


@given(MANY)
def test_matching_and_cover_against_networkx(pairs: list[tuple[int, int]]) -> None:
    """As many lines as Hopcroft and Karp find; as many names as lines (Kőnig); every statement touched."""
    edges = edges_of(pairs)
    graph = nx.Graph([(each.gatherer.key, each.origin.key) for each in edges])
    top = {each.gatherer.key for each in edges}
    found, names = matching(edges), cover(edges, matching(edges))
    assert len(found) == len(nx.bipartite.hopcroft_karp_matching(graph, top)) // 2
    assert len(names) == len(found)
    assert all({each.gatherer.label, each.origin.label} & set(names) for each in edges)


@given(MANY, st.randoms(use_true_random=False))
def test_order_changes_nothing(pairs: list[tuple[int, int]], chance: object) -> None:
    """The same statements in another order give the same lines and the same names."""
    edges = edges_of(pairs)
    shuffled = list(edges)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert matching(shuffled) == matching(edges)
    assert cover(shuffled, matching(shuffled)) == cover(edges, matching(edges))


@given(MANY, st.integers(0, 25), st.integers(0, 25))
def test_one_more_statement_never_takes_a_line_away(pairs: list[tuple[int, int]], gatherer: int, origin: int) -> None:
    """Another statement adds one line or none; one between two new names always adds one."""
    before = len(matching(edges_of(pairs)))
    assert len(matching(edges_of([*pairs, (gatherer, origin)]))) - before in (0, 1)
    assert len(matching(edges_of([*pairs, (90, 90)]))) == before + 1


def test_a_long_chain_of_augmenting_paths() -> None:
    """A path of two hundred statements has a hundred lines."""
    pairs = [(n, n) for n in range(100)] + [(n, n + 1) for n in range(99)]
    assert len(matching(edges_of(pairs))) == 100


# ── on statements ────────────────────────────────────────────────────────────────────────────────────────────────────────


def statement(
    name: str,
    outlet: str | None,
    origin: str | None,
    *,
    stance: str = "asserts",
    named: bool = True,
    sure: bool = True,
    via: str | None = None,
) -> Statement:
    """Return a statement of a report of its own."""
    return Statement(
        id=f"s-{name}", report=f"r-{name}", sentence="n-0", start=0, end=10, cue_start=None, cue_end=None, speaker_start=None, speaker_end=None,
        speaker=origin, speaker_kind="organisation" if origin else "none", stance=stance, basis=None, hedge_start=None, hedge_end=None, likelihood=None, horizon_first=None, horizon_last=None, chain=[outlet or "unknown", *filter(None, [via]), origin or "unknown"],
        gatherer=via or outlet, gatherer_sure=sure, origin=origin, origin_named=bool(origin) and named, rule="made@1", speaker_rule="", chain_rule="", because=[],
    )  # fmt: skip


def derivation(child: str, parent: str, *, sure: bool = True) -> Derivation:
    """Return a derivation that covers the whole child."""
    return Derivation(
        id=f"d-{child}{parent}",
        child=f"r-{child}",
        parent=f"r-{parent}",
        unseen=None,
        kind="verbatim",
        direction="undecidable",
        sure=sure,
        overruled=False,
        share=1.0,
        given=1.0,
        odds=5.0,
        evidence=[],
        weights=[],
        way=0.0,
        way_evidence=[],
        way_weights=[],
        rule="made@1",
        because=[],
    )


def shared(one: str, two: str, start: int = 0, end: int = 10, *, kind: str = "text") -> Reuse:
    """Return a passage of two reports, at the same characters of both."""
    a, b = sorted((f"r-{one}", f"r-{two}"))
    return Reuse(
        id=f"u-{one}{two}{start}", a=a, a_start=start, a_end=end, b=b, b_start=start, b_end=end, words=end - start, quoted=0, kind=kind, rule="made@1"
    )  # fmt: skip


def interval(
    statements: list[Statement],
    derivations: list[Derivation] | None = None,
    marks: Sequence[Correction] = (),
    passages: Sequence[Reuse] | None = None,
) -> tuple[int, int]:
    """Return both ends for a claim made of all these statements, after checking the witnesses against them."""
    tally = tallied(statements, derivations, marks, passages=passages)
    return tally.lines_min, tally.lines_max


def tallied(
    statements: list[Statement],
    derivations: list[Derivation] | None = None,
    marks: Sequence[Correction] = (),
    versions: Sequence[Version] = (),
    passages: Sequence[Reuse] | None = None,
) -> Tally:
    """Return the tally of a claim made of all these statements, after checking the witnesses against them.

    Without other passages, the reports of a derivation share the whole of it.
    """
    if passages is None:
        passages = [shared(each.child[2:], (each.parent or "")[2:]) for each in derivations or []]
    ids = sorted(each.id for each in statements)
    claim = Claim(
        id="m-1",
        story="y-1",
        kind="event",
        value=None,
        statement=ids[0],
        statements=ids,
        readings=[],
        rule="made@1",
        because=[],
    )
    rows = list(
        lines(
            claims=[claim],
            statements=statements,
            gatherers=[],
            voices=[],
            derivations=derivations or [],
            reuse=passages,
            rewordings=[],
            marks=marks,
            versions=versions,
            settings=SETTINGS,
        )
    )
    (tally,) = [each for each in rows if isinstance(each, Tally)]
    witnesses = [each for each in rows if isinstance(each, Line)]
    assert sum(each.bound == "max" for each in witnesses) == tally.lines_max == len(tally.rests_on)
    assert sum(each.bound == "min" for each in witnesses) in (tally.lines_min, 0)
    assert tally.lines_min <= tally.lines_max
    return tally


ARITHMETIC = [
    ("nobody asserts it", [statement("a", "A", "X", stance="denies")], [], (0, 0)),
    ("one outlet, one origin", [statement("a", "A", "X")], [], (1, 1)),
    ("two outlets, one origin", [statement("a", "A", "X"), statement("b", "B", "X")], [], (1, 1)),
    ("one outlet, two origins", [statement("a", "A", "X"), statement("b", "A", "Y")], [], (1, 1)),
    ("two outlets, two origins", [statement("a", "A", "X"), statement("b", "B", "Y")], [], (2, 2)),
    ("three outlets, two origins", [statement("a", "A", "X"), statement("b", "B", "X"), statement("c", "C", "Y")], [], (2, 2)),
    ("two outlets of one agency, two origins", [statement("a", "A", "X", via="Q"), statement("b", "B", "Y", via="Q")], [], (1, 1)),
    ("agency perhaps, two origins", [statement("a", "A", "X", via="Q", sure=False), statement("b", "B", "Y", via="Q", sure=False)], [], (1, 2)),
    ("copies, two origins", [statement("a", "A", "X"), statement("b", "B", "Y")], [derivation("a", "b")], (1, 1)),
    ("perhaps copies, two origins", [statement("a", "A", "X"), statement("b", "B", "Y")], [derivation("a", "b", sure=False)], (1, 2)),
    ("one unknown origin", [statement("a", "A", None)], [], (1, 1)),
    ("two unknown origins", [statement("a", "A", None), statement("b", "B", None)], [], (1, 2)),
    ("two unnamed officials", [statement("a", "A", "an official", named=False), statement("b", "B", "an official", named=False)], [], (1, 2)),
    ("a known and an unknown", [statement("a", "A", "X"), statement("b", "B", None)], [], (1, 2)),
    ("two unknown of copies", [statement("a", "A", None), statement("b", "B", None)], [derivation("a", "b")], (1, 1)),
    ("unknown outlets, two origins", [statement("a", None, "X"), statement("b", None, "Y")], [], (2, 2)),
    ("a denial adds nothing", [statement("a", "A", "X"), statement("b", "B", "Y", stance="denies")], [], (1, 1)),
    ("a forecast adds nothing", [statement("a", "A", "X"), statement("b", "B", "Y", stance="forecasts")], [], (1, 1)),
    ("a longer name of the origin", [statement("a", "A", "Tesk Monitoring Network"), statement("b", "B", "the Network of Tesk Monitoring")], [], (1, 1)),
    ("armies of two nations", [statement("a", "A", "Syrian army"), statement("b", "B", "Russian army")], [], (2, 2)),
    ("armies of two nations and one of neither", [statement("a", "A", "Syrian army"), statement("b", "B", "Russian army"), statement("c", "C", "the army")], [], (2, 3)),
    ("ministries of two nations and one of neither", [statement("a", "A", "Russian Defence Ministry"), statement("b", "B", "Ukrainian Defence Ministry"), statement("c", "C", "The Defence Ministry")], [], (2, 3)),
    ("a body and its country", [statement("a", "A", "Ardavian army"), statement("b", "B", "the Ardavian army"), statement("c", "C", "Ardavian")], [], (1, 2)),
    ("a name spelt in two ways", [statement("a", "A", "Karim Tannous"), statement("b", "B", "Karim Tanous")], [], (1, 1)),
    ("two of one first name", [statement("a", "A", "Walid Haddow"), statement("b", "B", "Walid Marsh")], [], (2, 2)),
    ("state media and that state's agency", [statement("a", "SANA", "SANA"), statement("b", "Syrian state media", "Syrian state media")], [], (1, 2)),
    ("state media and another state's agency", [statement("a", "IRNA", "IRNA"), statement("b", "Syrian state media", "Syrian state media")], [], (2, 2)),
    ("two outlets of one state", [statement("a", "SANA", "SANA"), statement("b", "Syrian state TV", "Syrian state TV")], [], (2, 2)),
    ("an outlet with and without The", [statement("a", "The Upland Post", "X"), statement("b", "Upland Post", "Y")], [], (1, 1)),
    ("an outlet with its article spelt in two ways", [statement("a", "al-Upland Post", "X"), statement("b", "Al Upland Post", "Y")], [], (1, 1)),
    ("an agency's own voice beside what it attributes", [statement("a", "A", "X", via="Q"), statement("b", "B", None, via="Q"), statement("c", "C", "X")], [], (1, 1)),
    ("a chain of copies", [statement("a", "A", "X"), statement("b", "B", "Y"), statement("c", "C", "Z")], [derivation("a", "b"), derivation("b", "c")], (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "derivations", "expected"), [each[1:] for each in ARITHMETIC], ids=[each[0] for each in ARITHMETIC]
)
def test_the_arithmetic_of_lines(
    statements: list[Statement], derivations: list[Derivation], expected: tuple[int, int]
) -> None:
    """Each rule of the arithmetic, on the smallest claim that shows it."""
    assert interval(statements, derivations) == expected


PASSAGES = [
    ("the same passage", [shared("a", "b")], (1, 1)),
    ("most of both", [shared("a", "b", 4, 10)], (1, 1)),
    ("most of both in two passages", [shared("a", "b", 0, 3), shared("a", "b", 5, 8)], (1, 1)),
    ("a few words of both", [shared("a", "b", 8, 20)], (2, 2)),
    ("some other passage of theirs", [shared("a", "b", 50, 400)], (2, 2)),
    ("a quotation that both have", [shared("a", "b", kind="quotation")], (2, 2)),
    ("no passage at all", [], (2, 2)),
]


@pytest.mark.parametrize(("passages", "expected"), [each[1:] for each in PASSAGES], ids=[each[0] for each in PASSAGES])
def test_passages_and_not_reports_make_gatherers_one(passages: list[Reuse], expected: tuple[int, int]) -> None:
    """Two statements of a report and its copy share a gatherer where what they share holds most of both, and nowhere else."""
    said = [statement("a", "A", "X"), statement("b", "B", "Y")]
    assert interval(said, [derivation("a", "b")], passages=passages) == expected


SAYINGS = st.lists(
    st.tuples(st.sampled_from([*"ABCDE", None]), st.sampled_from([*"VWXYZ", None]), st.booleans()),
    min_size=1,
    max_size=8,
)


@given(SAYINGS)
def test_a_copy_of_a_report_adds_no_line(sayings: list[tuple[str | None, str | None, bool]]) -> None:
    """A report published again under a new outlet name, and known as a copy, moves neither end."""
    said = [statement(f"{n}", outlet, origin, named=named) for n, (outlet, origin, named) in enumerate(sayings)]
    copy = statement("copy", "A new outlet", sayings[0][1], named=sayings[0][2])
    assert interval([*said, copy], [derivation("copy", "0")]) == interval(said)


@given(SAYINGS)
def test_a_new_witness_moves_both_ends_by_one(sayings: list[tuple[str | None, str | None, bool]]) -> None:
    """A new gatherer with a new named origin adds one to the upper end, and to the lower from its first known line on."""
    said = [statement(f"{n}", outlet, origin, named=named) for n, (outlet, origin, named) in enumerate(sayings)]
    low, high = interval(said)
    known = any(each.origin_named for each in said)
    assert interval([*said, statement("new", "A new outlet", "A new origin")]) == (low + 1 if known else 1, high + 1)


def mark(kind: str, name: str, into: str) -> Correction:
    """Return a person's correction."""
    return Correction(id=f"v-{kind}{name}{into}", kind=kind, name=name, into=into, report=None, number=1, author=None, made=None, reason=None)  # fmt: skip


def test_a_person_takes_a_statement_out_or_makes_two_one_line() -> None:
    """What is taken out gives no line; two that are one line give one between them, and a third keeps its own."""
    said = [statement("a", "A", "X"), statement("b", "B", "Y"), statement("c", "C", "Z")]
    assert interval(said) == (3, 3)
    assert interval(said, marks=[mark("no-line", "s-a", "no line")]) == (2, 2)
    assert interval(said, marks=[mark("one-line", "s-a", "s-b")]) == (2, 2)
    assert interval(said, marks=[mark("no-line", f"s-{each}", "no line") for each in "abc"]) == (0, 0)


def version(report: str, number: int | None, page: str = "p.example/a") -> Version:
    """Return a version of a page of two."""
    return Version(
        id=f"ve-{report}", report=f"r-{report}", page=page, number=number, of=2, newest=number == 2 if number else None, rule="made@1"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asserting", "versions", "expected"),
    [
        ("ab", [], (2, False)),
        ("ab", [version("a", 1), version("b", 2)], (1, False)),
        ("a", [version("a", 1), version("b", 2)], (1, True)),
        ("b", [version("a", 1), version("b", 2)], (1, False)),
        ("ac", [version("a", 1), version("b", 2)], (2, False)),
        ("a", [version("a", None), version("b", None)], (1, False)),
        ("ac", [version("a", 1), version("b", 2), version("c", 1, "p.example/c"), version("d", 2, "p.example/c")], (2, True)),
    ],
    ids=["two reports", "both versions", "only the older", "only the newer", "the older and another report", "order unknown", "two older"],
)  # fmt: skip
def test_versions_of_a_page_are_one_report_and_what_only_older_ones_say_is_marked(
    asserting: str, versions: list[Version], expected: tuple[int, bool]
) -> None:
    """Reports are counted by page; a claim is of older versions alone when each page that asserts it has a newer one that does not."""
    tally = tallied([statement(each, each.upper(), "X") for each in asserting], versions=versions)
    assert (tally.reports, tally.older) == expected
