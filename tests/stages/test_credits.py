"""credits: news organisations that a report names as where it got it, by one-line cases."""

import re

import pytest

from handmade import worked

BODY = "Two barges loaded with gravel sank in the river on Monday."

CASES = [
    (f"SELMET (Norgate) — {BODY}", [("Norgate", "line")]),
    (f"SELMET, May 6 (AFP) - {BODY}", [("AFP", "line")]),
    (f"{BODY} – Norgate", [("Norgate", "line")]),
    (f"{BODY} --Reuters", [("Reuters", "line")]),
    (f"{BODY} (AFP)", [("AFP", "line")]),
    (f"{BODY} Original Source: www.osrinwire.org", [("osrinwire.org", "line")]),
    (f"{BODY}\nWith AFP and Reuters", [("AFP", "joint"), ("Reuters", "joint")]),
    (f"{BODY}\nWith agencies", [("agencies", "line")]),
    ("Police told AFP that two barges sank.", [("AFP", "cited")]),
    ("Police told the Associated Press that two barges sank.", [("AP", "cited")]),
    ("Police told Harbour Voice on Monday that two barges sank.", [("Harbour Voice", "cited")]),
    ("Police told al-Korva News on Monday that two barges sank.", [("Al-Korva News", "cited")]),
    ("Police told Al Korva News on Monday that two barges sank.", [("Al-Korva News", "cited")]),
    ("Two barges sank, according to Reuters.", [("Reuters", "cited")]),
    ("Two barges sank, the Norgate news agency reported.", [("Norgate", "cited")]),
    ("The sinking was first reported by the Tesk Valley Sentinel.", [("Tesk Valley Sentinel", "cited")]),
    (
        "Photo: Reuters\n" + BODY + " It was the second such accident on the river this year, said police.",
        [("Reuters", "photo")],
    ),
    ("Police told Minister Halvard Brenn that two barges sank.", []),
    ("Police told the Security Council that two barges sank.", []),
    ("He told Sollas that two barges sank.", [("Sollas", "possible")]),
    ("Mothers told their children to stay inside.", []),
    (BODY, []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_is_credited(text: str, expected: list[tuple[str, str]]) -> None:
    """Agencies in place lines, at the end, beside the text and inside it; people and bodies are no news organisations."""
    made = worked(text)
    assert [(each.name, each.kind) for each in sorted(made.credits, key=lambda each: each.start)] == expected


@pytest.mark.parametrize(
    "text", [f"{BODY} – Osrin Post", "Police told Osrin Post that two barges sank.", f"SELMET (Osrin Post) — {BODY}"]
)
def test_an_outlet_does_not_credit_itself(text: str) -> None:
    """An outlet that names itself names nobody that it got the text from."""
    assert worked(text, outlet="Osrin Post").credits == []


@pytest.mark.parametrize("text", [text for text, expected in CASES if expected and "Associated" not in text])
def test_the_span_of_a_credit_holds_its_name(text: str) -> None:
    """Each credit points at the characters that name the organisation, however its article is spelt there."""
    made = worked(text)
    spans = [re.sub(r"^al[- ]", "Al-", made.of(each), flags=re.I) for each in made.credits]
    names = [each.name.removeprefix("the ") for each in made.credits]
    assert all(name in span for name, span in zip(names, spans, strict=True))
