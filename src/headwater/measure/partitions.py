"""How alike two ways of grouping the same items are: B-cubed (Bagga and Baldwin 1998) and pairs of items.

In: two mappings from item to group. Out: precision, recall and F1 by name. An item that the system did not group is a
group of its own.
"""

from collections import Counter
from collections.abc import Hashable, Mapping

from headwater.measure.ratios import f1, harmonic, ratio
from headwater.measure.results import Number


def b_cubed(gold: Mapping[str, Hashable], system: Mapping[str, Hashable]) -> dict[str, Number]:
    """Return p, r and f: for each item, how much of its system group is of its gold group, and the other way round."""
    both, golds, systems = _sizes(gold, system)
    if not gold:
        return {"p": None, "r": None, "f": None}
    precision = sum(n * n / systems[key[1]] for key, n in both.items()) / len(gold)
    recall = sum(n * n / golds[key[0]] for key, n in both.items()) / len(gold)
    return {"p": round(precision, 3), "r": round(recall, 3), "f": ratio(harmonic(precision, recall), 1)}


def pairwise(gold: Mapping[str, Hashable], system: Mapping[str, Hashable]) -> dict[str, Number]:
    """Return p, r and f over the pairs of items that stand in one group."""
    both, golds, systems = _sizes(gold, system)
    found = f1("pairs", hit=_pairs(both), said=_pairs(systems), gold=_pairs(golds))
    return {key.removeprefix("pairs."): value for key, value in found.items()}


def alone(items: Mapping[str, Hashable]) -> dict[str, Hashable]:
    """Return the grouping in which every item is alone, the simplest baseline."""
    return {item: item for item in items}


def _sizes(
    gold: Mapping[str, Hashable], system: Mapping[str, Hashable]
) -> tuple[Counter[tuple[Hashable, Hashable]], Counter[Hashable], Counter[Hashable]]:
    """Sizes of the shared parts, of the gold groups and of the system groups, over the items of the gold."""
    placed = {
        item: (group, ("in", system[item]) if item in system else ("alone", item)) for item, group in gold.items()
    }
    cells = list(placed.values())
    return Counter(cells), Counter(cell[0] for cell in cells), Counter(cell[1] for cell in cells)


def _pairs(sizes: Mapping[Hashable, int] | Mapping[tuple[Hashable, Hashable], int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
