"""reuse, rewordings, credits, dates → derivations: which report's text comes from which other, or from a text that is not in the pile.

Two questions about two reports are kept apart, each with its own sum of log-odds: do they have text from one another or a
third (`kinship`), and which of them is the child (`direction`). A credit makes a derivation from an unseen text (`unseen`). What a
person marks stands beside what it overrules (`marks`). Two cuts of one agency text are siblings: undecidable.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from headwater.records import Correction, Credit, Derivation, Report, ident
from headwater.settings import Settings
from headwater.stages.derivations import unseen
from headwater.stages.derivations.direction import direction, verdict
from headwater.stages.derivations.evidence import Evidence, odds
from headwater.stages.derivations.kinship import is_house, kinship
from headwater.stages.derivations.marks import from_marks, overruled

VERSION = 15
WHOLE = 0.8  # share from which stock text counts as the report's own: the two are copies


def derivations(
    *,
    reports: Sequence[Report],
    credits: Sequence[Credit],
    pairs: Sequence[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    known_here: Sequence[dict[str, Any]],
    named: Sequence[dict[str, Any]],
    beside: Sequence[dict[str, Any]],
    marks: Sequence[Correction],
    settings: Settings,
) -> Iterator[Derivation]:
    """Yield the derivations of which this report is the child; a person's mark stands beside what it overrules."""
    for report in reports:
        for each in _found(report, credits, pairs, lent, known_here, named, beside, settings):
            yield replace(each, overruled=overruled(report, each, marks))
        yield from from_marks(report, marks)


def _found(
    report: Report,
    credits: Sequence[Credit],
    pairs: Sequence[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    known_here: Sequence[dict[str, Any]],
    named: Sequence[dict[str, Any]],
    beside: Sequence[dict[str, Any]],
    settings: Settings,
) -> Iterator[Derivation]:
    """What the machine finds."""
    names = {each["other"]: each["names"] for each in named}
    kin = []
    for each in pairs:
        evidence = kinship(each, house=is_house(report.outlet, each), settings=settings)
        if odds(evidence) < settings.kin_score:
            continue
        kin.append(each)
        way = direction(report, each, credits, names.get(each["other"]), settings)
        decided = verdict(odds(way), settings)
        # a pair is told once: by the child, or where nothing decides by the report with the larger id
        if odds(way) > 0 if decided != "undecidable" else report.id > each["other"]:
            yield _from_report(report, each, evidence, way, decided, settings)
    credited = list(unseen.from_credits(report, credits))
    told_beside = list(unseen.from_beside(report, beside, credited))
    for text in (
        *(each for each in credited if each.name not in {other.name for other in told_beside}),
        *told_beside,
        *unseen.from_known_here(report, credits, known_here),
        *unseen.from_lent(report, credits, kin, lent, settings),
    ):
        yield _from_unseen(report, text)


def _from_report(
    report: Report,
    pair: Mapping[str, Any],
    evidence: Sequence[Evidence],
    way: Sequence[Evidence],
    decided: str,
    settings: Settings,
) -> Derivation:
    share, back = (_share(pair, side) for side in ("", "other_"))
    return Derivation(
        id=ident("d", report.id, pair["other"]),
        child=report.id,
        parent=pair["other"],
        unseen=None,
        kind=unseen.kind_of(max(share, back) if decided == "undecidable" else share, settings),
        direction=decided,
        sure=odds(evidence) >= settings.kin_sure,
        overruled=False,
        share=round(share if pair["words"] else min(1.0, pair["reworded"] or 0.0), 4),
        given=round(back if pair["words"] else min(1.0, pair["other_reworded"] or 0.0), 4),
        odds=odds(evidence),
        evidence=[each.told for each in evidence],
        weights=[each.weight for each in evidence],
        way=odds(way),
        way_evidence=[each.told for each in way],
        way_weights=[each.weight for each in way],
        rule="kinship@1",
        because=[*(pair["copies"] or []), *(pair["rewordings"] or [])],
    )


def _share(pair: Mapping[str, Any], side: str) -> float:
    whole = pair[f"{side}whole"] or 0.0
    return min(1.0, whole if whole >= WHOLE else pair[f"{side}share"] or 0.0)


def _from_unseen(report: Report, text: unseen.Unseen) -> Derivation:
    return Derivation(
        id=ident("d", report.id, "unseen", text.name),
        child=report.id,
        parent=None,
        unseen=text.name,
        kind=text.kind,
        direction=text.direction,
        sure=text.sure,
        overruled=False,
        share=None,
        given=None,
        odds=text.evidence.weight,
        evidence=[text.evidence.told],
        weights=[text.evidence.weight],
        way=None,
        way_evidence=[],
        way_weights=[],
        rule=text.rule,
        because=text.because,
    )
