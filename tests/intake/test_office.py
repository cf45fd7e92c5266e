"""PDF and Word files: paragraphs out of lines, what is left out, what properties say, and what becomes of damaged files."""

import sys
import zipfile

import pytest
from making import RELATIONS, TEXT, a_docx, a_mail, a_paragraph, a_pdf, a_zip, an_item, problems, reports, told

from headwater.intake import office
from headwater.records import Problem

WRAPPED = (
    "Two barges loaded with gravel sank in the river Tesk on Mon-",
    "day morning, police in Lower Korva said. The channel is closed",
    "until the end of the week.",
)
WHOLE = (
    "Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said."
    " The channel is closed until the end of the week."
)


def pdf_text(*pages: list[str]) -> str:
    """Return the text of the report in a PDF of these pages of lines."""
    (report,) = reports(office.read_pdf(an_item(a_pdf(pages))))
    return report.text


def docx_text(body: str) -> str:
    """Return the text of the report in a Word file."""
    (report,) = reports(office.read_docx(an_item(a_docx(body))))
    return report.text


def only_problem(rows: object) -> Problem:
    """Return the problem that is all there is."""
    (problem,) = rows  # type: ignore[misc, attr-defined]
    assert isinstance(problem, Problem)
    return problem


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_lines_of_a_pdf_are_put_together_to_paragraphs() -> None:
    """Lines are joined, words broken at line ends are whole, and a gap begins a paragraph."""
    assert pdf_text([*WRAPPED, "", "Nobody was hurt."]) == f"{WHOLE}\n\nNobody was hurt."


def test_a_short_last_line_ends_a_paragraph() -> None:
    """Without a gap between paragraphs, a line that ends early with a full stop shows where one ends."""
    assert pdf_text([*WRAPPED, *WRAPPED]) == f"{WHOLE}\n\n{WHOLE}"


def test_a_paragraph_goes_on_over_the_page() -> None:
    """A sentence that is cut by the end of a page is one sentence."""
    assert pdf_text([*WRAPPED[:2]], [*WRAPPED[2:]]) == WHOLE


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["Police said that the anti-", "government group had left."],
            "Police said that the antigovernment group had left.",
        ),
        (
            ["An anti-government group, police said, an anti-", "government group."],
            "An anti-government group, police said, an anti-government group.",
        ),
        (
            ["It was said on Monday that Ahmad al-", "Khatib had left."],
            "It was said on Monday that Ahmad al-Khatib had left.",
        ),
        (
            ["It was said that the years from 2023-", "24 were the worst."],
            "It was said that the years from 2023-24 were the worst.",
        ),
    ],
    ids=["broken word", "compound that stands elsewhere", "name", "numbers"],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_it_only_breaks_a_word(lines: list[str], text: str) -> None:
    """It stays before capitals, between numbers, and in compounds that the same file writes with it."""
    assert pdf_text(lines) == text


def test_running_titles_and_page_numbers_are_left_out() -> None:
    """What stands at the same place of three pages or more, but for its numbers, is no text."""
    words = {1: "gravel", 2: "timber", 3: "barley"}
    pages = [["River Gazette", "", f"A barge with {what} sank.", "", f"Page {n}"] for n, what in words.items()]
    assert pdf_text(*pages) == "\n\n".join(f"A barge with {what} sank." for what in words.values())


def test_two_pages_alike_show_no_habit() -> None:
    """On fewer than three pages nothing is left out."""
    assert pdf_text(["River Gazette", "", *WRAPPED], ["River Gazette", "", *WRAPPED]).count("River Gazette") == 2


def test_a_text_that_is_repeated_elsewhere_on_pages_stays() -> None:
    """The same line at other places of pages is text."""
    pages = [["x"] * number + ["It sank again."] + ["y y"] * 5 for number in range(3, 8)]
    assert pdf_text(*pages).count("It sank again.") == 5


def test_properties_of_a_pdf_are_told() -> None:
    """Title and author are told, and the day on which the file was made is a change, not a publication."""
    info = "/Title(Barges sink)/Author(Ann Example)/CreationDate(D:20240506080000+02'00')"
    rows = list(office.read_pdf(an_item(a_pdf([WRAPPED], info=info))))
    assert told(rows) == {
        ("title", "Barges sink", "file"),
        ("byline", "Ann Example", "file"),
        ("modified", "2024-05-06T08:00:00+02:00", "file"),
    }
    assert reports(rows)[0].published is None


@pytest.mark.parametrize("title", ["Microsoft Word - barges.docx", "barges_final2.indd", "Untitled-1", "Document1", ""])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    """What programs put in place of a title is not told as one."""
    rows = office.read_pdf(an_item(a_pdf([WRAPPED], info=f"/Title({title})")))
    assert told(rows) == set()


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("D:20240506", {"2024-05-06"}),
        ("D:20240506080000Z", {"2024-05-06T08:00:00+00:00"}),
        ("D:202405060800", {"2024-05-06T08:00:00"}),
        ("D:2024", set()),
        ("D:20249999", set()),
        ("yesterday", set()),
    ],
)
def test_a_date_of_a_pdf_is_as_exact_as_it_was_told(date: str, iso: set[str]) -> None:
    """A day stays a day; what names no day is unknown."""
    rows = office.read_pdf(an_item(a_pdf([WRAPPED], info=f"/CreationDate({date})")))
    assert {value for _, value, _ in told(rows)} == iso


def test_a_pdf_without_text_needs_its_pictures_read() -> None:
    """A scan is a problem that says what to do."""
    problem = only_problem(office.read_pdf(an_item(a_pdf([[""], [""]]))))
    assert problem.code == "HW204"
    assert "OCR" in problem.hint


def test_an_encrypted_pdf_says_so() -> None:
    """A PDF with a password is a problem that says what to do."""
    problem = only_problem(office.read_pdf(an_item(a_pdf([WRAPPED], encrypted=True))))
    assert (problem.code, problem.message) == ("HW210", "is encrypted")
    assert "password" in problem.hint


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"text", a_pdf([WRAPPED])[:100]])
def test_what_is_no_pdf_is_a_problem(content: bytes) -> None:
    """Nothing, a beginning and another file under this name are a problem each."""
    assert only_problem(office.read_pdf(an_item(content))).code == "HW210"


def test_a_pdf_of_too_many_pages_is_a_problem() -> None:
    """A PDF that says that it has a million pages is not walked through."""
    content = a_pdf([WRAPPED]).replace(b"/Count 1", b"/Count 1000000")
    assert only_problem(office.read_pdf(an_item(content))).code in ("HW206", "HW210")


def test_a_page_that_cannot_be_read_is_told() -> None:
    """One damaged page of a PDF is a problem, and the others are read."""
    content = a_pdf([["It sank."], ["It rose again."]]).replace(b"6 0 R 8", b"6 0 R 8", 1)
    kids = content.index(b"/Kids[")
    damaged = content[:kids] + content[kids:].replace(b"5 0 R", b"3 0 R", 1)
    rows = list(office.read_pdf(an_item(damaged)))
    assert [report.text for report in reports(rows)] == ["It rose again."]
    assert [(row.code, row.thing) for row in problems(rows)] == [("HW215", "a#page=1")]


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_file_is_its_paragraphs() -> None:
    """Headings and paragraphs have a blank line between them; runs, links and insertions are put together, deletions left out."""
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Barges sink</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Two </w:t></w:r><w:hyperlink><w:r><w:t>barges</w:t></w:r></w:hyperlink><w:ins><w:r><w:t> sank</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> rose</w:delText></w:r></w:del><w:r><w:t>.</w:t><w:br/><w:t>So</w:t><w:noBreakHyphen/><w:t>so</w:t></w:r></w:p>"
    )
    assert docx_text(body) == "Barges sink\n\nTwo barges sank.\nSo-so"


def test_cells_of_a_table_are_lines() -> None:
    """A table in a Word file is a line a cell, also where tables lie in tables."""
    inner = f"<w:tbl><w:tr><w:tc>{a_paragraph('c')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{a_paragraph('a')}</w:tc><w:tc>{a_paragraph('b')}{inner}</w:tc></w:tr></w:tbl>"
    assert docx_text(a_paragraph("It sank.") + table + a_paragraph("Later.")) == "It sank.\n\na\nb\nc\n\nLater."


def test_what_a_word_file_says_twice_is_read_once() -> None:
    """The older form of a text box, kept for older programs, is left out."""
    box = f"<mc:AlternateContent><mc:Choice>{a_paragraph('Boxed.')}</mc:Choice><mc:Fallback>{a_paragraph('Boxed.')}</mc:Fallback></mc:AlternateContent>"
    assert docx_text(f"<w:p><w:r><w:t>It sank.</w:t>{box}</w:r></w:p>") == "It sank.\n\nBoxed."


def test_properties_of_a_word_file_are_told() -> None:
    """Title, author and both dates come from the core properties; without them nothing is made up."""
    core = (
        "<dc:title>Barges sink</dc:title><dc:creator>Ann Example</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-05-06T08:00:00Z</dcterms:created>'
    )
    with_core = office.read_docx(an_item(a_docx(a_paragraph(TEXT), core=core)))
    without = office.read_docx(an_item(a_docx(a_paragraph(TEXT))))
    assert told(with_core) == {
        ("title", "Barges sink", "file"),
        ("byline", "Ann Example", "file"),
        ("modified", "2024-05-06T08:00:00Z", "file"),
    }
    assert told(without) == set()


ENTITIES = '<!DOCTYPE w:document [<!ENTITY x "ha"><!ENTITY y SYSTEM "file:///etc/hostname">]>'
BROKEN = {
    "nothing": (b"", "HW210"),
    "text": (b"text", "HW210"),
    "an older file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "HW210"),
    "another zip": (a_zip({"a.txt": b"a"}), "HW210"),
    "a mail": (a_mail(), "HW210"),
    "cut": (a_docx(a_paragraph(TEXT))[:-30], "HW210"),
    "open tags": (a_docx("<w:p><w:r>"), "HW210"),
    "nested": (a_docx("<w:p>" * 1_000 + "</w:p>" * 1_000), "HW210"),
    "no body": (a_zip({"[Content_Types].xml": b"<Types/>", "_rels/.rels": (RELATIONS % "").encode()}), "HW210"),
    "no text": (a_docx("<w:p/>"), "HW204"),
    "a bomb": (a_docx(a_paragraph(TEXT), more={"word/more.xml": bytes(30_000_000)}), "HW206"),
    "many members": (a_zip({f"{n}": b"" for n in range(10_001)}, method=zipfile.ZIP_STORED), "HW206"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_word_file_that_cannot_be_read_is_one_problem(name: str) -> None:
    """Damaged, empty, older, encrypted and hostile files are a problem each."""
    content, code = BROKEN[name]
    assert only_problem(office.read_docx(an_item(content))).code == code


def test_entities_in_a_word_file_are_not_expanded() -> None:
    """Neither texts nor files come in by entities."""
    with zipfile.ZipFile(__import__("io").BytesIO(a_docx(a_paragraph(TEXT + " &x;&y;")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(b"?><w", f"?>{ENTITIES}<w".encode(), 1)
    (report,) = reports(office.read_docx(an_item(a_zip(members))))
    assert report.text.strip() == TEXT


# ── what is not installed ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("module", "read"), [("pypdfium2", office.read_pdf), ("docx", office.read_docx)])
def test_a_missing_package_is_named(module: str, read: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that reads it, a file is a problem that says what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    problem = only_problem(read(an_item(b"")))  # type: ignore[operator]
    assert (problem.code, problem.hint) == ("HW501", "pip install 'headwater[office]'")
