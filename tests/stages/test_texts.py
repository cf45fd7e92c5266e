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
    ("Advertisement - Continue Reading Below", "furniture"),
    ("Please enable Javascript to watch this video", "furniture"),
    ("Having trouble viewing the video? Try disabling any ad blocking extensions in your browser.", "furniture"),
    ("This is a developing story; check back for more updates.", "furniture"),
    ("Stay with Channel 4 News for the latest on this developing story.", "furniture"),
    ("Channel 4 News will have more information on this story as it becomes available.", "furniture"),
    ("For more neighbourhood news, listen to River Radio here:", "furniture"),
    ("Sign up for one of our e-mail newsletters.", "furniture"),
    ("You are the owner of this article.", "furniture"),
    ("RELATED: Two barges sank here last year", "furniture"),
    ("SEE ALSO : How the channel was dug", "furniture"),
    ("1:23 Divers look for the barges", "furniture"),
    ("Print Tweet Views 729", "furniture"),
    ("Share Facebook Twitter E-mail", "furniture"),
    ("A A A", "furniture"),
    ("_________", "furniture"),
    ("tollan@gazette.example", "furniture"),
    ("Contact Mira Tollan at tollan@gazette.example or follow @tollan on Chirp.", "furniture"),
    ("Mira Tollan is a Gazette staff writer. Reach her at tollan@gazette.example.", "furniture"),
    ("https://gazette.example/barges", "furniture"),
    ("Anyone with information is asked to call 555-0100 or write to police@korva.example.", "body"),
    ("Contact Detective Mira Tollan of the Korva Police at tollan@korva.example with what you know.", "body"),
    ("“Stay with us,” she told the crew for the whole of the night.", "body"),
    ("© Mira Tollan, 24, was the pilot of the first of the two barges that sank in the Tesk.", "body"),
    ("The pilot said , `` We never saw it . ''", "body"),
    ("Police will have more boats on the river by the end of the week.", "body"),
    ("Get out, the captain had shouted to everybody below the deck.", "body"),
    ("The river is open again! — Mira Tollan (@tollan) May 6, 2024", "body"),
    ("Image 1 of 12 Divers look for the two barges in the Tesk", "caption"),
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


GLUED = [
    ("Print Tweet Views 729 ", BODY),
    ("Twitter font size ", BODY),
    ("Print Tweet Views 7 Related Ferry runs aground Korva bridge closed ", f"A sailor said so. {BODY}"),
]


@pytest.mark.parametrize(("front", "rest"), GLUED)
def test_page_words_glued_to_the_front(front: str, rest: str) -> None:
    """The words on buttons, and the headlines of other stories behind them, are split off the first sentence."""
    made = worked(front + rest)
    assert [(each.kind, made.of(each).strip()) for each in made.texts] == [("furniture", front.strip()), ("body", rest)]


BACKS = [
    (" 219-11", "furniture"),
    (" Follow us on Facebook", "furniture"),
    (" Copyright 2024 River Gazette. All rights reserved.", "furniture"),
    (" This is a developing story. Check back for updates.", "furniture"),
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
        "Share prices fell, and Tweet 40 was the name of the boat.",
        f"{BODY} Call the office at (555) 822-1111.",
        f"{BODY} The channel was dug on Sept. 12, 1994",
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


AFTER = [
    ("No arrests have been made.", "body"),
    ("There is no word of the second pilot yet", "body"),
    ("The police say they know who owned the barges but are not releasing names", "body"),
    ("River office names a new pilot for the upper Tesk after a long search", "furniture"),
]


@pytest.mark.parametrize(("line", "kind"), AFTER)
def test_what_follows_the_last_paragraph(line: str, kind: str) -> None:
    """A short sentence goes on from the last paragraph; a headline, which drops its verbs, is of another story."""
    made = worked(f"{BODY}\n{MORE}\n\n{line}\n\nShare this:")
    at = made.report.text.index(line)
    assert next(each for each in made.texts if each.start <= at < each.end).kind in (
        {"body", "heading"} if kind == "body" else {kind}
    )


def test_an_advertisement_does_not_end_a_report() -> None:
    """Paragraphs behind an advertisement are body however short they are, and so are sentences behind a list of stories."""
    made = worked(f"{BODY}\n\nAdvertisement\n\n{MORE}\n\nTRENDING NOW:\n\nKorva bridge closed\n\n{BODY}\n\n{MORE}\n")
    body = "".join(made.of(each) for each in made.texts if each.kind == "body")
    assert (body.count(BODY), body.count(MORE)) == (2, 2)
    assert "bridge" not in body


def test_a_page_without_a_sentence_keeps_what_is_no_part_of_the_page() -> None:
    """Of a page whose text was not taken along only what nobody can tell for page furniture is left as body."""
    made = worked("You are the owner of this article.")
    assert [each.kind for each in made.texts] == ["furniture"]
    assert [each.kind for each in worked("Barges in the Tesk").texts] == ["body"]


def test_a_credit_inside_a_notice_of_copyright_is_a_credit() -> None:
    """Who contributed stays visible behind the notice that it stands in."""
    made = worked(f"{BODY}\n\n© 2024 River Gazette. All rights reserved. Norgate News contributed to this report.")
    assert [(each.kind, made.of(each).strip()) for each in made.texts][-1] == (
        "credit",
        "Norgate News contributed to this report.",
    )


def test_a_caption_stands_before_the_text_and_a_credit_behind() -> None:
    """The same name in brackets ends a caption above the text and is a credit below it."""
    made = worked(f"The two barges on Monday. (Source: Norgate)\n\n{BODY}\n\n{MORE} (Source: Norgate)")
    assert [each.kind for each in made.texts if made.of(each).strip()] == ["caption", "body", "credit"]
