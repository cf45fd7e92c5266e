"""Texts that are not in the pile, and by what each is known: a credit, a citation, a credited report with the same words.

The log-odds are those of the rules' hits and misses on the gold stories and the newsroom, rounded, so that a person sees which rule
is worth how much; nothing is added up, since the best rule settles it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from headwater.lists import newsrooms, outlets
from headwater.records import Credit, Report
from headwater.settings import Settings
from headwater.stages.derivations.direction import NO_WORDS
from headwater.stages.derivations.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Unseen:
    """A text that is not in the pile and that a report's text comes from."""

    name: str
    kind: str
    direction: str
    sure: bool
    evidence: Evidence
    rule: str
    because: list[str]


def from_credits(report: Report, credits: Sequence[Credit]) -> Iterator[Unseen]:
    """Yield one for each news organisation credited; a photo credit proves nothing."""
    by_name: dict[str, list[Credit]] = {}
    for credit in credits:
        if credit.kind not in NO_WORDS:
            by_name.setdefault(credit.name, []).append(credit)
    for name, its in sorted(by_name.items()):
        kinds = {credit.kind for credit in its}
        line, joint = "line" in kinds, "joint" in kinds
        if line or joint or not _only_quoted(name, its):
            yield Unseen(
                name,
                kind="verbatim" if line else "partial" if joint or len(its) > 1 else "paraphrase",
                direction="certain" if line or joint else "likely",
                sure=line,
                evidence=_credit(line=line, joint=joint, times=len(its)),
                rule="credit@1",
                because=[credit.id for credit in its],
            )


def from_beside(report: Report, told: Sequence[Mapping[str, Any]], found: Sequence[Unseen]) -> Iterator[Unseen]:
    """Yield the news organisation that a page, mail or feed names beside its text, where the text has not named it already."""
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for each in told:
        name = _named_beside(each, report.url)
        if name and not newsrooms.same(name, report.outlet) and name not in {text.name for text in found if text.sure}:
            by_name.setdefault(name, []).append(each)
    for name, its in sorted(by_name.items()):
        where = "calls its address the original" if its[0]["field"] == "canonical" else "credits it beside the text"
        yield Unseen(
            name,
            kind="verbatim",
            direction="certain",
            sure=True,
            evidence=Evidence(f"the page {where}", 4.0),
            rule="beside@1",
            because=[each["id"] for each in its],
        )


def _named_beside(told: Mapping[str, Any], url: str | None) -> str | None:
    """Return the news organisation that a value means: by its name, or by the house that an address belongs to, which must be another."""
    if not told["value"].startswith(("http://", "https://")):
        listed = newsrooms.find(told["value"])
        return listed.name if listed else str(told["value"])
    host = _host(told["value"])
    if host is None or (url and outlets.house(host) == outlets.house(_host(url) or "")):
        return None
    return outlets.name(host) or outlets.house(host)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # brackets that hold no address
        return None


def _credit(*, line: bool, joint: bool, times: int) -> Evidence:
    if line:
        return Evidence("credit line", 4.0)
    if joint:
        return Evidence("credit line with several names", 2.5)
    return Evidence("cites parent, more than once", 1.5) if times > 1 else Evidence("cites parent", 1.0)


def from_known_here(report: Report, credits: Sequence[Credit], known: Sequence[Mapping[str, Any]]) -> Iterator[Unseen]:
    """Yield `according to Norgate`, where another report of the pile is credited to Norgate: so it is a news organisation."""
    for each in known:
        if not newsrooms.same(each["name"], report.outlet) and each["name"] not in {credit.name for credit in credits}:
            yield Unseen(
                each["name"],
                kind="paraphrase",
                direction="likely",
                sure=False,
                evidence=Evidence("cites parent, which another report is credited to", 1.0),
                rule="known-here@1",
                because=[each["statement"]],
            )


def from_lent(
    report: Report,
    credits: Sequence[Credit],
    kin: Iterable[Mapping[str, Any]],
    lent: Sequence[Mapping[str, Any]],
    settings: Settings,
) -> Iterator[Unseen]:
    """Yield the agency of the credited report that one without a credit line shares most text with, in the same or other words."""
    named = {credit.name for credit in credits if credit.kind not in NO_WORDS}
    if any(credit.kind == "line" for credit in credits):
        return
    shares = {
        each["other"]: max(each["share"] or 0.0, each["whole"] or 0.0)
        if each["words"] is not None
        else min(each["reworded"] or 0.0, settings.partial_share)
        for each in kin
    }
    best = max(
        (each for each in lent if each["other"] in shares),
        key=lambda each: (shares[each["other"]], each["other"]),
        default=None,
    )
    if best and best["name"] not in named and not newsrooms.same(best["name"], report.outlet):
        share = shares[best["other"]]
        retold = f"says in other words, in {best['sentences']} sentences, what a report says that is credited to {best['name']}"
        told = (
            f"shares {best['words']} words with a report that is credited to {best['name']}"
            if best["words"]
            else retold
        )
        yield Unseen(
            best["name"],
            kind=kind_of(share, settings),
            direction="likely",
            sure=share >= settings.verbatim_share,
            evidence=Evidence(told, 3.0 if share >= settings.verbatim_share else 1.0),
            rule="lent-credit@1",
            because=[best["credit"]],
        )


def kind_of(share: float, settings: Settings) -> str:
    """Return how much of the child a share is, in the words of the gold."""
    if share > settings.verbatim_share:
        return "verbatim"
    return "partial" if share >= settings.partial_share else "paraphrase"


def _only_quoted(name: str, its: Sequence[Credit]) -> bool:
    """State media named once as saying something are whose word it is, not whose text: claim lineage, not text lineage."""
    listed = newsrooms.find(name)
    return bool(listed and listed.state) and len(its) == 1 and not its[0].rule.startswith(("told", "staff"))
