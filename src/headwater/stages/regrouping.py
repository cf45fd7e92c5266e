"""What a person's corrections make of groups: of reports in stories, of readings in claims.

The machine groups first; then the corrections are applied in the order in which they were made. Joining makes two groups one,
moving takes one member over, parting takes one out. All members that were parted from the same one belong together.
A correction whose member is gone, or that says what is so already, changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from headwater.records import Correction

TOGETHER = frozenset(["one-story", "one-claim"])
OVER = "moved"
OUT = frozenset(["other-story", "other-claim"])


@dataclass(slots=True, eq=False)
class Group:
    """Members of one group, which of the machine's groups it goes back to, and the corrections that made it what it is."""

    members: list[str]
    machine: int
    because: list[str] = field(default_factory=list)


def regrouped(groups: Sequence[Sequence[str]], corrections: Sequence[Correction]) -> list[Group]:
    """Return the groups as a person has them; without a correction they are as they came."""
    made = [Group(list(its), number) for number, its in enumerate(groups)]
    home = {member: group for group in made for member in group.members}
    parted: dict[str, Group] = {}
    for each in sorted(corrections, key=lambda each: each.number):
        one, two = home.get(each.name), home.get(each.into)
        if one is None or two is None:
            continue
        if each.kind in TOGETHER and one is not two:
            _move(one, two, list(one.members), home, each)
            parted = {anchor: group for anchor, group in parted.items() if group not in (one, two)}
        elif each.kind == OVER and one is not two:
            _move(one, two, [each.name], home, each)
        elif each.kind in OUT and one is two and each.name != each.into:
            if each.into not in parted:
                parted[each.into] = Group([], one.machine)
                made.append(parted[each.into])
            _move(one, parted[each.into], [each.name], home, each)
    return [group for group in made if group.members]


def _move(one: Group, two: Group, members: Sequence[str], home: dict[str, Group], why: Correction) -> None:
    one.members = [each for each in one.members if each not in members]
    two.members = sorted([*two.members, *members])
    home.update(dict.fromkeys(members, two))
    for group in (one, two):
        group.because.append(why.id)
    if not one.members:
        two.because = sorted({*two.because, *one.because})
