"""The flow: every stage in order, with what it reads, what it writes and the function or select that does it.

A stage is named after the first table that it writes. Its body is a function over the rows that share a key (one report, one
pair of reports, one story), or one select. `runs.py` executes this list; `headwater flow` prints it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from headwater.records import (
    Candidate,
    Capture,
    Claim,
    Correction,
    Credit,
    Date,
    Derivation,
    Dispute,
    Gatherer,
    Likeness,
    Line,
    Neighbourhood,
    Opening,
    Reading,
    Record,
    Report,
    Reuse,
    Rewording,
    Sentence,
    Span,
    Statement,
    Story,
    Tally,
    Text,
    Version,
    Visit,
    Voice,
)
from headwater.stages import (
    claims,
    credits,
    dates,
    derivations,
    disputes,
    gatherers,
    likenesses,
    lines,
    neighbourhoods,
    openings,
    readings,
    reuse,
    rewordings,
    sentences,
    spans,
    statements,
    stories,
    texts,
    versions,
    visits,
    voices,
)
from headwater.stages.derivations import selects as kindred


@dataclass(frozen=True, slots=True)
class Input:
    """What a group function gets under one name: a select whose column `key` says which group a row belongs to."""

    select: str
    reads: tuple[type[Record], ...]
    record: type[Record] | None
    """class that the columns make, or None for rows as dicts, in the select's own order"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the flow."""

    version: int
    """raised whenever the same input may give other rows; everything after it then runs again"""
    writes: tuple[type[Record], ...]
    body: Callable[..., Iterable[Record]] | None = None
    """group function: keyword arguments are the names in `inputs`, and `settings`"""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    select: str = ""
    """select whose columns are those of the table that it writes, in place of a body"""
    selects_from: tuple[type[Record], ...] = ()
    loop: Callable[..., pa.Table] | None = None
    """function over the whole pile that is handed the engine's `sql` and `settings`, and returns rows, in place of a body"""
    per_report: bool = False
    """whether the key is a report, so that only reports not done yet are worked on"""
    costly: bool = False
    """whether a group takes so long that processes pay for few of them already"""
    keeps: bool = False
    """whether a group whose rows are those of the last run keeps what it made then"""

    @property
    def name(self) -> str:
        return self.writes[0].table

    @property
    def reads(self) -> tuple[type[Record], ...]:
        """Tables that it reads, in the order of first use."""
        named = [record for wanted in self.inputs.values() for record in wanted.reads]
        return tuple(dict.fromkeys([*named, *self.selects_from]))


def of_report(record: type[Record]) -> Input:
    """Rows of a table that belong to the reports still to be done, keyed by report."""
    key = "id" if record is Report else "report"
    select = f"SELECT t.*, t.{key} AS key FROM {record.table} t JOIN pending ON pending.report = t.{key}"
    return Input(select, (record,), record)


def of_story(record: type[Record], on: str, *, inside: str = "") -> Input:
    """Rows of a table keyed by the story whose reports, or whose visitors, they belong to.

    `on` ties the row `t` to the report id `m.report`; `inside` names a second report of the row that must be of the story too.
    """
    other = f" JOIN {stories.TOLD_BY} o ON o.story = m.story AND o.report = t.{inside}" if inside else ""
    select = f"SELECT DISTINCT t.*, m.story AS key FROM {record.table} t JOIN {stories.TOLD_BY} m ON {on}{other}"
    return Input(select, (Story, Visit, record), record)


def told_in_story(record: type[Record], on: str) -> Input:
    """Rows of a table keyed by story: all of its reports' own, and of its visitors' what visits; `on` ties the row `t` to a visit `v`."""
    own = f"SELECT t.*, m.story AS key FROM {record.table} t JOIN ({stories.MEMBERS}) m ON t.report = m.report"
    visiting = f"SELECT t.*, v.story AS key FROM {record.table} t JOIN visits v ON {on}"
    return Input(f"{own} UNION {visiting}", (Story, Visit, record), record)


def per_report(
    body: Callable[..., Iterable[Record]],
    version: int,
    *writes: type[Record],
    costly: bool = False,
    **reads: type[Record],
) -> Stage:
    """A stage that looks at one report at a time."""
    inputs = {name: of_report(record) for name, record in reads.items()}
    return Stage(version=version, writes=writes, body=body, inputs=inputs, per_report=True, costly=costly)


OF_PAGES = Input(
    "SELECT DISTINCT t.*, m.story AS key FROM versions t JOIN versions o ON o.page = t.page"
    f" JOIN {stories.TOLD_BY} m ON m.report = o.report",
    (Version, Story, Visit),
    Version,
)
"""versions of the pages of a story, those too that stand in another story: a newer version may tell of something else"""
OF_CLAIM_STORY = Input("SELECT t.*, t.story AS key FROM claims t", (Claim,), Claim)

STAGES: tuple[Stage, ...] = (
    per_report(texts.texts, texts.VERSION, Text, reports=Report),
    per_report(dates.dates, dates.VERSION, Date, reports=Report, texts=Text),
    Stage(
        version=versions.VERSION,
        writes=(Version,),
        select=versions.SELECT,
        selects_from=(Report, Capture, Candidate),
    ),
    per_report(sentences.sentences, sentences.VERSION, Sentence, reports=Report, texts=Text),
    per_report(credits.credits, credits.VERSION, Credit, reports=Report, texts=Text),
    per_report(spans.spans, spans.VERSION, Span, costly=True, reports=Report, sentences=Sentence),
    per_report(
        statements.statements,
        statements.VERSION,
        Statement,
        reports=Report,
        sentences=Sentence,
        spans=Span,
        credits=Credit,
        dates=Date,
    ),
    Stage(
        version=voices.VERSION,
        writes=(Voice,),
        body=voices.voices,
        inputs={
            "statements": Input(voices.STATEMENTS, (Statement, Correction), Statement),
            "corrections": Input(voices.CORRECTIONS, (Correction, Report, Statement), Correction),
        },
    ),
    per_report(readings.readings, readings.VERSION, Reading, reports=Report, statements=Statement, dates=Date),
    per_report(
        openings.openings,
        openings.VERSION,
        Opening,
        reports=Report,
        sentences=Sentence,
        statements=Statement,
        readings=Reading,
        dates=Date,
    ),
    Stage(
        version=reuse.VERSION,
        writes=(Reuse,),
        loop=reuse.reuse,
        selects_from=(Report, Text, Date, Credit),
    ),
    Stage(
        version=likenesses.VERSION,
        writes=(Likeness,),
        select=likenesses.SELECT,
        selects_from=(Opening, Date, Reuse, Text, Report),
    ),
    Stage(
        version=rewordings.VERSION,
        writes=(Rewording,),
        body=rewordings.rewordings,
        keeps=True,
        inputs={
            "reports": Input(rewordings.REPORTS_OF_PAIR, (Likeness, Report), Report),
            "sentences": Input(rewordings.SENTENCES_OF_PAIR, (Likeness, Sentence), Sentence),
        },
    ),
    Stage(
        version=derivations.VERSION,
        writes=(Derivation,),
        body=derivations.derivations,
        inputs={
            "reports": Input("SELECT r.* EXCLUDE (text), '' AS text, r.id AS key FROM reports r", (Report,), Report),
            "credits": Input("SELECT c.*, c.report AS key FROM credits c", (Credit,), Credit),
            "pairs": Input(
                kindred.PAIRS,
                (Reuse, Rewording, Text, Date, Report, Credit, Likeness, Reading, Version, Candidate),
                None,
            ),
            "known_here": Input(kindred.KNOWN_HERE, (Report, Statement, Credit), None),
            "lent": Input(kindred.LENT_CREDITS, (Reuse, Rewording, Credit), None),
            "beside": Input(kindred.TOLD_BESIDE, (Candidate, Report), None),
            "marks": Input(kindred.MARKS, (Correction,), Correction),
            "named": Input(kindred.NAMED, (Reuse, Rewording, Statement, Report), None),
        },
    ),
    Stage(
        version=gatherers.VERSION,
        writes=(Gatherer,),
        body=gatherers.gatherers,
        inputs={
            "statements": Input("SELECT t.*, t.report AS key FROM statements t", (Statement,), Statement),
            "known": Input(gatherers.KNOWN, (Report, Sentence, Statement, Credit), None),
            "lent": Input(gatherers.LENT, (Statement, Reuse, Derivation), None),
            "marked": Input(gatherers.MARKED, (Derivation,), None),
        },
    ),
    Stage(
        version=neighbourhoods.VERSION,
        writes=(Neighbourhood,),
        loop=neighbourhoods.neighbourhoods,
        selects_from=(Report, Likeness, Correction),
    ),
    Stage(
        version=stories.VERSION,
        writes=(Story,),
        body=stories.stories,
        inputs={
            "members": Input(
                "SELECT t.*, t.neighbourhood AS key FROM neighbourhoods t", (Neighbourhood,), Neighbourhood
            ),
            "likenesses": Input(stories.LIKENESSES, (Likeness, Neighbourhood), Likeness),
            "dates": Input(stories.DATES, (Date, Neighbourhood), Date),
            "heads": Input(stories.HEADS, (Report, Sentence, Neighbourhood), None),
            "marks": Input(stories.MARKS, (Correction, Neighbourhood), Correction),
        },
    ),
    Stage(
        version=visits.VERSION,
        writes=(Visit,),
        select=visits.SELECT,
        selects_from=(Story, Opening, Reading, Date, Correction),
    ),
    Stage(
        version=claims.VERSION,
        writes=(Claim,),
        body=claims.claims,
        costly=True,
        keeps=True,
        inputs={
            "stories": Input("SELECT t.*, t.id AS key FROM stories t", (Story,), Story),
            "reports": of_story(Report, "t.id = m.report"),
            "readings": told_in_story(Reading, "t.statement = v.statement"),
            "statements": told_in_story(Statement, "t.id = v.statement"),
            "voices": of_story(Voice, "t.report = m.report"),
            "marks": Input(claims.MARKS, (Correction, Reading, Story, Visit), Correction),
        },
    ),
    Stage(
        version=lines.VERSION,
        writes=(Tally, Line),
        body=lines.lines,
        keeps=True,
        inputs={
            "claims": OF_CLAIM_STORY,
            "statements": told_in_story(Statement, "t.id = v.statement"),
            "gatherers": of_story(Gatherer, "t.report = m.report"),
            "voices": of_story(Voice, "t.report = m.report"),
            "derivations": of_story(Derivation, "t.child = m.report"),
            "reuse": of_story(Reuse, "t.a = m.report", inside="b"),
            "rewordings": of_story(Rewording, "t.a = m.report", inside="b"),
            "versions": OF_PAGES,
            "marks": Input(lines.MARKS, (Correction, Statement, Story, Visit), Correction),
        },
    ),
    Stage(
        version=disputes.VERSION,
        writes=(Dispute,),
        body=disputes.disputes,
        keeps=True,
        inputs={
            "claims": OF_CLAIM_STORY,
            "statements": told_in_story(Statement, "t.id = v.statement"),
            "readings": told_in_story(Reading, "t.statement = v.statement"),
            "voices": of_story(Voice, "t.report = m.report"),
            "marks": Input(lines.MARKS, (Correction, Statement, Story, Visit), Correction),
            "dates": of_story(Date, "t.report = m.report"),
            "versions": OF_PAGES,
        },
    ),
)


def stage_named(name: str) -> Stage | None:
    """Return the stage that writes this table, or None."""
    return next((stage for stage in STAGES if name in {record.table for record in stage.writes}), None)
