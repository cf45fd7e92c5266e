"""Read the stance of a statement off its content and its reporting words: asserts, denies, doubts, forecasts.

The order matters: a denial of a forecast is a denial. Hedges alone ("reportedly", "may have") do not turn an assertion into
a doubt; a hedged accusation still asserts. Who did not confirm, cannot say or looks into it neither asserts nor denies: doubts.
Only the main clause is read for a forecast: a death toll that "is likely to rise" in a clause at the end is beside the point.
"""

import re

from headwater.stages.statements.cues import DENYING, DOUBTING
from headwater.stages.words import fold

NOT = r"(?:not|n’t|n't|never|cannot|unable|declin\w+|refus\w+|yet|no)"
WITHHELD = re.compile(
    rf"\b{NOT}\b(?: \w+){{0,4}}? (?:confirm|verif(?:y|ied)|den(?:y|ied)|comment|say|said|know|determine|specify|elaborate|rule out|disclose|provide|identify)\w*\b"
    r"|\b(?:no (?:immediate |official |further )*comments?|look(?:s|ing|ed)? into|investigating|seeking clarity|aware of (?:the )?reports)\b",
    re.I,
)
DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying|ial)\b|reject(?:ed|s)? (?:the |any |all |these |those |such )?(?:\w+ )?(?:accusations?|allegations?|claims?|charges?|reports?)"
    r"|dismiss(?:ed|es)? (?:the |any |all |as )?(?:\w+ )?(?:accusations?|allegations?|claims?|reports?|as)|baseless|untrue|(?:totally|completely|entirely) false|fabricat(?:ed|ion)|no truth"
    r"|not true|(?:had|has|have) nothing to do|(?:was|were|is|are) not (?:responsible|behind|involved)|not used (?:any )?|no (?:one|group|party|organi[sz]ation)\b.{0,30}\bclaimed|no (?:immediate )?claim of responsib"
    r"|no (?:sign|evidence|trace|indication|proof|part|role|involvement|link) (?:of|that|in|to)\b|^[\"“]?there (?:was|is|were|are|had been) no\b(?! (?:question|doubt|reason|need|way|mistake))|brush(?:ed|es)? (?:\w+ ){1,3}aside|reject(?:s|ed) (?:that|it|this|them)\b"
    r"|refut(?:ed|es)|did not (?:carry|take part|use|target|attack|fire)|never (?:used|carried|targeted|attacked))",
    re.I,
)
DOUBTS = re.compile(
    r"\b(?:(?:not|n’t|n't) (?:yet |immediately |entirely |been )?(?:clear|known|confirmed|verified|possible to (?:verify|confirm)|certain)|unclear|(?:could|can|cannot|can’t|can't|has|have|did|was|were|been) ?(?:not|unable to)? (?:be )?(?:yet )?(?:immediately )?(?:independently )?(?:verif(?:y|ied)|confirm)\b(?= (?:the|that|whether|these|those|any|independently|reports?|if))"
    r"|no (?:independent )?(?:confirmation|verification|official (?:comment|confirmation))|unable to (?:verify|confirm|determine|say)|not (?:been )?able to (?:verify|confirm|determine|say)|(?:could|can) ?not (?:be )?(?:immediately |independently )*(?:verif|confirm)|unverified|unconfirmed"
    r"|cast(?:s|ing)? doubt|(?<!any )(?<!no )(?<!without )(?<!a )(?<!beyond )doubt(?:s|ed|ful)?\b|skeptical|sceptical|remains? to be seen|little sense|not (?:\w+ )?convinced|could not be (?:checked|authenticated))",
    re.I,
)
FORECASTS = re.compile(
    r"\b(?:will(?! of)|won[’']?t|shall|(?:is|are|was|were) (?:likely|expected|set|bound|poised) to|(?:is|are) due to (?=\w+(?:[^s]|ss)\b)(?!an? |the )|expects? (?:the|that|to|more|further|it)|predict(?:s|ed)?|forecasts?|(?:is|are) going to)\b",
    re.I,
)
OPENS = 20  # characters from the beginning of a content within which it opens with what the speaker withholds
DISBELIEVES = re.compile(
    r"(?:\b(?:not|never|no longer)\b|n[’']t\b)(?: \w+)? (?:believe|think|thought|expect|anticipate|accept|agree|buy)",
    re.I,
)
WHETHER = re.compile(r"(?:whether|if)\b", re.I)
BESIDE = re.compile(
    r"\s(?:and that|that|who|whether|where|if|in hopes|in the hope|because|unless|otherwise|which|whose|some of whom|many of whom|while|whereas|although|though)\s|[;—–]\s"
)


def stance(content: str, cue: str) -> str:
    """Return the stance of a content that was introduced by these reporting words."""
    verbs = {fold(word) for word in cue.split()}
    withheld = WITHHELD.search(content, 0, 60) if cue else None
    if WITHHELD.search(cue) or (withheld and withheld.start() <= OPENS) or (cue and WHETHER.match(content)):
        return "doubts"
    if DISBELIEVES.search(cue) or verbs & DENYING or DENIES.search(content):
        return "denies"
    if verbs & DOUBTING or DOUBTS.search(content):
        return "doubts"
    beside = BESIDE.search(content)
    if FORECASTS.search(content, 0, beside.start() if beside else len(content)):
        return "forecasts"
    return "asserts"
