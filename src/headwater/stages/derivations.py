"""reuse, rewordings, credits, dates → derivations: which report's text comes from which other, or from a text that is not in the pile.

Between two reports, shared text of their own makes a derivation; shared quotations, boilerplate and background do not, unless
they are most of the report. A credit makes a derivation from an unseen text. A direction is given only for a reason: the child
credits the parent, or one outlet's later text contains its earlier one. Two cuts of one agency text are siblings: undecidable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from headwater.lists import newsrooms
from headwater.records import Correction, Credit, Derivation, Report, ident
from headwater.settings import Settings

VERSION = 9
NO_WORDS = ("photo", "possible")
"""kinds of credits that say nothing of where the words come from"""
VETO = 3  # days by which a text that is older cannot come from a younger one, whatever it credits
EXCERPT = 0.1  # difference of the shares both ways from which the one that is explained the more can be an excerpt
WHOLE = 0.8  # share of the shorter report from which even stock text makes two reports copies of one another

OVERLAPS = """
    WITH body AS (SELECT report, sum("end" - start) AS length FROM texts WHERE kind = 'body' GROUP BY report),
    sides AS (
        SELECT a AS report, b AS other, a_end - a_start AS length, * FROM reuse
        UNION ALL SELECT b AS report, a AS other, b_end - b_start AS length, * FROM reuse
    )
    SELECT s.report AS key, s.other, o.outlet AS other_outlet, o.name AS other_name, d.first AS day, e.first AS other_day,
        coalesce(sum(s.words) FILTER (s.kind = 'text'), 0)::BIGINT AS words,
        coalesce(sum(s.words) FILTER (s.kind = 'quotation'), 0)::BIGINT AS quoted,
        coalesce(sum(s.length) FILTER (s.kind IN ('text', 'quotation')), 0) / any_value(b.length) AS share,
        coalesce(sum(CASE WHEN s.report = s.a THEN s.b_end - s.b_start ELSE s.a_end - s.a_start END)
            FILTER (s.kind IN ('text', 'quotation')), 0) / any_value(c.length) AS other_share,
        sum(s.length) / any_value(b.length) AS whole,
        sum(CASE WHEN s.report = s.a THEN s.b_end - s.b_start ELSE s.a_end - s.a_start END) / any_value(c.length) AS other_whole,
        list(s.id ORDER BY s.id) AS passages, coalesce(any_value(k.joined), false) AS one_happening,
        coalesce((SELECT list(name ORDER BY name) FROM credits c WHERE c.report = s.other AND c.kind NOT IN ('photo', 'possible')), []) AS other_credits
    FROM sides s JOIN body b ON b.report = s.report JOIN body c ON c.report = s.other JOIN reports o ON o.id = s.other
    LEFT JOIN dates d ON d.report = s.report LEFT JOIN dates e ON e.report = s.other
    LEFT JOIN likenesses k ON k.a = s.a AND k.b = s.b
    GROUP BY ALL ORDER BY s.report, s.other
"""
MARKS = """
    SELECT c.*, c.name AS key FROM corrections c WHERE c.kind IN ('copied', 'one-text', 'apart')
    UNION ALL SELECT c.*, c.into AS key FROM corrections c WHERE c.kind IN ('copied', 'one-text', 'apart')
"""
KNOWN_HERE = """
    SELECT DISTINCT s.report AS key, c.name, min(s.id) AS statement
    FROM statements s JOIN reports r ON r.id = s.report JOIN (SELECT DISTINCT name FROM credits WHERE kind = 'line') c
        ON list_contains(s.chain[2:], c.name)
    WHERE lower(substr(r.text, s.cue_start + 1, 12)) = 'according to' GROUP BY ALL ORDER BY s.report, c.name
"""
REWORDED = """
    WITH body AS (SELECT report, sum("end" - start) AS length FROM texts WHERE kind = 'body' GROUP BY report),
    sides AS (
        SELECT a AS report, b AS other, a_end - a_start AS length, b_end - b_start AS other_length, * FROM rewordings
        UNION ALL SELECT b AS report, a AS other, b_end - b_start AS length, a_end - a_start AS other_length, * FROM rewordings
    )
    SELECT s.report AS key, s.other, o.outlet AS other_outlet, d.first AS day, e.first AS other_day,
        count(*) AS sentences, any_value(s.mean) AS mean, sum(s.length) / any_value(b.length) AS share,
        sum(s.other_length) / any_value(c.length) AS other_share, 0.0 AS whole, 0.0 AS other_whole,
        list(s.id ORDER BY s.id) AS passages, (SELECT words FROM rewordings w WHERE w.id = max_by(s.id, s.likeness)) AS words,
        coalesce((SELECT list(name ORDER BY name) FROM credits c WHERE c.report = s.other AND c.kind NOT IN ('photo', 'possible')), []) AS other_credits
    FROM sides s JOIN body b ON b.report = s.report JOIN body c ON c.report = s.other JOIN reports o ON o.id = s.other
    LEFT JOIN dates d ON d.report = s.report LEFT JOIN dates e ON e.report = s.other
    GROUP BY s.report, s.other, o.outlet, d.first, e.first ORDER BY s.report, s.other
"""
NAMED = """
    WITH pairs AS (SELECT a, b FROM reuse UNION SELECT a, b FROM rewordings),
    ways AS (SELECT a AS report, b AS other FROM pairs UNION SELECT b, a FROM pairs),
    links AS (SELECT DISTINCT report, lower(regexp_replace(link, '^(?i)the ', '')) AS name FROM (SELECT report, unnest(chain[2:]) AS link FROM statements)),
    naming AS (
        SELECT p.report, p.other FROM ways p JOIN reports r ON r.id = p.other
        JOIN links l ON l.report = p.report AND l.name = lower(regexp_replace(r.outlet, '^(?i)the ', ''))
    )
    SELECT report AS key, other, true AS names FROM naming
    UNION SELECT other, report, false FROM naming ORDER BY ALL
"""
LENT_CREDITS = """
    WITH sides AS (SELECT a AS report, b AS other, * FROM reuse UNION ALL SELECT b AS report, a AS other, * FROM reuse)
    SELECT s.report AS key, s.other, c.name, min(c.id) AS credit, sum(s.words)::BIGINT AS words
    FROM sides s JOIN credits c ON c.report = s.other AND c.kind = 'line'
    WHERE s.kind IN ('text', 'quotation') GROUP BY ALL ORDER BY s.report, s.other, c.name
"""


def derivations(
    *,
    reports: Sequence[Report],
    credits: Sequence[Credit],
    overlaps: Sequence[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    known_here: Sequence[dict[str, Any]],
    reworded: Sequence[dict[str, Any]],
    named: Sequence[dict[str, Any]],
    marks: Sequence[Correction],
    settings: Settings,
) -> Iterator[Derivation]:
    """Yield the derivations of which this report is the child; a person's mark stands beside what it overrules."""
    for report in reports:
        marked = _latest(report, marks)
        for each in _found(report, credits, overlaps, lent, known_here, reworded, named, settings):
            yield replace(each, overruled=True) if each.parent in marked else each
        for other, mark in marked.items():
            yield from _from_mark(report, other, mark)


def _latest(report: Report, marks: Sequence[Correction]) -> dict[str, Correction]:
    """The last mark for each other report."""
    ordered = sorted(marks, key=lambda each: each.number)
    return {each.into if each.name == report.id else each.name: each for each in ordered}


def _from_mark(report: Report, other: str, mark: Correction) -> Iterator[Derivation]:
    """A person's derivation: by the one that was said to be copied, or for siblings by the one with the larger id."""
    if mark.kind == "apart" or (mark.kind == "copied" and mark.name != report.id):
        return
    if mark.kind == "one-text" and report.id < other:
        return
    yield Derivation(
        id=ident("d", report.id, other, "person"),
        child=report.id,
        parent=other,
        unseen=None,
        kind="paraphrase",
        direction="certain" if mark.kind == "copied" else "undecidable",
        sure=True,
        overruled=False,
        share=None,
        evidence=["a person marked it"],
        rule="person@1",
        because=[mark.id],
    )


def _found(
    report: Report,
    credits: Sequence[Credit],
    overlaps: Sequence[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    known_here: Sequence[dict[str, Any]],
    reworded: Sequence[dict[str, Any]],
    named: Sequence[dict[str, Any]],
    settings: Settings,
) -> Iterator[Derivation]:
    """What the machine finds."""
    kin = [each for each in overlaps if _is_kin(each, settings)]
    names = {each["other"]: each["names"] for each in named}
    for each in kin:
        direction, why = _direction(report, each, credits, names.get(each["other"]))
        if direction is not None:
            yield _from_report(report, each, direction, why, settings)
    known = {each["other"] for each in kin}
    for each in reworded:
        if each["other"] not in known and not _house_formula(report, each):
            direction, why = _direction(report, each, credits, names.get(each["other"]))
            if direction is not None:
                yield _from_reworded(report, each, direction, why, settings)
    yield from _from_unseen(report, credits)
    yield from _from_known_here(report, credits, known_here)
    yield from _from_lent(report, credits, kin, lent, settings)


def _is_kin(each: dict[str, Any], settings: Settings) -> bool:
    """Enough shared text of their own, or nearly the whole of one report whatever its kind.

    Reports of two happenings share an agency's standing sentences: there it takes a good part of one report.
    """
    smaller = max(each["share"], each["other_share"])
    if max(each["whole"], each["other_whole"]) >= WHOLE:
        return True
    own = each["words"] + each["quoted"] / 2
    if not each["one_happening"] and smaller < settings.sure_share:
        return False
    return bool(
        each["words"] >= settings.kin_words / 2 and (own >= settings.kin_words or smaller >= settings.kin_share)
    )


def _direction(
    report: Report, each: dict[str, Any], credits: Sequence[Credit], names: bool | None
) -> tuple[str | None, str]:
    """Return the direction if this report is the child of the other, None if it is the parent's turn to be asked.

    `names` tells whether this report names the other's outlet as where somebody's words come from, or the other this one's.
    """
    gap = _days(each["day"], each["other_day"])
    if gap is None or gap > -VETO:
        if any(newsrooms.same(credit.name, each["other_outlet"]) for credit in credits if credit.kind not in NO_WORDS):
            return "certain", f"it credits {each['other_outlet']}"
        if names and report.outlet != each["other_outlet"]:
            return "certain", f"it names {each['other_outlet']} as where it has this from"
    if gap is None or gap < VETO:
        if any(newsrooms.same(name, report.outlet) for name in each["other_credits"]):
            return None, ""
        if names is False and report.outlet != each["other_outlet"]:
            return None, ""
    later, earlier = (each["day"], each["other_day"]) if each["day"] and each["other_day"] else (None, None)
    if report.outlet is not None and report.outlet == each["other_outlet"] and later and earlier and later != earlier:
        if later > earlier and not _twins(each):
            return "likely", "the same outlet printed the other one on an earlier day"
        if later < earlier and not _twins(each):
            return None, ""
    agency = each["other_credits"] or any(credit.kind not in NO_WORDS for credit in credits)
    more = each["share"] - each["other_share"]
    if (
        later
        and earlier
        and later != earlier
        and not agency
        and abs(more) >= EXCERPT
        and (more > 0) == (later > earlier)
    ):
        told = "more of it stands in the other than the other way round, that one is of an earlier day, and neither credits a third"
        return ("likely", told) if later > earlier else (None, "")
    smaller_is_parent = report.id > each["other"]
    return ("undecidable" if smaller_is_parent else None), "nothing shows which came first"


def _house_formula(report: Report, each: dict[str, Any]) -> bool:
    """One outlet words its reports of two days alike without copying either."""
    gap = _days(each["day"], each["other_day"])
    return report.outlet is not None and report.outlet == each["other_outlet"] and gap is not None and abs(gap) > 1


def _days(day: str | None, other: str | None) -> int | None:
    """Days from the other report to this one; unknown where either has none."""
    return (date.fromisoformat(day) - date.fromisoformat(other)).days if day and other else None


def _twins(each: dict[str, Any]) -> bool:
    return bool(min(each["whole"], each["other_whole"]) > 0.9)


def _kind(share: float, settings: Settings) -> str:
    if share > settings.verbatim_share:
        return "verbatim"
    return "partial" if share >= settings.partial_share else "paraphrase"


def _from_report(report: Report, each: dict[str, Any], direction: str, why: str, settings: Settings) -> Derivation:
    share = min(1.0, each["whole"] if each["whole"] >= WHOLE else each["share"])
    back = min(1.0, each["other_whole"] if each["other_whole"] >= WHOLE else each["other_share"])
    evidence = [f"{each['words']} words of shared text, {each['quoted']} of shared quotation", why]
    return Derivation(
        id=ident("d", report.id, each["other"]),
        child=report.id,
        parent=each["other"],
        unseen=None,
        kind=_kind(max(share, back) if direction == "undecidable" else share, settings),
        direction=direction,
        overruled=False,
        sure=max(share, back) >= settings.sure_share,
        share=round(share, 4),
        evidence=evidence,
        rule="shared-text@1",
        because=list(each["passages"]),
    )


def _from_reworded(report: Report, each: dict[str, Any], direction: str, why: str, settings: Settings) -> Derivation:
    told = f"{each['sentences']} sentences in one order, {each['mean']:.0%} alike on the mean, sharing {', '.join(each['words'][:4])}"
    return Derivation(
        id=ident("d", report.id, each["other"]),
        child=report.id,
        parent=each["other"],
        unseen=None,
        kind="paraphrase",
        direction=direction,
        overruled=False,
        sure=each["mean"] >= settings.reworded_sure,
        share=round(min(1.0, each["share"]), 4),
        evidence=[told, why],
        rule="reworded@1",
        because=list(each["passages"]),
    )


def _from_unseen(report: Report, credits: Sequence[Credit]) -> Iterator[Derivation]:
    """One derivation for each news organisation credited; a photo credit proves nothing."""
    by_name: dict[str, list[Credit]] = {}
    for credit in credits:
        if credit.kind not in NO_WORDS:
            by_name.setdefault(credit.name, []).append(credit)
    for name, its in sorted(by_name.items()):
        kinds = {credit.kind for credit in its}
        line, joint = "line" in kinds, "joint" in kinds
        if not line and not joint and _only_quoted(name, its):
            continue
        yield _unseen(
            report,
            name,
            kind="verbatim" if line else "partial" if joint or len(its) > 1 else "paraphrase",
            direction="certain" if line or joint else "likely",
            sure=line,
            evidence=["credit line" if line or joint else "cites parent"],
            because=[credit.id for credit in its],
            rule="credit@1",
        )


def _from_known_here(
    report: Report, credits: Sequence[Credit], known: Sequence[dict[str, Any]]
) -> Iterator[Derivation]:
    """`according to Norgate`, where another report of the pile is credited to Norgate: so it is a news organisation."""
    for each in known:
        if not newsrooms.same(each["name"], report.outlet) and each["name"] not in {credit.name for credit in credits}:
            yield _unseen(
                report,
                each["name"],
                kind="paraphrase",
                direction="likely",
                sure=False,
                evidence=["cites parent, which another report is credited to"],
                because=[each["statement"]],
                rule="known-here@1",
            )


def _only_quoted(name: str, its: Sequence[Credit]) -> bool:
    """State media named once as saying something are whose word it is, not whose text: claim lineage, not text lineage."""
    listed = newsrooms.find(name)
    return bool(listed and listed.state) and len(its) == 1 and not its[0].rule.startswith(("told", "staff"))


def _from_lent(
    report: Report,
    credits: Sequence[Credit],
    kin: Iterable[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    settings: Settings,
) -> Iterator[Derivation]:
    """A report without a credit that shares much text with a credited one comes from the credited agency too."""
    named = {credit.name for credit in credits if credit.kind not in NO_WORDS}
    if any(credit.kind == "line" for credit in credits):
        return
    shares = {each["other"]: max(each["share"], each["whole"]) for each in kin}
    best = max(
        (each for each in lent if each["other"] in shares),
        key=lambda each: (shares[each["other"]], each["other"]),
        default=None,
    )
    if best and best["name"] not in named and not newsrooms.same(best["name"], report.outlet):
        share = shares[best["other"]]
        yield _unseen(
            report,
            best["name"],
            kind=_kind(share, settings),
            direction="likely",
            sure=share >= settings.verbatim_share,
            evidence=[f"shares {best['words']} words with a report that is credited to {best['name']}"],
            because=[best["credit"]],
            rule="lent-credit@1",
        )


def _unseen(
    report: Report,
    name: str,
    *,
    kind: str,
    direction: str,
    sure: bool,
    evidence: list[str],
    because: list[str],
    rule: str,
) -> Derivation:
    return Derivation(
        id=ident("d", report.id, "unseen", name),
        child=report.id,
        parent=None,
        unseen=name,
        kind=kind,
        direction=direction,
        sure=sure,
        overruled=False,
        share=None,
        evidence=evidence,
        rule=rule,
        because=because,
    )
