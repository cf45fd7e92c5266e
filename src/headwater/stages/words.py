"""Words and spans of a report's text, cut the same way wherever stages compare texts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
OPEN, CLOSE = "“„«‟", "”»"
MARKS = re.compile(r"""[“„«‟”»"]|`(?=`)|'(?=')""")
STOP = frozenset(
    """a about after again against all also although am among an and another any are as at be became because been
    before being between both but by can could did do does doing down due during each either else ever few for
    from further get got had has have having he her here hers him himself his how however i if in into is it its
    itself just last later least less like made make many may me might more most much must my near no nor not
    now of off on once one only or other our out over own per put said same say says saying she should since so
    some still such take than that the their theirs them themselves then there these they this those though
    through thus to told too took toward under until up upon us very was way we well were what when where
    whether which while who whom whose why will with within without would yet you your according added adding
    report reports reported reportedly monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december""".split()
)
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, with its span."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return the word in lower case without apostrophes, so that Syria's, Syria’s and Syrias are one."""
    return word.replace("'", "").replace("’", "").casefold()


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words between two offsets."""
    return [
        Word(fold(m.group()), m.start(), m.end()) for m in WORD.finditer(text, start, len(text) if end is None else end)
    ]


def stem(word: str) -> str:
    """Return the stem of a folded word (Porter 2)."""
    return str(_stemmer.stemWord(word))


def significant(words: Iterable[Word]) -> list[str]:
    """Return the stems of the words that carry meaning, in order; numbers stay as they are."""
    return [
        stem(word.folded)
        for word in words
        if (word.folded not in STOP and len(word.folded) > 1) or word.folded.isdigit()
    ]


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of quotations, marks included.

    Straight marks pair up within a paragraph. A paragraph that opens a quotation and does not close it is quoted to its end
    when the next one opens another (the convention for quotations over several paragraphs).
    """
    found: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"[^\n]+", text[start:end]):
        found.extend(_quotations_in(text, start + paragraph.start(), start + paragraph.end(), end))
    return found


def _quotations_in(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for found in MARKS.finditer(text, start, end):
        position, mark = found.start(), found.group()
        if opened is None and (mark in OPEN or mark in '"`'):
            opened = position
        elif opened is not None and (
            mark in CLOSE
            or (mark == '"' and text[opened] == '"')
            or mark == "“"
            or (mark == "'" and text[opened] == "`")
        ):
            yield opened, position + 1
            opened = None
    if opened is not None and _goes_on(text, end, limit):
        yield opened, end


def _goes_on(text: str, end: int, limit: int) -> bool:
    following = text[end:limit].lstrip()
    return following[:1] in {"“", '"', "„", "«"}
