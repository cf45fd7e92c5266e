"""Pages that are in the pile in several versions: what changed from each to the next, and which claims only older ones make."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from headwater.ask.shown import called
from headwater.errors import NoSuchId
from headwater.records import Candidate, Capture, Claim, Report, Sentence, Statement, Version
from headwater.store import Store


@dataclass(frozen=True, slots=True)
class OneVersion:
    """A report as one version of its page."""

    report: str
    """report id"""
    name: str
    number: int | None
    newest: bool | None
    title: str | None
    published: str | None
    modified: str | None
    """when the page says that it was changed"""
    captured: str | None
    """when it was first fetched or archived"""


@dataclass(frozen=True, slots=True)
class Alteration:
    """What one version says otherwise than the one before it, sentence by sentence."""

    before: str
    """report id"""
    after: str
    title: bool
    """whether the headline is another one"""
    gone: tuple[str, ...]
    come: tuple[str, ...]
    reworded: "tuple[Reworded, ...]"
    kept: int
    """sentences that are the same in both"""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence that stands in the place of another one that is much like it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that only older versions make."""

    claim: str
    text: str


@dataclass(frozen=True, slots=True)
class PageHistory:
    """One page: its versions, oldest first where their order is known, what changed between them, and the claims that were dropped."""

    page: str
    ordered: bool
    versions: tuple[OneVersion, ...]
    changes: tuple[Alteration, ...]
    dropped: tuple[Dropped, ...]


OLDER = """
    SELECT t.claim FROM tallies t JOIN claims c ON c.id = t.claim WHERE t.older AND c.story IN (
        SELECT s.id FROM stories s, json_each(s.reports) r WHERE r.value IN (SELECT value FROM json_each(?)))
"""
ALIKE = 0.6  # ratio of difflib, over words, from which one sentence is another one reworded
MOST_PAIRS = 900  # sentences that went times sentences that came in one place


def page_histories(store: Store, wanted: str | None = None) -> tuple[PageHistory, ...]:
    """Return the pages with several versions, or the one of a report (id or name) or an address. Raise NoSuchId."""
    by_page = defaultdict[str, list[Version]](list)
    for each in store.all(Version):
        by_page[each.page].append(each)
    if wanted is not None:
        page = _page_of(store, wanted, by_page)
        by_page = defaultdict(list, {page: by_page[page]})
    return tuple(_history(store, page, by_page[page]) for page in sorted(by_page))


def _page_of(store: Store, wanted: str, by_page: dict[str, list[Version]]) -> str:
    reports = {each.id for column in ("id", "name", "url") for each in store.some(Report, column, [wanted])}
    found = next(
        (page for page, its in by_page.items() if page == wanted or any(v.report in reports for v in its)), None
    )
    if found is None:
        hint = "`headwater versions CASE` lists the pages that are" if by_page else "no page of this case is"
        raise NoSuchId(wanted, "is no page that is there in several versions", hint=hint)
    return found


def _history(store: Store, page: str, found: Sequence[Version]) -> PageHistory:
    its = sorted(found, key=lambda each: (each.number or 0, each.report))
    reports = {each.id: each for each in store.some(Report, "id", [each.report for each in its])}
    sentences = defaultdict[str, list[str]](list)
    for each in sorted(store.some(Sentence, "report", reports), key=lambda each: each.start):
        if not each.heading:
            sentences[each.report].append(" ".join(reports[each.report].text[each.start : each.end].split()))
    return PageHistory(
        page=page,
        ordered=all(each.number is not None for each in its),
        versions=tuple(_version(store, each, reports[each.report]) for each in its),
        changes=tuple(
            _change(reports[a.report], reports[b.report], sentences[a.report], sentences[b.report])
            for a, b in pairwise(its)
        ),
        dropped=tuple(_dropped(store, [each.report for each in its])),
    )


def versions_of(store: Store, report: str) -> tuple[OneVersion, ...]:
    """Return the versions of the page of a report, oldest first where their order is known; none where it is the only one."""
    pages = {each.page for each in store.some(Version, "report", [report])}
    its = sorted(store.some(Version, "page", pages), key=lambda each: (each.number or 0, each.report))
    reports = {each.id: each for each in store.some(Report, "id", [each.report for each in its])}
    return tuple(_version(store, each, reports[each.report]) for each in its)


def _version(store: Store, version: Version, report: Report) -> OneVersion:
    captured = [each.captured for each in store.some(Capture, "report", [report.id]) if each.captured]
    modified = [
        each.value for each in store.some(Candidate, "report", [report.id]) if each.field == "modified" and each.won
    ]
    return OneVersion(
        report=report.id,
        name=called(report.outlet, report.name),
        number=version.number,
        newest=version.newest,
        title=report.title,
        published=report.published,
        modified=next(iter(modified), None),
        captured=min(captured, default=None),
    )


def _change(before: Report, after: Report, old: Sequence[str], new: Sequence[str]) -> Alteration:
    gone, come, reworded, kept = [], [], [], 0
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            kept += b - a
            continue
        left, came = list(old[a:b]), list(new[c:d])
        for pair in _reworded(left, came):
            reworded.append(pair)
            left.remove(pair.before)
            came.remove(pair.after)
        gone += left
        come += came
    return Alteration(before.id, after.id, before.title != after.title, tuple(gone), tuple(come), tuple(reworded), kept)


def _reworded(left: Sequence[str], came: Sequence[str]) -> Iterator[Reworded]:
    """Yield each sentence that went with the one of those that came that is most like it, each of these once.

    Where so many stand against so many that it is another text, none is told to be another one reworded.
    """
    if len(left) * len(came) > MOST_PAIRS:
        return
    free = list(came)
    for each in left:
        best = max(free, key=lambda other: _alike(each, other), default=None)
        if best is not None and _alike(each, best) >= ALIKE:
            free.remove(best)
            yield Reworded(each, best)


def _alike(one: str, two: str) -> float:
    """Return how alike two sentences are, by their words; 0 where their length alone keeps them below what counts."""
    found = SequenceMatcher(None, one.split(), two.split(), autojunk=False)
    return found.ratio() if found.quick_ratio() >= ALIKE else 0.0


def _dropped(store: Store, reports: Sequence[str]) -> Iterator[Dropped]:
    """Yield the claims that these reports make and that only older versions of pages make."""
    said = {each.id: each for each in store.some(Statement, "report", reports)}
    claims = {row["claim"] for row in store.select(OLDER, json.dumps(sorted(reports)))}
    texts = {each.id: each.text for each in store.some(Report, "id", reports)}
    for claim in store.some(Claim, "id", claims):
        its = next((said[each] for each in claim.statements if each in said), None)
        if its:
            yield Dropped(claim.id, " ".join(texts[its.report][its.start : its.end].split()))
