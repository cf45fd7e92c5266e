"""A case as if some of it were not there: what was known by a day, or what is left when a report, outlet or speaker is withdrawn.

Nothing is deleted: a copy beside the case is cut down, its stories, claims and derivations keep their ids, and lines are counted anew
from what is left. So a number of then can be laid beside the number of now, claim by claim.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater import runs
from headwater.errors import BadTime
from headwater.records import (
    RECORDS,
    Claim,
    Correction,
    Date,
    Dispute,
    Line,
    Problem,
    Record,
    Report,
    Statement,
    Story,
    Tally,
    Visit,
    Voice,
)
from headwater.settings import Settings
from headwater.stages.voices import as_heard
from headwater.store import Store

TITLE = 90  # characters of a report without a headline that stand for one
ENDS = ("report", "a", "b", "child", "parent")
"""columns that hold the id of a report; a row goes when any of its reports goes"""


@contextmanager
def subset(
    store: Store, settings: Settings, *, reports: Collection[str], kept: Callable[[Statement], bool] = lambda _: True
) -> Iterator[Store]:
    """Open a copy of a case with some of its reports, and of their statements those that `kept` keeps; it goes when closed."""
    with TemporaryDirectory(prefix="headwater-") as place:
        path = Path(place) / store.path.name
        store.copy(path)
        with Store(path, create=False) as small:
            _cut(small, set(reports), kept)
            runs.run_alone(small, settings, Tally.table)
            runs.take_as_fresh(small, settings)
            yield small


def _cut(small: Store, reports: set[str], kept: Callable[[Statement], bool]) -> None:
    said = {each.id for each in small.all(Statement) if each.report in reports and kept(each)}
    texts = {each.id: each for each in small.all(Report) if each.id in reports}
    dates = {each.report: each for each in small.all(Date)}
    stories = {
        story.id: left_of_story(story, reports, texts, dates)
        for story in small.all(Story)
        if reports.intersection(story.reports)
    }
    home = {report: story for story, its in stories.items() for report in its.reports}
    own = defaultdict[str, set[str]](set)
    for each in small.all(Statement):
        if each.report in home:
            own[home[each.report]].add(each.id)
    claims = [
        cut
        for each in small.all(Claim)
        if each.story in stories and (cut := left_of_claim(each, said, own[each.story]))
    ]
    asserted = _asserted(claims, small)
    rows: dict[type[Record], list[Record]] = {
        Claim: list(claims),
        Story: list(stories.values()),
        Visit: [each for each in small.all(Visit) if each.story in stories and each.statement in said],
        Dispute: [each for each in small.all(Dispute) if {each.a, each.b} <= asserted],
        Statement: [each for each in small.all(Statement) if each.id in said],
    }
    with small.transaction():
        for record in RECORDS:
            if record in (Problem, Correction):
                continue
            kept_rows = (
                rows[record] if record in rows else [each for each in small.all(record) if _stays(each, reports, said)]
            )
            small.clear(record)
            small.add(record, kept_rows if record not in (Tally, Line) else [])


def _stays(row: Record, reports: set[str], said: set[str]) -> bool:
    names = {field.name for field in fields(row)}  # type: ignore[arg-type]
    ends = [getattr(row, name) for name in ENDS if name in names]
    if isinstance(row, Report):
        return row.id in reports
    statement = getattr(row, "statement", None) if "statement" in names else None
    return all(end is None or end in reports for end in ends) and (statement is None or statement in said)


def left_of_claim(claim: Claim, said: Collection[str], own: Collection[str]) -> Claim | None:
    """Return what is left of a claim when only some statements are; None where only visitors from other stories are, who make no claim.

    `own` are the statements of the story's own reports.
    """
    left = [each for each in claim.statements if each in said]
    if not any(each in own for each in left):
        return None
    return replace(claim, statements=left, statement=claim.statement if claim.statement in said else left[0])


def left_of_story(story: Story, kept: Collection[str], texts: Mapping[str, Report], dates: Mapping[str, Date]) -> Story:
    """Return what is left of a story when only some reports are, at least one of its own.

    Days are those of what is left, and the title is that of its earliest report, so that nothing later shows through.
    """
    left = [each for each in story.reports if each in kept]
    apart = [(other, why) for other, why in zip(story.apart, story.apart_why, strict=True) if other in kept]
    if len(left) < len(story.reports):
        days = {each: dates[each].first for each in left if each in dates}
        first = texts[min(left, key=lambda each: (days.get(each) or "9999", each))]
        dated = [day for day in days.values() if day]
        title = first.title or first.text[:TITLE].strip()
        story = replace(story, title=title, first=min(dated, default=None), last=max(dated, default=None))
    return replace(story, reports=left, apart=[other for other, _ in apart], apart_why=[why for _, why in apart])


def _asserted(claims: Collection[Claim], small: Store) -> set[str]:
    stances = {each.id: each.stance for each in as_heard(small.all(Statement), small.all(Voice))}
    return {claim.id for claim in claims if any(stances[each] == "asserts" for each in claim.statements)}


def known_by(store: Store, moment: str) -> frozenset[str]:
    """Return the reports that were out by a moment, ISO 8601, a day meaning its end; undated ones are not among them. Raise BadTime."""
    _then(moment)  # a pile without reports must refuse a bad time too
    days = {each.report: each.last for each in store.all(Date)}
    return frozenset(each.id for each in store.all(Report) if was_out(each, days.get(each.id), moment))


def was_out(report: Report, day: str | None, moment: str) -> bool:
    """Tell whether a report was out by a moment. Raise BadTime.

    One that came with an hour is held to it, any other to `day`, the last possible day of its date; without one it was not.
    """
    then, whole_day = _then(moment), len(moment) <= len("2024-03-14")
    hour = _hour(report.published)
    if hour is not None and not whole_day:
        if hour.tzinfo is None or then.tzinfo is None:
            hour, then = hour.replace(tzinfo=None), then.replace(tzinfo=None)
        return hour <= then
    return day is not None and (day <= then.date().isoformat() if whole_day else day < then.date().isoformat())


def _then(moment: str) -> datetime:
    try:
        return datetime.fromisoformat(moment)
    except ValueError as error:
        raise BadTime(moment, "is no day and no time", hint="write 2024-03-14 or 2024-03-14T18:00") from error


def _hour(published: str | None) -> datetime | None:
    if published is None or len(published) <= len("2024-03-14"):
        return None
    try:
        return datetime.fromisoformat(published)
    except ValueError:
        return None
