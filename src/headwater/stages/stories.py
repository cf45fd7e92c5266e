"""neighbourhoods, likenesses, dates, corrections → stories: each neighbourhood cut into happenings by average linkage.

A text published again counts once. A chain of likenesses (Monday like Tuesday, Tuesday like Wednesday) is not one happening; the mean over all pairs is asked.
Stories that look alike and were kept apart are named with the reason, since an old report that resurfaces is not news. What a
person joined or parted is done last.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from headwater.records import Correction, Date, Likeness, Neighbourhood, Story, ident
from headwater.settings import Settings
from headwater.stages.clusters import cluster
from headwater.stages.regrouping import regrouped

VERSION = 4
RULE = "average-linkage@1"
SAME = 0.9999  # cosine from which openings are equal
ALIKE = 0.3  # cosine of openings from which a report that was kept out is named as a look-alike
LIKENESSES = "SELECT t.*, n.neighbourhood AS key FROM likenesses t JOIN neighbourhoods n ON n.report IN (t.a, t.b)"
MEMBERS = "SELECT id AS story, unnest(reports) AS report FROM stories"
TOLD_BY = f"({MEMBERS} UNION SELECT story, report FROM visits)"
"""every story with its reports and those that visit it"""
MARKS = """
    SELECT c.*, n.neighbourhood AS key FROM corrections c JOIN neighbourhoods n ON n.report = c.name
    WHERE c.kind IN ('one-story', 'other-story')"""
DATES = "SELECT t.*, n.neighbourhood AS key FROM dates t JOIN neighbourhoods n ON n.report = t.report"
HEADS = """
    SELECT n.neighbourhood AS key, r.id AS report,
        coalesce(r.title, substr(r.text, s.start::INT + 1, (s."end" - s.start)::INT), r.name) AS head
    FROM neighbourhoods n JOIN reports r ON r.id = n.report
    LEFT JOIN sentences s ON s.report = r.id AND s.number = 0 ORDER BY r.id"""


def stories(
    *,
    members: Sequence[Neighbourhood],
    likenesses: Sequence[Likeness],
    dates: Sequence[Date],
    heads: Sequence[dict[str, Any]],
    marks: Sequence[Correction],
    settings: Settings,
) -> Iterator[Story]:
    """Yield the stories of a neighbourhood."""
    reports = sorted(each.report for each in members)
    scores = {(each.a, each.b): each.score for each in likenesses}
    days = {each.report: each.first for each in dates}
    head = {each["report"]: each["head"] for each in heads}
    twins = _twins(reports, likenesses)
    groups = [
        [report for report in reports if twins[report] in alone]
        for alone in cluster(sorted(set(twins.values())), scores, settings.story_score)
    ]
    for group in regrouped(groups, marks):
        found = sorted(group.members)
        inside = set(found)
        dated = sorted(day for report in found if (day := days.get(report)))
        apart = _kept_out(likenesses, inside)
        yield Story(
            id=ident("y", *found),
            title=head[_middle(found, scores)],
            reports=found,
            first=dated[0] if dated else None,
            last=dated[-1] if dated else None,
            apart=sorted(apart),
            apart_why=[_why(apart[other]) for other in sorted(apart)],
            rule=RULE,
            because=group.because,
        )


def _twins(reports: Sequence[str], likenesses: Sequence[Likeness]) -> dict[str, str]:
    """Map each report to the first of those with the same opening and day, so that a text published again weighs once."""
    first = {report: report for report in reports}
    for each in sorted(likenesses, key=lambda each: (each.a, each.b)):
        if min(each.words, each.names or 1.0) >= SAME and not each.days and each.a in first and each.b in first:
            first[each.b] = min(first[each.b], first[each.a])
    return first


def _kept_out(likenesses: Sequence[Likeness], inside: set[str]) -> dict[str, Likeness]:
    """Reports that look alike and are not in the story, each with the likeness that comes closest."""
    found: dict[str, Likeness] = {}
    for each in sorted(likenesses, key=lambda each: (each.words, each.id)):
        if (each.a in inside) != (each.b in inside) and each.words >= ALIKE:
            found[each.b if each.a in inside else each.a] = each
    return found


def _middle(found: Sequence[str], scores: dict[tuple[str, str], float]) -> str:
    """The report that is most like the others; its headline names the story."""

    def total(report: str) -> float:
        return sum(scores.get((min(report, other), max(report, other)), 0.0) for other in found if other != report)

    return max(found, key=lambda report: (round(total(report), 6), -found.index(report)))


def _why(each: Likeness) -> str:
    like = f"openings {each.words:.0%} alike"
    if each.days is None:
        return f"{like}, but not enough with one of them undated"
    return f"{like}, but {each.days} days lie between them" if each.days > 1 else f"{like}, which is not enough"
