"""Follow the ladder of a statement: publishing outlet → news organisations named → whose word it is.

The rulings are those of the annotation guide: state media are news organisation and origin in one; an agency named for one
quotation is in the chain of that quotation; joint credits leave the gatherer open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.lists import newsrooms
from headwater.records import Credit, Report
from headwater.stages.statements.attribution import Attribution
from headwater.stages.statements.speakers import Speaker

UNKNOWN = "unknown"
MEDIUM = re.compile(
    r"\b(?:media|television|tv|radio|news (?:agency|channel|website|site)|newspaper|broadcaster|newswire)(?: reports?| websites?)?$",
    re.I,
)
"""a speaker that is itself a news organisation, listed or not: Kurdish media, state television, the Aamaq news agency"""

ANYBODY = re.compile(r"\bmedia\b|\breports?$", re.I)


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
    named = origin is not None and speaker.kind in ("named person", "organisation") and _is_name(origin)
    covering, sure = _covering(credits)
    here = [c for c in credits if c.kind == "cited" and said.sentence.start <= c.start < said.sentence.end]
    via = [c for c in here if not _is_speaker(c, speaker)]
    links = [report.outlet or UNKNOWN]
    for credit in (*covering, *via):
        if not newsrooms.same(credit.name, links[-1]):
            links.append(credit.name)
    if not via and before and origin is not None and before.origin == origin and len(before.chain) > 2:
        return Ladder(
            before.chain, before.gatherer, before.sure, origin, before.named, before.because
        )  # still speaking
    speaks_as_newsroom = origin is not None and _is_newsroom(origin, speaker, here)
    gatherer = origin if speaks_as_newsroom else links[-1]
    if origin is None or not newsrooms.same(origin, links[-1]):
        links.append(origin or UNKNOWN)
    known = None if gatherer == UNKNOWN else gatherer
    used = [credit.id for credit in (*covering, *here)]
    return Ladder(links, known, sure or bool(via) or speaks_as_newsroom, origin, named, used)


def _is_name(origin: str) -> bool:
    """Tell whether a phrase names one body or person: "Kurdish media" and "the opposition" may be anybody's word."""
    return any(c.isupper() for c in origin) and not (ANYBODY.search(origin) and newsrooms.find(origin) is None)


def _is_newsroom(origin: str, speaker: Speaker, here: Sequence[Credit]) -> bool:
    if MEDIUM.search(speaker.name or "") and speaker.kind != "named person":
        return True
    listed = newsrooms.find(origin) is not None or any(_is_speaker(credit, speaker) for credit in here)
    return listed and speaker.kind == "organisation"


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


def _is_speaker(credit: Credit, speaker: Speaker) -> bool:
    return newsrooms.same(credit.name, speaker.name) or bool(speaker.name and credit.name in speaker.name)
