"""regrouping: joining, moving and parting members of groups, in the order in which a person said so."""

from hypothesis import given
from hypothesis import strategies as st

from headwater.records import Correction
from headwater.stages.regrouping import regrouped

GROUPS = [["a", "b", "c"], ["d", "e"], ["f"]]


def marks(*said: tuple[str, str, str]) -> list[Correction]:
    """Return corrections, numbered in order."""
    return [
        Correction(
            id=f"v-{n}", kind=kind, name=name, into=into, report=None, number=n, author=None, made=None, reason=None
        )
        for n, (kind, name, into) in enumerate(said)
    ]


def groups(*said: tuple[str, str, str]) -> list[list[str]]:
    """Return the members of the groups after these corrections."""
    return sorted(sorted(group.members) for group in regrouped(GROUPS, marks(*said)))


def test_each_correction() -> None:
    """Joining takes all of a group, moving one member; what is parted from one member is one group."""
    assert groups() == GROUPS
    assert groups(("one-claim", "a", "d")) == [["a", "b", "c", "d", "e"], ["f"]]
    assert groups(("moved", "a", "d")) == [["a", "d", "e"], ["b", "c"], ["f"]]
    assert groups(("moved", "f", "d")) == [["a", "b", "c"], ["d", "e", "f"]]
    assert groups(("other-claim", "a", "c"), ("other-claim", "b", "c")) == [["a", "b"], ["c"], ["d", "e"], ["f"]]
    assert groups(("other-story", "a", "c"), ("one-story", "a", "c")) == GROUPS


def test_reasons_are_kept_and_strangers_are_not_caught() -> None:
    """A group joined twice names both corrections; what was parted and joined to another takes nothing more in."""
    (joined, *_) = regrouped(GROUPS, marks(("one-claim", "f", "d"), ("one-claim", "d", "a")))
    assert joined.because == ["v-0", "v-1"]
    found = groups(("other-claim", "a", "b"), ("one-claim", "f", "a"), ("other-claim", "c", "b"))
    assert found == [["a", "f"], ["b"], ["c"], ["d", "e"]]


def test_what_is_so_already_or_gone_changes_nothing() -> None:
    """A member that no longer exists, two that are together or apart as asked: the groups stay, and no correction is named."""
    same = [("one-claim", "a", "b"), ("other-claim", "a", "d"), ("moved", "a", "b"), ("one-claim", "gone", "a")]
    assert groups(*same) == GROUPS
    assert not any(group.because for group in regrouped(GROUPS, marks(*same)))


@given(
    st.lists(
        st.tuples(st.sampled_from(["one-claim", "moved", "other-claim"]), *(st.sampled_from("abcdefg"),) * 2),
        max_size=8,
    )
)
def test_nobody_is_lost_or_doubled(said: list[tuple[str, str, str]]) -> None:
    """Whatever is said, every member stands in one group, and a group that changed says by which correction."""
    made = regrouped(GROUPS, marks(*said))
    assert sorted(member for group in made for member in group.members) == list("abcdef")
    assert all(group.because or sorted(group.members) == GROUPS[group.machine] for group in made)
