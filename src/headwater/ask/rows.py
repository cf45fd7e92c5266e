"""One story with every row that its pages are made from; the same as it was known by a moment, counted anew.

A page of one story must not read the rows of five thousand reports, so that everything here is asked for by story, report or claim.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from headwater.ask.shown import called, numbered
from headwater.errors import NoSuchId
from headwater.records import (
    Claim,
    Correction,
    Date,
    Derivation,
    Dispute,
    Gatherer,
    Reading,
    Report,
    Reuse,
    Rewording,
    Statement,
    Story,
    Version,
    Visit,
    Voice,
)
from headwater.stages.lines import LINE_MARKS, Count, Told, counts
from headwater.stages.voices import as_heard
from headwater.store import Store
from headwater.subsets import left_of_claim, left_of_story, was_out


@dataclass(frozen=True, slots=True)
class StoryRows:
    """What the pages of one story show. `others` are reports of other stories: what visits this one, what it looks like, other versions."""

    story: Story
    reports: Mapping[str, Report]
    others: Mapping[str, Report]
    dates: Mapping[str, Date]
    told: Told
    readings: tuple[Reading, ...]
    disputes: tuple[Dispute, ...]
    visits: tuple[Visit, ...]
    counts: Mapping[str, Count]
    """by claim"""
    statements: Mapping[str, Statement]
    """as a person's corrections and the pile have them, by id"""
    moment: str | None = None
    not_out: int = 0
    """reports left out since they were not out by the moment"""
    undated: int = 0
    """reports left out since nothing says when they were out"""

    def name(self, report: str) -> str:
        """Return the id that a report came with, behind its outlet where that is known."""
        its = self.report(report)
        version = next((each for each in self.told.versions if each.report == report), None)
        return numbered(called(its.outlet, its.name), version)

    def report(self, report: str) -> Report:
        """Return a report of the story, or one that visits it."""
        return self.reports.get(report) or self.others[report]

    def words(self, statement: str) -> str:
        """Return the words of a statement's content on one line."""
        its = self.statements[statement]
        return " ".join(self.report(its.report).text[its.start : its.end].split())


def story_rows(store: Store, story: str, moment: str | None = None) -> StoryRows:
    """Return the rows of a story, or those known by a moment (ISO 8601; a day means its end). Raise NoSuchId, BadTime."""
    found = store.one(Story, story)
    if found is None:
        raise NoSuchId(story, "is no story of this case", hint="the list of stories shows their ids")
    return known_by(_read(store, found), moment) if moment else _read(store, found)


def story_of(store: Store, report: str) -> str | None:
    """Return the id of the story that a report stands in."""
    select = "SELECT s.id FROM stories s, json_each(s.reports) r WHERE r.value = ?"
    rows = store.select(select, report)
    return str(rows[0]["id"]) if rows else None


def _read(store: Store, story: Story) -> StoryRows:
    inside = set(story.reports)
    visits = store.some(Visit, "story", [story.id])
    visiting = {each.statement for each in visits}
    around = inside | {each.report for each in visits}
    pages = {each.page for each in store.some(Version, "report", around)}
    versions = store.some(Version, "page", pages)
    besides = set(story.apart) | {each.report for each in versions}
    reports = {each.id: each for each in store.some(Report, "id", around | besides)}
    said = [*store.some(Statement, "report", inside), *store.some(Statement, "id", visiting)]
    statements = list({each.id: each for each in said}.values())
    readings = [*store.some(Reading, "report", inside), *store.some(Reading, "statement", visiting)]
    ids = {each.id for each in statements}
    told = Told(
        claims=store.some(Claim, "story", [story.id]),
        statements=statements,
        gatherers=[each for each in store.some(Gatherer, "report", around) if each.statement in ids],
        voices=[each for each in store.some(Voice, "report", around) if each.statement in ids],
        derivations=store.some(Derivation, "child", around),
        reuse=[each for each in store.some(Reuse, "a", around) if each.b in around],
        rewordings=[each for each in store.some(Rewording, "a", around) if each.b in around],
        marks=[each for each in store.all(Correction) if each.kind in LINE_MARKS and each.name in ids],
        versions=versions,
    )
    return _counted(
        StoryRows(
            story=story,
            reports={each: reports[each] for each in story.reports if each in reports},
            others={id_: each for id_, each in reports.items() if id_ not in inside},
            dates={each.report: each for each in store.some(Date, "report", around | besides)},
            told=told,
            readings=tuple(readings),
            disputes=tuple(store.some(Dispute, "story", [story.id])),
            visits=tuple(visits),
            counts={},
            statements={},
        )
    )


def _counted(rows: StoryRows) -> StoryRows:
    better = {each.statement: each for each in rows.told.gatherers}
    statements = {}
    for each in as_heard(rows.told.statements, rows.told.voices):
        its = better.get(each.id)
        statements[each.id] = replace(each, gatherer=its.gatherer, gatherer_sure=its.sure) if its else each
    return replace(rows, counts={each.claim.id: each for each in counts(rows.told)}, statements=statements)


def known_by(rows: StoryRows, moment: str) -> StoryRows:
    """Return the rows that were out by a moment, with lines counted from them alone; ids stay as they are. Raise BadTime, NoSuchId."""
    last = {each.report: each.last for each in rows.dates.values()}
    around = [*rows.reports.values(), *rows.others.values()]
    out = {each.id for each in around if was_out(each, last.get(each.id), moment)}
    undated = sum(each.id not in out and last.get(each.id) is None for each in rows.reports.values())
    texts = {id_: each for id_, each in rows.reports.items() if id_ in out}
    if not texts:
        raise NoSuchId(f"{rows.story.id} as of {moment}", "had no report yet", hint="choose a later day")
    story = left_of_story(rows.story, out, texts, rows.dates)
    told = _left(rows.told, out, {each.id for each in rows.told.statements if each.report in texts})
    left = replace(
        rows,
        story=story,
        reports=texts,
        others={id_: each for id_, each in rows.others.items() if id_ in out},
        told=told,
        readings=tuple(each for each in rows.readings if each.report in out),
        visits=tuple(each for each in rows.visits if each.report in out),
        moment=moment,
        not_out=len(rows.reports) - len(texts) - undated,
        undated=undated,
    )
    left = _counted(left)
    asserted = {id_ for id_, each in left.counts.items() if any(s.stance == "asserts" for s in _its(left, each.claim))}
    return replace(left, disputes=tuple(each for each in rows.disputes if {each.a, each.b} <= asserted))


def _its(rows: StoryRows, claim: Claim) -> list[Statement]:
    return [rows.statements[each] for each in claim.statements]


def _left(told: Told, out: Collection[str], own: Collection[str]) -> Told:
    """What is left of a story's rows when only some reports are there; `own` are the statements of its own reports."""
    said = {each.id for each in told.statements if each.report in out}
    return Told(
        claims=[left for each in told.claims if (left := left_of_claim(each, said, own))],
        statements=[each for each in told.statements if each.id in said],
        gatherers=[each for each in told.gatherers if each.statement in said],
        voices=[each for each in told.voices if each.statement in said],
        derivations=[
            each for each in told.derivations if each.child in out and (not each.parent or each.parent in out)
        ],
        reuse=[each for each in told.reuse if each.a in out and each.b in out],
        rewordings=[each for each in told.rewordings if each.a in out and each.b in out],
        marks=[each for each in told.marks if each.name in said],
        versions=[each for each in told.versions if each.report in out],
    )


def by_report(rows: StoryRows) -> dict[str, list[Statement]]:
    """Return the statements of each report, in the order of the text."""
    found = defaultdict[str, list[Statement]](list)
    for each in rows.statements.values():
        found[each.report].append(each)
    return {report: sorted(its, key=lambda each: (each.start, each.id)) for report, its in found.items()}
