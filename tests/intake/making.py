"""Makes what tests read: PDFs, Word files, mails, WARCs and WACZs, each as bytes, from a few words."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email.message import EmailMessage

from headwater.intake.items import Item
from headwater.records import Candidate, Problem, Report

TEXT = "Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said."
PAGE = f"<!doctype html><html><head><title>Barges sink</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"


def an_item(content: bytes, name: str = "a") -> Item:
    """Return bytes as an item."""
    return Item(name, name, content)


def reports(rows: Iterable[object]) -> list[Report]:
    """Return the reports among rows."""
    return [row for row in rows if isinstance(row, Report)]


def problems(rows: Iterable[object]) -> list[Problem]:
    """Return the problems among rows."""
    return [row for row in rows if isinstance(row, Problem)]


def told(rows: Iterable[object]) -> set[tuple[str, str, str]]:
    """Return field, value and place of the candidates among rows."""
    return {(row.field, row.value, row.place) for row in rows if isinstance(row, Candidate)}


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_pdf(pages: Sequence[Sequence[str]], *, info: str = "", encrypted: bool = False) -> bytes:
    """Return a PDF with lines of 11 points from the top of each page down; an empty line leaves a gap."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        shown = "BT /F1 11 Tf 14 TL 72 740 Td\n" + "".join(f"({_escaped(line)}) Tj T*\n" for line in lines) + "ET"
        objects.append(f"<</Length {len(shown)}>>\nstream\n{shown}\nendstream")
        box = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {len(objects)} 0 R>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    objects.append(f"<<{info}>>")
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'61' * 32}>/U<{'62' * 32}>/P -4>>/ID[<00><00>]" if encrypted else ""
    return _joined(objects, f"/Root 1 0 R/Info {len(objects)} 0 R{lock}").encode("cp1252")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _joined(objects: Sequence[str], trailer: str) -> str:
    out, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
%s</Relationships>"""
CORE_RELATION = (
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
)
CORE = """<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
%s</cp:coreProperties>"""


def a_docx(body: str, *, core: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a Word file whose body is the markup; `core` is that of its properties, `more` are further members."""
    markup = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    members = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": (RELATIONS % (CORE_RELATION if core else "")).encode(),
        "word/document.xml": markup.encode(),
    }
    if core:
        members["docProps/core.xml"] = (CORE % core).encode()
    return a_zip(members | dict(more or {}))


def a_paragraph(*runs: str) -> str:
    """Return the markup of a paragraph of a Word file."""
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def a_zip(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return file.getvalue()


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

HEADERS = {
    "From": "Ann Example <ann@desk.example>",
    "Subject": "Barges sink",
    "Date": "Mon, 06 May 2024 08:00:00 +0200",
    "Message-ID": "<1@desk.example>",
}


def a_mail(text: str = TEXT, *, html: str | None = None, files: Mapping[str, bytes] | None = None) -> bytes:
    """Return a mail, with HTML beside its text and files attached where they are given."""
    message = EmailMessage()
    for name, value in HEADERS.items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


def raw_mail(body: bytes, *headers: str) -> bytes:
    """Return a mail of which every byte is given."""
    return "\r\n".join(headers).encode("utf-8") + b"\r\n\r\n" + body


# ── web archives ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def an_answer(
    body: bytes = PAGE.encode(), *, media: str = "text/html", status: str = "200 OK", more: str = ""
) -> bytes:
    """Return the HTTP answer that holds a body."""
    type_line = f"Content-Type: {media}\r\n" if media else ""
    return f"HTTP/1.1 {status}\r\n{type_line}{more}\r\n".encode() + body


def a_record(
    block: bytes,
    *,
    url: str = "https://r.example/1",
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    number: int = 1,
    length: int | str | None = None,
    more: str = "",
) -> bytes:
    """Return a record of a WARC; `length` is what it says of its own length where that is to be wrong."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-05-06T08:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {media}\r\n{more}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(records: Iterable[bytes]) -> bytes:
    """Return records as a .warc.gz: each packed for itself."""
    return b"".join(_packed(records))


def _packed(records: Iterable[bytes]) -> Iterator[bytes]:
    for record in records:
        yield gzip.compress(record, mtime=0)


def a_wacz(*warcs: bytes, names: Sequence[str] = ("archive/data.warc.gz",)) -> bytes:
    """Return a WACZ that holds WARCs."""
    members = {"datapackage.json": b"{}", "pages/pages.jsonl": b"{}\n"}
    return a_zip(members | dict(zip(names, warcs, strict=True)), method=zipfile.ZIP_STORED)
