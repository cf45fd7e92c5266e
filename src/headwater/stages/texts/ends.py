"""What is glued to the first and the last sentence: headline, date, place and credit in front, credit and page words behind.

In: a report and its stretches. Out: the stretches with the first and the last of the body split up. Found by grammar, since one-line
texts have no lines to judge.
"""

import re
from collections.abc import Callable

from headwater.records import Report
from headwater.stages.texts.lines import CREDIT_TAIL
from headwater.stages.texts.pages import part_of_page, words_in_front
from headwater.stages.texts.printed import MONTH, PRINTED
from headwater.stages.texts.stretches import Stretch
from headwater.stages.words import words_of

AGENCY_ALONE = re.compile(
    r"(?:AFP|AP|Reuters|Agencies|DPA|Xinhua|ANSA|EFE|UPI)(?:(?:,| and| /)? (?:AP|AFP|Reuters|[Aa]gencies))?\s+(?=[A-Z\"“\d])"
)
AFTER_DATE = re.compile(
    r"(?:\(updated[^)]*\)|Get short URL(?:[ \d]+\b)?|(?:by|By) (?:[A-Z][\w.-]+ ){1,4}(?=[A-Z])|Regional NNA -)"
)
PLACE = re.compile(
    r"(?:[A-Z][A-Z'’.-]{2,20}(?:[ ,/]{1,3}[A-Z][A-Z'’.-]{1,20}){0,4}(?:,? [A-Z][a-z]+)?"  # BEIRUT, QAMISHLI Syria
    rf"|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=\s*\([A-Z]))(?:,?\s+(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?)?"
    r"(?:\s*\(\s*[A-Z][\w .&/-]{1,30}\s*\))?\s*(?:--?|–|—|:|(?=\s[A-Z]))"
)
CITY = re.compile(r"(?:[A-Z]{2,20}\b[\s,/]{0,3}){1,5}(?:[-–—(]|[A-Z][a-z]|\d)|[A-Z][a-z]++ ?+\w*+\s*+\(")
RELATED = re.compile(r"\s*Related\b(?: (?:stories|links|news|articles)\b)?", re.I)
OPENER = re.compile(
    r"(?<=[\s-])(?:A|An|At least|At most|More than|Up to|Nearly|About|Around|Dozens|Scores|Hundreds|Several|The|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)(?= [a-z\d])"
)
"""words that open a first sentence and stand nowhere else inside one with a capital"""
TAIL = re.compile(
    r"""(?:(?<!\s)\s++)?(?:Read\ Also|Read\ More|Twitter|Also|(?:Tags\ [^.]{0,160})?Community\ standards\s*Discussion.*|Last\ Update:.*|Our\ Standards:.*
    |About\ .{2,30}\ Careers\ .{0,600}Privacy\ Policy.*|(?:Short\ URL|Get\ short\ URL)[\s\d]*+)\s*+$""",
    re.X | re.S,
)
SENTENCE_END = re.compile(
    r"(?<=[.!?”\")…])\s+(?=[\"“(\[]?[A-Z@©])|(?<=[a-z][.!?])(?=[A-Z][a-z])"
    r"|(?<=[a-z]{3}\.)(?<!Sept\.)\s+(?=\d{1,3}(?:-\d{1,3})?\s*$)"  # a count of the page's behind the last full stop
)
REACH = 600
"""characters from the end in which what is glued behind is looked for"""


def trim_start(report: Report, stretches: list[Stretch]) -> list[Stretch]:
    """Split headline, date, place and credit off the front of the first body stretch."""
    first = next((n for n, each in enumerate(stretches) if _has_text(report.text, each)), None)
    if first is None:
        return stretches
    body = stretches[first]
    found: list[Stretch] = []
    position = body.start
    while piece := _front_piece(
        report, position, body.end, seen={"place" if s.rule.startswith("place") else s.kind for s in found}
    ):
        found.append(piece)
        position = piece.end
    return [*stretches[:first], *found, Stretch(position, body.end, "body", body.rule), *stretches[first + 1 :]]


def _has_text(text: str, stretch: Stretch) -> bool:
    return stretch.kind == "body" and bool(text[stretch.start : stretch.end].strip())


def _front_piece(report: Report, position: int, end: int, *, seen: set[str]) -> Stretch | None:
    """Return what stands at this place of the front, if it is not yet the text itself; each kind comes once."""
    start = position
    while position < end and (report.text[position].isspace() or report.text[position] in ".|"):
        position += 1
    rest = report.text[position:end]
    for kind, rule, find in FRONT:
        if (kind not in seen or kind == "furniture") and (length := find(rest, report.title, seen)):
            return Stretch(start, position + length, "dateline" if kind == "place" else kind, rule)
    return None


def _printed(rest: str, title: str | None, seen: set[str]) -> int:
    return m.end() if (m := PRINTED.match(rest)) else 0


def _page_words(rest: str, title: str | None, seen: set[str]) -> int:
    return m.end() if (m := AFTER_DATE.match(rest)) else _with_teasers(rest, words_in_front(rest))


def _with_teasers(rest: str, length: int) -> int:
    """Return where the headlines of other stories end that stand between page words and text, the page words' end without them.

    They are glued to the first sentence without a full stop, and it is told by the word that it opens with.
    """
    teasers = RELATED.match(rest, length) if length else None
    if teasers is None:
        return length
    first_stop = re.compile(r"[.!?](?:\s|$)").search(rest, teasers.end())
    until = first_stop.start() if first_stop else min(len(rest), teasers.end() + REACH)
    openers = list(OPENER.finditer(rest, teasers.end(), until))
    return openers[-1].start() if openers else length


def _agency(rest: str, title: str | None, seen: set[str]) -> int:
    """An agency's name by itself behind headline or date."""
    return m.end() if seen and (m := AGENCY_ALONE.match(rest)) else 0


def _place(rest: str, title: str | None, seen: set[str]) -> int:
    m = PLACE.match(rest)
    if not m or m.end() >= min(90, len(rest)) or not CITY.match(rest):
        return 0
    return m.end() if _is_place_line(m.group(), rest) else 0


def _is_place_line(matched: str, rest: str) -> bool:
    """A place line ends in a dash or names an agency in brackets, or is a capitalised city before a sentence."""
    if re.search(r"(?:--?|–|—)\s*$|\)\s*$", matched):
        return True
    first = rest.split()[0].strip(",")
    return len(first) >= 4 and first.isupper() and first.isalpha() and rest[len(matched) :].lstrip()[:1].isupper()


def _headline(rest: str, title: str | None, seen: set[str]) -> int:
    """Return how many characters at the front repeat the headline, 0 when they do not."""
    if not title:
        return 0
    wanted = [word.folded for word in words_of(title)]
    given = words_of(rest[: len(title) * 2 + 40])
    count = next(
        (n for n, (a, b) in enumerate(zip(wanted, given, strict=False)) if a != b.folded), min(len(wanted), len(given))
    )
    if (count >= 4 and count >= 0.6 * len(wanted)) or (count == len(wanted) and count >= 2):
        return given[count - 1].end
    return 0


FRONT: tuple[tuple[str, str, Callable[[str, str | None, set[str]], int]], ...] = (
    ("dateline", "printed-date@1", _printed),
    ("furniture", "page-words@2", _page_words),
    ("heading", "headline@1", _headline),
    ("credit", "credit-at-start@1", _agency),
    ("place", "place-line@1", _place),
)


def trim_end(text: str, stretches: list[Stretch]) -> list[Stretch]:
    """Split credits and parts of the page off the end of the last body stretch."""
    last = next((n for n in range(len(stretches) - 1, -1, -1) if _has_text(text, stretches[n])), None)
    if last is None:
        return stretches
    body = stretches[last]
    found: list[Stretch] = []
    end = body.end
    for _ in range(6):
        piece = _back_piece(text, max(body.start, end - REACH), end)
        if piece is None:
            break
        found.insert(0, piece)
        end = piece.start
    return [*stretches[:last], Stretch(body.start, end, "body", body.rule), *found, *stretches[last + 1 :]]


def _back_piece(text: str, start: int, end: int) -> Stretch | None:
    tail = text[start:end]
    for pattern, kind, rule in ((TAIL, "furniture", "page-words@1"), (CREDIT_TAIL, "credit", "credit-at-end@1")):
        m = pattern.search(tail)
        if m and m.start() > 0:
            begins = start + m.start() + (len(m.group()) - len(m.group().lstrip()))
            if text[:begins].rstrip()[-1:] in set(".!?\"”)'’") | {text[begins - 1 : begins]} and _fits(kind, m.group()):
                return Stretch(begins, end, kind, rule)
    return _last_sentence(tail, start, end)


def _last_sentence(tail: str, start: int, end: int) -> Stretch | None:
    """Return the last sentence where it is a part of the page and others stand before it."""
    begins = [found.end() for found in SENTENCE_END.finditer(tail)]
    while begins and not tail[begins[-1] :].strip():
        begins.pop()
    part = part_of_page(tail[begins[-1] :].strip()) if begins else None
    return Stretch(start + begins[-1], end, "furniture", part.rule) if part else None


def _fits(kind: str, piece: str) -> bool:
    return (
        kind != "credit"
        or not re.search(r"[a-z]{3}\)\s*+$", piece)
        or bool(re.search(r"with|source|report|[A-Z]{2,}|[A-Z][a-z]+\)", piece))
    )
