"""PDF and Word files: in comes a file, out goes the report in it, with what its properties say of title and author.

A PDF knows lines and where they stand, not paragraphs. Lines are put together by what a typesetter does: a wider gap, another size
of type, an indented line or a short last line begins a paragraph. What stands at the same place of most pages of three or more
(running titles, page numbers) is left out; on fewer pages nothing is, since two alike do not show a habit. The day on which a file
was made is no day of publication, so that it is told as `modified`.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from headwater.errors import BrokenShape, EmptyReport, HeadwaterError, LeftUnread, MissingExtra, TooLarge
from headwater.intake.clue import Clue
from headwater.intake.items import Item, clean, make_rows, problem
from headwater.records import Candidate, Capture, Problem, Report

INSTALL = "pip install 'headwater[office]'"
MOST_PAGES = 2_000
MOST_CHARACTERS = 4_000_000  # of a PDF, before lines are put together; twice what a report may have
EDGE_LINES = 2  # at the top and at the bottom of a page, where running titles and page numbers stand
FEWEST_PAGES = 3  # on which something shows to be repeated
SAME_PLACE = 6.0  # points
WIDER_GAP = 0.4  # heights of a line, on top of the usual gap
OTHER_SIZE = 1.2  # times as high
INDENT = 0.6  # heights of a line
SHORT, VERY_SHORT = 0.85, 0.6  # of the width of its column
COLUMN = 30.0  # points within which lines begin that stand in one column
BROKEN_WORD = (0x02, 0xFFFE)  # how PDFium marks a hyphen at the end of a line
LINE_END = (10, 13, *BROKEN_WORD)
SENTENCE_END = (".", "!", "?", ":", "…", '"', "”", "’", "»", ")")
BULLETS = ("•", "·", "▪", "■", "●", "–  ", "*")
FILE_TITLE = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel) - .*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pptx?|txt|html?)|untitled.*|(?:Word )?Document\s?\d*",
    re.IGNORECASE,
)
PDF_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
LARGEST_WORD = 100_000_000  # bytes of all parts of a Word file, unpacked
LARGEST_PART = 20_000_000  # bytes of one part that is markup
MOST_MEMBERS = 10_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRITTEN = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}  # elements, and what they stand for
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands beside it
Row = Report | Candidate | Capture | Problem


@dataclass(frozen=True, slots=True)
class _Line:
    """A line on a page: its text, and its edges in points from the lower left corner."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """How high its type is."""
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True, slots=True)
class _Found:
    """The text of a file, what its properties say, and what of it could not be read."""

    text: str
    clues: tuple[Clue, ...]
    left: tuple[LeftUnread, ...] = ()


def read_pdf(item: Item) -> Iterator[Row]:
    """Yield the report in a PDF."""
    try:
        found = _pdf(item)
        yield from make_rows(item, text=found.text, clues=found.clues)
        yield from map(problem, found.left)
    except HeadwaterError as error:
        yield problem(error)


def read_docx(item: Item) -> Iterator[Row]:
    """Yield the report in a Word file (.docx)."""
    try:
        found = _docx(item)
        yield from make_rows(item, text=found.text, clues=found.clues)
    except HeadwaterError as error:
        yield problem(error)


def _clues(*, title: str, author: str, dates: Sequence[str | None]) -> tuple[Clue, ...]:
    """Return what properties say; the name of a file that a program put in place of a title is none."""
    title = " ".join(clean(title).split())
    told = [("title", "" if FILE_TITLE.fullmatch(title) else title), ("byline", " ".join(clean(author).split()))]
    told += [("modified", date or "") for date in dates]
    return tuple(Clue(field, value, "file") for field, value in told if value)


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pdf(item: Item) -> _Found:
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtra(item.place, "needs pypdfium2 to be read, which is not installed", hint=INSTALL) from error
    try:
        with pypdfium2.PdfDocument(item.content) as file:
            told = file.get_metadata_dict()
            pages = list(_pages(file, item.place))
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise BrokenShape(item.place, "is encrypted", hint="save it without its password") from error
        raise BrokenShape(item.place, f"is no PDF that can be read: {str(error)[:120]}") from error
    except (ValueError, OSError, AssertionError) as error:  # properties that are no text, counts that do not agree
        raise BrokenShape(item.place, f"is a damaged PDF: {str(error)[:120]}") from error
    text = _paragraphs(_without_edges([page for page in pages if page is not None]))
    if not any(c.isalnum() for c in text):
        hint = "it may hold pictures of pages: recognise their text (OCR) and read that"
        raise EmptyReport(item.place, "is a PDF without text", hint=hint)
    missing = [number for number, page in enumerate(pages, 1) if page is None]
    return _Found(
        text,
        _clues(title=told["Title"], author=told["Author"], dates=[_pdf_date(told["CreationDate"])]),
        tuple(LeftUnread(f"{item.place}#page={number}", "is a page that cannot be read") for number in missing),
    )


def _pages(file: Any, place: str) -> Iterator[list[_Line] | None]:
    """Yield the lines of each page, None for a page that cannot be read. Raise TooLarge."""
    from pypdfium2 import PdfiumError

    if len(file) > MOST_PAGES:
        raise TooLarge(place, f"has more than {MOST_PAGES:,} pages", hint="is it one report?")
    characters = 0
    for number in range(len(file)):
        try:
            page = file[number]
            words = page.get_textpage()
            count = words.count_chars()
        except PdfiumError:
            yield None
            continue
        characters += count
        if characters > MOST_CHARACTERS:
            raise TooLarge(place, f"has more than {MOST_CHARACTERS:,} characters", hint="is it one report?")
        yield list(_lines(words, number, count))
        page.close()  # and with it what was made of it


def _lines(words: Any, page: int, count: int) -> Iterator[_Line]:
    """Yield the lines of a page in the order in which they were written, which for text that is set is that of reading."""
    from pypdfium2.raw import FPDFText_GetUnicode

    codes = [FPDFText_GetUnicode(words, number) for number in range(count)]
    start = 0
    for end in (*(number for number, code in enumerate(codes) if code in LINE_END), count):
        shown = [number for number in range(start, end) if codes[number] > 32]
        if shown:
            first, last = _box(words, shown[0]), _box(words, shown[-1])
            hyphen = "-" if end < count and codes[end] in BROKEN_WORD else ""
            low, high = min(first[1], last[1]), max(first[3], last[3])
            yield _Line(page, _string(codes[start:end]).strip() + hyphen, first[0], low, last[2], high)
        start = end + 1


def _box(words: Any, number: int) -> Sequence[float]:
    """Return left, bottom, right and top of a character, as high as its type."""
    from pypdfium2 import PdfiumError

    try:
        box: Sequence[float] = words.get_charbox(number, loose=True)
    except PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return box


def _string(codes: Sequence[int]) -> str:
    """Return characters as text: halves of pairs put together, hyphens that are not shown left out."""
    text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes).replace("\u00ad", "")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _without_edges(pages: list[list[_Line]]) -> list[_Line]:
    """Return all lines but those that stand, but for their numbers, at the same place at the edge of most pages."""
    edges = [{_edge(line) for line in _outermost(page)} for page in pages]
    often = Counter(edge for page in edges for edge in page)
    repeated = {edge for edge, count in often.items() if count >= FEWEST_PAGES and 2 * count > len(pages)}
    return [line for page, own in zip(pages, edges, strict=True) for line in page if _edge(line) not in own & repeated]


def _outermost(page: list[_Line]) -> list[_Line]:
    """Return the highest and the lowest lines of a page, wherever in its order they were written."""
    across = sorted(page, key=lambda line: line.bottom)
    return [*across[:EDGE_LINES], *across[-EDGE_LINES:]]


def _edge(line: _Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.bottom / SAME_PLACE)


def _paragraphs(lines: list[_Line]) -> str:
    """Return lines put together to paragraphs, with a blank line between them."""
    usual = _usual_gap(lines)
    columns = _columns(lines)
    compounds = {word.casefold() for line in lines for word in re.findall(r"(?<!\w)\w++-\w++", line.text)}
    pieces = [lines[0].text] if lines else []
    for before, line in pairwise(lines):
        if _begins(before, line, usual=usual, width=columns[_column(before)]):
            pieces += ["\n\n", line.text]
        else:
            pieces += _joint(pieces, line.text, compounds)
    return "".join(pieces)


def _usual_gap(lines: list[_Line]) -> float:
    """Return what stands between two lines of a paragraph, in heights of a line."""
    gaps = [(before.bottom - line.top) / line.height for before, line in pairwise(lines) if before.page == line.page]
    return median([gap for gap in gaps if -0.5 < gap < 1.5] or [0.0])


def _column(line: _Line) -> tuple[int, int]:
    return line.page, round(line.left / COLUMN)


def _columns(lines: list[_Line]) -> dict[tuple[int, int], float]:
    """Return how wide each column is: its widest line."""
    widths: dict[tuple[int, int], float] = {}
    for line in lines:
        widths[_column(line)] = max(widths.get(_column(line), 0.0), line.right - line.left)
    return widths


def _begins(before: _Line, line: _Line, *, usual: float, width: float) -> bool:
    """Tell whether a line begins a paragraph."""
    if line.text.startswith(BULLETS) or not 1 / OTHER_SIZE < line.height / before.height < OTHER_SIZE:
        return True
    ended = before.text.endswith(SENTENCE_END)
    share = (before.right - before.left) / width if width else 1.0
    if before.page != line.page or line.bottom > before.top:  # another page or column
        return ended or not (line.text[0].islower() or before.text.endswith("-") or share > SHORT)
    gap = (before.bottom - line.top) / line.height
    if gap > usual + WIDER_GAP or gap < -0.5:  # -1 is the same line: cells of a table
        return True
    if ended and (share < SHORT or line.left > before.left + INDENT * line.height):
        return True
    return share < VERY_SHORT and not line.text[0].islower()


def _joint(pieces: list[str], text: str, compounds: set[str]) -> list[str]:
    """Return what to add for a line that goes on; a hyphen that only breaks a word is taken off the last piece."""
    broken = re.search(r"(?<!\w)(\w++)-$", pieces[-1])
    if not broken:
        return [" ", text]
    following = re.match(r"\w+", text)
    whole = f"{broken[1]}-{following[0] if following else ''}".casefold()
    if text[0].islower() and whole not in compounds and broken[1][-1].isalpha():
        pieces[-1] = pieces[-1][:-1]
    return [text]


def _pdf_date(told: str) -> str | None:
    """Return a date such as D:20240506081500+02'00' in ISO 8601; a day where no time is told, None where there is no day."""
    found = PDF_DATE.match(told)
    if not found or not found[3]:
        return None
    year, month, day, hour, minute, second, utc, zone, quarter = found.groups()
    offset = "+00:00" if utc else f"{zone}:{quarter or '00'}" if zone else ""
    at = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}{offset}" if hour else "")
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return None
    return at


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _docx(item: Item) -> _Found:
    try:
        import docx
    except ImportError as error:
        raise MissingExtra(item.place, "needs python-docx to be read, which is not installed", hint=INSTALL) from error
    _check_size(item)
    try:
        file = docx.Document(io.BytesIO(item.content))
        text = _word_text(file.element.body)
    except (
        Exception
    ) as error:  # a damaged part makes it raise KeyError, AttributeError, XMLSyntaxError, RecursionError, …
        raise BrokenShape(item.place, f"is a damaged Word file: {type(error).__name__}") from error
    if not any(c.isalnum() for c in text):
        raise EmptyReport(item.place, "is a Word file without text")
    return _Found(text, _properties(file))


def _check_size(item: Item) -> None:
    """Raise BrokenShape for what is no zip file, TooLarge for one that unpacks to more than is read; no member can pass its size."""
    if item.content.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "open it in a word processor and save it as .docx without a password"
        raise BrokenShape(item.place, "is encrypted, or a Word file of before 2007", hint=hint)
    try:
        with zipfile.ZipFile(io.BytesIO(item.content)) as archive:
            members = archive.infolist()
    except Exception as error:  # a damaged directory raises a dozen kinds, down to struct.error
        raise BrokenShape(item.place, "is no Word file: it is no zip file") from error
    markup = max((each.file_size for each in members if each.filename.lower().endswith((".xml", ".rels"))), default=0)
    if len(members) > MOST_MEMBERS or markup > LARGEST_PART or sum(each.file_size for each in members) > LARGEST_WORD:
        raise TooLarge(item.place, "unpacks to more than any report has", hint="such a file is made to harm")


def _word_text(body: Any) -> str:
    """Return paragraphs, headings among them, with a blank line between them, and the lines of a table's cells without one."""
    found: dict[Any, list[str]] = {}
    for element in body.iter(*(WORD + name for name in ("p", *WRITTEN))):
        if any(True for _ in element.iterancestors(FALLBACK, WORD + "moveFrom")):
            continue
        name = element.tag.removeprefix(WORD)
        paragraph = element if name == "p" else next(element.iterancestors(WORD + "p"), None)
        if name == "p":
            found[element] = []
        elif paragraph is not None:
            found[paragraph].append(WRITTEN[name] or element.text or "")
    pieces: list[str] = []
    was_cell = False
    for paragraph, written in found.items():
        if text := "".join(written).strip():
            is_cell = next(paragraph.iterancestors(WORD + "tc"), None) is not None
            pieces += ["" if not pieces else "\n" if is_cell and was_cell else "\n\n", text]
            was_cell = is_cell
    return "".join(pieces)


def _properties(file: Any) -> tuple[Clue, ...]:
    """Return what the core properties say; python-docx makes some up where there are none, which are not asked for."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        file.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
        told = file.core_properties
        dates = [each.strftime("%Y-%m-%dT%H:%M:%SZ") for each in (told.modified, told.created) if each]
        return _clues(title=told.title or "", author=told.author or "", dates=dates)
    except (KeyError, ValueError, AttributeError, TypeError):
        return ()
