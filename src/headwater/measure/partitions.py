"""How alike two ways of grouping the same items are: B-cubed (Bagga and Baldwin 1998), pairs of items, and the CoNLL mean.

The CoNLL score (Pradhan and others 2012) is the mean F1 of MUC (Vilain and others 1995: links that are missing), B-cubed, and CEAF
(Luo 2005: groups matched one to one as well as they can be).

In: two mappings from item to group. Out: precision, recall and F1 by name. An item that the system did not group is a
group of its own.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

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


def conll(gold: Mapping[str, Hashable], system: Mapping[str, Hashable]) -> float | None:
    """Return the mean F1 of MUC, B-cubed and CEAF by entities; unknown without items."""
    if not gold:
        return None
    both, golds, systems = _sizes(gold, system)
    cubed = (
        sum(n * n / systems[key[1]] for key, n in both.items()),
        sum(n * n / golds[key[0]] for key, n in both.items()),
    )
    b3 = harmonic(cubed[0] / len(gold), cubed[1] / len(gold))
    return round((_muc(both, golds, systems) + b3 + _ceaf(both, golds, systems)) / 3, 3)


def _muc(
    both: Mapping[tuple[Hashable, Hashable], int], golds: Mapping[Hashable, int], systems: Mapping[Hashable, int]
) -> float:
    """F1 of links: a group of n items that the other side has in k parts has n - k of its n - 1 links."""

    def kept(groups: Mapping[Hashable, int], side: int) -> float:
        parts = Counter(cell[side] for cell in both)
        links = sum(n - 1 for n in groups.values())
        return sum(n - parts[group] for group, n in groups.items()) / links if links else 0.0

    return harmonic(kept(systems, 1), kept(golds, 0))


def _ceaf(
    both: Mapping[tuple[Hashable, Hashable], int], golds: Mapping[Hashable, int], systems: Mapping[Hashable, int]
) -> float:
    """F1 of the best one to one matching of groups, two groups being alike by twice what they share over what they have."""
    rows, columns = sorted(golds, key=str), sorted(systems, key=str)
    wide = len(rows) <= len(columns)
    few, many = (rows, columns) if wide else (columns, rows)
    like = [
        [
            2 * both.get((a, b) if wide else (b, a), 0) / (golds[a if wide else b] + systems[b if wide else a])
            for b in many
        ]
        for a in few
    ]
    best = best_total(like)
    return harmonic(best / len(systems), best / len(golds))


def best_total(values: Sequence[Sequence[float]]) -> float:
    """Return the largest sum of one value a row, no column twice, for at least as many columns as rows (Kuhn 1955; Munkres 1957).

    Rows come in one after the other; each finds the cheapest chain of reassignments under potentials of rows and columns.
    """
    rows, columns = len(values), len(values[0]) if values else 0
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)  # row that has each column, from 1; 0 for none
    for row in range(1, rows + 1):
        holder[0], column = row, 0
        slack, came, seen = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while holder[column]:
            seen[column] = True
            here = holder[column]
            for other in range(1, columns + 1):
                cost = -values[here - 1][other - 1] - of_row[here] - of_column[other]
                if not seen[other] and cost < slack[other]:
                    slack[other], came[other] = cost, column
            following = min(
                (other for other in range(1, columns + 1) if not seen[other]), key=lambda other: slack[other]
            )
            step = slack[following]
            for other in range(columns + 1):
                if seen[other]:
                    of_row[holder[other]] += step
                    of_column[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            holder[column] = holder[came[column]]
            column = came[column]
    return sum(values[holder[column] - 1][column - 1] for column in range(1, columns + 1) if holder[column])


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
