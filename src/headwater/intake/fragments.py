"""Pieces of HTML, as feeds and mails hold them: in comes markup, out goes plain text, a line a block and a blank line a paragraph.

Whole pages are for Trafilatura, which looks for the main text; in a piece everything is main text, so that nothing is judged here.
"""

import re

from lxml import etree

from headwater.intake.items import clean

PARAGRAPHS = frozenset(
    "address article aside blockquote body dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section"
    " table ul".split()
)
LINES = frozenset("br caption center dd div dt figcaption legend li option td th tr".split())
UNSEEN = frozenset(
    "applet audio canvas embed head iframe math noscript object script select style svg template textarea title video".split()
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u202f]+")
PADDING = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")  # what newsletters fill their previews with


def plain(markup: str) -> str:
    """Return the text that a reader of the markup would see; empty where there is none. Never raises for what the markup is."""
    root = _root(markup)
    if root is None:
        return ""
    text = _Text()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and _is_unseen(element):
            walk.skip_subtree()
        elif event == "start":
            text.part(element.tag)
            text.add(element.text)
        elif event == "end":
            text.part(element.tag)
        if event != "start" and element is not root:
            text.add(element.tail)
    return text.whole()


def one_line(markup: str) -> str:
    """Return the text of the markup without line ends, as a headline wants it."""
    return " ".join(plain(markup).split())


def _root(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)  # mails nest tables deeper than 256
    content = clean(markup).encode()
    try:
        root: etree._Element | None = etree.fromstring(content, parser) if content.strip() else None
    except etree.XMLSyntaxError:  # nothing in it, or nested deeper than its parser goes
        return None
    return root


def _is_unseen(element: etree._Element) -> bool:
    told = element.attrib
    return element.tag in UNSEEN or "hidden" in told or HIDDEN.search(told.get("style", "")) is not None


class _Text:
    """Text that grows: blocks end lines, white space is one space, and nothing begins or ends with it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._pending = ""  # what comes before the next piece: nothing, a space, the end of a line or of a paragraph

    def part(self, tag: str) -> None:
        """Begin or end an element."""
        if tag in PARAGRAPHS:
            self._pending = "\n\n"
        elif tag in LINES and self._pending != "\n\n":
            self._pending = "\n"

    def add(self, text: str | None) -> None:
        """Add what stands between two tags."""
        shown = SPACE.sub(" ", PADDING.sub("", text or ""))
        if shown.startswith(" ") and not self._pending:
            self._pending = " "
        if stripped := shown.strip(" "):
            self._pieces += [self._pending if self._pieces else "", stripped]
            self._pending = " " if shown.endswith(" ") else ""

    def whole(self) -> str:
        """Return all of it."""
        return "".join(self._pieces)
