"""Hedging words of a statement, their place on the scale of ICD 203, and on what basis the speaker says it.

The scale is that of Intelligence Community Directive 203, Analytic Standards (2015), which gives seven bands of likelihood and the
words for each. Words that stand for none of them ("may", "reportedly") are kept as a span and get no band: no number is made up.
"""

import re

Span = tuple[int, int]

BANDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (band, re.compile(rf"\b(?:{words})\b", re.I))
    for band, words in (
        (
            "almost no chance",
            r"almost no (?:chance|likelihood)|remote(?:ly)? (?:chance|possib\w+)|(?:a )?remote chance",
        ),
        ("very unlikely", r"(?:very|highly|extremely) (?:unlikely|improbable)"),
        ("almost certain", r"(?:almost|nearly|virtually) certain(?:ly)?"),
        ("very likely", r"(?:very|highly|extremely|most) (?:likely|probabl[ey])"),
        ("roughly even chance", r"(?:roughly )?even (?:chance|odds)|fifty-fifty|50-50"),
        ("unlikely", r"unlikely|improbable|not (?:likely|probable)"),
        ("likely", r"likely|probabl[ey]|probability"),
    )
)
"""bands in the order in which their words are tried, so that "very unlikely" is not read as "unlikely" """
VAGUE = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|apparently|seemingly|possibl[ey]|perhaps|presumably|conceivabl[ey]|ostensibly"
    r"|(?:could|might) (?:be|have|also|well|not|\w+)|may (?:be|have|also|well|not|\w+)(?<!may \d)|(?:is|are|was|were|be|been) (?:believed|thought|suspected|said|understood|alleged|reported|feared|presumed) to"
    r"|(?:appear|seem)(?:s|ed)? to|(?:it )?(?:appears|seems)|what (?:appeared|seemed) to be|suspected|unconfirmed|unverified|thought to|believed to)\b"
)
SAW = re.compile(
    r"\b(?:I|[Ww]e) (?:\w+ )?(?:saw|heard|witnessed|watched|smelled|smelt|felt|counted|filmed|photographed|treated|found|buried|carried|pulled|was there|were there)\b"
    r"|\bwith (?:my|our|his|her|their) own eyes\b|\b(?:saw|witnessed|heard) (?:the|a|an|how|two|three|four|several|many|bodies|smoke|planes|explosions?|gunfire|shots)\b"
)
TOLD = re.compile(
    r"\b(?:was|were|been|are|is) told\b|\btold (?:me|us)\b|\b(?:received|receiving|had) (?:\w+ )?(?:reports|information|word|accounts)\b|\bheard from\b|\blearn(?:ed|t) from\b"
    r"|\baccording to (?:its|our|his|her|their) (?:sources|contacts|activists|network|members|doctors)\b"
)
INFERS = re.compile(
    r"\b(?:believ|suspect|think|thought|estimat|assess|conclud|infer|assum|suggest|indicat|judg|deduc|reckon|surmis|presum)\w*|\bappear(?:s|ed)? to\b|\bseem(?:s|ed)? to\b|\bevidence (?:that|of)\b",
    re.I,
)


def hedge(text: str, start: int, end: int) -> tuple[Span | None, str | None]:
    """Return the first hedging words between two offsets, and the band of ICD 203 that they map to, if any."""
    found = [
        (match.start(), match.end(), band)
        for band, words in BANDS
        for match in [words.search(text, start, end)]
        if match
    ]
    first = min(found, key=lambda each: (each[0], -each[1]), default=None)
    vague = VAGUE.search(text, start, end)
    if vague and (first is None or vague.start() < first[0]):
        return vague.span(), None
    return ((first[0], first[1]), first[2]) if first else (None, None)


def basis(content: str, cue: str, speaker: str | None) -> str | None:
    """Return how the speaker knows, where the text says: saw it, was told, infers; None where it does not say."""
    if (
        SAW.search(content)
        or re.search(r"\b(?:saw|witnessed|watched)\b", cue)
        or re.search(r"\b(?:eye-?)?witness", speaker or "", re.I)
    ):
        return "saw it"
    if TOLD.search(content):
        return "was told"
    return "infers" if INFERS.search(cue) else None
