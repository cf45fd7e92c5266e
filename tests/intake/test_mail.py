"""Mails and saved pages: which part is read, what the headers say, and what becomes of attachments and of damaged mails."""

import base64
import hashlib

import pytest
from making import HEADERS, PAGE, TEXT, a_mail, an_item, problems, raw_mail, reports, told

from headwater.intake import mail
from headwater.intake.fragments import one_line, plain
from headwater.records import Capture

TYPE = "Content-Type: text/plain; charset="


def text_of(content: bytes) -> str:
    """Return the text of the one report in a mail."""
    (report,) = reports(mail.read(an_item(content, "a.eml")))
    return report.text


# ── the mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_a_report_with_what_its_headers_say() -> None:
    """Subject, sender and date are told of the report; which outlet a sender is stays unknown."""
    rows = list(mail.read(an_item(a_mail(), "a.eml")))
    (report,) = reports(rows)
    assert (report.name, report.text.strip(), report.outlet) == ("a.eml", TEXT, None)
    assert told(rows) == {
        ("title", "Barges sink", "mail"),
        ("byline", "Ann Example", "mail"),
        ("published", "2024-05-06T08:00:00+02:00", "mail"),
    }


def test_a_mail_can_be_cited() -> None:
    """The capture keeps the mail's own id, when it was sent, and the digest of its bytes."""
    content = a_mail()
    (capture,) = (row for row in mail.read(an_item(content)) if isinstance(row, Capture))
    assert (capture.way, capture.record, capture.captured, capture.digest) == (
        "mail",
        "<1@desk.example>",
        "2024-05-06T08:00:00+02:00",
        hashlib.sha256(content).hexdigest(),
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (raw_mail("Kœrva – “sunk”".encode("cp1252"), TYPE + "windows-1252"), "Kœrva – “sunk”"),
        (raw_mail("Kœrva – “sunk”".encode("cp1252"), TYPE + "iso-8859-1"), "Kœrva – “sunk”"),
        (raw_mail("Kœrva – “sunk”".encode(), TYPE + "us-ascii"), "Kœrva – “sunk”"),
        (raw_mail("Kœrva – “sunk”".encode(), TYPE + "no-such-charset"), "Kœrva – “sunk”"),
        (raw_mail("Корва затонула".encode("koi8-r"), TYPE + "koi8-r"), "Корва затонула"),
        (
            raw_mail(b"K=C5=93rva=\r\n sank", TYPE + "utf-8", "Content-Transfer-Encoding: quoted-printable"),
            "Kœrva sank",
        ),
        (
            raw_mail(base64.b64encode("Kœrva sank".encode()), TYPE + "utf-8", "Content-Transfer-Encoding: base64"),
            "Kœrva sank",
        ),
        (raw_mail(b"<p>One<p>Two", "Content-Type: text/html"), "One\n\nTwo"),
        (raw_mail(b"It sank.", "Subject: bare"), "It sank."),
        (raw_mail(b"It sank.", TYPE + "idna"), "It sank."),
    ],
    ids=[
        "windows",
        "windows as latin",
        "utf-8 as ascii",
        "unknown",
        "russian",
        "quoted",
        "base64",
        "html",
        "untold",
        "idna",
    ],
)
def test_text_comes_through_every_encoding(content: bytes, text: str) -> None:
    """Charsets, also wrong and unknown ones, and both transfer encodings give the letters that were written."""
    assert text_of(content) == text


def test_the_plain_text_is_preferred() -> None:
    """Where a mail says the same twice, the plain one is read; where the plain one only points at the other, the HTML is."""
    assert text_of(a_mail(TEXT, html=f"<p>{TEXT} In HTML.</p>")).strip() == TEXT
    assert text_of(a_mail("See the HTML.", html=f"<p>{TEXT}</p><p>{TEXT}</p>")) == f"{TEXT}\n\n{TEXT}"


def test_attachments_are_named_as_left_unread() -> None:
    """Each attachment is one problem with its name and size, and the mail is read all the same."""
    rows = list(mail.read(an_item(a_mail(files={"list.pdf": b"12345", "map.pdf": b"1"}))))
    assert len(reports(rows)) == 1
    assert [(row.code, row.thing, "5 bytes" in row.message) for row in problems(rows)] == [
        ("HW215", "a#list.pdf", True),
        ("HW215", "a#map.pdf", False),
    ]


def test_a_picture_that_the_html_shows_is_no_attachment() -> None:
    """Pictures with a content id are part of the HTML."""
    body = (
        b'--b\r\nContent-Type: text/html\r\n\r\n<p>It sank. <img src="cid:1">\r\n'
        b"--b\r\nContent-Type: image/png; name=map.png\r\nContent-ID: <1>\r\n\r\nxx\r\n--b--\r\n"
    )
    rows = list(mail.read(an_item(raw_mail(body, "Content-Type: multipart/related; boundary=b"))))
    assert problems(rows) == []
    assert reports(rows)[0].text == "It sank."


def test_lines_that_a_mail_program_broke_are_put_together() -> None:
    """A line that was full is joined with the next; lists, quotations and short lines stay."""
    wrapped = (
        "Two barges loaded with gravel sank in the river Tesk on Monday\nmorning, police in Lower Korva said.\n\n"
        "Nobody was hurt.\nMore later.\n\n> Two barges loaded with gravel sank in the river Tesk on\n> Monday.\n"
    )
    assert text_of(raw_mail(wrapped.encode(), TYPE + "utf-8")) == (
        "Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said.\n\n"
        "Nobody was hurt.\nMore later.\n\n> Two barges loaded with gravel sank in the river Tesk on\n> Monday."
    )


def test_flowed_lines_are_put_together() -> None:
    """Lines of `format=flowed` that end with a space go on."""
    assert text_of(raw_mail(b"Two barges \nsank.\n\nNobody \nwas hurt.\n-- \nAnn", TYPE + "utf-8; format=flowed")) == (
        "Two barges sank.\n\nNobody was hurt.\n--\nAnn"
    )


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (b"=?utf-8?B?S8WTcnZh?= =?utf-8?Q?_sank?=", "Kœrva sank"),
        ("Kœrva sank".encode(), "Kœrva sank"),
        ("Kœrva".encode("cp1252"), "Kœrva"),
        (b"=?utf-8?B?S8?= x", "K x"),
        (b"=?nosuch?Q?Korva?=", "Korva"),
        (b"Korva\r\n sank", "Korva sank"),
    ],
    ids=["encoded", "utf-8", "windows", "damaged", "unknown charset", "folded"],
)
def test_a_subject_comes_through_every_encoding(header: bytes, title: str) -> None:
    """Encoded words, bare bytes and damaged ones give a title."""
    rows = mail.read(an_item(b"Subject: " + header + b"\r\n\r\nIt sank."))
    assert ("title", title, "mail") in told(rows)


@pytest.mark.parametrize(
    "date", ["yesterday", "Mon, 99 May 2024 08:00:00 +0200", "Mon, 06 May 99999 08:00:00 +9999", ""]
)
def test_a_date_that_is_none_stays_unknown(date: str) -> None:
    """A mail with a damaged date is read, and its date is unknown."""
    (report,) = reports(mail.read(an_item(raw_mail(b"It sank.", f"Date: {date}", "Subject: x"))))
    assert report.published is None


def test_a_sender_without_a_name_is_no_byline() -> None:
    """An address is not the name of anybody."""
    rows = mail.read(an_item(raw_mail(b"It sank.", "From: <ann@desk.example>")))
    assert told(rows) == set()


# ── what is no mail ──────────────────────────────────────────────────────────────────────────────────────────────────────


def nested(depth: int) -> bytes:
    """Return multiparts inside one another."""
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return head.encode() + b"\r\nIt sank."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "HW210"),
        (b"just text", "HW210"),
        (nested(30), "HW210"),
        (nested(2_000), "HW210"),
        (raw_mail(b"--b\r\n\r\nx\r\n" * 2_000, "Content-Type: multipart/mixed; boundary=b"), "HW210"),
        (raw_mail(b"", "Subject: x"), "HW204"),
        (raw_mail(b"", "Content-Type: multipart/mixed; boundary=b"), "HW204"),
    ],
    ids=["nothing", "text", "nested", "nested beyond recursion", "parts", "empty", "without parts"],
)
def test_what_is_no_mail_is_a_problem(content: bytes, code: str) -> None:
    """Text without headers, mails nested or split beyond use, and empty ones are each one problem."""
    (problem,) = mail.read(an_item(content))
    assert (type(problem).__name__, problem.code) == ("Problem", code)


def test_an_attachment_of_a_mail_without_text_is_named() -> None:
    """An empty mail with a file is two problems: no text, and the file."""
    rows = list(mail.read(an_item(a_mail("", files={"list.pdf": b"1"}))))
    assert [row.code for row in problems(rows)] == ["HW204", "HW215"]


# ── saved pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

LONG_PAGE = PAGE.replace(TEXT, f"{TEXT} Nobody was hurt, but the channel will stay closed until the end of the week.")


def a_saved_page(*, head: str = "", start: str = "") -> bytes:
    """Return a saved page: a frame first, then the page."""
    frame = b"--b\r\nContent-Type: text/html\r\nContent-ID: <f@x>\r\nContent-Location: https://ads.example/\r\n\r\n<p>Buy!\r\n"
    page = f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <p@x>\r\nContent-Location: https://r.example/1\r\n\r\n{LONG_PAGE}\r\n"
    return raw_mail(
        frame + page.encode() + b"--b--\r\n",
        "From: <Saved by Blink>",
        *([head] if head else []),
        "Subject: Barges sink",
        "Date: Mon, 06 May 2024 08:00:00 -0000",
        f'Content-Type: multipart/related; type="text/html"; boundary=b{start}',
    )


@pytest.mark.parametrize(
    "content",
    [a_saved_page(head="Snapshot-Content-Location: https://r.example/1"), a_saved_page(start='; start="<p@x>"')],
    ids=["location", "start"],
)
def test_a_saved_page_is_read_as_the_page_that_it_was(content: bytes) -> None:
    """The page among the parts is the one whose address or id the head names; frames and advertisements are left."""
    (report,) = reports(mail.read_page(an_item(content, "a.mhtml")))
    assert "Two barges" in report.text
    assert "Buy" not in report.text


def test_a_saved_page_without_a_page_is_a_problem() -> None:
    """A message that holds no HTML is no saved page."""
    (problem,) = mail.read_page(an_item(raw_mail(b"x", *(f"{key}: {value}" for key, value in HEADERS.items()))))
    assert (type(problem).__name__, problem.code) == ("Problem", "HW210")


# ── pieces of HTML ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<b> two</b>  three<p>Four<br>five</p>six", "One two three\n\nFour\nfive\n\nsix"),
        ("<ul><li>a<li>b</ul>tail &amp; <!-- note -->x", "a\nb\n\ntail & x"),
        ("<script>a()</script><style>b</style><p style='display: none'>hidden</p>shown", "shown"),
        ("plain\n\nlines\nof text", "plain lines of text"),
        ("<td>a<td>b", "a\nb"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\nb\nc"),
        ("<div>" * 500 + "deep", "deep"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("<!-- only -->", ""),
        (" ", ""),
        ("a\0b\ud800c", "a\ufffdb\ufffdc"),
        ("a\u00adb\u200bc\u00a0d", "abc d"),
    ],
)
def test_a_piece_of_html_is_what_a_reader_sees(markup: str, text: str) -> None:
    """Paragraphs have a blank line between them and lines are lines; scripts, notes and what is hidden is left out."""
    assert plain(markup) == text


def test_a_headline_is_one_line() -> None:
    """Line ends in a headline are spaces."""
    assert one_line("Barges<br>sink <i>again</i>") == "Barges sink again"
