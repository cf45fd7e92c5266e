"""`verify`: a sound case has no faults, and a case changed behind our back has them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater import Case
from headwater.errors import HeadwaterError
from piles import a_case

CHANGES = [
    ("a report's text", "UPDATE reports SET text = replace(text, 'nine', 'five') WHERE name = 'hv-0312-a'"),
    ("a report's outlet", "UPDATE reports SET outlet = 'Nobody' WHERE name = 'hv-0312-a'"),
    ("a report's day", "UPDATE reports SET published = NULL WHERE name = 'hv-0312-a'"),
    ("a report cut short", "UPDATE reports SET text = substr(text, 1, 200) WHERE name = 'hv-0312-a'"),
    ("a report taken away", "DELETE FROM reports WHERE name = 'hv-0312-a'"),
    ("a stretch moved", "UPDATE texts SET start = start + 1 WHERE kind = 'body' AND start > 0"),
    ("a stretch taken away", "DELETE FROM texts WHERE kind = 'dateline'"),
    ("a sentence beyond its report", 'UPDATE sentences SET "end" = 1000000 WHERE number = 2'),
    ("a sentence turned round", 'UPDATE sentences SET start = "end" + 1 WHERE number = 2'),
    ("a sentence taken away", "DELETE FROM sentences WHERE number = 2"),
    ("a negative offset", "UPDATE statements SET start = -1"),
    ("half a span", "UPDATE statements SET cue_end = NULL WHERE cue_end IS NOT NULL"),
    ("a credit that names another", "UPDATE credits SET name = 'Solvane' WHERE name = 'Norgate'"),
    ("a credit moved", 'UPDATE credits SET start = start + 9, "end" = "end" + 9'),
    ("a number changed", "UPDATE readings SET value = '77' WHERE kind = 'killed'"),
    ("a number's span moved", "UPDATE readings SET start = 0, \"end\" = 3 WHERE kind = 'killed'"),
    ("a speaker changed", "UPDATE statements SET speaker = 'Wilhelmina Quorn' WHERE speaker IS NOT NULL"),
    ("a passage moved", "UPDATE reuse SET a_start = a_start + 8, a_end = a_end + 8"),
    ("a passage beyond its report", "UPDATE reuse SET b_end = 1000000"),
    ("a claim without its statement", "DELETE FROM statements WHERE id IN (SELECT statement FROM claims)"),
    ("a claim without its reading", "DELETE FROM readings WHERE kind = 'killed'"),
    (
        "a report in two stories",
        "UPDATE stories SET reports = (SELECT reports FROM stories ORDER BY length(reports) DESC LIMIT 1)",
    ),
    ("an interval changed", "UPDATE tallies SET lines_min = 7, lines_max = 9 WHERE lines_max = 1"),
    ("a claim's value changed", "UPDATE claims SET value = '77' WHERE kind = 'killed'"),
    ("a line without its statement", "UPDATE lines SET statement = 's-0000000000000000'"),
    ("a tally without its claim", "DELETE FROM claims WHERE kind = 'killed'"),
    ("a derivation of nobody", "UPDATE derivations SET child = 'r-0000000000000000'"),
    ("a date's words moved", 'UPDATE dates SET start = 1000000, "end" = 1000005 WHERE start IS NOT NULL'),
]


def test_the_newsroom_is_sound(newsroom: Case) -> None:
    """A case that nobody touched has no faults, nothing stale, and every row was looked at."""
    verdict = newsroom.verify()
    assert (verdict.faults, verdict.stale) == ((), ())
    assert verdict.checked > 1000


@pytest.mark.parametrize("change", [sql for _, sql in CHANGES], ids=[name for name, _ in CHANGES])
def test_a_change_behind_our_back_is_found(change: str, copy_of_newsroom: Callable[[], Path]) -> None:
    """Verify names a fault for every way in which a row no longer holds what it says; it never raises."""
    path = copy_of_newsroom()
    connection = sqlite3.connect(path)
    with connection:
        changed = connection.execute(change).rowcount
    connection.close()
    with a_case(path) as case:
        verdict = case.verify()
    assert changed > 0
    assert verdict.faults != ()


def test_a_damaged_file_is_found(copy_of_newsroom: Callable[[], Path]) -> None:
    """A page of the file overwritten with noise is a fault, or an error of ours; not a foreign exception."""
    path = copy_of_newsroom()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xa5" * 8192
    path.write_bytes(content)
    try:
        with a_case(path) as case:
            found = case.verify().faults
    except HeadwaterError as error:
        found = (str(error),)
    assert found != ()


def test_stale_stages_are_named_and_are_no_fault(copy_of_newsroom: Callable[[], Path], tmp_path: Path) -> None:
    """Reports that were read and not run leave every stage stale; that is no fault."""
    new = tmp_path / "new.txt"
    new.write_text("Two barges sank in the Tesk on Monday, police said.")
    with a_case(copy_of_newsroom()) as case:
        case.read(new, run=False)
        verdict = case.verify()
    assert verdict.faults == ()
    assert "texts" in verdict.stale
    assert "tallies" in verdict.stale
