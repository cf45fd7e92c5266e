"""The brief: per story what is claimed, on how many lines, resting on whom; what one line carries; what is disputed; who copied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from headwater import runs
from headwater.ask.shown import Shown
from headwater.records import Claim, Date, Derivation, Dispute, Problem, Report, Story, Tally
from headwater.settings import Settings
from headwater.store import Store

T = TypeVar("T", Claim, Dispute)
SHOWN_CLAIMS = 10  # a story; what is left out is counted and said


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    """One claim of a story in a line."""

    id: str
    text: str
    kind: str
    value: str | None
    lines_min: int
    lines_max: int
    reports: int
    rests_on: tuple[str, ...]
    denies: int
    doubts: int
    forecasts: int
    unknown_origins: int
    older: bool
    """whether only older versions of pages say it"""


@dataclass(frozen=True, slots=True)
class DisputeBrief:
    """Two claims that cannot both hold."""

    id: str
    kind: str
    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True)
class CopyBrief:
    """A derivation in words."""

    id: str
    child: str
    parent: str
    unseen: bool
    kind: str
    direction: str
    sure: bool
    share: float | None


@dataclass(frozen=True, slots=True)
class StoryBrief:
    """One story: its claims by lines, what only one line carries, forecasts, disputes, copies, look-alikes kept apart."""

    id: str
    title: str
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    outlets: int
    unknown_outlets: int
    claims: tuple[ClaimBrief, ...]
    one_line: tuple[ClaimBrief, ...]
    forecasts: tuple[ClaimBrief, ...]
    left_out: int
    disputes: tuple[DisputeBrief, ...]
    copies: tuple[CopyBrief, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a case says."""

    case: str
    reports: int
    undated: int
    unknown_outlets: int
    problems: int
    stale: tuple[str, ...]
    stories: tuple[StoryBrief, ...]


def brief(store: Store, settings: Settings) -> Brief:
    """Return the brief of a case, stories with most reports first."""
    shown = Shown(store)
    claims = _by_story(store.all(Claim))
    tallies = {tally.claim: tally for tally in store.all(Tally)}
    disputes = _by_story(store.all(Dispute))
    derivations = store.all(Derivation)
    found = [
        _story(story, claims.get(story.id, []), tallies, disputes.get(story.id, []), derivations, shown)
        for story in store.all(Story)
    ]
    return Brief(
        case=store.path.name,
        reports=store.count(Report),
        undated=sum(date.first is None for date in store.all(Date)),
        unknown_outlets=sum(report.outlet is None for report in shown.reports.values()),
        problems=store.count(Problem),
        stale=tuple(runs.stale(store, settings)),
        stories=tuple(sorted(found, key=lambda story: (-len(story.reports), story.first or "9999", story.id))),
    )


def _by_story(rows: Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.story, []).append(row)
    return found


def _story(
    story: Story,
    claims: Sequence[Claim],
    tallies: Mapping[str, Tally],
    disputes: Sequence[Dispute],
    derivations: Sequence[Derivation],
    shown: Shown,
) -> StoryBrief:
    inside = set(story.reports)
    outlets = [shown.reports[report].outlet for report in story.reports]
    all_of_them = [claim_brief(claim, tallies[claim.id], shown) for claim in claims if claim.id in tallies]
    asserted = sorted((each for each in all_of_them if _worth_showing(each, len(inside))), key=_weight)
    return StoryBrief(
        id=story.id,
        title=story.title,
        first=story.first,
        last=story.last,
        reports=tuple(shown.name(report) for report in story.reports),
        outlets=len({outlet for outlet in outlets if outlet}),
        unknown_outlets=sum(outlet is None for outlet in outlets),
        claims=tuple(asserted[:SHOWN_CLAIMS]),
        one_line=tuple(each for each in asserted[:SHOWN_CLAIMS] if each.lines_max == 1 and each.reports > 1),
        forecasts=tuple(sorted((each for each in all_of_them if each.forecasts and not each.reports), key=_weight)[:5]),
        left_out=max(0, len(asserted) - SHOWN_CLAIMS),
        disputes=tuple(_dispute(each, shown) for each in sorted(disputes, key=lambda each: (each.kind, each.id))),
        copies=tuple(copy_brief(each, shown) for each in _told(derivations, inside, shown)),
        apart=tuple(f"{shown.name(other)}: {why}" for other, why in zip(story.apart, story.apart_why, strict=True)),
    )


def _worth_showing(claim: ClaimBrief, reports: int) -> bool:
    """Claims that several reports make, or that carry a figure or a deed; all of them where the story is one report."""
    return claim.reports > 1 or (
        claim.reports == 1 and (claim.kind != "event" or reports == 1 or claim.denies + claim.doubts > 0)
    )


def _weight(claim: ClaimBrief) -> tuple[float, int, bool, str]:
    return -(claim.lines_min + claim.lines_max) / 2, -claim.reports, claim.kind == "event", claim.id


def claim_brief(claim: Claim, tally: Tally, shown: Shown) -> ClaimBrief:
    """Return a claim with its tally."""
    return ClaimBrief(
        id=claim.id,
        text=shown.content(claim.statement),
        kind=claim.kind,
        value=claim.value,
        lines_min=tally.lines_min,
        lines_max=tally.lines_max,
        reports=tally.reports,
        rests_on=tuple(shown.gatherer(each) for each in tally.rests_on),
        denies=tally.denies,
        doubts=tally.doubts,
        forecasts=tally.forecasts,
        unknown_origins=tally.unknown_origins,
        older=tally.older,
    )


def _dispute(dispute: Dispute, shown: Shown) -> DisputeBrief:
    a, b = (shown.content(shown.claims[each].statement) for each in (dispute.a, dispute.b))
    return DisputeBrief(dispute.id, dispute.kind, a, b, dispute.why)


def _told(derivations: Sequence[Derivation], inside: set[str], shown: Shown) -> list[Derivation]:
    """Derivations of a story, those that are sure first; that a later version comes from an earlier one goes without saying."""
    its = [
        each
        for each in derivations
        if each.child in inside and (each.parent is None or (each.parent in inside and not shown.one_page(each)))
    ]
    return sorted(its, key=lambda each: (not each.sure, each.parent is not None, -(each.share or 0), each.id))


def copy_brief(derivation: Derivation, shown: Shown) -> CopyBrief:
    """Return a derivation with the names of its ends."""
    return CopyBrief(
        id=derivation.id,
        child=shown.name(derivation.child),
        parent=shown.name(derivation.parent) if derivation.parent else derivation.unseen or "unknown",
        unseen=derivation.parent is None,
        kind=derivation.kind,
        direction=derivation.direction,
        sure=derivation.sure,
        share=derivation.share,
    )
