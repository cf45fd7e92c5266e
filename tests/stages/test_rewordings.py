"""rewordings: counterparts in order make one text reworded; quotations, a few common words and other texts do not."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handmade import SETTINGS, worked
from headwater.stages.rewordings import counterparts, in_order, rewordings

FIRST = (
    "A silo collapsed at the grain terminal of Port Osrin shortly before seven on Tuesday morning.\n\n"
    "The upper gallery fell on dockers of the early shift and shattered windows two kilometres away.\n\n"
    "Customs records list sixty-two labourers inside the terminal at that hour.\n\n"
    "Two thirds of the country’s imported wheat passes through the quay."
)
REWORDED = (
    "Shortly before seven on Tuesday a silo at the Port Osrin grain terminal gave way and collapsed.\n\n"
    "Its upper gallery dropped onto dockers of the early shift; windows two kilometres off were shattered.\n\n"
    "Sixty-two labourers were inside at that hour, customs records of the terminal show.\n\n"
    "The quay handles two thirds of the wheat that the country has imported."
)
OTHER = (
    "The dam above Korva held on Monday although the reservoir reached its highest mark of the year.\n\n"
    "Farmers moved their goats to the upper pastures before the rain began.\n\n"
    "The mayor asked for boats from the capital, and none had come by noon."
)


def between(one: str, two: str) -> list[tuple[str, str]]:
    """Return the counterparts of two texts, as they stand in them."""
    a, b = sorted((worked(one, name="one"), worked(two, name="two")), key=lambda each: each.report.id)
    found = rewordings(reports=[a.report, b.report], sentences=[*a.sentences, *b.sentences], settings=SETTINGS)
    return [(a.report.text[w.a_start : w.a_end], b.report.text[w.b_start : w.b_end]) for w in found]


def test_a_reworded_text_has_counterparts_in_order() -> None:
    """Every sentence finds its own, in the order of both texts, whichever is asked first."""
    found = between(FIRST, REWORDED)
    assert len(found) == 4
    pairs = dict(zip(FIRST.split("\n\n"), REWORDED.split("\n\n"), strict=True))
    both = {**pairs, **{two: one for one, two in pairs.items()}}
    assert all(both[one] == two for one, two in found)


def test_another_text_has_none() -> None:
    """Two texts of two happenings are no rewording of one another."""
    assert between(FIRST, OTHER) == []


def test_a_shared_quotation_is_no_rewording() -> None:
    """Who quotes the same words of one speaker need not have copied them."""
    said = "“The upper gallery came down on the early shift, and everything in the air there was flour dust.”"
    assert (
        between(f"{OTHER}\n\n{said}", f"Traders met in Selmet to talk of prices.\n\n{said}\n\nThey parted at dusk.")
        == []
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12, unique=True))
def test_the_longest_run_in_order(pairs: list[tuple[int, int]]) -> None:
    """What is kept rises in both, and is as long as the plain quadratic way finds."""
    pairs = sorted({row: (row, column) for row, column in pairs}.values())
    kept = in_order(pairs)
    best: list[int] = []
    for n, (_, column) in enumerate(pairs):
        best.append(1 + max((best[m] for m in range(n) if pairs[m][1] < column), default=0))
    assert len(kept) == max(best, default=0)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(kept))


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=6))
def test_each_sentence_has_one_counterpart_at_most(table: list[list[float]]) -> None:
    """No row and no column is taken twice, and none below the least likeness."""
    found = counterparts(table, 0.4)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert all(table[row][column] >= 0.4 for row, column in found)
