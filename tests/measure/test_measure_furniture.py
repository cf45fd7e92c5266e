"""furniture: characters of page furniture that are kept, of body that are lost, and marks that do not fit a text."""

import json
from hashlib import sha256
from importlib import resources
from pathlib import Path

from headwater.measure.furniture import FILE, Mark, Marked, compare, furniture, marked, score

BODY = "Two barges loaded with gravel sank in the river on Monday morning, police in Lower Korva said."
TEXT = f"{BODY}\n\nShare this:\n\nThe harbour's own parrot\n"


def a_mark(text: str, marks: tuple[Mark, ...]) -> Marked:
    """Return marks of a text in a pile of texts."""
    return Marked("port-reports", "a.txt", "seen", len(text), sha256(text.encode()).hexdigest()[:16], marks)


def test_furniture_kept_and_body_lost() -> None:
    """Characters of furniture in body or heading are kept, those of body in furniture are lost; spaces and other kinds count for neither."""
    mark = a_mark("ab cd ef", (Mark(3, 5, "furniture"), Mark(6, 8, "caption")))
    found = compare(mark, ["furniture", "body", None, "heading", "furniture", None, "body", "body"], "ab cd ef")
    assert (found["furniture"], found["furniture kept"]) == (2, 1)
    assert (found["body"], found["body lost"]) == (2, 1)


def test_a_folder_is_scored_and_another_text_is_left_out(tmp_path: Path) -> None:
    """Every pile and half has its shares; a report whose text has changed since is left out and counted in the note."""
    (tmp_path / "port-reports").mkdir()
    (tmp_path / "port-reports" / "a.txt").write_text(TEXT, encoding="utf-8")
    at = TEXT.index("Share")
    good = a_mark(TEXT, (Mark(at, len(TEXT), "furniture"),))
    other = a_mark(TEXT + "changed", ())
    result = score([good, other], tmp_path)
    assert dict(result.numbers) == {"furniture.port.seen.kept": 0.0, "furniture.port.seen.lost": 0.0}
    assert result.note.endswith("1 are not as they were marked")


def test_what_is_not_there_is_not_measured(tmp_path: Path) -> None:
    """Without its piles the measure says which is missing."""
    assert furniture(tmp_path).note.startswith("not measured: ")


def test_the_marks_hold_offsets_and_no_text() -> None:
    """Every mark lies in its text, apart from the others, and is of a known kind; both halves are there."""
    rows = json.loads(resources.files("headwater.measure").joinpath(FILE).read_text(encoding="utf-8"))
    for each in marked(rows):
        ends = [0, *(mark.end for mark in each.marks)]
        assert all(end <= mark.start < mark.end <= each.length for end, mark in zip(ends, each.marks, strict=False))
        assert {mark.kind for mark in each.marks} <= {"furniture", "caption", "credit", "dateline", "heading"}
    assert {row["half"] for row in rows} == {"seen", "held"}
    assert {key for row in rows for key in row} == {"pile", "report", "half", "length", "sha256", "marks"}
