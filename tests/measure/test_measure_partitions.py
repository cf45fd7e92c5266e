"""B-cubed and pairwise scores on four items."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from headwater.measure.partitions import alone, b_cubed, best_total, conll, pairwise

GOLD = {"a": 1, "b": 1, "c": 1, "d": 2}


def test_equal_groups() -> None:
    """The same grouping under other names scores 1."""
    system = {"a": "x", "b": "x", "c": "x", "d": "y"}
    assert b_cubed(GOLD, system) == {"p": 1.0, "r": 1.0, "f": 1.0}
    assert pairwise(GOLD, system) == {"p": 1.0, "r": 1.0, "f": 1.0, "gold": 3}


def test_everything_alone() -> None:
    """Each item alone is never wrong: precision 1, recall the share of groups among items, and no pair found."""
    assert b_cubed(GOLD, alone(GOLD)) == {"p": 1.0, "r": 0.5, "f": 0.667}
    assert pairwise(GOLD, alone(GOLD)) == {"p": None, "r": 0.0, "f": 0.0, "gold": 3}


def test_one_group_for_all() -> None:
    """One group of everything finds all: precision is (3 * 3/4 + 1/4) / 4, and 3 of 6 pairs are right."""
    system = dict.fromkeys(GOLD, "x")
    assert b_cubed(GOLD, system) == {"p": 0.625, "r": 1.0, "f": 0.769}
    assert pairwise(GOLD, system) == {"p": 0.5, "r": 1.0, "f": 0.667, "gold": 3}


def test_missing_items_are_alone() -> None:
    """An item that the system did not place is a group of its own."""
    assert b_cubed(GOLD, {}) == b_cubed(GOLD, alone(GOLD))


def test_nothing_to_score() -> None:
    """Without items every number is unknown, not 0."""
    assert b_cubed({}, {}) == {"p": None, "r": None, "f": None}


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_best_matching_is_that_of_all_orders(rows: list[list[int]]) -> None:
    """One value a row, no column twice: as large as the largest over all ways to choose."""
    every = (
        sum(row[column] for row, column in zip(rows, order, strict=False))
        for order in permutations(range(4), len(rows))
    )
    assert best_total(rows) == max(every)


def test_conll_is_one_for_equal_groups_and_falls_with_every_mistake() -> None:
    """Groups that are one too many or one too few lose; a single group of all is worse than one that is nearly right."""
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert conll(gold, {"a": "x", "b": "x", "c": "y", "d": "y"}) == 1.0
    nearly, lumped = conll(gold, {"a": "x", "b": "x", "c": "y", "d": "z"}), conll(gold, dict.fromkeys(gold, "x"))
    assert nearly is not None
    assert lumped is not None
    assert lumped < nearly < 1.0
    assert conll({}, {}) is None
