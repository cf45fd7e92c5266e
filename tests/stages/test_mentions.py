"""mentions: who a speaker phrase names or describes, one phrase a case, with and without commas."""

import pytest

from headwater.stages.statements.mentions import can_speak, read, together
from headwater.stages.statements.names import usual_body

NAMED = [  # phrase, person, body, noun
    ("Mayor Ebba Tarn", "Ebba Tarn", None, "mayor"),
    ("Ebba Tarn, the mayor of Lower Korva", "Ebba Tarn", None, "mayor"),
    ("Ebba Tarn the mayor of Lower Korva", "Ebba Tarn", None, "mayor"),
    ("Observatory director Rami Haddad", "Rami Haddad", "Observatory", "director"),
    ("Rami Haddad head of the Osrin Observatory for Rights", "Rami Haddad", "Osrin Observatory for Rights", "head"),
    ("A nurse at the Lower Korva clinic Mira Sol", "Mira Sol", None, "nurse"),
    ("member of the Osrin National Council Isko Damar", "Isko Damar", "Osrin National Council", "member"),
    ("French Foreign Minister Anne Duval", "Anne Duval", None, "minister"),
    ("Russias Ministry of Water", None, "Russian Ministry of Water", ""),
    ("Russia’s defence ministry", None, "Russian defence ministry", "ministry"),
    ("the Britain-based Osrin Observatory for Rights", None, "Osrin Observatory for Rights", ""),
    ("London based Osrin Observatory for Rights", None, "Osrin Observatory for Rights", ""),
    ("Hezbollah spokesman", None, "Hezbollah", "spokesman"),
    ("a spokesman for the Osrin Civil Defence", None, "Osrin Civil Defence", "spokesman"),
]


@pytest.mark.parametrize(("phrase", "person", "body", "noun"), NAMED, ids=[each[0] for each in NAMED])
def test_who_is_named(phrase: str, person: str | None, body: str | None, noun: str) -> None:
    """Person and body are told apart; the noun is what he, she or it is said to be."""
    found = read(phrase)
    assert (found.person, found.body) == (person, body)
    assert not noun or found.noun == noun


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Reuters", "Reuters"),
        ("Reuters news agency", "Reuters"),
        ("Turkey’s official Anadolu news agency", "Anadolu Agency"),
        ("Syrias state-run news agency", "SANA"),
        ("the state news agency ANTB", "ANTB"),
        ("ISIS run Aamaq news agency", "Aamaq"),
    ],
)
def test_news_organisations(phrase: str, name: str) -> None:
    """Listed ones under their usual name, with or without what is said of them; others by what stands before the name."""
    assert read(phrase).newsroom == name


@pytest.mark.parametrize(
    "phrase",
    ["an official", "A police source", "two residents of the town", "activists", "a doctor who asked not to be named"],
)
def test_trades_without_a_name_stay_unnamed(phrase: str) -> None:
    """Nothing tries to find out who they are."""
    found = read(phrase)
    assert (found.unnamed, found.person) == (True, None)


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("a monitor and rebels", ["a monitor", "rebels"]),
        ("state television and two witnesses", ["state television", "two witnesses"]),
        ("the Ministry of Health and Population", ["the Ministry of Health and Population"]),
        ("the dockers’ union, the harbour master and police", ["the dockers’ union, the harbour master", "police"]),
        ("Ebba Tarn", ["Ebba Tarn"]),
    ],
)
def test_joined_speakers_are_told_apart(phrase: str, parts: list[str]) -> None:
    """Both sides of "and" must be able to speak alone; a name with "and" inside stays whole."""
    assert [phrase[start:end] for start, end in together(phrase)] == parts


@pytest.mark.parametrize("phrase", ["21", "an allegation", "the red lines", "anyone with information"])
def test_figures_and_things_cannot_speak(phrase: str) -> None:
    """What the model takes for a speaker by mistake is none."""
    assert not can_speak(phrase)


@pytest.mark.parametrize(
    ("name", "usual"),
    [("Syrias state television", "Syrian state TV"), ("Turkey’s army", "Turkish army"), ("Osrin army", "Osrin army")],
)
def test_a_lost_apostrophe_does_not_make_another_name(name: str, usual: str) -> None:
    """Possessives of countries are read as the demonym, also without their apostrophe."""
    assert usual_body(name) == usual
