"""Read the stance of a statement off its content and its cue: asserts, denies, doubts, forecasts.

The order matters: a denial of a forecast is a denial. Hedges alone ("reportedly", "may have") do not turn an assertion into
a doubt; a hedged accusation still asserts.
"""

import re

from headwater.stages.statements.cues import DENYING, DOUBTING
from headwater.stages.words import fold

DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)\b|reject(?:ed|s)? (?:the |any |all |these |those |such )?(?:\w+ )?(?:accusations?|allegations?|claims?|charges?|reports?)"
    r"|dismiss(?:ed|es)? (?:the |any |all |as )?(?:\w+ )?(?:accusations?|allegations?|claims?|reports?|as)|baseless|untrue|(?:totally|completely|entirely) false|fabricat(?:ed|ion)|no truth"
    r"|not true|(?:had|has|have) nothing to do|(?:was|were|is|are) not (?:responsible|behind|involved)|not used (?:any )?|no (?:one|group|party|organi[sz]ation)\b.{0,30}\bclaimed|no (?:immediate )?claim of responsib"
    r"|refut(?:ed|es)|did not (?:carry|take part|use|target|attack|fire)|never (?:used|carried|targeted|attacked))",
    re.I,
)
DOUBTS = re.compile(
    r"\b(?:(?:not|n’t|n't) (?:yet |immediately |entirely |been )?(?:clear|known|confirmed|verified|possible to (?:verify|confirm)|certain)|unclear|(?:could|can|cannot|can’t|can't|has|have|did|was|were|been) ?(?:not|unable to)? (?:be )?(?:yet )?(?:immediately )?(?:independently )?(?:verif(?:y|ied)|confirm)\b(?= (?:the|that|whether|these|those|any|independently|reports?|if))"
    r"|no (?:independent )?(?:confirmation|verification|official (?:comment|confirmation))|unable to (?:verify|confirm)|(?:could|can) ?not (?:be )?(?:immediately |independently )*(?:verif|confirm)|unverified|unconfirmed"
    r"|cast(?:s|ing)? doubt|doubt(?:s|ed|ful)?\b|skeptical|sceptical|remains? to be seen)",
    re.I,
)
FORECASTS = re.compile(
    r"\b(?:will(?! of)|won[’']?t|shall|(?:is|are|was|were) (?:likely|expected|set|bound|due|poised) to|expects? (?:the|that|to|more|further|it)|predict(?:s|ed)?|forecasts?|(?:is|are) going to)\b",
    re.I,
)


def stance(content: str, cue: str) -> str:
    """Return the stance of a content that was introduced by these reporting words."""
    verb = fold(cue.split()[0]) if cue else ""
    if verb in DENYING or DENIES.search(content):
        return "denies"
    if verb in DOUBTING or DOUBTS.search(content):
        return "doubts"
    if FORECASTS.search(content):
        return "forecasts"
    return "asserts"
