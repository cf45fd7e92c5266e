"""Which of the model's links are statements: a verb reports, somebody can speak, and something is said, not wanted or asked for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from headwater.records import Span
from headwater.stages.statements import mentions
from headwater.stages.statements.cues import CUES, REPORTING
from headwater.stages.statements.links import Link
from headwater.stages.words import fold, stem

NOUN = re.compile(r"(?:tion|ment|ance|ence)s?$|^(?:shows|releases?|views?|holds?|sets?|offers?|charges?)$")
ARTICLES = frozenset("a an the his her its their any some no clear strong".split())
ASIDE = re.compile(r"(?:citing|quoting)\s", re.I)
ASIDE_LONGEST = 8  # words; a longer one says something itself
NOBODY = re.compile(r"^(?:no (?:one|group|party|side|organi[sz]ation)|nobody|none|neither|nor)\b", re.I)
NOT_TOLD = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.I)
WEAK = frozenset(
    stem(verb)
    for verb in """show raise lower set hold find decide consider accept prove continue maintain give put list describe
    portray mention offer express determine list""".split()
)
"""verbs that report only what reads as a clause: "decided that", but not "raised its level" """
CLAUSE = re.compile(
    r"that\b|[\"“‘`]|.*\d|.*\b(?:toll|number|figure|count|is|are|was|were|be|been|has|have|had|will|would|could|can|may|might|must|should|do|does|did|as|to)\b",
    re.I | re.S,
)
STRUGGLING = re.compile(r"\b(?:contend|argue|quarrel|reckon)(?:s|ed|ing)? with\b", re.I)
TELLING = frozenset(
    """show shows showed shown claim claimed blame blamed accuse accused report reported mention mentioned reveal
    revealed describe described suggest suggested indicate indicated mean find found hear heard list listed quote quoted
    cite cited name named""".split()
)
"""verbs that, with a not before them, tell nothing of what follows: the sentence is the report's own about them"""
INTENDING = re.compile(r"^to\s+[a-z]+\b")
CALLING = frozenset("call calls called asked asks ask responded responds respond summoned".split())
CALLED_SOMEBODY = re.compile(
    r"(?:to|him|her|them|it|us|me|911|999|112|police|for|the police|an ambulance|authorities)\b|\d+\b|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* to\b"
)
NEITHER = re.compile(r"\b(?:neither|nor|no)\s+(?:the\s+|an?\s+)?$", re.I)
UNSAID = re.compile(
    r"(?:not to be (?:named|identified|quoted)|(?:on |for )?(?:condition of )?anonymity|to (?:reporters|journalists)$|(?:goodbye|good-?bye|hello|yes|no|nothing|so|prayers?|sorry)\b[\s\"”’.,]*$|(?:goodbye|good-?bye|hello)\b)",
    re.I,
)
INTENTIONS = frozenset(
    """want wants wanted plan plans planned planning hope hopes hoped try tries tried trying seek seeks sought
    intend intends intended aim aims aimed prepare prepares prepared preparing decide decided decides agree agreed
    agrees refuse refused refuses need needs needed like likes liked love loves attempt attempted choose chose
    determined ready willing able set expected continue continues continued""".split()
)


def believable(text: str, spans: Sequence[Span]) -> list[Span]:
    """Leave out what cannot be what the model takes it for.

    A day does not speak; "citing the ministry" stands beside what is said; and who "asked not to be named" says nothing by it,
    so that content goes, with its cue.
    """
    withheld = [each for each in spans if each.kind == "content" and UNSAID.match(text, each.start, each.end)]
    return [
        each
        for each in spans
        if each not in withheld
        and not (each.kind == "speaker" and not mentions.can_speak(text[each.start : each.end]))
        and not (each.kind == "content" and _aside(text[each.start : each.end]))
        and not (each.kind == "cue" and any(0 <= said.start - each.end <= 2 for said in withheld))
    ]


def _aside(content: str) -> bool:
    return ASIDE.match(content) is not None and len(content.split()) <= ASIDE_LONGEST


def _reports(cue: str) -> bool:
    """Tell whether a verb that reports stands in a cue: the model also marks "is backing", "to mark", "a clear sign of"."""
    words = [fold(word) for word in re.findall(r"[\w’'-]+", cue)]
    if "according" in words or words == [] or cue.rstrip().endswith(":"):
        return True
    nouns = {word for before, word in pairwise(words) if before in ARTICLES}
    return any(
        word in CUES or (stem(word) in REPORTING and not NOUN.search(word)) for word in words if word not in nouns
    )


def tells_nothing(text: str, cue: tuple[int, int], speaker: tuple[int, int]) -> bool:
    """Tell whether nobody says it ("no group claimed"), or somebody does not: "the video did not show"."""
    said = text[cue[0] : cue[1]]
    if NOBODY.match(text[speaker[0] : speaker[1]]) or NEITHER.search(text[max(0, speaker[0] - 20) : speaker[0]]):
        return True
    denied = NOT_TOLD.search(said)
    return denied is not None and any(word in TELLING for word in said[denied.end() :].lower().split()[:2])


def _is_weak(text: str, link: Link) -> bool:
    """Tell whether somebody does a thing and says none: "raised its alert level", "showed signs of fatigue"."""
    assert link.speaker is not None
    words = [fold(word) for word in re.findall(r"[\w’'-]+", text[link.cue.start : link.cue.end])]
    verbs = [word for word in words if word in CUES or stem(word) in REPORTING]
    if not verbs or any(stem(word) not in WEAK for word in verbs):
        return False
    content = text[link.contents[0].start : link.contents[0].end]
    return not CLAUSE.match(content) and not mentions.read(text[link.speaker.start : link.speaker.end]).document


def is_no_statement(text: str, link: Link) -> bool:
    """Nobody's claim, and what somebody wants to do, are the report's own words about them."""
    assert link.speaker is not None
    if not _reports(text[link.cue.start : link.cue.end]):
        return True
    if tells_nothing(text, (link.cue.start, link.cue.end), (link.speaker.start, link.speaker.end)):
        return True
    if _is_weak(text, link) or STRUGGLING.search(text, link.cue.start, link.cue.end + 5):
        return True
    cue = text[link.cue.start : link.cue.end].lower().split()
    content = text[link.contents[0].start : link.contents[0].end]
    wants = bool(INTENDING.match(content)) and any(word in INTENTIONS for word in cue)
    return wants or (any(word in CALLING for word in cue) and bool(CALLED_SOMEBODY.match(content)))
