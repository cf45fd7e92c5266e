"""Pages pasted as text, judged line by line: first every line by itself, then by where it stands.

In: a report. Out: one stretch a line. A line's length, its end and its neighbours tell text from page parts (in the spirit of
Kohlschütter et al. 2010): prose ends like a sentence and has verbs; what teases other stories stands behind the text and drops them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.records import Report
from headwater.stages.texts.pages import NOTICE, Part, part_of_page
from headwater.stages.texts.printed import PRINTED
from headwater.stages.texts.stretches import BLANK, Stretch
from headwater.stages.words import words_of

CREDIT_TAIL = re.compile(
    r"""(?:(?<!\s)\s++)?(?:(?<=[\s.!?"”])[-–—]{1,2}\s?(?-i:(?:[A-Z][\w.]*+\ ?){1,4})|\((?:with|Source:?|Reporting\ by|additional\ reporting)?\s*[A-Z][^()]{1,80}\)|(?:Original\ )?Source:?\ [^.\n]{2,60}(?:\.[a-z]{2,}){0,3}
    |(?:Additional\ |Writing\ and\ )?Reporting\ by\ [^\n]{3,200})\s*+$""",
    re.X | re.I,
)
CREDIT_REACH = 400
"""characters from the end of a line in which a credit is looked for, so that a line of blanks costs no more than another"""
CREDIT_LINE = re.compile(
    r"""^\s*(?:[-–—]{1,2}\s*)?\(?(?:(?:original\ )?(?:source|via)\s*:|with\ (?:[A-Z]\w+|agenc|wire|news\ wire|files?\ from|(?:additional\ )?reporting\ (?:by|from))|(?:first|originally)\ (?:published|reported|appeared)
    |(?:additional\ |writing\ and\ )?reporting\ by|compiled\ from|agencies$|credit:|(?:the\ )?associated\ press\ contributed)""",
    re.I | re.X,
)
SIGNED = re.compile(r"(?:[-–—]{1,2}\s*|\()(?:(?:with |and )?[A-Z][\w.&-]*+[ ,/]*+){1,5}\)?")
CAPTION = re.compile(
    r"^\W*(?:photo|image|picture|file|video|foto)s?\s*+(?:credit|by|courtesy|caption)?\s*+[:(/]|\((?:AFP|Reuters|AP|EPA|Getty)?\s*(?:photo|file photo)|^\W*caption\b\s*[+:]",
    re.I,
)
NUMBERED = re.compile(r"\W*(?:image|photo|slide)\s+\d+\s+(?:of|/)\s+\d+\b", re.I)
LONG_CAPTION = 200
"""words of a numbered picture's caption, which pages give twice or three times over"""
CAPTION_END = re.compile(
    r"\((?:Source|Photo|Image|Credit|Courtesy|Video)s?\b[^()]{0,60}\)\s*$|\((?:[A-Z][\w.'’-]+ ){1,3}?/ ?[A-Z][^()]{1,40}\)\s*$|\|\s*(?:[A-Z][\w.'’-]++ ?+){1,4}/[A-Z][\w -]{2,40}$|\((?:Published|Aired) [^()]{5,40}\)\s*$|[.!?”\"] \([A-Z]{3,6}\)\s*$"
)
CONTRIBUTED = re.compile(r"(?:The )?(?:[A-Z][\w.&]{0,60} ){1,4}contributed to this (?:report|story)\.?")
"""a credit inside a notice of copyright"""
POSTED = re.compile(r"[—-]\s?[^—]{2,60}\(@\w+\)\s+[A-Z][a-z]{2,8} \d{1,2}, \d{4}\W*$")
"""the end of a short message by somebody, put into the text"""
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|may|can|said|says|say|told|did|does|[a-z]+n['’]t)\b"
)
"""what sentences have and headlines drop (so `Police say` stays in doubt, and only a long line is a sentence for it)"""
SENTENCE = 8
"""words from which a line with such a verb is a sentence even without its full stop"""
LONG = 25
"""words from which a line is a paragraph, whatever its end"""
LONGEST_CAPTION = 60
"""words"""
CAPITALS = "\"“'‘" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KEPT = ("furniture", "caption", "credit", "dateline", "heading")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it is, what it is by itself, by which rule, and which part of a page if any."""

    start: int
    end: int
    text: str
    kind: str
    rule: str
    part: Part | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def judged_lines(report: Report) -> list[Stretch]:
    """Judge every line by itself, then by its place: page parts surround the text, headings stand inside it."""
    lines = _without_lists(
        _captions_settled([_line(report, found) for found in re.finditer(r"[^\n]+\n?|\n", report.text)])
    )
    prose = [number for number, line in enumerate(lines) if line.kind == "body"]
    if not prose:
        return _without_prose(lines)
    last = _end_of_text(lines, prose)
    placed = [_placed(line, before=number < prose[0], after=number > last) for number, line in enumerate(lines)]
    return [each for stretch in placed for each in _with_credit(report.text, stretch)]


def _line(report: Report, found: re.Match[str]) -> Line:
    text = found.group().strip()
    part = part_of_page(text) if text else None
    kind, rule = _kind_of_line(text, report.title, part)
    return Line(found.start(), found.end(), text, kind, rule, part if kind == "furniture" else None)


def _kind_of_line(line: str, title: str | None, part: Part | None) -> tuple[str, str]:
    if not line:
        return "blank", BLANK
    count = len(line.split())
    if (count < 30 and CAPTION.search(line)) or (count < LONG_CAPTION and NUMBERED.match(line)):
        return "caption", "caption@1"
    if count < 30 and (CREDIT_LINE.match(line) or SIGNED.fullmatch(line)):
        return "credit", "credit-line@1"
    if PRINTED.fullmatch(line.strip(" |·-")) or (PRINTED.match(line) and count < 20 and line[-1] not in '.!?”"'):
        return "dateline", "printed-date@1"
    if part:
        return "furniture", part.rule
    if title and _same_words(line, title):
        return "heading", "headline@1"
    if POSTED.search(line):
        return "body", "message@1"
    return _by_shape(line[:-CREDIT_REACH] + CREDIT_TAIL.sub("", line[-CREDIT_REACH:]) or line, count)


def _by_shape(line: str, count: int) -> tuple[str, str]:
    ends = line.rstrip("\"'”’)* ").endswith((".", "!", "?", ":", "…", ";", "—")) or line[-1] in '"”'
    if count >= 8 and (ends or count >= LONG):
        return "body", "prose@1"
    if count >= 4 and ends and line[-1] not in ":…" and line[0] in CAPITALS:
        return "short", "short-sentence@1"
    return "label", "label@1"


def _same_words(a: str, b: str) -> bool:
    left, right = [w.folded for w in words_of(a)], [w.folded for w in words_of(b)]
    return bool(left) and (
        left == right or (len(left) >= 4 and (left == right[: len(left)] or right == left[: len(right)]))
    )


def _captions_settled(lines: Sequence[Line]) -> list[Line]:
    """Turn what ends like a caption into one where it stands before the text: further down the same end is a credit."""
    settled = list(lines)
    last = max((number for number, line in enumerate(lines) if line.kind == "body"), default=-1)
    for number, line in enumerate(lines):
        if line.kind not in ("body", "label", "short"):
            continue
        if number < last and line.words < LONGEST_CAPTION and CAPTION_END.search(line.text):
            settled[number] = Line(line.start, line.end, line.text, "caption", "caption-end@1")
        elif line.kind == "body":
            break
    return settled


def _with_credit(text: str, stretch: Stretch) -> list[Stretch]:
    """Split the credit out of a notice of copyright."""
    credit = CONTRIBUTED.search(text, stretch.start, stretch.end) if stretch.rule == NOTICE.rule else None
    if credit is None:
        return [stretch]
    return [
        Stretch(stretch.start, credit.start(), stretch.kind, stretch.rule),
        Stretch(credit.start(), credit.end(), "credit", "credit-in-notice@1"),
        Stretch(credit.end(), stretch.end, stretch.kind, stretch.rule),
    ]


def _without_lists(lines: Sequence[Line]) -> list[Line]:
    """Turn the labels behind a line that opens a list of other stories into page parts, up to the next sentence."""
    found, within = [], False
    for line in lines:
        if line.kind not in ("blank", "label", "dateline", "caption"):
            within = bool(line.part and line.part.lists)
        if within and line.kind == "label":
            line = Line(line.start, line.end, line.text, "furniture", "listed@1", Part("listed@1"))
        found.append(line)
    return found


def _without_prose(lines: Sequence[Line]) -> list[Stretch]:
    """A page without a sentence is text that nobody broke into sentences, but for what is plainly part of the page."""
    return [
        Stretch(each.start, each.end, *((each.kind, each.rule) if each.part else ("body", "whole@1"))) for each in lines
    ]


def _end_of_text(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """Return the last line of the text: before a part that ends it, or the short sentences that go on from the last prose."""
    whole = [n for n in prose if not lines[n].text.endswith(("...", "…"))]
    paragraph = max((n for n in whole if lines[n].words >= LONG), default=-1)
    sentences = [n for n in whole if lines[n].words >= 12][-2:]
    for number, line in enumerate(lines):
        if line.part and line.part.ends and number > prose[0]:
            listed = line.part.lists and len(sentences) == 2 and sentences[0] > number
            if paragraph < number and not listed:  # a paragraph goes on with the report, behind a list two sentences do
                return _with_short_sentences(lines, prose[bisect_left(prose, number) - 1])
    return _with_short_sentences(lines, prose[-1])


def _with_short_sentences(lines: Sequence[Line], last: int) -> int:
    """Return the last of the sentences that follow the last prose with nothing but blank lines between them."""
    for number in range(last + 1, len(lines)):
        line = lines[number]
        if line.kind == "short" or (line.kind == "label" and line.words >= SENTENCE and VERB.search(line.text)):
            last = number
        elif line.kind != "blank":
            return last
    return last


def _placed(line: Line, *, before: bool, after: bool) -> Stretch:
    kind, rule = line.kind, line.rule
    if kind == "blank":
        kind = "furniture" if before or after else "body"
    elif kind not in KEPT:
        if after:
            kind, rule = "furniture", "after-the-text@1"
        elif kind == "label":
            kind = "heading"
        elif kind == "short":
            kind = "heading" if before else "body"
    return Stretch(line.start, line.end, kind, rule)
