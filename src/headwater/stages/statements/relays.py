"""Unwind relays: in "the agency quoted a source as saying C" the source speaks and the agency relays.

N quoted S as saying C  ·  N said, citing S, C  ·  N said quoting S C  ·  N reported that S said C, where N is a newsroom
S said in a statement carried by N that C  ·  according to N, S said C
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from headwater.stages.statements import mentions, phrases
from headwater.stages.statements.cues import SAYING
from headwater.stages.statements.grammar import Attribution, Span
from headwater.stages.statements.links import Link
from headwater.stages.statements.nouns import MEDIA
from headwater.stages.words import fold

AS_SAYING = re.compile(
    r"^(?P<who>[^.;:“\"]{3,110}?)\s+as\s+(?:saying|telling(?:\s+\w+){1,3}?(?=\s+that\b))\s*(?:that\s+)?,?\s*", re.I
)
CITING = re.compile(r"\b(?:citing|quoting)\s+", re.I)
WHICH_QUOTED = re.compile(r",? (?:which|who)(?: (?:in turn|itself))? (?:quoted|cited|quotes|cites) ")
CITED = re.compile(r"^(?:quot|cit)(?:es|ed|ing|e)\b", re.I)
REPORTS = re.compile(
    r"^(?:(?:local|media|press|news|initial|preliminary|some|several|other|earlier|unconfirmed)\s+)*(?:reports?|media|press)\b",
    re.I,
)
OF_REPORTS = r"(?:the |these |those |all )?(?P<who>(?:[\w-]+ ){0,2}(?:reports|claims|allegations|accusations))"
REPORTS_THAT = re.compile(
    r"^(?P<looks>(?:that )?(?:it|they|he|she) (?:is|are|was|were) [\w ]{4,30}? (?:on|into|of) )?(?:on |into |of )?"
    + OF_REPORTS
    + r" (?:that|suggesting(?: that)?|alleging(?: that)?|claiming(?: that)?|saying(?: that)?)\s+"
)
LOOKED_INTO = re.compile(
    r"^(?:\w+ ){0,2}(?:investigat|look|examin|check|assess|review|stud|follow|monitor|aware|seen)\w* (?:\w+ ){0,2}?"
    + OF_REPORTS
    + "$"
)
MOST_OF = 0.6  # share of what the newsroom says that the inner speaker says, from which the newsroom only relays


def relayed(text: str, said: Attribution, inner: Sequence[Link]) -> Iterator[Attribution]:
    """Yield the attribution with its innermost speaker, or as it is; `inner` is what the content itself attributes."""
    assert said.speaker is not None
    assert said.cue is not None
    if (quoted := _quoted_as_saying(text, said)) is not None:
        yield quoted
        return
    if CITED.match(text[said.cue[0] : said.cue[1]]) and not _clause(text, said):
        return  # whom it cites is told by the cue beside it
    citing = _citing(text, said)
    if citing is not None:
        further = _which_quoted(text, citing[1], said.sentence.end)
        via = (*said.via, said.speaker, *([citing] if further else []))
        yield replace(said, speaker=further or citing, via=via, rule="citing@1")
        return
    if (about := _reports_that(text, said)) is not None:
        yield about
        return
    according = text[said.cue[0] : said.cue[1]].lower().startswith("according")
    if inner and (according or _relays(text[said.speaker[0] : said.speaker[1]])):
        if sum(map(_extent, inner)) < MOST_OF * (said.end - said.start):
            yield said
        for link in inner:
            assert link.speaker is not None
            yield replace(
                said,
                start=min(each.start for each in link.contents),
                end=max(each.end for each in link.contents),
                cue=(link.cue.start, link.cue.end),
                speaker=(link.speaker.start, link.speaker.end),
                via=(*said.via, said.speaker),
                rule="relayed@1",
                marks=(*said.marks, *(each.id for each in (link.speaker, link.cue, *link.contents))),
            )
        return
    yield said


def _extent(link: Link) -> int:
    spans = [link.cue, *link.contents, *([link.speaker] if link.speaker else [])]
    return max(each.end for each in spans) - min(each.start for each in spans)


def _reports_that(text: str, said: Attribution) -> Attribution | None:
    """`S is looking into reports that C`: it is the reports that say so."""
    assert said.cue is not None
    cue = text[said.cue[0] : said.cue[1]]
    if match := LOOKED_INTO.match(cue):
        who = (said.cue[0] + match.start("who"), said.cue[0] + match.end("who"))
        return replace(said, speaker=who, rule="reports-that@1")
    match = REPORTS_THAT.match(text[said.start : said.end])
    if match and (match["looks"] or not SAYING & {fold(word) for word in cue.split()}):
        who = (said.start + match.start("who"), said.start + match.end("who"))
        return replace(said, start=said.start + match.end(), speaker=who, rule="reports-that@1")
    return None


def _quoted_as_saying(text: str, said: Attribution) -> Attribution | None:
    """`N quoted S as saying C`."""
    assert said.speaker is not None
    assert said.cue is not None
    match = AS_SAYING.match(text[said.start : said.end])
    if match and CITED.match(text[said.cue[0] : said.cue[1]]):
        who = (said.start + match.start("who"), said.start + match.end("who"))
        return replace(
            said, start=said.start + match.end(), speaker=who, via=(*said.via, said.speaker), rule="quoted-as-saying@2"
        )
    return None


def _clause(text: str, said: Attribution) -> bool:
    """Tell whether a content says something: it is more than the name of somebody cited."""
    return len(text[said.start : said.end].split()) > 7


def _citing(text: str, said: Attribution) -> Span | None:
    """Whom the speaker cites: "citing the ministry" beside the cue, before the content or behind it."""
    assert said.cue is not None
    assert said.speaker is not None
    sentence = said.sentence
    for match in CITING.finditer(text, sentence.start, sentence.end):
        if said.start <= match.start() < said.end and match.start() - said.start > 3:
            continue
        near = min(abs(match.start() - said.cue[1]), abs(match.start() - said.speaker[1]))
        if near > 40:
            continue
        tokens = phrases.tokens_of(text, match.end(), sentence.end)
        span = phrases.after(tokens, 0)
        if span:
            return tokens[span[0]].start, tokens[span[1] - 1].end
    return None


def _which_quoted(text: str, start: int, end: int) -> Span | None:
    """Whom the cited one cites: ", which quoted the ministry"."""
    match = WHICH_QUOTED.match(text, start, end)
    tokens = phrases.tokens_of(text, match.end(), end) if match else []
    span = phrases.after(tokens, 0) if tokens else None
    return (tokens[span[0]].start, tokens[span[1] - 1].end) if span else None


def _relays(speaker: str) -> bool:
    """Tell whether this speaker passes on what others say: a news organisation, media, reports."""
    mention = mentions.read(speaker)
    return bool(mention.newsroom or mention.noun in MEDIA | {"agency"} or REPORTS.match(mention.phrase))
