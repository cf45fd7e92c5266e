"""Average-linkage clustering of a few items, the same whatever their order: used for stories and for claims."""

from collections.abc import Mapping, Sequence


def cluster(items: Sequence[str], likeness: Mapping[tuple[str, str], float], threshold: float) -> list[list[str]]:
    """Join the two most alike clusters while the mean likeness of their members reaches the threshold.

    `likeness` holds pairs (a, b) with a < b; a pair that is missing counts 0. Ties go to the smaller ids. Sokal and Michener
    (1958); the mean is kept up to date by the formula of Lance and Williams (1967).
    """
    members = {item: [item] for item in sorted(items)}
    sums: dict[str, dict[str, float]] = {item: {} for item in members}
    for (a, b), score in likeness.items():
        if a in members and b in members:
            sums[a][b] = sums[b][a] = score
    while (best := _best(members, sums)) is not None and best[0] >= threshold:
        _, a, b = best
        members[a].extend(members.pop(b))
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
    return sorted(sorted(each) for each in members.values())


def _best(members: Mapping[str, list[str]], sums: Mapping[str, Mapping[str, float]]) -> tuple[float, str, str] | None:
    found = [
        (round(total / (len(members[a]) * len(members[b])), 9), a, b)
        for a, row in sums.items()
        for b, total in row.items()
        if a < b
    ]
    return max(found, key=lambda each: (each[0], _reversed(each[1]), _reversed(each[2])), default=None)


def _reversed(text: str) -> tuple[int, ...]:
    return tuple(-ord(character) for character in text)
