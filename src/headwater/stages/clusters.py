"""Average-linkage clustering of a few items, the same whatever their order: used for stories and for claims."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush


def cluster(items: Sequence[str], likeness: Mapping[tuple[str, str], float], threshold: float) -> list[list[str]]:
    """Join the two most alike clusters while the mean likeness of their members reaches the threshold.

    `likeness` holds pairs (a, b) with a < b; a pair that is missing counts 0. Ties go to the smaller ids. Sokal and Michener
    (1958); the mean is kept up to date by the formula of Lance and Williams (1967), the best pair by a heap in which what has
    changed since is passed over (Müllner 2011).
    """
    members = {item: [item] for item in sorted(items)}
    sums: dict[str, dict[str, float]] = {item: {} for item in members}
    for (a, b), score in likeness.items():
        if a in members and b in members:
            sums[a][b] = sums[b][a] = score

    def entry(a: str, b: str) -> tuple[float, str, str]:
        a, b = min(a, b), max(a, b)
        return -round(sums[a][b] / (len(members[a]) * len(members[b])), 9), a, b

    queue = [entry(a, b) for a, row in sums.items() for b in row if a < b]
    heapify(queue)
    while queue and -queue[0][0] >= threshold:
        best = heappop(queue)
        _, a, b = best
        if a not in members or b not in members or best != entry(a, b):
            continue
        joined = members.pop(b)
        members[a].extend(joined)
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
        for other in sums[a]:
            heappush(queue, entry(a, other))
    return sorted(sorted(each) for each in members.values())
