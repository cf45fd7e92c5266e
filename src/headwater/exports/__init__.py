"""A case in files that other tools read: one a table, as JSON Lines, CSV or Parquet, with a codebook made from the records.

Reports are named by the id that they came with, spans count characters of the text as it came, statements list their claims and
claims carry their lines, so that a table can be used without joining. Rows are in the order of their ids: the same reports
give the same bytes, in whatever order they were read.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from headwater.errors import NoSuchTable
from headwater.exports import codebook, files, graphs, html, tables
from headwater.exports.folder import filling
from headwater.settings import Settings
from headwater.store import Store

FORMS: dict[str, Callable[[pa.Table, BinaryIO], None]] = {
    "jsonl": files.write_json_lines,
    "csv": files.write_csv,
    "parquet": files.write_parquet,
}


GRAPHS: dict[str, Callable[[Store, BinaryIO], None]] = {"graphml": graphs.write_graphml, "dot": graphs.write_dot}
"""forms that hold the family trees alone"""


PAGES = "html"
"""the form that holds the case as pages"""
EVERY = (*FORMS, *GRAPHS, PAGES)


def write(store: Store, folder: Path, form: str, settings: Settings) -> list[Path]:
    """Write every table of a case into a folder, or its trees, or its pages: all files or none; return them.

    Raise NoSuchTable for a form that there is not, UnwritableFolder.
    """
    if form not in EVERY:
        raise NoSuchTable(form, "is not a form that can be written", hint=f"forms are {', '.join(EVERY)}")
    with filling(folder) as filled, store.at_one_moment():
        if form == PAGES:
            html.write_pages(store, filled, settings)
        elif form in GRAPHS:
            filled.write(f"derivations.{form}", partial(GRAPHS[form], store))
        else:
            for name, table in tables.all_tables(store):
                filled.write(f"{name}.{form}", partial(FORMS[form], table))
            filled.write("codebook.md", lambda file: file.write(codebook.codebook().encode()))
    return [folder / name for name in filled.names]
