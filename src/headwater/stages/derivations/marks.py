"""What a person says about two reports, or about a report and a text that is not in the pile; of two marks the later counts."""

from collections.abc import Iterator, Sequence

from headwater.lists import newsrooms
from headwater.records import Correction, Derivation, Report, ident

TOLD = ("a person marked it",)


def overruled(report: Report, found: Derivation, marks: Sequence[Correction]) -> bool:
    """Tell whether a person's mark takes the place of what the machine found."""
    if found.parent is not None:
        return found.parent in _of_reports(report, marks)
    return any(newsrooms.same(mark.into, found.unseen) for mark in _of_texts(report, marks).values())


def from_marks(report: Report, marks: Sequence[Correction]) -> Iterator[Derivation]:
    """Yield the derivations that a person's marks make, of which this report is the child."""
    for other, mark in _of_reports(report, marks).items():
        copied = mark.kind == "copied" and mark.name == report.id
        if copied or (mark.kind == "one-text" and report.id > other):
            yield _row(report, mark, parent=other, unseen=None, direction="certain" if copied else "undecidable")
    for name, mark in _of_texts(report, marks).items():
        if mark.kind == "from":
            yield _row(report, mark, parent=None, unseen=name, direction="certain")


def _of_reports(report: Report, marks: Sequence[Correction]) -> dict[str, Correction]:
    """The last mark for each other report."""
    its = (each for each in _in_order(marks) if each.kind in ("copied", "one-text", "apart"))
    return {each.into if each.name == report.id else each.name: each for each in its}


def _of_texts(report: Report, marks: Sequence[Correction]) -> dict[str, Correction]:
    """The last mark for each text that is not in the pile."""
    its = (each for each in _in_order(marks) if each.kind in ("from", "not-from") and each.name == report.id)
    return {each.into: each for each in its}


def _in_order(marks: Sequence[Correction]) -> list[Correction]:
    return sorted(marks, key=lambda each: each.number)


def _row(report: Report, mark: Correction, *, parent: str | None, unseen: str | None, direction: str) -> Derivation:
    return Derivation(
        id=ident("d", report.id, parent or f"unseen {unseen}", "person"),
        child=report.id,
        parent=parent,
        unseen=unseen,
        kind="paraphrase" if parent else "partial",
        direction=direction,
        sure=True,
        overruled=False,
        share=None,
        given=None,
        odds=None,
        evidence=list(TOLD),
        weights=[],
        way=None,
        way_evidence=[],
        way_weights=[],
        rule="person@1",
        because=[mark.id],
    )
