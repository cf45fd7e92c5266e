"""When a name or a span of the system is that of the gold.

Names are compared as sets of significant words, after organisations that go by several names have been brought to one
form; nobody named is equal to nobody named. A statement is found when one of the same report covers half of it, or
lies half inside it.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from headwater.measure.origins.exported import Stated

STOP = frozenset(
    """the a an of for in on at to and s's said mr ms dr head chief director spokesman spokesperson group
    monitoring monitor british based uk state news agency media statement report""".split()
)
ONE_FORM = (
    (
        "observatory",
        re.compile(r"\b(?:sohr|abdel ?rahman|syrian observatory|observatory for human rights)\b", re.IGNORECASE),
    ),
    ("afp", re.compile(r"\bagence france|\bafp\b", re.IGNORECASE)),
    ("ap", re.compile(r"\b(?:associated press|ap)\b", re.IGNORECASE)),
    ("islamicstate", re.compile(r"\b(?:islamic state|isis|isil|daesh|daish|(?-i:IS))\b", re.IGNORECASE)),
    ("sana", re.compile(r"\bsana\b|syrian arab news", re.IGNORECASE)),
    ("worldhealth", re.compile(r"world health organi[sz]ation|\b(?-i:WHO)\b", re.IGNORECASE)),
    ("nytimes", re.compile(r"\b(?:nyt|new york times)\b", re.IGNORECASE)),
    ("wsjournal", re.compile(r"\b(?:wsj|wall street journal)\b", re.IGNORECASE)),
    ("washpost", re.compile(r"\b(?:wapo|washington post)\b", re.IGNORECASE)),
)
"""the abbreviations IS and WHO are words in lower case, so they count in capitals only"""
NOBODY = re.compile(
    r"(?:unknown|unnamed.*|none|null|activists?|residents?|witness(?:es)?|sources?|officials?|a .*)?", re.IGNORECASE
)
POSSESSIVE = re.compile(r"[’']s?\b")
LONG = 5  # letters from which a word loses the s of its plural
ALIKE = 0.5  # share of common words from which two names are one
COVERED = 0.5  # share of the shorter span that two spans have to have in common
NEAR_BEST = 0.8  # share of the best fit from which a statement fits as well


class Span(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def same(a: str | None, b: str | None) -> bool:
    """Return whether two names stand for one; two that name nobody do."""
    left, right = significant_words(a), significant_words(b)
    if not left or not right:
        return not left and not right
    return left <= right or right <= left or len(left & right) / len(left | right) >= ALIKE


def same_as_either(name: str | None, gold: str | None, also: str | None) -> bool:
    """Return whether a name is the gold's, or the one that a second reader gave where there is one."""
    return same(name, gold) or (also is not None and same(name, also))


def names_nobody(name: str) -> bool:
    """Return whether a name says only that nobody is named."""
    return not significant_words(name) or name.lower().startswith("unnamed")


def significant_words(name: str | None) -> frozenset[str]:
    """Return the words that tell a name from others, without plurals; none where nobody is named."""
    text = (name or "").strip()
    if NOBODY.fullmatch(text):
        return frozenset()
    for form, pattern in ONE_FORM:
        if pattern.search(text):
            return frozenset([form])
    words = re.findall(r"[a-z0-9]+", POSSESSIVE.sub("", text.lower()))
    return frozenset(_singular(word) for word in words if word not in STOP)


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= LONG and word.endswith("s") else word


def shared(a: Span, b: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def fit(a: Span, b: Span) -> float:
    """Return the shared characters as a share of everything from the first start to the last end."""
    whole = max(a.end, b.end) - min(a.start, b.start)
    return shared(a, b) / whole if whole else 0.0


def fitting(gold: Span, statements: Iterable[Stated]) -> tuple[Stated, ...]:
    """Return the statements that fit a gold span about as well as the best one does; often one, or none."""
    fits = [(fit(each, gold), each) for each in statements if _covers(each, gold)]
    best = max((score for score, _ in fits), default=0.0)
    return tuple(each for score, each in fits if score >= NEAR_BEST * best)


def _covers(a: Span, b: Span) -> bool:
    common = shared(a, b)
    return common > 0 and common >= COVERED * min(a.end - a.start, b.end - b.start)
