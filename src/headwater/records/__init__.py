"""The tables of a case, one frozen dataclass each, in the order in which the flow writes them.

Everything else that needs to know a table (SQLite, Arrow, codebook, export, `explain`) reads it off these classes, so a
column is declared once. Text is pointed at, never copied: `start` and `end` are character offsets `[start, end)` into
`Report.text`, which is the text as it came. Where a short copy is kept for reading (a speaker's name, a number's words) the
span that it was taken from stands beside it. `None` means *unknown* and is never replaced by 0 or "".

Papers on attribution say source, cue and content; here they are speaker, cue and content.
"""

from headwater.records.concluded import Claim, Dispute, Line, Neighbourhood, Story, Tally, Visit
from headwater.records.record import Column, Record, columns, ident, in_order, values
from headwater.records.related import Derivation, Gatherer, Likeness, Reuse, Rewording
from headwater.records.said import Credit, Date, Opening, Reading, Sentence, Span, Statement, Text, Version, Voice
from headwater.records.taken_in import Address, Candidate, Capture, Correction, Problem, Report, Watch

__all__ = [
    "PREFIXES",
    "RECORDS",
    "TABLES",
    "Address",
    "Candidate",
    "Capture",
    "Claim",
    "Column",
    "Correction",
    "Credit",
    "Date",
    "Derivation",
    "Dispute",
    "Gatherer",
    "Likeness",
    "Line",
    "Neighbourhood",
    "Opening",
    "Problem",
    "Reading",
    "Record",
    "Report",
    "Reuse",
    "Rewording",
    "Sentence",
    "Span",
    "Statement",
    "Story",
    "Tally",
    "Text",
    "Version",
    "Visit",
    "Voice",
    "Watch",
    "columns",
    "ident",
    "in_order",
    "values",
]

RECORDS: tuple[type[Record], ...] = (
    Report, Problem, Correction, Capture, Candidate, Address, Watch, Text, Date, Version, Sentence, Credit, Span, Statement, Voice,
    Reading, Opening, Reuse, Likeness, Rewording, Derivation, Gatherer, Neighbourhood, Story, Visit, Claim, Line, Tally, Dispute,
)  # fmt: skip
TABLES: dict[str, type[Record]] = {record.table: record for record in RECORDS}
PREFIXES: dict[str, type[Record]] = {record.prefix: record for record in RECORDS}
