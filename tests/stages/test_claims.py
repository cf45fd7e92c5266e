"""claims: what is one claim across reports; time and place keep the deeds of one doer apart, large equal counts are one."""

from pathlib import Path

import pytest

from piles import a_case, write_lines

OPENING = (
    "Shells fell on the market of Tal Ghurin on Thursday, residents of the town told reporters at the hospital gate."
)


def groups(folder: Path, kind: str, *sentences: str, day: str = "2024-03-16") -> list[set[int]]:
    """Return which of the sentences, each in a report of its own about one happening, are one claim of this kind."""
    rows = [
        {
            "id": f"r{n}",
            "outlet": f"Paper {n}",
            "title": "Shells fall on the market of Tal Ghurin",
            "published": day,
            "text": f"{OPENING}\n\n{text}",
        }
        for n, text in enumerate(sentences)
    ]
    with a_case(folder / "made.headwater", write_lines(folder / "made.jsonl", rows)) as case:
        reports = {row["id"]: int(row["name"][1:]) for row in case.table("reports").to_pylist()}
        said = {row["id"]: reports[row["report"]] for row in case.table("statements").to_pylist()}
        found = [row for row in case.table("claims").to_pylist() if row["kind"] == kind]
        return sorted(({said[each] for each in row["statements"]} for row in found), key=sorted)


TOGETHER = [
    (
        "the same doer and deed",
        "doer",
        [
            "The Highland Front shelled the market on Thursday, a shopkeeper said.",
            "A nurse said that the Highland Front shelled the market of the town.",
        ],
    ),
    (
        "a large count, in whatever words",
        "killed",
        ["The shelling killed 43 people at the stalls.", "Nurses said that 43 had died by nightfall."],
    ),
]
APART = [
    (
        "another year",
        "doer",
        [
            "The Highland Front shelled the market on Thursday, a shopkeeper said.",
            "The Highland Front shelled the bakery in 2019, a shopkeeper said.",
        ],
    ),
    (
        "the past",
        "doer",
        [
            "The Highland Front shelled the market on Thursday, a shopkeeper said.",
            "The Highland Front shelled hospitals in the past, a nurse said.",
        ],
    ),
    (
        "a small count of something else",
        "killed",
        [
            "Two shepherds were killed in the square behind the stalls, a nurse said.",
            "In Selmet a wall fell down and two bakers were killed, the police said.",
        ],
    ),
]


@pytest.mark.parametrize(("kind", "sentences"), [each[1:] for each in TOGETHER], ids=[each[0] for each in TOGETHER])
def test_what_says_the_same_is_one_claim(kind: str, sentences: list[str], tmp_path: Path) -> None:
    """One value at one time is one claim, however it is worded."""
    assert set(range(len(sentences))) in groups(tmp_path, kind, *sentences)


@pytest.mark.parametrize(("kind", "sentences"), [each[1:] for each in APART], ids=[each[0] for each in APART])
def test_what_happened_elsewhere_or_at_another_time_is_another_claim(
    kind: str, sentences: list[str], tmp_path: Path
) -> None:
    """One value told of another time, or a small count of other people, is a claim of its own."""
    found = groups(tmp_path, kind, *sentences)
    assert set(range(len(sentences))) not in found
    assert {0} in found
