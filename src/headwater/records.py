"""The tables of a case, one frozen dataclass each, in the order in which the flow writes them.

Everything else that needs to know a table (SQLite, Arrow, codebook, export, `explain`) reads it off these classes, so a
column is declared once. Text is pointed at, never copied: `start` and `end` are character offsets `[start, end)` into
`Report.text`, which is the text as it came. Where a short copy is kept for reading (a speaker's name, a number's words) the
span that it was taken from stands beside it. `None` means *unknown* and is never replaced by 0 or "".

Papers on attribution say source, cue and content; here they are speaker, cue and content.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, TypeVar, get_args, get_type_hints

R = TypeVar("R", bound="Record")


def ident(prefix: str, *parts: object) -> str:
    """Return an id made from content: the table's letter and 16 hexadecimal digits of BLAKE2b over the parts."""
    said = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.blake2b(said.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


class Record:
    """What the record classes share: the name of their table and the letter that their ids begin with."""

    table: ClassVar[str]
    prefix: ClassVar[str]
    id: str


# ── what was read ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One published item, in one version."""

    table = "reports"
    prefix = "r"
    id: Annotated[str, "made from everything below, so that the same item read twice is one row"]
    name: Annotated[str, "the id that the report came with; a file's own name where it has none"]
    outlet: Annotated[str | None, "who published it, as it came"]
    published: Annotated[str | None, "when it was published, ISO 8601, as it came"]
    title: Annotated[str | None, "headline, as it came"]
    url: Annotated[str | None, "address, as it came"]
    text: Annotated[str, "the text as it came; every start and end in a case counts its characters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Record):
    """Something that could not be read, and why; reports in = reports + problems."""

    table = "problems"
    prefix = "p"
    id: Annotated[str, "made from thing and code"]
    thing: Annotated[str, "file, or file and row, that could not be read"]
    code: Annotated[str, "error code, see errors.py"]
    message: Annotated[str, "what is wrong with it"]
    hint: Annotated[str, "what to do next; empty where nothing helps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Record):
    """What a person puts right about speakers, reports, stories, claims and lines; kept, never worked out anew."""

    table = "corrections"
    prefix = "v"
    id: Annotated[str, "made from kind, name, into and report"]
    kind: Annotated[
        str,
        "merge, rename, split of a speaker; copied, one-text, apart of two reports; from, not-from of an unseen text; one-story,"
        " other-story of two reports; one-claim, moved, other-claim of two readings; stance, no-line, one-line, own-line of statements",
    ]
    name: Annotated[
        str, "speaker or origin as it is shown; else the id of the report, reading or statement that it is about"
    ]
    into: Annotated[
        str, "what it is to be called; else the id of the other one, the name of an unseen text, or the stance"
    ]
    report: Annotated[str | None, "report id, where it holds in one report only; unknown means in all"]
    number: Annotated[int, "1 for the first that was made; of two that fit the later one counts"]
    author: Annotated[str | None, "who made it, as they sign; unknown where nobody signed"]
    made: Annotated[str | None, "when, ISO 8601, by the clock of the machine on which it was made"]
    reason: Annotated[str | None, "why, in their words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Record):
    """One time that a report came in over the web, from a feed, an archive or a mail: the evidence of where it was got."""

    table = "captures"
    prefix = "cp"
    id: Annotated[str, "made from everything below"]
    report: Annotated[str, "report id"]
    way: Annotated[str, "link (fetched), feed, archive, mail"]
    url: Annotated[str | None, "address that was asked for, or under which the archive keeps it"]
    final: Annotated[str | None, "address that answered, after redirects"]
    hops: Annotated[list[str], "each redirect on the way: its status and the address that it led to"]
    record: Annotated[str | None, "id by which it can be cited: of the WARC record, the mail, the feed's entry"]
    captured: Annotated[str | None, "when it was fetched, captured by the archive, or sent, ISO 8601"]
    digest: Annotated[str, "SHA-256 of the bytes as they came, before decompression"]
    etag: Annotated[str | None, "the server's tag of this version, by which it is asked whether there is another"]
    modified: Annotated[str | None, "the server's Last-Modified, as it came; sent back for the same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Record):
    """One value that a page, mail, feed or archive gives for something about a report, and whether it was taken."""

    table = "candidates"
    prefix = "cd"
    id: Annotated[str, "made from report, field, value and place"]
    report: Annotated[str, "report id"]
    field: Annotated[
        str,
        "title, outlet, byline, published, modified, url (where it was found), canonical (the address that it calls its own), credit"
        " (whom it names as where it got it)",
    ]
    value: Annotated[str, "as it came; dates in ISO 8601"]
    place: Annotated[
        str, "where it stood: json-ld, open-graph, meta, address, visible, http, feed, archive, mail, file"
    ]
    won: Annotated[bool, "whether it is what the report shows"]
    why: Annotated[str, "why it was taken or left"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Record):
    """An address that was asked: what the server said of what it has, so that it is only asked whether there is something else."""

    table = "addresses"
    prefix = "ad"
    id: Annotated[str, "made from the address"]
    url: Annotated[str, "the address that was asked for"]
    checked: Annotated[str, "when it was last asked, ISO 8601"]
    etag: Annotated[str | None, "the server's tag of what it had then"]
    modified: Annotated[str | None, "the server's Last-Modified, as it came"]
    failures: Annotated[int, "how often in a row it could not be had; each makes the pause before the next try longer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Record):
    """A claim that is watched, and what was last told of it."""

    table = "watches"
    prefix = "wa"
    id: Annotated[str, "made from the statement"]
    statement: Annotated[str, "id of a statement of the claim: that stays when a new report gives the claim another id"]
    asked: Annotated[bool, "whether a person named this claim; else it is watched as all are"]
    lines_min: Annotated[int, "lower end of its lines when they were last told"]
    lines_max: Annotated[int, "upper end"]


# ── what a report says ───────────────────────────────────────────────────────────────────────────────────────────────────


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
    bound: Annotated[str | None, "exactly, at least, about, at most, for numbers"]
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


# ── what reports share ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse(Record):
    """A passage that two reports share, word for word."""

    table = "reuse"
    prefix = "u"
    id: Annotated[str, "made from both reports and both spans"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    a_start: Annotated[int, "first character in a"]
    a_end: Annotated[int, "one past the last character in a"]
    b_start: Annotated[int, "first character in b"]
    b_end: Annotated[int, "one past the last character in b"]
    words: Annotated[int, "length in words"]
    quoted: Annotated[int, "how many of them stand inside quotation marks, in the report where more do"]
    kind: Annotated[
        str,
        "text, agency (both credit one agency), quotation, boilerplate (an outlet's own stock), background (common to many days)",
    ]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording(Record):
    """Two sentences of two reports that say one thing in other words, in a pair of reports that does so in order."""

    table = "rewordings"
    prefix = "j"
    id: Annotated[str, "made from both reports and both sentences"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    a_start: Annotated[int, "first character in a"]
    a_end: Annotated[int, "one past the last character in a"]
    b_start: Annotated[int, "first character in b"]
    b_end: Annotated[int, "one past the last character in b"]
    likeness: Annotated[float, "share of their significant words, rare ones weighing more (Dice), 0 to 1"]
    mean: Annotated[float, "mean over the sentences of that report whose counterparts are closer, 0 to 1"]
    words: Annotated[list[str], "stems that both use, the rarest first"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation(Record):
    """A report's text comes from another's, or from a text that is not in the pile."""

    table = "derivations"
    prefix = "d"
    id: Annotated[str, "made from child and parent"]
    child: Annotated[str, "report id"]
    parent: Annotated[str | None, "report id; unknown when the parent is not in the pile"]
    unseen: Annotated[str | None, "name of a text that is not in the pile; 'unknown' when nobody names it"]
    kind: Annotated[str, "verbatim (over 80 % of the child), partial (20 to 80 %), paraphrase"]
    direction: Annotated[str, "certain, likely, undecidable"]
    sure: Annotated[bool, "false when it is only likely that there is a derivation at all"]
    overruled: Annotated[bool, "true where a person marked the two reports otherwise: kept, and passed over"]
    share: Annotated[float | None, "share of the child's words that the parent explains; unknown for an unseen parent"]
    given: Annotated[float | None, "share of the parent's words that stand in the child; unknown for an unseen parent"]
    odds: Annotated[float | None, "log-odds that there is one: the sum of weights; unknown where a person marked it"]
    evidence: Annotated[list[str], "what speaks for it or against it, one short sentence each"]
    weights: Annotated[list[float], "log-odds that each piece of evidence adds, in the same order"]
    way: Annotated[float | None, "log-odds of the direction: the sum of way_weights; unknown for an unseen parent"]
    way_evidence: Annotated[list[str], "what speaks for the child being the child, or against it"]
    way_weights: Annotated[list[float], "log-odds that each of them adds, in the same order"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of the reuse, rewording and credit rows, or of the correction, that it rests on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer(Record):
    """Who gathered a statement, where the pile shows it and the statement's own report does not."""

    table = "gatherers"
    prefix = "q"
    id: Annotated[str, "made from statement"]
    report: Annotated[str, "report id"]
    statement: Annotated[str, "statement id"]
    gatherer: Annotated[str, "news organisation; in exports and lines it takes the place of the statement's own"]
    sure: Annotated[bool, "false when it rests on derivations that are only likely"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of the derivations and passages that it rests on"]


# ── what the pile says ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness(Record):
    """Two reports that may tell of one happening, and how much each kind of evidence speaks for it."""

    table = "likenesses"
    prefix = "k"
    id: Annotated[str, "made from both reports"]
    a: Annotated[str, "report id, the smaller of the two"]
    b: Annotated[str, "report id"]
    words: Annotated[float, "cosine of the words of their openings, rare words weighing more, 0 to 1"]
    names: Annotated[float, "the same for names"]
    counts: Annotated[int, "how many counts of killed or wounded they share, 2 at most"]
    copied: Annotated[float, "larger share of either report that stands in the other, 0 to 1"]
    days: Annotated[int | None, "days between their dates; unknown when either is undated"]
    same_day: Annotated[bool | None, "whether their openings name a common day; unknown when either names none"]
    place: Annotated[
        str | None,
        "what their openings name: same town, one region (and no common town), other town; where either names no town, same region or other"
        " region; unknown where either names neither",
    ]
    rarity: Annotated[
        float | None, "of the rarest town that both name: logarithm of reports in all by reports that name it"
    ]
    told_days: Annotated[
        int | None,
        "length in days of the time at which one says that it happened and the other appeared; unknown where neither does, or where both"
        " appeared within three days",
    ]
    told_first: Annotated[bool | None, "whether it says so in its opening"]
    evidence: Annotated[float, "log-odds that they tell of one happening: the sum of the columns before, weighted"]
    score: Annotated[float, "the same as a probability"]
    joined: Annotated[bool, "whether it is high enough to be looked at together"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood(Record):
    """Reports connected by any chain of likenesses; stories are cut inside it, so each can be worked out alone."""

    table = "neighbourhoods"
    prefix = "h"
    id: Annotated[str, "made from report"]
    report: Annotated[str, "report id"]
    neighbourhood: Annotated[str, "smallest report id in it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Record):
    """The reports about one happening."""

    table = "stories"
    prefix = "y"
    id: Annotated[str, "made from its reports"]
    title: Annotated[str, "headline, or first sentence, of the report that is most like the others"]
    reports: Annotated[list[str], "report ids"]
    first: Annotated[str | None, "earliest day of its reports; unknown when none is dated"]
    last: Annotated[str | None, "latest day of its reports"]
    apart: Annotated[list[str], "ids of reports that look alike and were kept out"]
    apart_why: Annotated[list[str], "the reason for each"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of a person's corrections that made it what it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """A statement that tells what another story than its report's own is about, as round-ups do."""

    table = "visits"
    prefix = "z"
    id: Annotated[str, "made from story and reading"]
    story: Annotated[str, "id of the story whose claims it counts for too"]
    report: Annotated[str, "report id"]
    statement: Annotated[str, "statement id"]
    reading: Annotated[str, "id of the reading that tells it"]
    rule: Annotated[str, "rule and version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """Statements, across the reports of a story, that say the same thing."""

    table = "claims"
    prefix = "m"
    id: Annotated[str, "made from story and statements"]
    story: Annotated[str, "story id"]
    kind: Annotated[str, "kind of its readings"]
    value: Annotated[str | None, "the number or name that its readings agree on; unknown for an event"]
    statement: Annotated[str, "id of its clearest statement, which stands for it verbatim"]
    statements: Annotated[list[str], "ids of all its statements"]
    readings: Annotated[list[str], "ids of the readings that put them there"]
    rule: Annotated[str, "rule and version"]
    because: Annotated[list[str], "ids of a person's corrections that made it what it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Record):
    """One independent line of evidence for a claim: a statement, its gatherer and its origin, in one maximum matching."""

    table = "lines"
    prefix = "l"
    id: Annotated[str, "made from claim, bound and statement"]
    claim: Annotated[str, "claim id"]
    bound: Annotated[str, "min or max: which of the two counts this witness belongs to"]
    statement: Annotated[str, "statement id, the witness"]
    gatherer: Annotated[str, "gatherer, after merging what derives from one text"]
    origin: Annotated[str, "origin, 'unknown' where the text names nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Record):
    """How many independent lines a claim has, and the fewest names on which all of it rests."""

    table = "tallies"
    prefix = "a"
    id: Annotated[str, "made from claim"]
    claim: Annotated[str, "claim id"]
    lines_min: Annotated[int, "lines when unknown origins are left out and uncertain derivations merge"]
    lines_max: Annotated[int, "lines when every unknown origin is its own and uncertain derivations do not merge"]
    rests_on: Annotated[list[str], "minimum vertex cover at the upper end: names without which no line is left"]
    reports: Annotated[int, "reports that assert it; versions of one page are one"]
    unknown_origins: Annotated[int, "asserting statements whose origin is unknown or unnamed"]
    denies: Annotated[int, "statements that deny it"]
    doubts: Annotated[int, "statements that doubt it"]
    forecasts: Annotated[int, "statements that forecast it"]
    older: Annotated[
        bool, "whether only older versions of pages assert it: their newest versions in the pile no longer do"
    ]
    why: Annotated[str, "how it was counted, in words"]
    because: Annotated[
        list[str], "ids of the derivations that merged gatherers, and of a person's corrections of its lines"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Record):
    """Two claims that cannot both hold."""

    table = "disputes"
    prefix = "x"
    id: Annotated[str, "made from both claims"]
    story: Annotated[str, "story id"]
    a: Annotated[str, "claim id, the smaller of the two"]
    b: Annotated[str, "claim id"]
    kind: Annotated[
        str, "number, scope (civilians against everybody), update (the same count moved on), denial, blame, time, place"
    ]
    why: Annotated[str, "what cannot both hold"]
    rule: Annotated[str, "rule and version"]


RECORDS: tuple[type[Record], ...] = (
    Report, Problem, Correction, Capture, Candidate, Address, Watch, Text, Date, Version, Sentence, Credit, Span, Statement, Voice,
    Reading, Opening, Reuse, Likeness, Rewording, Derivation, Gatherer, Neighbourhood, Story, Visit, Claim, Line, Tally, Dispute,
)  # fmt: skip
TABLES: dict[str, type[Record]] = {record.table: record for record in RECORDS}
PREFIXES: dict[str, type[Record]] = {record.prefix: record for record in RECORDS}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, its Python type, whether it may be unknown, and what it holds."""

    name: str
    type: type[str] | type[int] | type[float] | type[bool] | type[list[str]] | type[list[float]]
    unknown: bool
    doc: str


def columns(record: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a record class, in order."""
    untyped: Any = record  # a class is hashable, which its own __hash__ keeps mypy from seeing
    return _columns(untyped)


@cache
def _columns(record: Any) -> tuple[Column, ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    plain, doc = get_args(hint)
    parts = get_args(plain) if isinstance(plain, UnionType) else (plain,)
    kinds = [part for part in parts if part is not NoneType]
    return Column(name, kinds[0], NoneType in parts, doc)


def values(record: Record) -> tuple[Any, ...]:
    """Return a record's values in the order of its columns."""
    return tuple(getattr(record, column.name) for column in columns(type(record)))


def in_order(records: Iterable[R]) -> list[R]:
    """Sort records by id: the one order in which tables are kept, so that the order of reading changes nothing."""
    return sorted(records, key=lambda record: record.id)
