"""Names of origins: sameness is an equivalence, no third name merges two, and what could be several is neither."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.stages.lines.names import Classes, is_same, same_names

WORDS = st.sampled_from(
    "Syrian Russian Iraqi Syria Russia UK Britain Free army ministry Defence Foreign Rami Samir Haddad Hadad Observatory"
    " United Nations States the spokesman Council".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SETS = st.lists(NAMES, max_size=8)
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=4)


def one(classes: Classes, first: str, second: str) -> bool:
    """Tell whether two names are in one class."""
    return classes.label[first] == classes.label[second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the Observatory", "Syrian Observatory for Human Rights"),
        ("UK-based Syrian Observatory", "Syrian Observatory for Human Rights"),
        ("Haddad", "Rami Haddad"),
        ("Karim Tannous", "Karim Tanous"),
        ("Syria’s foreign ministry", "Syrian Foreign Ministry"),
        ("the Ministry of Defense", "Defence Ministry"),
        ("UN", "the United Nations"),
        ("the United States military", "US military"),
        ("Syrian Arab Army", "Syrian army"),
        ("Ardavian army spokesman", "Ardavian army"),
        ("IRL", "International Relief League"),
        ("the T.M.N.", "Tesk Monitoring Network"),
        ("Tallis", "Amos Tallis Jr."),
        ("President Orrin", "Dessa Orrin"),
    ],
)
def test_names_of_one(first: str, second: str) -> None:
    """A shorter form, another spelling, a possessive, an abbreviation and who speaks for a body."""
    assert one(same_names([first, second]), first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Syrian army", "Russian army"),
        ("Iraqi army", "Russian army"),
        ("United States", "United Nations"),
        ("Free Syrian Army", "Syrian army"),
        ("Turkish government", "Russian government"),
        ("British Foreign Office", "Syrian Foreign Office"),
        ("Rami Haddad", "Samir Haddad"),
        ("Russian state television", "Syrian state television"),
        ("Syria", "Syrian opposition"),
        ("Amos Tallis", "Amos Tallis Jr."),
        ("Amos Talis", "Amos Tallis Jr."),
        ("Orrin", "Orrin administration"),
        ("Ardavia", "Times of Ardavia"),
        ("IR", "Institute of Rivers"),
        ("IRL", "International Rescue Fund"),
    ],
)
def test_names_of_two(first: str, second: str) -> None:
    """Two nations' bodies, two persons of one surname, a father and his son, a body that another adds words to, a country and some
    body of it, a person and what is called after him."""
    assert not one(same_names([first, second]), first, second)


@pytest.mark.parametrize(
    ("short", "first", "second"),
    [
        ("the Defence Ministry", "Russian Defence Ministry", "Ukrainian Defence Ministry"),
        ("Haddad", "Rami Haddad", "Samir Haddad"),
        ("the army", "Iraqi army", "Turkish army"),
        ("the Council", "Council of the North", "Council of Elders"),
    ],
)
def test_a_short_name_of_several_is_none_of_them(short: str, first: str, second: str) -> None:
    """It merges the two with each other never, and stands open between them."""
    classes = same_names([short, first, second])
    assert len(set(classes.label.values())) == 3
    assert classes.open[classes.label[short]] == {first, second}


def test_who_speaks_for_a_body_is_that_body() -> None:
    """Brenn is the army where a report calls him its spokesman; it makes neither the police nor another Brenn the army."""
    names = ["Halvard Brenn", "Brenn", "Ardavian army", "Ardavian police"]
    classes = same_names(names, [("army spokesman Halvard Brenn", "Ardavian army")])
    assert one(classes, "Halvard Brenn", "Ardavian army")
    assert one(classes, "Brenn", "Ardavian army")
    assert not one(classes, "Ardavian police", "Ardavian army")


def test_who_speaks_for_two_bodies_merges_neither() -> None:
    """One surname that speaks for the army here and for the police there is open between both."""
    told = [("army spokesman Haddad", "Ardavian army"), ("police chief Haddad", "Ardavian police")]
    classes = same_names(["Haddad", "Ardavian army", "Ardavian police"], told)
    assert len(set(classes.label.values())) == 3
    assert classes.open["Haddad"] == {"Ardavian army", "Ardavian police"}


@given(NAMES, NAMES)
def test_sameness_is_reflexive_and_symmetric(first: str, second: str) -> None:
    """Every name is itself, and what is the same one way is the same the other way."""
    assert is_same(first, first)
    assert is_same(first, second) == is_same(second, first)


@given(SETS, st.randoms(use_true_random=False))
def test_classes_are_an_equivalence_whatever_the_order(names: list[str], chance: object) -> None:
    """Every name has one label, labels are names of their own classes, and order and repetition change nothing."""
    classes = same_names(names)
    assert set(classes.label) == set(names)
    assert all(classes.label[label] == label for label in classes.label.values())
    shuffled = names + names[:2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same_names(shuffled) == classes


@given(SETS)
def test_a_third_name_merges_no_two(names: list[str]) -> None:
    """Names of one class, among however many others, are the same by themselves."""
    classes = same_names(names)
    for first, second in combinations(sorted(set(names)), 2):
        if one(classes, first, second):
            assert one(same_names([first, second]), first, second)


@given(SETS, PAIRS)
def test_who_speaks_for_whom_merges_no_two_bodies(names: list[str], told: list[tuple[str, str]]) -> None:
    """However speakers are tied to bodies, a class has one home, and labels stay names of their own classes."""
    classes = same_names(names, told)
    assert set(classes.label) == set(names)
    assert all(classes.label[label] == label for label in classes.label.values())
    assert all(label not in others for label, others in classes.open.items())
