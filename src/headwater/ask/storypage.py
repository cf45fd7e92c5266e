"""A story's page: what its reports claim on how many lines, what cannot both hold, and how its texts come from one another."""

import re
from collections import Counter
from dataclasses import dataclass

from headwater.ask.rows import StoryRows, story_rows
from headwater.ask.trees import Tree, tree_of
from headwater.records import Claim, Dispute, Reading, Tally
from headwater.stages.lines import Count, tally_of
from headwater.stages.readings import COUNTED, VAGUE
from headwater.store import Store

REPORT_ID = re.compile(r"report (r-[0-9a-f]{16})")
PLACES = 3


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in a list."""

    id: str
    text: str
    kind: str
    value: str | None
    """as it is compared"""
    told: str | None
    """as a person reads it: "dozens", which is compared as 24, stays dozens"""
    lines_min: int
    lines_max: int
    reports: int
    statements: int
    rests_on: tuple[str, ...]
    denies: int
    doubts: int
    forecasts: int
    unknown_origins: int
    older: bool
    """whether only older versions of pages say it"""
    disputes: int
    first: str | None
    """day of its earliest dated report"""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """Two claims that cannot both hold, with the words of each."""

    id: str
    kind: str
    a: str
    a_text: str
    b: str
    b_text: str
    why: str


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a story."""

    id: str
    name: str
    outlet: str | None
    title: str | None
    first: str | None
    last: str | None
    published: str | None
    """as it came"""
    statements: int


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A report that looks like one of the story's and was kept out."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story, whole or as it was known by a moment."""

    id: str
    title: str
    first: str | None
    last: str | None
    places: tuple[str, ...]
    outlets: int
    unknown_outlets: int
    moment: str | None
    days: tuple[str, ...]
    """the days on which its reports came out, whatever the moment"""
    not_out: int
    undated: int
    members: tuple[Member, ...]
    claims: tuple[ClaimLine, ...]
    disputes: tuple[DisputeLine, ...]
    tree: Tree
    apart: tuple[LookAlike, ...]
    visits: int
    """statements of reports of other stories that count here too"""
    because: tuple[str, ...]
    """ids of a person's corrections"""


def story_page(store: Store, story: str, moment: str | None = None) -> StoryPage:
    """Return the page of a story. Raise NoSuchId, BadTime."""
    rows = story_rows(store, story, moment)
    its = rows.story
    outlets = [each.outlet for each in rows.reports.values()]
    disputes = dispute_lines(rows)
    days = {each.report: each.first for each in rows.dates.values()}
    return StoryPage(
        id=its.id,
        title=its.title,
        first=its.first,
        last=its.last,
        places=places(rows.readings),
        outlets=len({each for each in outlets if each}),
        unknown_outlets=sum(each is None for each in outlets),
        moment=moment,
        days=days_of(store, story),
        not_out=rows.not_out,
        undated=rows.undated if moment else sum(days.get(each) is None for each in rows.reports),
        members=tuple(sorted(_members(rows), key=lambda each: (each.first or "9999", each.outlet or "", each.name))),
        claims=tuple(claim_lines(rows, disputes)),
        disputes=disputes,
        tree=tree_of(its, rows.told.derivations, days, rows.reports),
        apart=tuple(
            LookAlike(each, rows.name(each), why)
            for each, why in zip(its.apart, its.apart_why, strict=True)
            if each in rows.others
        ),
        visits=len(rows.visits),
        because=tuple(its.because),
    )


def days_of(store: Store, story: str) -> tuple[str, ...]:
    """Return the last possible days of a story's reports, each once: the moments at which something was added."""
    select = """
        SELECT DISTINCT d.last AS day FROM stories s, json_each(s.reports) r JOIN dates d ON d.report = r.value
        WHERE s.id = ? AND d.last NOT NULL ORDER BY 1
    """
    return tuple(row["day"] for row in store.select(select, story))


def places(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Return the places that most readings name."""
    named = Counter(each.place_name for each in readings if each.place_name)
    return tuple(sorted(named, key=lambda each: (-named[each], each))[:PLACES])


def claim_lines(rows: StoryRows, disputes: tuple[DisputeLine, ...]) -> list[ClaimLine]:
    """Return the claims of a story, those on most lines first, of equal ones those of most reports."""
    disputed = Counter(each for dispute in disputes if dispute.kind != "update" for each in (dispute.a, dispute.b))
    found = [claim_line(rows, each, disputed[claim]) for claim, each in rows.counts.items()]
    return sorted(
        found, key=lambda each: (-(each.lines_min + each.lines_max), -each.reports, each.kind == "event", each.id)
    )


def claim_line(rows: StoryRows, count: Count, disputes: int) -> ClaimLine:
    """Return one claim with its tally."""
    claim, tally = count.claim, tally_of(count)
    days = {each.report: each.first for each in rows.dates.values()}
    dated = [day for each in claim.statements if (day := days.get(rows.statements[each].report))]
    return ClaimLine(
        id=claim.id,
        text=rows.words(claim.statement),
        kind=claim.kind,
        value=claim.value,
        told=told_value(rows, claim),
        lines_min=tally.lines_min,
        lines_max=tally.lines_max,
        reports=tally.reports,
        statements=len(claim.statements),
        rests_on=rests_on(rows, tally),
        denies=tally.denies,
        doubts=tally.doubts,
        forecasts=tally.forecasts,
        unknown_origins=tally.unknown_origins,
        older=tally.older,
        disputes=disputes,
        first=min(dated, default=None),
    )


def told_value(rows: StoryRows, claim: Claim) -> str | None:
    """Return the value of a claim; of a count that no reading gives as a number, the words, with the number that they allow at least."""
    if claim.value is None or claim.kind not in COUNTED:
        return claim.value
    texts = [
        rows.report(each.report).text[each.start : each.end].casefold()
        for each in rows.readings
        if each.id in claim.readings
    ]
    vague = [
        word for word, number in VAGUE.items() if str(number) == claim.value and all(word in text for text in texts)
    ]
    return f"{max(vague, key=len)} (at least {claim.value})" if texts and vague else claim.value


def rests_on(rows: StoryRows, tally: Tally) -> tuple[str, ...]:
    """Return the names on which a claim rests."""
    return tuple(named(rows, each) for each in tally.rests_on)


def named(rows: StoryRows, label: str) -> str:
    """Return the label of a gatherer or origin with ids of reports replaced by what people call them."""
    return REPORT_ID.sub(
        lambda m: f"whoever wrote {rows.name(m.group(1))}" if _known(rows, m.group(1)) else m.group(), label
    )


def _known(rows: StoryRows, report: str) -> bool:
    return report in rows.reports or report in rows.others


def dispute_lines(rows: StoryRows) -> tuple[DisputeLine, ...]:
    """Return the disputes of a story, updates last."""
    claims = {each.id: each for each in rows.told.claims}
    found = [_dispute(rows, each, claims) for each in rows.disputes if {each.a, each.b} <= claims.keys()]
    return tuple(sorted(found, key=lambda each: (each.kind == "update", each.kind, each.id)))


def _dispute(rows: StoryRows, dispute: Dispute, claims: dict[str, Claim]) -> DisputeLine:
    a, b = claims[dispute.a], claims[dispute.b]
    return DisputeLine(
        dispute.id, dispute.kind, a.id, rows.words(a.statement), b.id, rows.words(b.statement), dispute.why
    )


def _members(rows: StoryRows) -> list[Member]:
    statements = Counter(each.report for each in rows.statements.values())
    return [
        Member(
            id=each.id,
            name=each.name,
            outlet=each.outlet,
            title=each.title,
            first=rows.dates[each.id].first if each.id in rows.dates else None,
            last=rows.dates[each.id].last if each.id in rows.dates else None,
            published=each.published,
            statements=statements[each.id],
        )
        for each in rows.reports.values()
    ]
