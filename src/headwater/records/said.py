"""What each report says, one by one: its parts, day and version, sentences, credits, statements and what can be compared in them."""

from dataclasses import dataclass
from typing import Annotated

from headwater.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Record):
    """A stretch of a report and what it is; together the stretches cover the report."""

    table = "texts"
    prefix = "t"
    id: Annotated[str, "made from report and span"]
    report: Annotated[str, "report id"]
    start: Annotated[int, "first character"]
    end: Annotated[int, "one past the last character"]
    kind: Annotated[str, "body, heading, dateline (date or place line), credit, caption, furniture (page parts, cut)"]
    rule: Annotated[str, "rule and version that said so"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Record):
    """The day that a report is from, as an interval, with the place in the text that says so."""

    table = "dates"
    prefix = "w"
    id: Annotated[str, "made from report, days and rule"]
    report: Annotated[str, "report id"]
    first: Annotated[str | None, "first possible day, ISO 8601"]
    last: Annotated[str | None, "last possible day, ISO 8601"]
    start: Annotated[int | None, "first character of the words that say so; unknown when the date came beside the text"]
    end: Annotated[int | None, "one past the last character"]
    rule: Annotated[
        str,
        "rule and version: published, printed, updated, film (words of the text), address (its day), beside (came with it), unknown",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Record):
    """A report that is one of several versions of a page: one address, and another text or headline."""

    table = "versions"
    prefix = "ve"
    id: Annotated[str, "made from report"]
    report: Annotated[str, "report id"]
    page: Annotated[str, "the address as it is compared: without scheme, www, fragment and tracking words"]
    number: Annotated[int | None, "1 for the oldest in the pile; unknown where nothing tells the order"]
    of: Annotated[int, "how many there are in the pile"]
    newest: Annotated[
        bool | None, "whether it is the newest of them in the pile; unknown where nothing tells the order"
    ]
    rule: Annotated[str, "rule and version: by when they were captured, by the dates that they give, or unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Record):
    """One sentence of the body or a heading."""

    table = "sentences"
    prefix = "n"
    id: Annotated[str, "made from report and span"]
    report: Annotated[str, "report id"]
    number: Annotated[int, "position in the report, from 0"]
    start: Annotated[int, "first character"]
    end: Annotated[int, "one past the last character"]
    heading: Annotated[bool, "true for a headline or a heading inside the text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Record):
    """A news organisation that a report names as where it got something."""

    table = "credits"
    prefix = "c"
    id: Annotated[str, "made from report, span and kind"]
    report: Annotated[str, "report id"]
    name: Annotated[str, "the organisation, in its usual form"]
    kind: Annotated[
        str,
        "line (the text is theirs), joint (a line with several names), cited (named inside the text), photo, possible (a name"
        " that people speak to: a news organisation if another report of the pile knows it as one)",
    ]
    start: Annotated[int, "first character of the words that name it"]
    end: Annotated[int, "one past the last character"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Record):
    """A stretch that the span model marks: a speaker, the words that report, or what is said."""

    table = "spans"
    prefix = "e"
    id: Annotated[str, "made from report, span and kind"]
    report: Annotated[str, "report id"]
    sentence: Annotated[str, "sentence id"]
    inside: Annotated[str | None, "id of the content span that was read again and holds it; unknown for an outer span"]
    kind: Annotated[str, "speaker, cue, content"]
    start: Annotated[int, "first character"]
    end: Annotated[int, "one past the last character"]
    confidence: Annotated[float, "the model's probability for exactly this span, 0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Something said in a report: what, by whom, with which stance, through whom."""

    table = "statements"
    prefix = "s"
    id: Annotated[str, "made from report, spans and stance"]
    report: Annotated[str, "report id"]
    sentence: Annotated[str, "id of the sentence in which it begins"]
    start: Annotated[int, "first character of the content, with the words that attribute it where they stand inside"]
    end: Annotated[int, "one past the last character"]
    cue_start: Annotated[int | None, "first character of the reporting words; unknown in the report's own voice"]
    cue_end: Annotated[int | None, "one past the last character"]
    speaker_start: Annotated[int | None, "first character of the speaker as named here"]
    speaker_end: Annotated[int | None, "one past the last character"]
    speaker: Annotated[str | None, "the speaker's fullest name in this report; unknown in the report's own voice"]
    speaker_kind: Annotated[
        str,
        "named person, organisation, document, unnamed person, outlet (the report's own voice), none (nobody says who)",
    ]
    basis: Annotated[str | None, "how the speaker knows, where the text says: saw it, was told, infers"]
    stance: Annotated[str, "asserts, denies, doubts, forecasts"]
    hedge_start: Annotated[int | None, "first character of the hedging words; unknown where it is said plainly"]
    hedge_end: Annotated[int | None, "one past the last character"]
    likelihood: Annotated[
        str | None,
        "band of ICD 203 that the hedging words map to: almost no chance, very unlikely, unlikely, roughly even chance, likely,"
        " very likely, almost certain; unknown where they map to none",
    ]
    horizon_first: Annotated[str | None, "of a forecast: first day on which it may come true, ISO 8601"]
    horizon_last: Annotated[
        str | None, "of a forecast: last day, ISO 8601; unknown where it names none or the report is undated"
    ]
    chain: Annotated[
        list[str], "publishing outlet, then every link named, down to the earliest; 'unknown' where none is"
    ]
    gatherer: Annotated[
        str | None, "last news organisation in the chain; unknown for a report without outlet and credit"
    ]
    gatherer_sure: Annotated[bool, "false when the text leaves open whether this passage came through the gatherer"]
    origin: Annotated[str | None, "whose word it rests on, last link of the chain; unknown where the text names nobody"]
    origin_named: Annotated[bool, "false for an unnamed speaker: such an origin is never taken for another one"]
    rule: Annotated[str, "rule and version that linked speaker, cue and content"]
    speaker_rule: Annotated[
        str, "rule and version by which the speaker's words were taken, or led back to a name before"
    ]
    chain_rule: Annotated[str, "rules and versions that made the links between outlet and origin"]
    because: Annotated[list[str], "ids of the rows that it came from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Record):
    """The speaker, origin and stance of a statement as a person's corrections have them."""

    table = "voices"
    prefix = "b"
    id: Annotated[str, "made from statement"]
    report: Annotated[str, "report id"]
    statement: Annotated[str, "statement id"]
    speaker: Annotated[str | None, "in exports and lines it takes the place of the statement's own"]
    origin: Annotated[str | None, "the same"]
    origin_named: Annotated[bool, "a name that a person gave counts as a name"]
    stance: Annotated[str, "asserts, denies, doubts or forecasts: a person's, or the statement's own"]
    because: Annotated[list[str], "ids of the corrections"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """One thing that a statement says, in a form that can be compared: a number of something, a blame, an event."""

    table = "readings"
    prefix = "g"
    id: Annotated[str, "made from statement, kind and value"]
    report: Annotated[str, "report id"]
    statement: Annotated[str, "statement id"]
    kind: Annotated[
        str,
        "killed, wounded, displaced, arrested, abducted, missing, trapped (numbers of people), claimed (who claims the deed),"
        " doer (who is said to have done it), means (with what), event",
    ]
    value: Annotated[str | None, "number or name; unknown for an event, which its words describe"]
    bound: Annotated[
        str | None,
        "for numbers: exactly, at least, about, at most; vaguely where a plural gives only the least that it allows, such as dozens",
    ]
    recalled: Annotated[
        bool, "whether it stands in a clause that recalls another happening: two days after an explosion killed 14"
    ]
    unit: Annotated[
        str | None,
        "who was counted, in the words of the text: people, civilians, fighters; unknown where it names none",
    ]
    words: Annotated[list[str], "significant words in their stems, in order, for comparison"]
    names: Annotated[list[str], "those of the words that are written with a capital inside the sentence"]
    first: Annotated[
        str | None, "first day on which it happened, as the statement says, ISO 8601; unknown where it names no time"
    ]
    last: Annotated[str | None, "last day; known alone where the past is open: 'in the past'"]
    when_start: Annotated[int | None, "first character of the words that say when"]
    when_end: Annotated[int | None, "one past the last character"]
    place: Annotated[
        str | None,
        "narrowest place in which the statement says that it happened: GeoNames' number of a town, SY.09 for a region, SY for a country;"
        " unknown where it names none, or two apart",
    ]
    place_name: Annotated[str | None, "its name with region and country, as GeoNames has them"]
    place_start: Annotated[int | None, "first character of the words that say where"]
    place_end: Annotated[int | None, "one past the last character"]
    start: Annotated[int, "first character of what was read"]
    end: Annotated[int, "one past the last character"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Record):
    """What a report's headline and opening talk about; stories are found by it."""

    table = "openings"
    prefix = "o"
    id: Annotated[str, "made from report"]
    report: Annotated[str, "report id"]
    words: Annotated[list[str], "significant words in their stems, each once, by alphabet"]
    headline: Annotated[list[str], "those of them that stand in the headline"]
    names: Annotated[
        list[str], "words written as names, reduced to what their spellings share: Hasakah and Hassakeh are hsk"
    ]
    counts: Annotated[list[str], "how many were killed or wounded, by its first statements"]
    days: Annotated[list[str], "days that it names, ISO 8601"]
    towns: Annotated[list[str], "towns that it names and the cities around them, by GeoNames' number"]
    regions: Annotated[list[str], "regions that it names and those of its towns: SY.09"]
    whens: Annotated[
        list[str],
        "times that the report names, five weeks at most: first day, last day, ISO 8601, and who names them: opening or what comes later",
    ]
