"""wheres: which names in a text are places where something happened, and which place of that name is meant."""

import pytest

from headwater.lists.places import place, sounding, spelt
from headwater.stages.wheres import apart, elsewhere, told_at, wheres

SITUATED = [
    ("A shell hit a bakery in Homs on Monday.", "Homs, SY"),
    ("A shell hit a bakery in Hassakeh, the Syrian army said.", "Al Ḩasakah, Al-Hasakah, SY"),
    ("The road north of the Syrian town of Saraqeb was closed.", "Saraqib, Idlib, SY"),
    ("Clashes broke out across Aleppo province in Syria.", "Aleppo, SY"),
    ("A fire in Springfield, Ohio, killed two.", "Springfield, Ohio, US"),
    ("A fire in Springfield, Ill., killed two.", "Springfield, Illinois, US"),
    ("Air strikes on Deir Ezzor in Syria killed nine.", "Deir ez-Zor, SY"),
]
NOWHERE = [
    "Mr Jackson was not hurt.",
    "The Houston police said two were hurt.",
    "Tehran denied it.",
    "It was found outside Wanda's on Friday.",
    "Rosa Parks said so in May.",
    "SANA said so.",
    "The paper appeared in English-language editions.",
]


@pytest.mark.parametrize(("text", "name"), SITUATED, ids=[name for _, name in SITUATED])
def test_a_name_behind_a_word_of_place_is_where_it_happened(text: str, name: str) -> None:
    """Spellings meet, and the region behind a name or the country that the text names decides which is meant."""
    found = wheres(text)
    told = told_at(found, 0, len(text))
    assert told is not None
    assert told.place.full_name == name
    assert text[told.start : told.end] in text.replace(".", " ").replace(",", " ")


@pytest.mark.parametrize("text", NOWHERE)
def test_a_name_alone_is_nowhere(text: str) -> None:
    """People, bodies, papers and governments bear the names of towns."""
    assert not [each for each in wheres(text) if each.situated]


def test_two_places_apart_leave_it_open() -> None:
    """Which of two towns a toll belongs to, their names do not say."""
    text = "Strikes in Homs and in Hama killed nine, the Syrian army said."
    assert {each.place.name for each in wheres(text) if each.situated} == {"Homs", "Ḩamāh"}
    assert told_at(wheres(text), 0, len(text)) is None


def test_the_narrowest_of_nested_places_is_told() -> None:
    """A town, its region and its country are one place."""
    text = "In Syria, a strike in Saraqeb in Idlib province killed nine."
    told = told_at(wheres(text), 0, len(text))
    assert told is not None
    assert told.place.name == "Saraqib"


def test_apart_is_neither_within_the_other_nor_of_one_city() -> None:
    """A suburb is not apart from its city, nor a town from the region's seat that bears its name; two towns are."""
    homs, hama, saraqib, idlib, douma, damascus = (
        next(each for each in spelt(name) if each.country == "SY" and each.kind == "town")
        for name in ("Homs", "Hama", "Saraqeb", "Idlib", "Douma", "Damascus")
    )
    assert apart(homs, hama)
    assert not apart(saraqib, idlib)
    assert not apart(douma, damascus)
    assert apart(saraqib, homs)
    assert elsewhere(homs.id, hama.id)
    assert not elsewhere(homs.id, None)
    assert not elsewhere("SY", "IQ")


@pytest.mark.parametrize("spelling", ["Hasakah", "Hassakeh", "Hasaka", "al-Hasakah", "Hasake"])
def test_spellings_of_one_town_meet(spelling: str) -> None:
    """By GeoNames' own list of spellings, or else by sound."""
    assert "173811" in {each.id for each in (*spelt(spelling), *sounding(spelling))}


def test_a_place_is_found_by_its_id() -> None:
    """Ids in a case lead back to the gazetteer."""
    assert place("SY").name == "Syria"
    assert place(spelt("Homs")[0].id) == spelt("Homs")[0]
    assert spelt("Nowhere at all") == ()
