"""A case in files that other tools read: one a table, as JSON Lines, CSV or Parquet, with a codebook made from the records.

Reports are named by the id that they came with, spans count characters of the text as it came, statements list their claims and
claims carry their lines, so that a table can be used without joining. Rows are in the order of their ids: the same reports
give the same bytes, in whatever order they were read.
"""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from headwater.errors import NoSuchTable
from headwater.exports import codebook, files, graphs, html, tables
from headwater.settings import Settings
from headwater.store import Store

FORMS: dict[str, Callable[[pa.Table, Path], None]] = {
    "jsonl": files.write_json_lines,
    "csv": files.write_csv,
    "parquet": files.write_parquet,
}


GRAPHS: dict[str, Callable[[Store, Path], None]] = {"graphml": graphs.write_graphml, "dot": graphs.write_dot}
"""forms that hold the family trees alone"""


PAGES = "html"
"""the form that holds the case as pages"""
EVERY = (*FORMS, *GRAPHS, PAGES)


def write(store: Store, folder: Path, form: str, settings: Settings) -> list[Path]:
    """Write every table of a case into a folder, or its trees, or its pages; return the files written."""
    if form not in EVERY:
        raise NoSuchTable(form, "is not a form that can be written", hint=f"forms are {', '.join(EVERY)}")
    if form == PAGES:
        return html.write_pages(store, folder, settings)
    folder.mkdir(parents=True, exist_ok=True)
    if form in GRAPHS:
        path = folder / f"derivations.{form}"
        GRAPHS[form](store, path)
        return [path]
    written = []
    for name, table in tables.all_tables(store):
        path = folder / f"{name}.{form}"
        FORMS[form](table, path)
        written.append(path)
    path = folder / "codebook.md"
    path.write_text(codebook.codebook(), encoding="utf-8")
    return [*written, path]
