"""The characters of a page from its bytes: by its mark, by what HTTP or the page itself says, else by what they look like."""

import codecs
import re

from headwater.intake.items import Item, decode

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
IN_MEDIA = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
IN_PAGE = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
LOOKED_AT = 4_096  # bytes in which a page says it; browsers look at 1,024
WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "tis-620": "cp874", "iso8859-11": "cp874", "big5": "big5hkscs",
}  # fmt: skip
"""what browsers read in place of what is said, after WHATWG's Encoding Standard: the wider one that its writers meant"""
BROKEN_TO_SOUND = 4  # in another encoding than UTF-8 next to nothing beyond ASCII is sound
UNTRIED = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "idna", "punycode", "undefined"})
"""never of a page that says so in ASCII"""


def characters(item: Item) -> str:
    """Return the text of a page. Raise UndecodableText for bytes that are none.

    Bytes that are UTF-8 beyond ASCII are read as such even where something else is said: that happens by mistake, never by chance.
    """
    for mark, name in MARKS:
        if item.content.startswith(mark):
            return item.content[len(mark) :].decode(name, "replace")
    if not item.content.isascii():
        try:
            return item.content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for name in _said(item):
        try:
            return item.content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _nearly_utf8(item.content) or decode(item)


def _said(item: Item) -> list[str]:
    """Return the codecs that HTTP and the page name, if there are such."""
    told = IN_MEDIA.findall(item.media)
    for found in IN_PAGE.finditer(item.content[:LOOKED_AT]):
        told.append((found[1] or found[2]).decode("ascii", "replace"))
    names = []
    for each in told:
        try:
            name = codecs.lookup(each).name
        except (LookupError, UnicodeError):
            continue
        names.append(WIDER.get(name, name))
    return [name for name in names if name not in UNTRIED and name != "utf-8"]


def _nearly_utf8(content: bytes) -> str:
    """Return a UTF-8 page with a few broken bytes; empty where they are more than few."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(not each.isascii() for each in text) - broken
    return text if broken * BROKEN_TO_SOUND < sound else ""
