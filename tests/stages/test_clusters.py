"""clusters: average linkage, against a plain slow one that computes every mean anew."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.stages.clusters import cluster

ITEMS = "abcdefg"
LIKENESS = st.dictionaries(
    st.sampled_from(list(combinations(ITEMS, 2))), st.integers(0, 10).map(lambda tenths: tenths / 10)
)


def slowly(items: str, likeness: dict[tuple[str, str], float], threshold: float) -> list[list[str]]:
    """Join the two clusters with the highest mean, computed from all pairs, until none reaches the threshold."""
    groups = [[item] for item in sorted(items)]
    while len(groups) > 1:
        means = []
        for one, two in combinations(groups, 2):
            scores = [likeness.get((min(a, b), max(a, b)), 0.0) for a in one for b in two]
            if any((min(a, b), max(a, b)) in likeness for a in one for b in two):
                means.append((-round(sum(scores) / len(scores), 9), *sorted((min(one), min(two)))))
        if not means or -min(means)[0] < threshold:
            break
        _, first, second = min(means)
        left, right = (next(group for group in groups if min(group) == name) for name in (first, second))
        groups = [group for group in groups if group not in (left, right)] + [sorted(left + right)]
    return sorted(groups)


@given(LIKENESS, st.sampled_from([0.05, 0.3, 0.5, 0.75, 1.0]))
def test_the_same_as_a_plain_slow_one(likeness: dict[tuple[str, str], float], threshold: float) -> None:
    """Means kept up to date end where means computed anew end."""
    assert cluster(ITEMS, likeness, threshold) == slowly(ITEMS, likeness, threshold)


@given(LIKENESS, st.permutations(ITEMS), st.randoms(use_true_random=False))
def test_order_changes_nothing(likeness: dict[tuple[str, str], float], items: list[str], chance: object) -> None:
    """Items and pairs in any order give the same clusters, and every item stands in one."""
    pairs = list(likeness.items())
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    found = cluster(items, dict(pairs), 0.4)
    assert found == cluster(ITEMS, likeness, 0.4)
    assert sorted(item for group in found for item in group) == list(ITEMS)


@pytest.mark.parametrize(
    ("likeness", "expected"),
    [
        ({}, [["a"], ["b"], ["c"]]),
        ({("a", "b"): 0.5}, [["a", "b"], ["c"]]),
        ({("a", "b"): 0.49}, [["a"], ["b"], ["c"]]),
        ({("a", "b"): 0.9, ("b", "c"): 0.9}, [["a", "b"], ["c"]]),
        ({("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.2}, [["a", "b", "c"]]),
        ({("a", "x"): 0.9}, [["a"], ["b"], ["c"]]),
    ],
)
def test_the_mean_decides(likeness: dict[tuple[str, str], float], expected: list[list[str]]) -> None:
    """A chain of likenesses is not one cluster unless the mean over all pairs says so."""
    assert cluster("abc", likeness, 0.5) == expected
