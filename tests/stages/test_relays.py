"""statements that came through somebody: who speaks, through whom, and who gathered it. The outlet is always Osrin Post."""

import pytest

from handmade import worked

OUTLET = "Osrin Post"
CASES = [  # text, origin, chain behind the outlet, gatherer
    ("Reuters quoted the harbour master as saying that two barges sank.", "harbour master", ["Reuters"], "Reuters"),
    (
        "Al Mayadeen, citing the Ministry of Water, said that two barges sank.",
        "Ministry of Water",
        ["Al-Mayadeen"],
        "Al-Mayadeen",
    ),
    ("Two barges sank, Reuters reported, citing police.", "police", ["Reuters"], "Reuters"),
    ("Two barges sank, police told Reuters.", "police", ["Reuters"], "Reuters"),
    ("Two barges sank, a resident told Reuters by phone.", "a resident", ["Reuters"], "Reuters"),
    ("Police said in a statement carried by Reuters that two barges sank.", "Police", ["Reuters"], "Reuters"),
    (
        "Two barges sank, Reuters reported on Monday, citing the state news agency ANTB, which quoted the Ministry of Water.",
        "Ministry of Water",
        ["Reuters", "ANTB"],
        "ANTB",
    ),
    ("Media reports said that two barges sank.", "Media reports", [], "Media reports"),
    ("SANA said that two barges sank.", "SANA", [], "SANA"),
]


@pytest.mark.parametrize(("text", "origin", "via", "gatherer"), CASES, ids=[each[0] for each in CASES])
def test_who_speaks_and_through_whom(text: str, origin: str, via: list[str], gatherer: str) -> None:
    """The last link is the origin; the last news organisation among the links gathered it."""
    (found,) = worked(text).statements
    assert (found.chain, found.origin, found.gatherer) == ([OUTLET, *via, origin], origin, gatherer)


def test_reports_that_somebody_looks_into_say_so_themselves() -> None:
    """Who looks into reports does not say what they say."""
    (found,) = worked("The army is investigating reports that two barges sank in the river.").statements
    assert (found.speaker, found.stance) == ("reports", "asserts")


def test_what_a_speaker_leaves_out_is_no_statement() -> None:
    """Only what was said counts."""
    made = worked("State television reported the blast but did not specify its cause.")
    assert [made.of(each) for each in made.statements] == ["the blast"]


def test_nobodys_claim_is_the_reports_own_word() -> None:
    """No one is not a speaker."""
    (found,) = worked("No one claimed responsibility for the blast.").statements
    assert (found.speaker, found.speaker_kind) == (None, "outlet")


def test_a_pasted_post_is_its_authors() -> None:
    """A post is told by the name, handle and day behind it."""
    made = worked("Two barges sank near the old bridge this morning — Mira Sol (@mirasol) March 12, 2024")
    (found,) = made.statements
    assert (found.speaker, found.rule) == ("Mira Sol", "post@1")
    assert made.of(found) == "Two barges sank near the old bridge this morning"
