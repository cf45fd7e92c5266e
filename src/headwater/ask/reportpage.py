"""A report's page: its text with everything that was found in it, what is page furniture, and what it shares with others."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from headwater.ask.pagehistory import OneVersion, versions_of
from headwater.ask.rows import story_of
from headwater.ask.shown import called
from headwater.errors import NoSuchId
from headwater.records import (
    Candidate,
    Capture,
    Credit,
    Date,
    Derivation,
    Gatherer,
    Report,
    Reuse,
    Rewording,
    Sentence,
    Statement,
    Story,
    Text,
    Voice,
)
from headwater.stages.voices import as_heard
from headwater.stages.words import words_of
from headwater.store import Store

WINDOW = 60_000  # characters shown at once; what follows has its own page
HOLDERS = 6  # other reports named at a shared passage


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text in which nothing begins or ends."""

    start: int
    text: str
    kind: str
    """kind of text: body, heading, dateline, credit, caption, furniture"""
    statement: str | None
    role: str | None
    """what of the statement it is: speaker, cue, content"""
    claim: str | None
    shared: str | None
    """kind of the passage that another report has too: text, agency, quotation, boilerplate, background, reworded"""
    shared_with: tuple[str, ...]
    credit: str | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement in a list."""

    id: str
    report: str
    report_name: str
    text: str
    start: int
    speaker: str | None
    origin: str | None
    gatherer: str | None
    stance: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """What a report shares with another one."""

    report: str
    name: str
    kinds: tuple[str, ...]
    words: int
    share: float
    """of this report's words, 0 to 1"""


@dataclass(frozen=True, slots=True)
class DerivationLine:
    """A derivation in which the report is child or parent."""

    id: str
    other: str | None
    other_name: str
    as_child: bool
    kind: str
    direction: str
    sure: bool
    overruled: bool
    share: float | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credited:
    """A news organisation that the report names."""

    id: str
    name: str
    kind: str
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    first: str | None
    last: str | None
    date_rule: str | None
    date_words: str | None
    story: str | None
    story_title: str | None
    characters: int
    start: int
    end: int
    furniture: int
    """characters of page parts"""
    segments: tuple[Segment, ...]
    statements: tuple[StatementLine, ...]
    shared: tuple[SharedLine, ...]
    derivations: tuple[DerivationLine, ...]
    credits: tuple[Credited, ...]
    versions: tuple[OneVersion, ...]
    captures: tuple[Capture, ...]
    candidates: tuple[Candidate, ...]


def report_page(store: Store, report: str, start: int | None = 0, *, at: int = 0) -> ReportPage:
    """Return the page of a report, by id or by the name that it came with; of a long one the text from `start` on, or all of it.

    The text is cut at `at` too, so that it can be linked to.

    Raise NoSuchId for an unknown or ambiguous one.
    """
    its = _found(store, report)
    end = len(its.text) if start is None else min(len(its.text), max(0, start) + WINDOW)
    start = max(0, min(start or 0, end - 1))
    date = next(iter(store.some(Date, "report", [its.id])), None)
    texts, credits = store.some(Text, "report", [its.id]), store.some(Credit, "report", [its.id])
    statements = as_heard(store.some(Statement, "report", [its.id]), store.some(Voice, "report", [its.id]))
    claims = _claims(store, its.id)
    passages = _passages(store, its.id)
    names = _names(store, {each.other for each in passages})
    story = store.one(Story, story_of(store, its.id) or "")
    sentences = store.some(Sentence, "report", [its.id])
    marked = _Marked(its.text, texts, statements, claims, passages, credits, names)
    return ReportPage(
        id=its.id,
        name=its.name,
        outlet=its.outlet,
        published=its.published,
        title=its.title,
        url=its.url,
        first=date.first if date else None,
        last=date.last if date else None,
        date_rule=date.rule if date else None,
        date_words=its.text[date.start : date.end]
        if date and date.start is not None and date.end is not None
        else None,
        story=story.id if story else None,
        story_title=story.title if story else None,
        characters=len(its.text),
        start=start,
        end=end,
        furniture=sum(each.end - each.start for each in texts if each.kind == "furniture"),
        segments=marked.segments(start, end, [at, *(each.start for each in sentences)]),
        statements=statement_lines(store, its, statements, claims),
        shared=_shared(its, passages, names),
        derivations=_derivations(store, its.id),
        credits=tuple(
            Credited(each.id, each.name, each.kind, its.text[each.start : each.end], each.start)
            for each in sorted(credits, key=lambda each: each.start)
        ),
        versions=_versions(store, its),
        captures=tuple(
            sorted(store.some(Capture, "report", [its.id]), key=lambda each: (each.captured or "", each.id))
        ),
        candidates=_candidates(store, its),
    )


def _found(store: Store, report: str) -> Report:
    found = store.some(Report, "id", [report]) or store.some(Report, "name", [report])
    if len(found) != 1:
        what = "is the name of several reports" if found else "is no report of this case"
        raise NoSuchId(report, what, hint="the search finds reports by their words")
    return found[0]


def statement_lines(
    store: Store, report: Report, statements: Sequence[Statement], claims: dict[str, list[str]]
) -> tuple[StatementLine, ...]:
    """Return the statements of a report in the order of the text."""
    better = {each.statement: each.gatherer for each in store.some(Gatherer, "report", [report.id])}
    name = called(report.outlet, report.name)
    return tuple(
        StatementLine(
            id=each.id,
            report=report.id,
            report_name=name,
            text=" ".join(report.text[each.start : each.end].split()),
            start=each.start,
            speaker=each.speaker,
            origin=each.origin,
            gatherer=better.get(each.id, each.gatherer),
            stance=each.stance,
            claims=tuple(claims.get(each.id, [])),
        )
        for each in sorted(statements, key=lambda each: (each.start, each.id))
    )


def _claims(store: Store, report: str) -> dict[str, list[str]]:
    """The claims of a report's statements: those of its story, and of the stories that it visits."""
    select = """
        SELECT c.id, c.statements FROM claims c WHERE c.story IN (
            SELECT s.id FROM stories s, json_each(s.reports) r WHERE r.value = ?1 UNION SELECT story FROM visits WHERE report = ?1)
        ORDER BY c.id
    """
    found = defaultdict[str, list[str]](list)
    for row in store.select(select, report):
        for statement in json.loads(row["statements"]):
            found[statement].append(row["id"])
    return found


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of this report that another one has too."""

    other: str
    start: int
    end: int
    words: int
    kind: str


def _passages(store: Store, report: str) -> list[_Passage]:
    found = []
    for each in [*store.some(Reuse, "a", [report]), *store.some(Reuse, "b", [report])]:
        mine = (each.a_start, each.a_end, each.b) if each.a == report else (each.b_start, each.b_end, each.a)
        found.append(_Passage(mine[2], mine[0], mine[1], each.words, each.kind))
    for said in [*store.some(Rewording, "a", [report]), *store.some(Rewording, "b", [report])]:
        mine = (said.a_start, said.a_end, said.b) if said.a == report else (said.b_start, said.b_end, said.a)
        found.append(_Passage(mine[2], mine[0], mine[1], 0, "reworded"))
    return sorted(found, key=lambda each: (each.start, each.end, each.other, each.kind))


def _names(store: Store, reports: set[str]) -> dict[str, str]:
    select = "SELECT id, outlet, name FROM reports WHERE id IN (SELECT value FROM json_each(?))"
    rows = store.select(select, json.dumps(sorted(reports)))
    return {row["id"]: called(row["outlet"], row["name"]) for row in rows}


STRENGTH = ("text", "agency", "quotation", "reworded", "boilerplate", "background")
"""kinds of passages, the one that says most first"""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A text with everything that is marked in it."""

    text: str
    texts: Sequence[Text]
    statements: Sequence[Statement]
    claims: Mapping[str, list[str]]
    passages: Sequence[_Passage]
    credits: Sequence[Credit]
    names: Mapping[str, str]

    def segments(self, start: int, end: int, starts: Sequence[int]) -> tuple[Segment, ...]:
        """Cut the text from `start` to `end` wherever something marked begins or ends, and at `starts`, to which others link."""
        spans = [(each.start, each.end) for each in self.texts]
        spans += [(each.start, each.end) for each in self.statements]
        spans += [(each.start, each.end) for each in self.passages]
        spans += [(each.start, each.end) for each in self.credits]
        spans += [
            (a, b)
            for each in self.statements
            for a, b in ((each.cue_start, each.cue_end), (each.speaker_start, each.speaker_end))
            if a is not None and b is not None
        ]
        within = {each for span in spans for each in span} | set(starts)
        cuts = sorted({start, end, *(each for each in within if start < each < end)})
        return tuple(self._segment(first, last) for first, last in pairwise(cuts))

    def _segment(self, first: int, last: int) -> Segment:
        said, role = self._said(first, last)
        over = [each for each in self.passages if each.start <= first and last <= each.end]
        shared = min((each.kind for each in over), key=STRENGTH.index, default=None)
        holders = dict.fromkeys(self.names.get(each.other, each.other) for each in over if each.kind == shared)
        its = self.claims.get(said.id, []) if said else []
        return Segment(
            start=first,
            text=self.text[first:last],
            kind=next((each.kind for each in self.texts if each.start <= first and last <= each.end), "body"),
            statement=said.id if said else None,
            role=role,
            claim=its[0] if its else None,
            shared=shared,
            shared_with=tuple(holders)[:HOLDERS],
            credit=next((each.name for each in self.credits if each.start <= first and last <= each.end), None),
        )

    def _said(self, first: int, last: int) -> tuple[Statement | None, str | None]:
        """The statement whose speaker or cue this is, or else the shortest whose content it is."""
        for each in self.statements:
            if (role := _role(each, first, last)) is not None:
                return each, role
        inside = [each for each in self.statements if each.start <= first and last <= each.end]
        if not inside:
            return None, None
        return min(inside, key=lambda each: (each.end - each.start, each.id)), "content"


def _role(statement: Statement, first: int, last: int) -> str | None:
    for role, start, end in (
        ("speaker", statement.speaker_start, statement.speaker_end),
        ("cue", statement.cue_start, statement.cue_end),
    ):
        if start is not None and end is not None and start <= first and last <= end:
            return role
    return None


def _shared(report: Report, passages: Sequence[_Passage], names: dict[str, str]) -> tuple[SharedLine, ...]:
    starts = [word.start for word in words_of(report.text)]
    by_other = defaultdict[str, list[_Passage]](list)
    for each in passages:
        by_other[each.other].append(each)
    found = []
    for other, its in by_other.items():
        covered = {
            n for each in its for n in range(bisect_right(starts, each.start - 1), bisect_right(starts, each.end - 1))
        }
        found.append(
            SharedLine(
                other,
                names.get(other, other),
                tuple(sorted({each.kind for each in its}, key=STRENGTH.index)),
                len(covered),
                len(covered) / max(1, len(starts)),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.words, each.name, each.report)))


def _derivations(store: Store, report: str) -> tuple[DerivationLine, ...]:
    rows = [*store.some(Derivation, "child", [report]), *store.some(Derivation, "parent", [report])]
    names = _names(store, {each for row in rows for each in (row.child, row.parent) if each})
    found = []
    for each in rows:
        other = each.parent if each.child == report else each.child
        found.append(
            DerivationLine(
                id=each.id,
                other=other,
                other_name=names.get(other, other) if other else each.unseen or "unknown",
                as_child=each.child == report,
                kind=each.kind,
                direction=each.direction,
                sure=each.sure,
                overruled=each.overruled,
                share=each.share,
                evidence=tuple(each.evidence),
            )
        )
    return tuple(sorted(found, key=lambda each: (not each.as_child, not each.sure, -(each.share or 0), each.id)))


def _versions(store: Store, report: Report) -> tuple[OneVersion, ...]:
    """The other versions of its page."""
    return tuple(each for each in versions_of(store, report.id) if each.report != report.id)


FIELDS = ("title", "outlet", "byline", "published", "modified", "url", "canonical", "credit")


def _candidates(store: Store, report: Report) -> tuple[Candidate, ...]:
    """What it was told of itself, field by field, what was taken first."""
    found = store.some(Candidate, "report", [report.id])
    return tuple(
        sorted(
            found,
            key=lambda each: (
                FIELDS.index(each.field) if each.field in FIELDS else len(FIELDS),
                not each.won,
                each.place,
                each.value,
            ),
        )
    )
