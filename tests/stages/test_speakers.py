"""Speakers inside one report: short forms, pronouns and descriptions lead back to the fullest name; nobody is guessed."""

import pytest

from handmade import worked

CASES = [  # text, speakers in order
    ("Mayor Ebba Tarn said the gate held. “It is shut,” she said.", ["Ebba Tarn", "Ebba Tarn"]),
    ("Ebba Tarn said the gate held. Tarn said it was shut.", ["Ebba Tarn", "Ebba Tarn"]),
    ("Tarn said the gate held. Mayor Ebba Tarn said it was shut.", ["Ebba Tarn", "Ebba Tarn"]),
    ("Mayor Ebba Tarn said the gate held. The mayor said it was shut.", ["Ebba Tarn", "Ebba Tarn"]),
    (
        "The Ministry of Water said the gate held. The ministry said it was shut.",
        ["Ministry of Water", "Ministry of Water"],
    ),
    (
        "The Ministry of Water said the gate held. It said the lake was calm.",
        ["Ministry of Water", "Ministry of Water"],
    ),
    (
        "The Osrin National Council (ONC) said the gate held. The ONC said it was shut.",
        ["Osrin National Council", "Osrin National Council"],
    ),
    ("A diplomat was not convinced. “It was a rotor,” he said.", [None, "A diplomat"]),
    ("It was a rotor, he said.", [None]),
    ("“The gate held. It is shut,” Ebba Tarn said.", ["Ebba Tarn", "Ebba Tarn"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[each[0] for each in CASES])
def test_one_name_a_speaker(text: str, expected: list[str | None]) -> None:
    """The fullest name, wherever in the report it stands; unknown where nobody fits."""
    found = sorted(worked(text).statements, key=lambda each: each.start)
    assert [each.speaker for each in found] == expected


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Isko Damar, spokesman of the Highland Front, said the gate held.", "Highland Front"),
        ("Rami Haddad, head of the Osrin Observatory for Rights, said the gate held.", "Osrin Observatory for Rights"),
        ("Water Minister Maud Venning said the gate held.", "Maud Venning"),
        ("Activists at the Osrin Revolution Council said the gate held.", "Osrin Revolution Council"),
        ("An official at the Ministry of Water said the gate held.", "An official at the Ministry of Water"),
        ("Local activists in the town said the gate held.", "activists"),
    ],
)
def test_whose_word_it_is(text: str, origin: str) -> None:
    """A spokesman's word is his body's, a minister's his own; an unnamed official stays one."""
    (found,) = worked(text).statements
    assert found.origin == origin


def test_a_monitor_without_a_name_stays_so_and_its_origin_is_the_one_that_is_named_later() -> None:
    """What a lead introduces is resolved for counting only, and only where one body fits."""
    text = "The dam broke, a monitoring group said. The Osrin Observatory for Rights said nobody was hurt."
    first, second = sorted(worked(text).statements, key=lambda each: each.start)
    assert (first.speaker, first.origin) == ("a monitoring group", "Osrin Observatory for Rights")
    assert second.origin == "Osrin Observatory for Rights"


def test_no_pronoun_speaks() -> None:
    """Not one speaker is a pronoun."""
    made = worked("He said the gate held. She said it was shut. They said so too. It said nothing. Who said that?")
    assert {each.speaker for each in made.statements} & {"He", "She", "They", "It", "Who", "he", "she"} == set()
