"""Claims as a table: each with its lines and the words of its clearest statement."""

from typing import Any

import pyarrow as pa

from headwater.ask.shown import Shown
from headwater.records import Claim, Tally
from headwater.store import Store

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("story", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),
        ("text", pa.string()),
        ("lines_min", pa.int64()),
        ("lines_max", pa.int64()),
        ("rests_on", pa.list_(pa.string())),
        ("reports", pa.int64()),
        ("statements", pa.int64()),
        ("denies", pa.int64()),
        ("doubts", pa.int64()),
        ("forecasts", pa.int64()),
        ("older", pa.bool_()),
        ("why", pa.string()),
    ]
)


def claims_table(store: Store) -> pa.Table:
    """Return every claim, those on most lines first."""
    shown = Shown(store)
    tallies = {tally.claim: tally for tally in store.all(Tally)}
    rows = [_row(claim, tallies[claim.id], shown) for claim in store.all(Claim) if claim.id in tallies]
    rows.sort(key=lambda row: (-row["lines_max"], -row["lines_min"], -row["reports"], row["id"]))
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _row(claim: Claim, tally: Tally, shown: Shown) -> dict[str, Any]:
    return {
        "id": claim.id,
        "story": claim.story,
        "kind": claim.kind,
        "value": claim.value,
        "text": shown.content(claim.statement),
        "lines_min": tally.lines_min,
        "lines_max": tally.lines_max,
        "rests_on": [shown.gatherer(each) for each in tally.rests_on],
        "reports": tally.reports,
        "statements": len(claim.statements),
        "denies": tally.denies,
        "doubts": tally.doubts,
        "forecasts": tally.forecasts,
        "older": tally.older,
        "why": tally.why,
    }
