"""Follow the ladder of a statement: publishing outlet → news organisations named → whose word it is.

The rulings are those of the annotation guide: state media are news organisation and origin in one; an agency named for one
quotation is in the chain of that quotation; joint credits leave the gatherer open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.lists import newsrooms
from headwater.records import Credit, Report
from headwater.stages.statements.attribution import Attribution
from headwater.stages.statements.speakers import Speaker

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The links of a statement and what follows from them."""

    chain: list[str]
    gatherer: str | None
    sure: bool
    origin: str | None
    named: bool
    because: list[str]


def ladder(
    report: Report, said: Attribution, speaker: Speaker, credits: Sequence[Credit], *, before: Ladder | None
) -> Ladder:
    """Return the chain of a statement with its gatherer and origin; `before` is the ladder of whoever spoke last."""
    origin = speaker.body or speaker.name
    named = origin is not None and speaker.kind in ("named person", "organisation") and any(c.isupper() for c in origin)
    covering, sure = _covering(credits)
    here = [c for c in credits if c.kind == "cited" and said.sentence.start <= c.start < said.sentence.end]
    via = [c for c in here if not _is_speaker(c, speaker, report)]
    links = [report.outlet or UNKNOWN]
    for credit in (*covering, *via):
        if not newsrooms.same(credit.name, links[-1]):
            links.append(credit.name)
    if not via and before and origin is not None and before.origin == origin and len(before.chain) > 2:
        return Ladder(
            before.chain, before.gatherer, before.sure, origin, before.named, before.because
        )  # still speaking
    speaks_as_newsroom = (
        bool(origin)
        and speaker.kind == "organisation"
        and (newsrooms.find(origin or "") is not None or any(_is_speaker(c, speaker, report) for c in here))
    )
    gatherer = origin if speaks_as_newsroom else links[-1]
    if origin is None or not newsrooms.same(origin, links[-1]):
        links.append(origin or UNKNOWN)
    known = None if gatherer == UNKNOWN else gatherer
    used = [credit.id for credit in (*covering, *here)]
    return Ladder(links, known, sure or bool(via) or speaks_as_newsroom, origin, named, used)


def _covering(credits: Sequence[Credit]) -> tuple[list[Credit], bool]:
    """The credit that covers the whole text, if one does, and whether that is sure."""
    lines = [credit for credit in credits if credit.kind == "line"]
    if lines and len({credit.name for credit in lines}) == 1:
        return lines[:1], True
    if any(credit.kind in ("joint", "line") for credit in credits):
        return [], False
    told = [
        c
        for c in credits
        if c.kind == "cited"
        and c.rule.split("@")[0] in {"told-listed", "told-named", "staff-of-listed", "first-reported"}
    ]
    if told and len({credit.name for credit in told}) == 1 and not _state(told[0].name):
        return told[:1], False
    return [], True


def _state(name: str) -> bool:
    listed = newsrooms.find(name)
    return bool(listed and listed.state)


def _is_speaker(credit: Credit, speaker: Speaker, report: Report) -> bool:
    return newsrooms.same(credit.name, speaker.name) or bool(speaker.name and credit.name in speaker.name)
