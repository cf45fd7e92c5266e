"""The codebook: what every table and column of an export means, generated from the records."""

import pyarrow as pa

from headwater.exports.tables import schema_of
from headwater.records import RECORDS, Record, columns


def codebook() -> str:
    """Return the codebook in Markdown."""
    return "\n".join(["# Codebook", "", *_preface(), *(line for record in RECORDS for line in _table(record))]) + "\n"


def _preface() -> list[str]:
    return [
        "One file a table. Reports are named by the id that they came with. `start` and `end` count characters of the text as it came,",
        "`end` exclusive. Unknown is null (an empty cell in CSV) and never 0 or an empty text. Lines say how independently a claim is",
        "reported, not whether it is so.",
        "",
    ]


def _table(record: type[Record]) -> list[str]:
    unknown = {column.name for column in columns(record) if column.unknown}
    rows = [_row(field, unknown=field.name in unknown) for field in schema_of(record)]
    about = (record.__doc__ or "").strip().split("\n")[0]
    return [
        f"## {record.table}",
        "",
        about,
        "",
        "| column | type | may be unknown | meaning |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
    ]


def _row(field: pa.Field, *, unknown: bool) -> str:
    meaning = (field.metadata or {}).get(b"doc", b"").decode()
    return f"| `{field.name}` | {field.type} | {'yes' if unknown else 'no'} | {meaning} |"
