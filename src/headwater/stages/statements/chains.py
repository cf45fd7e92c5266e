"""Follow the ladder of a statement: publishing outlet → news organisations named → whose word it is.

The rulings are those of the annotation guide: state media are news organisation and origin in one; an agency named for one
quotation is in the chain of that quotation; joint credits leave the gatherer open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.lists import newsrooms
from headwater.records import Credit, Report
from headwater.stages.statements.grammar import Attribution
from headwater.stages.statements.speakers import Resolved, Speaker

UNKNOWN = "unknown"


LONG = 6_000
"""characters, some thousand words; agencies' texts are seldom longer, outlets' own articles often"""
COVERING = frozenset(["told-listed", "told-named", "staff-of-listed", "first-reported"])
"""rules of credits that may be of the whole text, when they name one agency and no credit line does"""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The links of a statement and what follows from them."""

    chain: list[str]
    gatherer: str | None
    sure: bool
    origin: str | None
    named: bool
    because: list[str]
    rule: str


def ladder(
    report: Report,
    said: Attribution,
    who: Resolved,
    credits: Sequence[Credit],
    *,
    others: Sequence[Attribution],
    before: Ladder | None,
) -> Ladder:
    """Return the chain of a statement with its gatherer and origin.

    `others` are all attributions of the report: who speaks in one of them does not relay another beside it. `before` is the
    ladder of whoever spoke last.
    """
    speaker, origin = who.speaker, who.speaker.origin
    covering, sure = _covering(report, credits)
    here = [c for c in credits if c.kind == "cited" and said.sentence.start <= c.start < said.sentence.end]
    told = [
        c
        for c in here
        if not said.rule.startswith("post")
        and not _names(c, speaker)
        and not any(_names(c, each) for each in who.via)
        and not _speaks(c, said, others)
    ]
    used = [credit.id for credit in (*covering, *here)]
    if not told and not who.via and before and origin is not None and before.origin == origin and len(before.chain) > 2:
        return replace(before, origin=origin, rule="still-speaking@1")
    links, gatherer = [report.outlet or UNKNOWN], report.outlet
    relays = [each for each in who.via if each.name]
    rungs = [(c.name, c.name) for c in (*covering, *told)] + [
        (_as_newsroom(each, here) or each.name, _as_newsroom(each, here)) for each in relays
    ]
    for name, newsroom in (*rungs, (origin, _as_newsroom(speaker, here))):
        gatherer = newsroom or gatherer
        if name and not newsrooms.same(name, links[-1]):
            links.append(name)
    if origin is None:
        links.append(UNKNOWN)
    named_here = bool(told) or any(newsroom for _, newsroom in rungs[len(covering) :])
    return Ladder(
        chain=links,
        gatherer=gatherer,
        sure=sure or named_here or _as_newsroom(speaker, here) is not None,
        origin=origin,
        named=speaker.named,
        because=used,
        rule=_rule(covering, told, relays, sure=sure),
    )


def _rule(covering: Sequence[Credit], told: Sequence[Credit], relays: Sequence[Speaker], *, sure: bool) -> str:
    """Which rules made the links between outlet and origin."""
    used = []
    if covering:
        used.append("credit-line@1" if sure else "agency-spoken-to@1")
    if told:
        used.append("credited-here@1")
    if relays:
        used.append("relayed@1")
    return " ".join(used) or "outlet@1"


def _as_newsroom(speaker: Speaker, here: Sequence[Credit]) -> str | None:
    """The speaker as a news organisation, listed or known by how the sentence speaks of it."""
    if speaker.newsroom:
        return speaker.newsroom
    return speaker.origin if speaker.kind == "organisation" and any(_names(c, speaker) for c in here) else None


def _covering(report: Report, credits: Sequence[Credit]) -> tuple[list[Credit], bool]:
    """The credit that covers the whole text, if one does, and whether that is sure."""
    lines = [credit for credit in credits if credit.kind == "line"]
    if lines and len({credit.name for credit in lines}) == 1:
        return lines[:1], True
    if any(credit.kind in ("joint", "line") for credit in credits):
        return [], False
    told = [c for c in credits if c.kind == "cited" and c.rule.split("@")[0] in COVERING]
    if len(told) == 1 and len(report.text) > LONG:
        return [], True  # an agency's words are one voice in a long article of the outlet's own
    if told and len({credit.name for credit in told}) == 1 and _sells_texts(told[0]):
        return told[:1], False
    return [], True


def _sells_texts(credit: Credit) -> bool:
    """Tell whether a text in which people speak to this one only may be its own: an agency's, and no state's."""
    listed = newsrooms.find(credit.name)
    if credit.rule.startswith("first-reported"):
        return True
    return bool(listed and listed.agency and not listed.state) or credit.name.endswith("Agency")


def _speaks(credit: Credit, said: Attribution, others: Sequence[Attribution]) -> bool:
    """Tell whether the credit stands in the speaker of another attribution of the sentence."""
    return any(
        each.sentence is said.sentence
        and each.speaker is not None
        and each.speaker != said.speaker
        and not each.via
        and each.speaker[0] < credit.end
        and credit.start < each.speaker[1]
        for each in others
    )


def _names(credit: Credit, speaker: Speaker) -> bool:
    """Tell whether a credit is the speaker's own name."""
    return newsrooms.same(credit.name, speaker.name) or bool(speaker.name and credit.name in speaker.name)
