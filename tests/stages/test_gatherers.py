"""gatherers: who collected a statement, where only the rest of the pile can tell."""

from collections.abc import Sequence
from pathlib import Path

import headwater
from headwater.records import Gatherer, Statement

WIRE = (
    "OSRIN (Norgate) — The harbour master said two barges sank in the river after the lock gate failed on Monday. "
    "Divers searched the wreck for three hours and found nobody in it. The lock is to stay shut until the gate is mended, "
    "and coal is to come by rail, the port authority said in a notice."
)


def gathered(folder: Path, reports: Sequence[tuple[str, str, str]]) -> dict[str, list[tuple[str | None, str | None]]]:
    """Run a case of (name, outlet, text); return own and better gatherer of each report's statements."""
    import json

    path = folder / "pile.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": n, "outlet": o, "text": t, "published": "2024-03-12"}) for n, o, t in reports),
        encoding="utf-8",
    )
    with headwater.open(folder / "pile.headwater") as case:
        case.read(path)
        better = {each.statement: each.gatherer for each in case.store.all(Gatherer)}
        names = {row["id"]: row["name"] for row in case.table("reports").to_pylist()}
        found: dict[str, list[tuple[str | None, str | None]]] = {}
        for each in case.store.all(Statement):
            found.setdefault(names[each.report], []).append((each.gatherer, better.get(each.id)))
        return found


def test_a_name_that_another_report_is_credited_to_gathers(tmp_path: Path) -> None:
    """No list knows Norgate; a credit line of the pile does."""
    found = gathered(
        tmp_path,
        [
            ("wire", "Osrin Post", WIRE),
            ("other", "Tesk Mail", "A bridge fell in Tesk, a resident told Norgate by phone."),
        ],
    )
    assert found["other"] == [("Tesk Mail", "Norgate")]


def test_without_such_a_report_it_stays_the_outlets(tmp_path: Path) -> None:
    """A single name could be anybody's."""
    found = gathered(tmp_path, [("other", "Tesk Mail", "A bridge fell in Tesk, a resident told Norgate by phone.")])
    assert found["other"] == [("Tesk Mail", None)]


def test_a_copy_without_the_credit_was_gathered_by_the_agency(tmp_path: Path) -> None:
    """The passage that both share is the agency's, also where the line is cut off."""
    copy = WIRE.replace("OSRIN (Norgate) — ", "")
    found = gathered(tmp_path, [("wire", "Osrin Post", WIRE), ("copy", "Tesk Mail", copy)])
    assert {own for own, _ in found["copy"]} == {"Tesk Mail"}
    assert {better for _, better in found["copy"]} == {"Norgate"}


def test_a_report_by_itself_keeps_its_own(tmp_path: Path) -> None:
    """Nothing shared, nothing better known."""
    other = "A bridge fell in Tesk on Sunday night. Nobody was hurt, police said."
    found = gathered(tmp_path, [("wire", "Osrin Post", WIRE), ("other", "Tesk Mail", other)])
    assert {better for _, better in found["other"]} == {None}
