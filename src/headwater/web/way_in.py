"""How a browser is led to the page without the token among its arguments, which every user of a machine can list."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path


@contextmanager
def way_in(address: str) -> Iterator[Path]:
    """Make a file that only this user can read and that leads on to an address; it goes at the end of the block.

    As Jupyter does it: `ps` shows the name of the file, and not what stands in it.
    """
    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:  # its mode is 0700
        page = Path(folder) / "headwater.html"
        page.write_text(
            '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Headwater</title>\n'
            f'<meta http-equiv="refresh" content="0;url={escape(address)}"><a href="{escape(address)}">To the case</a>\n',
            encoding="utf-8",
        )
        yield page
