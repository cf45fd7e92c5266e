"""Scores what belongs together and what comes from what: stories, kin, unseen parents and directions.

In: a gold story and an exported case. Out: counts that may be summed over stories, and the numbers that they make.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from headwater.measure.origins.exported import Exported
from headwater.measure.origins.gold import Descent, GoldStory
from headwater.measure.origins.matching import same
from headwater.measure.ratios import f1, ratio
from headwater.measure.results import Number

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinship:
    """Pairs of reports that one text links, and the unseen texts that each report comes from."""

    pairs: frozenset[Pair]
    unseen: Mapping[str, tuple[str, ...]]


def count(story: GoldStory, system: Exported) -> Counter[str]:
    """Return the counts of one story."""
    gold, ours = kinship(story.derivations, story.reports), kinship(system.derivations, story.reports)
    return (
        _joined(story, system) + count_kin(story, ours.pairs) + _unseen(story, gold, ours) + _directions(story, system)
    )


def numbers(n: Counter[str]) -> dict[str, Number]:
    """Return the numbers that summed counts make."""
    return {
        "story.joined": ratio(n["joined"], n["to join"]),
        "story.false_joins": ratio(n["false joins"], n["could join"]),
        "story.pairs": n["to join"],
        **kin_numbers(n),
        **f1("unseen_parent", hit=n["unseen hit"], said=n["unseen said"], gold=n["unseen gold"]),
        "direction.right": ratio(n["direction right"], n["direction linked"]),
        "direction.abstained": ratio(n["direction abstained"], n["direction linked"]),
        "direction.linked": n["direction linked"],
        "direction.gold": n["direction gold"],
    }


def kin_numbers(n: Counter[str]) -> dict[str, Number]:
    """Return precision, recall and F1 of kin."""
    return f1("kin", hit=n["kin hit"], said=n["kin said"], gold=n["kin gold"])


def kinship(derivations: Iterable[Descent], inside: Collection[str]) -> Kinship:
    """Link parent and child, and the children of one unseen text, among the reports of a story."""
    pairs: set[Pair] = set()
    unseen: dict[str, list[str]] = defaultdict(list)
    for each in derivations:
        if each.child in inside:
            if each.parent is not None and each.parent in inside:
                pairs.add(frozenset((each.child, each.parent)))
            if each.unseen:
                unseen[each.child].append(each.unseen)
    for a, b in combinations(unseen, 2):
        if any(same(one, other) for one, other in product(unseen[a], unseen[b])):
            pairs.add(frozenset((a, b)))
    return Kinship(frozenset(pair for pair in pairs if len(pair) == 2), {k: tuple(v) for k, v in unseen.items()})


def count_kin(story: GoldStory, said: Collection[Pair]) -> Counter[str]:
    """Compare the pairs that somebody links with those of the gold; pairs that annotators disagree on are left out."""
    gold = kinship(story.derivations, story.reports).pairs - story.kin_unsure
    kept = frozenset(said) - story.kin_unsure
    return Counter({"kin hit": len(gold & kept), "kin said": len(kept), "kin gold": len(gold)})


def _joined(story: GoldStory, system: Exported) -> Counter[str]:
    inside = [system.together(a, b) for a, b in combinations(story.reports, 2)]
    across = [system.together(a, b) for a, b in product(story.reports, story.look_alikes)]
    return Counter(
        {"joined": sum(inside), "to join": len(inside), "false joins": sum(across), "could join": len(across)}
    )


def _unseen(story: GoldStory, gold: Kinship, ours: Kinship) -> Counter[str]:
    found: Counter[str] = Counter()
    for report in story.reports:
        wanted, unsure = gold.unseen.get(report, ()), story.unseen_unsure.get(report, ())
        said = [name for name in ours.unseen.get(report, ()) if _any_same(name, wanted) or not _any_same(name, unsure)]
        hit = sum(_any_same(name, said) for name in wanted)
        found.update({"unseen gold": len(wanted), "unseen said": len(said), "unseen hit": hit})
    return found


def _any_same(name: str, names: Iterable[str]) -> bool:
    return any(same(name, other) for other in names)


def _directions(story: GoldStory, system: Exported) -> Counter[str]:
    """Of the gold derivations with a direction: how many are linked at all, the right way, or left open."""
    found: Counter[str] = Counter()
    for gold in story.derivations:
        if gold.parent and gold.direction != "undecidable":
            ours = next(
                (each for each in system.derivations if {each.child, each.parent} == {gold.child, gold.parent}), None
            )
            found["direction gold"] += 1
            if ours:
                open_ = ours.direction == "undecidable"
                right = not open_ and ours.child == gold.child
                found.update({"direction linked": 1, "direction abstained": open_, "direction right": right})
    return found
