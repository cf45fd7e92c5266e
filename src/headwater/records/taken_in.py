"""What came into a case: reports, where each was got and what it gave for itself, what failed, and what a person put right or watches.

No stage writes these tables: a case keeps them, and works the others out anew.
"""

from dataclasses import dataclass
from typing import Annotated

from headwater.records.record import Record


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
    way: Annotated[
        str,
        "link (fetched), feed, archive, mail, file (a saved page or another file that is not plain text or a table)",
    ]
    url: Annotated[str | None, "address that was asked for, or under which the archive keeps it"]
    final: Annotated[str | None, "address that answered, after redirects"]
    hops: Annotated[
        list[str],
        "each step on the way: a redirect, with its status and where it led to; the archive or feed that it was inside of",
    ]
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
