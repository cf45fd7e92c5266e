"""What the pile says: its stories, their claims, how many independent lines each has, and which cannot both hold."""

from dataclasses import dataclass
from typing import Annotated

from headwater.records.record import Record


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
