"""texts: what each stretch of a report is, by one-line cases; the stretches always cover the report."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import SETTINGS, a_report, worked
from headwater.stages.texts import texts

BODY = "Two barges loaded with gravel sank in the river on Monday morning, police in Lower Korva said."
MORE = "Nobody was hurt, but the channel will stay closed to shipping until the end of the week."

LINES = [
    ("Share this:", "furniture"),
    ("Leave a comment", "furniture"),
    ("12 comments", "furniture"),
    ("Related stories", "furniture"),
    ("Subscribe", "furniture"),
    ("© 2024 River Gazette. All rights reserved", "furniture"),
    ("Follow us on Chirp", "furniture"),
    ("Photo: Norgate", "caption"),
    ("Image credit: The harbour office", "caption"),
    ("Source: Norgate", "credit"),
    ("Original Source: www.norgate.example", "credit"),
    ("With agencies", "credit"),
    ("Reporting by Mira Tollan in Selmet; editing by Jo Penn", "credit"),
    ("May 6, 2024", "dateline"),
    ("Published: 6 May 2024 09:15 GMT", "dateline"),
    ("Updated on Monday, 6 May 2024", "dateline"),
    ("2024-05-06", "dateline"),
    ("Barges sink in the river Tesk", "heading"),
    ("What is known so far", "heading"),
    (MORE, "body"),
]


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_between_paragraphs(line: str, kind: str) -> None:
    """A line is told by its words and its shape."""
    made = worked(
        f"{BODY}\n{line}\n{BODY}\n{MORE} The river office announced this on Tuesday, and shipping agents confirmed it.",
        title="Barges sink in the river Tesk",
    )
    at = made.report.text.index(line)
    assert next(each.kind for each in made.texts if each.start <= at < each.end) == kind


FRONTS = [
    ("SELMET, May 6 (Norgate) — ", "dateline", None),
    ("SELMET (Norgate) - ", "dateline", None),
    ("Port Osrin (Solvane) - ", "dateline", None),
    ("TELL GHOREEN — ", "dateline", None),
    ("May 6, 2024 ", "dateline", None),
    ("Monday, 6 May 2024 09:15 ", "dateline", None),
    ("Barges sink in the river Tesk ", "heading", "Barges sink in the river Tesk"),
]


@pytest.mark.parametrize(("front", "kind", "title"), FRONTS)
def test_what_is_glued_to_the_front(front: str, kind: str, title: str | None) -> None:
    """A place line, a printed date or the headline is split off the first sentence."""
    made = worked(front + BODY, title=title)
    assert made.texts[0].kind == kind
    assert made.of(made.texts[-1]).strip() == BODY


BACKS = [
    (" – Norgate", "credit"),
    (" --Norgate", "credit"),
    (" (Norgate)", "credit"),
    (" (with Norgate)", "credit"),
    (" Source: Norgate", "credit"),
    (" Original Source: www.norgate.example", "credit"),
    (" Reporting by Mira Tollan", "credit"),
    (" Read More", "furniture"),
]


@pytest.mark.parametrize(("back", "kind"), BACKS)
def test_what_is_glued_to_the_end(back: str, kind: str) -> None:
    """A credit or a page word is split off the last sentence."""
    made = worked(BODY + back)
    assert [(each.kind, made.of(each).strip()) for each in made.texts] == [("body", BODY), (kind, back.strip())]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} {MORE}",
        "May I see? asked the mayor.",
        "Monday came and went without news of the crew.",
        "PORT authorities said so on Monday.",
    ],
)
def test_a_plain_text_is_all_body(text: str) -> None:
    """Nothing is cut from prose that only begins like a date or a place."""
    assert [(each.kind, each.start, each.end) for each in worked(text).texts] == [("body", 0, len(text))]


def test_a_readers_comment_below_the_page_words_is_no_body() -> None:
    """What stands after the page words is furniture, however much it reads like news."""
    made = worked(f"{BODY}\n{MORE}\nLeave a comment\nI was there, 40 people died, nobody tells us.\n")
    assert made.of(made.texts[-1]).endswith("nobody tells us.\n")
    assert made.texts[-1].kind == "furniture"


PIECES = st.sampled_from(
    [
        BODY,
        MORE,
        "Share",
        "Photo: Norgate",
        "May 6, 2024",
        "SELMET (Norgate) —",
        "Source: Norgate",
        "",
        " ",
        "\t",
        "–",
        "(x)",
        "“",
        "\u2028",
        "é",
        "1,2",
        "Read More",
        "©",
    ]
)


@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " ", "\r\n", ""])), min_size=1, max_size=12),
    st.sampled_from([None, BODY, "May 6"]),
)
def test_stretches_touch_and_cover_the_report(pieces: list[tuple[str, str]], title: str | None) -> None:
    """Whatever the text, its stretches begin at 0, touch, hold something, and end at its end."""
    report = a_report("x" + "".join(piece + gap for piece, gap in pieces), title=title)
    found = list(texts(reports=[report], settings=SETTINGS))
    assert [each.start for each in found] == [0, *(each.end for each in found[:-1])]
    assert found[-1].end == len(report.text)
    assert all(each.start < each.end for each in found)
    assert all(one.kind != two.kind for one, two in pairwise(found))


@pytest.mark.parametrize(
    "line", ["(AFP)", "-- Norgate", "(Reporting by Tobin Marsh in Lower Korva and Ebba Tarn in Osrin, who is new)"]
)
def test_a_line_that_is_all_credit_is_no_body(line: str) -> None:
    """A line with nothing left beside its credit is judged, not stumbled over."""
    kinds = {each.kind for each in worked(f"Two barges sank in the Tesk on Monday, police said at noon.\n{line}").texts}
    assert "body" in kinds
