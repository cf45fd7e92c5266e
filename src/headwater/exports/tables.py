"""The tables as they are exported: those of the case, with names in place of report ids and a few columns joined on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from headwater.records import RECORDS, Claim, Gatherer, Record, Report, Statement, Tally, Voice, columns
from headwater.store import Store, arrow_schema

NAMING = frozenset("report child parent a b reports neighbourhood apart".split())
REPORT_PAIRS = frozenset(["reuse", "likenesses", "rewordings"])
ADDED = {
    Statement: [
        pa.field("claims", pa.list_(pa.string()), metadata={"doc": "ids of the claims that it belongs to"}),
        pa.field(
            "gatherer_in_text",
            pa.string(),
            metadata={"doc": "gatherer by its own report alone; `gatherer` is the pile's, see gatherers"},
        ),
        pa.field(
            "speaker_in_text",
            pa.string(),
            metadata={"doc": "speaker before a person's corrections, see voices"},
        ),
        pa.field("origin_in_text", pa.string(), metadata={"doc": "origin before a person's corrections, see voices"}),
        pa.field("stance_in_text", pa.string(), metadata={"doc": "stance before a person's corrections, see voices"}),
    ],
    Claim: [
        pa.field("text", pa.string(), metadata={"doc": "its clearest statement, verbatim"}),
        pa.field("lines_min", pa.int64(), metadata={"doc": "see tallies"}),
        pa.field("lines_max", pa.int64(), metadata={"doc": "see tallies"}),
        pa.field("rests_on", pa.list_(pa.string()), metadata={"doc": "see tallies"}),
    ],
}


def schema_of(record: type[Record]) -> pa.Schema:
    """Return the columns of an exported table."""
    schema = arrow_schema(record)
    for field in ADDED.get(record, []):
        schema = schema.append(field)
    return schema


def all_tables(store: Store) -> Iterator[tuple[str, pa.Table]]:
    """Yield each exported table with its name."""
    names = public_names(store)
    joined = _joined(store)
    for record in RECORDS:
        rows = store.arrow(record).to_pylist()
        for row in rows:
            _name_reports(record, row, names)
            row.update(joined.get(row["id"], _nothing(record)))
        yield record.table, pa.Table.from_pylist(rows, schema=schema_of(record))


def public_names(store: Store) -> dict[str, str]:
    """Map report ids to the ids that the reports came with; where two came with one, part of our id is added to both."""
    reports = store.arrow(Report).select(["id", "name"]).to_pylist()
    holders: dict[str, int] = defaultdict(int)
    for row in reports:
        holders[row["name"]] += 1
    return {
        row["id"]: row["name"] if holders[row["name"]] == 1 else f"{row['name']}~{row['id'][2:10]}" for row in reports
    }


def _name_reports(record: type[Record], row: dict[str, Any], names: Mapping[str, str]) -> None:
    if record is Report:
        row["name"] = names[row["id"]]
    for column in columns(record):
        if column.name not in NAMING or (column.name in {"a", "b"} and record.table not in REPORT_PAIRS):
            continue
        value = row[column.name]
        row[column.name] = (
            [names.get(each, each) for each in value] if isinstance(value, list) else names.get(value, value)
        )


def _joined(store: Store) -> dict[str, dict[str, Any]]:
    """Columns to add, by statement and claim id."""
    claims, said = store.all(Claim), {each.id: each for each in store.all(Statement)}
    texts = {report.id: report.text for report in store.all(Report)}
    added: dict[str, dict[str, Any]] = {
        each.id: {
            "claims": [],
            "gatherer_in_text": each.gatherer,
            "speaker_in_text": each.speaker,
            "origin_in_text": each.origin,
            "stance_in_text": each.stance,
        }
        for each in said.values()
    }
    for better in store.all(Gatherer):
        added[better.statement] |= {"gatherer": better.gatherer, "gatherer_sure": better.sure}
    for voice in store.all(Voice):
        added[voice.statement] |= {"speaker": voice.speaker, "origin": voice.origin, "stance": voice.stance}
    tallies = {tally.claim: tally for tally in store.all(Tally)}
    for claim in claims:
        for statement in claim.statements:
            if statement in added:
                added[statement]["claims"].append(claim.id)
        clearest, tally = said.get(claim.statement), tallies.get(claim.id)
        added[claim.id] = {
            "text": texts[clearest.report][clearest.start : clearest.end] if clearest else None,
            "lines_min": tally.lines_min if tally else None,
            "lines_max": tally.lines_max if tally else None,
            "rests_on": tally.rests_on if tally else None,
        }
    return added


def _nothing(record: type[Record]) -> dict[str, Any]:
    return {field.name: None for field in ADDED.get(record, [])}
