"""Cells that no spreadsheet runs: what would be a formula gets an apostrophe in front, wherever a cell may begin when the file is opened.

A spreadsheet asks by the habits of a country, not by the file, what stands between cells: one that cuts at `;` or at a tab finds a cell
in the midst of a text. White space, quotation marks and marks of writing direction in front are looked through, since some programs drop
them, and so are the wide forms of the signs (OWASP, CSV injection).
"""

import re

_UNSEEN = r" \f\v\x00\xa0\"'\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff"
_SKIPPED = rf"[{_UNSEEN}]{{0,80}}+"
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
AT_BEGINNING = re.compile(rf"[\t\r\n]|{_SKIPPED}[;,|]?+{_SKIPPED}{_SIGN}")
BEHIND_SEPARATOR = re.compile(rf"(?<=[;\t\r\n])(?={_SKIPPED}{_SIGN})")


def without_formulas(text: str) -> str:
    """Return the text of a cell as it may stand in a CSV file: `=1+1` → `'=1+1`, `a;=1+1` → `a;'=1+1`."""
    inside = BEHIND_SEPARATOR.sub("'", text)
    return f"'{inside}" if AT_BEGINNING.match(text) else inside
