"""derivations: who copied whom, on small piles made by hand; a direction needs a reason."""

from pathlib import Path

import pytest

from handmade import a_report
from headwater import Case, Settings
from headwater.records import Derivation, Report
from headwater.stages.derivations.direction import direction
from headwater.stages.derivations.evidence import odds
from piles import Row, a_case, write_lines

OWN = (
    "Two barges loaded with gravel from the pits at Lower Korva broke loose in the dark and drifted against the third pillar of the railway bridge.\n\n"
    "A diver who went down at noon saw both of them lying on their sides in eleven metres of brown water, their hatches torn away.\n\n"
    "The lock keeper blamed a mooring line that had been spliced twice since the winter and said he had asked for another in writing.\n\n"
    "Trains were sent round by Selmet, which adds two hours to the journey, and the ferry at Upper Korva ran until midnight."
)
OTHER = (
    "The bridge office closed the river on Monday after an accident with two gravel barges near Korva.\n\n"
    "Engineers measured the pillar from a raft and found a crack no longer than a hand.\n\nCommuters cursed, waited and shared taxis."
)


def report(name: str, outlet: str, text: str, *, published: str | None = "2024-05-06") -> Row:
    """Return a report as a row."""
    row = {"id": name, "outlet": outlet, "title": f"Barges sink near Korva ({outlet})", "text": text}
    return {**row, "published": published} if published else row


def derived(folder: Path, *rows: Row) -> list[tuple[str, str, str, str, bool]]:
    """Return child, parent (or unseen text), kind, direction and sureness of the derivations in a pile."""
    with a_case(folder / "made.headwater", write_lines(folder / "made.jsonl", rows)) as case:
        names = {each.id: each.name for each in case.store.all(Report)}
        found = case.store.all(Derivation)
    return sorted(
        (names[each.child], names.get(each.parent or "", f"unseen {each.unseen}"), each.kind, each.direction, each.sure)
        for each in found
    )


HALF = "\n\n".join(OWN.split("\n\n")[:2])
PILES = [
    ("nothing shared", [report("a", "A", OWN), report("b", "B", OTHER)], []),
    ("a credit line", [report("a", "A", f"{OWN}\n– Norgate")], [("a", "unseen Norgate", "verbatim", "certain", True)]),
    (
        "a credit at the end of a line",
        [report("a", "A", f"{OWN} – Norgate")],
        [("a", "unseen Norgate", "verbatim", "certain", True)],
    ),
    (
        "a place line",
        [report("a", "A", f"KORVA (Norgate) — {OWN}")],
        [("a", "unseen Norgate", "verbatim", "certain", True)],
    ),
    ("a photo credit", [report("a", "A", f"Photo: Reuters\n{OWN}")], []),
    (
        "two cuts of one agency text",
        [report("a", "A", f"KORVA (Norgate) — {OWN}"), report("b", "B", f"KORVA (Norgate) — {HALF}")],
        [("unseen Norgate",), ("unseen Norgate",), ("undecidable",)],
    ),
    (
        "the child credits the parent",
        [report("a", "Harbour Voice", OWN), report("b", "B", f"{OWN}\nSource: Harbour Voice")],
        [("b", "a", "verbatim", "certain", True)],
    ),
    (
        "one outlet again on a later day",
        [report("a", "A", HALF), report("b", "A", f"{HALF}\n\n{OTHER}", published="2024-05-08")],
        [("b", "a", "partial", "likely", True)],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in PILES], ids=[each[0] for each in PILES])
def test_who_copied_whom(rows: list[Row], expected: list[tuple[str | bool, ...]], tmp_path: Path) -> None:
    """Shared text of their own or a credit makes a derivation, a photo credit does not; siblings have no direction."""
    found = derived(tmp_path, *rows)
    if expected and len(expected[0]) == 1:
        assert sorted(part for each in found for part in each if (part,) in expected) == sorted(
            str(each[0]) for each in expected
        )
    else:
        assert [each for each in found if each[1] != "unseen Harbour Voice"] == expected


def test_two_copies_without_a_credit_are_undecidable(tmp_path: Path) -> None:
    """Nothing shows which came first: one row, no direction, and the clock decides nothing."""
    for number, days in enumerate([("2024-05-06", "2024-05-08"), ("2024-05-08", "2024-05-06")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        ((_, _, kind, direction, sure),) = derived(
            folder, report("a", "A", OWN, published=days[0]), report("b", "B", OWN, published=days[1])
        )
        assert (kind, direction, sure) == ("verbatim", "undecidable", True)


def test_an_excerpt_of_a_later_day_comes_likely_from_the_longer_text(tmp_path: Path) -> None:
    """What stands nearly whole in an earlier, longer text is its excerpt; of the same day nothing can be told."""
    for day, expected in (("2024-05-09", "likely"), ("2024-05-06", "undecidable")):
        folder = tmp_path / day
        folder.mkdir()
        rows = [report("a", "A", f"{OWN}\n\n{OTHER}", published="2024-05-06"), report("b", "B", OWN, published=day)]
        ((child, parent, _, direction, _),) = derived(folder, *rows)
        assert direction == expected
        assert expected == "undecidable" or (child, parent) == ("b", "a")


def test_a_later_day_and_dropped_words_make_a_child(tmp_path: Path) -> None:
    """What lacks words in the midst of the text that it shares with an earlier report comes likely from it."""
    cut = OWN.replace(" lying on their sides in eleven metres of brown water", "").replace(
        " that had been spliced twice since the winter", ""
    )
    assert len(cut) < len(OWN) - 80
    rows = [report("a", "A", OWN, published="2024-05-06"), report("b", "B", cut, published="2024-05-07")]
    assert [each[:2] + each[3:4] for each in derived(tmp_path, *rows)] == [("b", "a", "likely")]


def test_a_shared_quotation_makes_no_derivation(tmp_path: Path) -> None:
    """Two reporters at one briefing share what was said there, and no text."""
    quotation = "“The line had been spliced twice since the winter and I asked for another one in writing, and nobody in that office ever wrote back,” the keeper said."
    rows = [report("a", "A", f"{OWN}\n\n{quotation}"), report("b", "B", f"{OTHER}\n\n{quotation}")]
    assert derived(tmp_path, *rows) == []


def test_a_name_that_another_report_is_credited_to_is_a_news_organisation(tmp_path: Path) -> None:
    """`according to Norgate` cites a parent where the pile holds a text by Norgate, and says nothing where it does not."""
    citing = report("b", "B", "The river was closed on Monday for the whole of the day, according to Norgate.")
    credited = report("a", "A", f"KORVA (Norgate) — {OWN}")
    for number, (rows, expected) in enumerate([([credited, citing], ["unseen Norgate"]), ([citing], [])]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert [each[1] for each in derived(folder, *rows) if each[0] == "b"] == expected


def test_the_evidence_adds_up_and_each_piece_has_a_weight(newsroom: Case) -> None:
    """Log-odds are the sums of their parts, of kinship and of direction, and decide what the row says."""
    found = [each for each in newsroom.store.all(Derivation) if each.parent]
    assert found
    settings = newsroom.settings
    for each in found:
        assert len(each.evidence) == len(each.weights)
        assert len(each.way_evidence) == len(each.way_weights) > 0
        assert each.odds == pytest.approx(sum(each.weights), abs=1e-3)
        assert each.way == pytest.approx(sum(each.way_weights), abs=1e-3)
        assert each.sure == ((each.odds or 0.0) >= settings.kin_sure)
        assert (each.direction == "undecidable") == (abs(each.way or 0.0) < settings.way_likely)
        assert (each.way or 0.0) >= 0 or each.direction == "undecidable"


PAIR = {
    "day": "2024-05-08",
    "other_day": "2024-05-06",
    "other_outlet": "B",
    "other_credits": [],
    "share": 0.9,
    "other_share": 0.9,
    "whole": 0.9,
    "other_whole": 0.9,
    "reworded": None,
    "other_reworded": None,
    "toll": None,
    "other_toll": None,
    "dropped": 0,
    "added": 0,
    "newer": None,
    "calls": False,
    "is_called": False,
}
WAYS = [
    ("a later version of one page", {"newer": 1, "other_day": "2024-05-08", "other_outlet": "A"}, None, 5.0),
    ("an earlier version of one page", {"newer": -1, "other_outlet": "A"}, None, -5.0),
    ("it calls the other's address the original", {"calls": True}, None, 5.0),
    ("the other calls its address the original", {"is_called": True}, None, -5.0),
    ("each calls the other's, which says nothing", {"calls": True, "is_called": True}, None, 0.8),
    ("nothing but a later day", {}, None, 0.8),
    ("the same day", {"other_day": "2024-05-08"}, None, 0.0),
    ("undated", {"day": None}, None, 0.0),
    ("a later day, and words dropped from shared text", {"dropped": 2, "added": 1}, None, 1.6),
    ("a later day, and as many words added as dropped", {"dropped": 1, "added": 1}, None, 0.8),
    ("a later day, and words added to shared text", {"added": 1}, None, 0.0),
    ("a later day, and an excerpt", {"other_share": 0.3}, None, 1.6),
    ("an earlier day, and an excerpt", {"other_share": 0.3, "other_day": "2024-05-09"}, None, 0.0),
    ("a higher toll", {"other_day": "2024-05-08", "toll": 32, "other_toll": 22}, None, 0.3),
    (
        "a higher toll, and a third that both credit",
        {"toll": 32, "other_toll": 22, "other_credits": ["Norgate"]},
        None,
        0.0,
    ),
    ("it names the other", {}, True, 4.0),
    ("the other names it", {}, False, -4.0),
    ("it names one that is a week younger", {"other_day": "2024-05-15"}, True, 0.0),
    ("the other credits it", {"other_credits": ["A"], "other_day": "2024-05-08"}, None, -5.0),
    ("both credit a third", {"other_credits": ["Norgate"], "other_share": 0.3}, None, 0.0),
]


@pytest.mark.parametrize(("changed", "names", "expected"), [each[1:] for each in WAYS], ids=[each[0] for each in WAYS])
def test_directions(changed: dict[str, object], names: bool | None, expected: float) -> None:
    """Credits and names settle a direction, days and shares add up, and a text days older is nobody's child."""
    found = odds(direction(a_report("x", outlet="A"), {**PAIR, **changed}, [], names, Settings()))
    assert found == pytest.approx(expected)
