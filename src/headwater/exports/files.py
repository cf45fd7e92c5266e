"""Arrow tables to files, the same bytes for the same rows."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa

from headwater.exports.formulas import without_formulas


def write_json_lines(table: pa.Table, file: BinaryIO) -> None:
    """One object a line; unknown is null."""
    for row in table.to_pylist():
        file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())


def write_csv(table: pa.Table, file: BinaryIO) -> None:
    """RFC 4180; unknown is an empty cell, a list is JSON, and no cell can run as a formula."""
    with io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(table.column_names)
        writer.writerows([_cell(value) for value in row.values()] for row in table.to_pylist())


def rows_as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as the CSV of a table has them; columns are those of the first row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0].keys())
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def write_parquet(table: pa.Table, file: BinaryIO) -> None:
    """Parquet with the meaning of each column in its metadata."""
    from pyarrow import parquet  # takes as long to import as everything else here together

    parquet.write_table(table, file, compression="zstd", store_schema=True)


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return without_formulas(json.dumps(value, ensure_ascii=False))
    return without_formulas(value) if isinstance(value, str) else value
