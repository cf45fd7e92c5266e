"""reports → texts: what each stretch of a report is: body, heading, dateline, credit, caption, or page furniture.

Nothing is removed. The stretches cover the report, later stages read only the kinds that they are about, and every offset
stays one into the text as it came. Furniture is kept because it can be evidence ("Original Source: …").

Pages pasted as text are judged line by line (in the spirit of Kohlschütter et al. 2010: a line's length, its end and its
neighbours tell text from page parts); headers and credits glued to the first and last sentence are found by grammar.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from headwater.records import Report, Text, ident
from headwater.settings import Settings
from headwater.stages.words import words_of

VERSION = 6
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?"
CLOCK = r"(?:,?\s*(?:at\s+)?\d{1,2}:?\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?(?:\s*\(?(?:GMT|UTC|KSA|E[SD]T|C[SD]T|M[SD]T|P[SD]T|BST|CET)\)?(?:\s?[+-]\s?\d{1,2})?)?)?"
DAY = (
    rf"(?:(?:{WEEKDAY}\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s?\d{{4}})"
    r"|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}(?:T[\d:]+Z?)?)"
)
PRINTED = re.compile(
    rf"(?:(?:Published|Posted|Date of publication|Last updated|Updated|Created|Date|First published)(?:\s+(?:on|at))?:?\s+)?{DAY}{CLOCK}"
)
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
FURNITURE = re.compile(
    r"""^\W*(?:leave\ a\ (?:reply|comment)|(?:post|add|write)\ (?:a\ )?comment|be\ the\ first\ to\ comment|\d*\ ?comments?$|please\ enter\ your
    |share(?:\ (?:this|post|on|via|link)\b.*)?:?$|(?:tweet|email|e-mail|print|pin\ it|copy\ link|save|close|menu|search|subscribe|sign\ (?:in|up)|log\ ?in|register|advertisement)\W*$
    |(?:click|tap)\ here|follow\ (?:us|\w+)\ on|like\ us\ on|download\ (?:our|the)\ .*\bapp|sign\ up\ (?:for|to)\ (?:our|the|get)|subscribe\ to|get\ email\ notifications|never\ miss
    |(?:more|also)\ (?:like\ this|from|on|in)\b.{0,40}$|also\ read\b|read\ (?:also|more|next)|related(?:\ (?:stories|articles|links|content|news|posts|topics))?:?$|popular$|most\ (?:read|popular|viewed)
    |recommended|trending|you\ (?:may|might)\ also\ like|relevant\ links|further\ reading|tags?:|filed\ under|topics:|copyright\b|©|all\ rights\ reserved|terms\ of\ (?:use|service)|privacy\ policy
    |(?:show|hide)\ transcript|your\ notification|there\ was\ a\ problem\ saving|(?:stay|keep)\ (?:with|up)\ .{0,40}(?:online|date)|spot_img|date:?$|by\ continuing|we\ use\ cookies|this\ material\ may\ not\ be
    |have\ a\ (?:news\ )?tip|about\ us|contact\ us|skip\ to|loading|we\ have\ sent\ you\ an?\b|please\ check\ your\ e-?mail|you\ agree\ to\ receive|thank\ you\ for\ subscribing|by\ signing\ up
    |get\ the\ .{3,60}\ delivered|just\ one\ more\ thing|must\ watch|just\ watched|replay\ more)""",
    re.I | re.X,
)
TAIL = re.compile(
    r"""\s*(?:Read\ Also|Read\ More|Twitter|Also|(?:Tags\ [^.]{0,160})?Community\ standards\s*Discussion.*|Last\ Update:.*|Our\ Standards:.*
    |About\ .{2,30}\ Careers\ .*Privacy\ Policy.*|(?:Short\ URL|Get\ short\ URL)[\s\d]*)\s*$""",
    re.X | re.S,
)
CREDIT_TAIL = re.compile(
    r"""\s*(?:(?<=[\s.!?"”])[-–—]{1,2}\s?(?-i:(?:[A-Z][\w.]*\ ?){1,4})|\((?:with|Source:?|Reporting\ by|additional\ reporting)?\s*[A-Z][^()]{1,80}\)|(?:Original\ )?Source:?\ [^.\n]{2,60}(?:\.[a-z]{2,}){0,3}
    |(?:Additional\ |Writing\ and\ )?Reporting\ by\ [^\n]{3,200})\s*$""",
    re.X | re.I,
)
CREDIT_LINE = re.compile(
    r"""^\s*(?:[-–—]{1,2}\s*)?\(?(?:(?:original\ )?(?:source|via)\s*:|with\ (?:[A-Z]\w+|agenc|wire|news\ wire|files?\ from|(?:additional\ )?reporting\ (?:by|from))|(?:first|originally)\ (?:published|reported|appeared)
    |(?:additional\ |writing\ and\ )?reporting\ by|compiled\ from|agencies$|credit:|the\ associated\ press\ contributed)""",
    re.I | re.X,
)
SIGNED = re.compile(r"(?:[-–—]{1,2}\s*|\()(?:(?:with |and )?[A-Z][\w.&-]*[ ,/]*){1,5}\)?")
CAPTION = re.compile(
    r"^\W*(?:photo|image|picture|file|video|foto)s?\s*(?:credit|by|courtesy|caption)?\s*[:(/]|\((?:AFP|Reuters|AP|EPA|Getty)?\s*(?:photo|file photo)",
    re.I,
)


CITY = re.compile(r"(?:[A-Z]{2,20}\b[\s,/]{0,3}){1,5}(?:[-–—(]|[A-Z][a-z]|\d)|[A-Z][a-z]+ ?\w*\s*\(")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span and what it is, before it becomes a row."""

    start: int
    end: int
    kind: str
    rule: str


def texts(*, reports: Sequence[Report], settings: Settings) -> Iterator[Text]:
    """Yield the stretches of a report, in order; they touch and cover it."""
    for report in reports:
        stretches = _lines(report) if "\n" in report.text.strip() else [Stretch(0, len(report.text), "body", "whole@1")]
        stretches = _trim_end(report.text, _trim_start(report, stretches))
        for stretch in _joined(stretches):
            yield Text(
                id=ident("t", report.id, stretch.start, stretch.end),
                report=report.id,
                start=stretch.start,
                end=stretch.end,
                kind=stretch.kind,
                rule=stretch.rule,
            )


def _lines(report: Report) -> list[Stretch]:
    """Judge every line by itself, then by its place: page parts surround the text, headings stand inside it."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\n?", report.text) if m.end() > m.start()]
    kinds = [_kind_of_line(report.text[start:end].strip(), report.title) for start, end in lines]
    prose = [number for number, (kind, _) in enumerate(kinds) if kind == "body"]
    if not prose:
        return [Stretch(0, len(report.text), "body", "whole@1")]
    cut = _end_of_text(kinds, [report.text[start:end] for start, end in lines], prose)
    placed = []
    for number, ((start, end), (kind, rule)) in enumerate(zip(lines, kinds, strict=True)):
        placed.append(Stretch(start, end, *_placed(kind, rule, before=number < prose[0], after=number > cut)))
    return placed


def _kind_of_line(line: str, title: str | None) -> tuple[str, str]:
    if not line:
        return "blank", "blank@1"
    count = len(line.split())
    if FURNITURE.match(line) and count < 40:
        return "furniture", "page-words@1"
    if CAPTION.search(line) and count < 30:
        return "caption", "caption@1"
    if (CREDIT_LINE.match(line) and count < 30) or SIGNED.fullmatch(line):
        return "credit", "credit-line@1"
    if PRINTED.fullmatch(line.strip(" |·-")) or (PRINTED.match(line) and count < 20 and line[-1] not in '.!?”"'):
        return "dateline", "printed-date@1"
    if title and _same_words(line, title):
        return "heading", "headline@1"
    line = CREDIT_TAIL.sub("", line) or line
    ends = line.rstrip("\"'”’)*").endswith((".", "!", "?", ":", "…", ";", "—")) or line[-1] in '"”'
    if count >= 8 and (ends or count >= 25):
        return "body", "prose@1"
    if count >= 4 and ends and line[-1] not in ":…" and line[0] in "\"“'‘" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        return "short", "short-sentence@1"
    return "label", "label@1"


def _end_of_text(kinds: list[tuple[str, str]], lines: list[str], prose: list[int]) -> int:
    """Return the last line of the text: before a run of page words that no long paragraph follows."""
    for number, (kind, _) in enumerate(kinds):
        if kind == "furniture" and number > prose[0]:
            later = [n for n in prose if n > number]
            long = [n for n in later if len(lines[n].split()) >= 25 and not lines[n].rstrip().endswith(("...", "…"))]
            if not long:
                return max(n for n in prose if n < number)
    return prose[-1]


def _placed(kind: str, rule: str, *, before: bool, after: bool) -> tuple[str, str]:
    outside = before or after
    if kind in ("furniture", "caption", "credit", "dateline", "heading"):
        return kind, rule
    if kind == "blank":
        return ("furniture" if outside else "body"), rule
    if kind == "body":
        return ("furniture", "after-the-text@1") if after else (kind, rule)
    if kind == "short":
        return ("furniture", "after-the-text@1") if after else ("heading" if before else "body", rule)
    return ("furniture", "after-the-text@1") if after else ("heading", "label@1")


def _same_words(a: str, b: str) -> bool:
    left, right = [w.folded for w in words_of(a)], [w.folded for w in words_of(b)]
    return bool(left) and (
        left == right or (len(left) >= 4 and (left == right[: len(left)] or right == left[: len(right)]))
    )


def _trim_start(report: Report, stretches: list[Stretch]) -> list[Stretch]:
    """Split headline, date, place and credit off the front of the first body stretch."""
    first = next(
        (n for n, s in enumerate(stretches) if s.kind == "body" and report.text[s.start : s.end].strip()), None
    )
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
    return m.end() if (m := AFTER_DATE.match(rest)) else 0


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
    ("furniture", "page-words@1", _page_words),
    ("heading", "headline@1", _headline),
    ("credit", "credit-at-start@1", _agency),
    ("place", "place-line@1", _place),
)


def _trim_end(text: str, stretches: list[Stretch]) -> list[Stretch]:
    """Split credits and page words off the end of the last body stretch."""
    last = next(
        (
            n
            for n in range(len(stretches) - 1, -1, -1)
            if stretches[n].kind == "body" and text[stretches[n].start : stretches[n].end].strip()
        ),
        None,
    )
    if last is None:
        return stretches
    body = stretches[last]
    found: list[Stretch] = []
    end = body.end
    for _ in range(4):
        piece = _back_piece(text, max(body.start, end - 600), end)
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
    return None


def _fits(kind: str, piece: str) -> bool:
    return (
        kind != "credit"
        or not re.search(r"[a-z]{3,}\)\s*$", piece)
        or bool(re.search(r"with|source|report|[A-Z]{2,}|[A-Z][a-z]+\)", piece))
    )


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join neighbours of one kind and drop empty ones."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if stretch.start >= stretch.end:
            continue
        if joined and joined[-1].kind == stretch.kind:
            joined[-1] = Stretch(joined[-1].start, stretch.end, stretch.kind, joined[-1].rule)
        else:
            joined.append(stretch)
    return joined
