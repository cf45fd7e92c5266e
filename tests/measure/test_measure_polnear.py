"""Spans of speaker, cue and content: reading the standoff, and both ways of counting."""

from pathlib import Path

from headwater.measure.polnear import annotated, exact, overlapping, polnear

STANDOFF = (
    "T1\tSource 0 10\tIlka Strand\nT2\tCue 11 15\tsaid\nT3\tContent 16 30;40 50\tthe gate … would hold\n"
    "T4\tAttribution 11 15\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\nT5\tSource 60 70\tnobody asks\n"
)
GOLD = {"one": frozenset({(0, 10), (20, 30)}), "two": frozenset({(5, 9)})}


def test_standoff() -> None:
    """A span in two parts is two spans, and one that takes part in no attribution is none."""
    assert annotated(STANDOFF) == {"speaker": {(0, 10)}, "cue": {(11, 15)}, "content": {(16, 30), (40, 50)}}


def test_equal_spans() -> None:
    """The gold against itself scores 1, both ways."""
    assert exact("cue", GOLD, GOLD)["exact.cue.f"] == 1.0
    assert overlapping("cue", GOLD, GOLD)["overlap.cue.f"] == 1.0


def test_no_spans() -> None:
    """Finding nothing scores 0, both ways."""
    assert exact("cue", GOLD, {})["exact.cue.f"] == 0.0
    assert overlapping("cue", GOLD, {})["overlap.cue.f"] == 0.0


def test_one_character_off() -> None:
    """A span that is one character short is wrong when it must be exact, and right when it must overlap."""
    system = {"one": frozenset({(0, 9), (20, 30)})}
    assert exact("cue", GOLD, system) == {
        "exact.cue.p": 0.5,
        "exact.cue.r": 0.333,
        "exact.cue.f": 0.4,
        "exact.cue.gold": 3,
    }
    assert overlapping("cue", GOLD, system) == {"overlap.cue.p": 1.0, "overlap.cue.r": 0.667, "overlap.cue.f": 0.8}


def test_neighbours_do_not_overlap() -> None:
    """A span that ends where another begins shares no character with it."""
    assert overlapping("cue", {"one": frozenset({(0, 5)})}, {"one": frozenset({(5, 9)})})["overlap.cue.f"] == 0.0


def test_flow_over_one_article(tmp_path: Path) -> None:
    """The flow finds who says what in a plain sentence, and the scorer sees it."""
    said = "Ilka Strand said the gate would not hold until the end of the month.\n"
    for folder, name, text in (("text", "one.txt", said), ("attributions", "one_ab12.ann", STANDOFF)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text.replace("0 10", "0 11").replace("11 15", "12 16"), encoding="utf-8")
    numbers = polnear(tmp_path).numbers
    assert (numbers["polnear.exact.speaker.f"], numbers["polnear.exact.cue.f"]) == (1.0, 1.0)
