"""What would be left if a report, an outlet or a speaker were withdrawn: claims that fall, claims that lose lines, the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.ask.shown import Shown
from headwater.errors import NoSuchId, NoSuchSpeaker
from headwater.records import Report, Statement, Tally, Voice
from headwater.settings import Settings
from headwater.stages.words import fold
from headwater.store import Store
from headwater.subsets import subset

NEAR = 5  # names that a hint gives


@dataclass(frozen=True, slots=True)
class Change:
    """A claim with its lines before and after; `after` is unknown where nobody is left who asserts it."""

    id: str
    text: str
    before: tuple[int, int]
    after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal would do; nothing is deleted."""

    withdrawn: tuple[str, ...]
    """names of reports, outlets and speakers"""
    reports: int
    statements: int
    falls: tuple[Change, ...]
    loses: tuple[Change, ...]
    stays: int


def withdraw(
    store: Store,
    settings: Settings,
    *,
    reports: Sequence[str] = (),
    outlets: Sequence[str] = (),
    speakers: Sequence[str] = (),
) -> Withdrawal:
    """Return what is left without some reports (by id or name), outlets and speakers. Raise NoSuchId, NoSuchSpeaker."""
    gone = _reports(store, reports, outlets)
    silent = _statements(store, speakers)
    left = frozenset(each.id for each in store.all(Report)) - gone
    shown = Shown(store)
    with subset(store, settings, reports=left, kept=lambda each: each.id not in silent) as small:
        after = {each.claim: (each.lines_min, each.lines_max) for each in small.all(Tally)}
    before = {each.claim: (each.lines_min, each.lines_max) for each in store.all(Tally) if each.lines_max}
    changes = [
        Change(
            claim,
            shown.content(shown.claims[claim].statement),
            lines,
            left_over if left_over and left_over[1] else None,
        )
        for claim, lines in sorted(before.items())
        if (left_over := after.get(claim)) != lines
    ]
    return Withdrawal(
        withdrawn=(*reports, *outlets, *speakers),
        reports=len(gone),
        statements=sum(each.report in gone or each.id in silent for each in shown.statements.values()),
        falls=tuple(sorted((each for each in changes if each.after is None), key=_weight)),
        loses=tuple(sorted((each for each in changes if each.after is not None), key=_weight)),
        stays=len(before) - len(changes),
    )


def _weight(change: Change) -> tuple[int, int, str]:
    return -change.before[1], -change.before[0], change.id


def _reports(store: Store, reports: Sequence[str], outlets: Sequence[str]) -> frozenset[str]:
    every, gone = store.all(Report), set[str]()
    for wanted in reports:
        found = {each.id for each in every if wanted in (each.id, each.name)}
        if not found:
            raise NoSuchId(
                wanted, "is no report of this case", hint="`headwater table CASE reports` shows ids and names"
            )
        gone |= found
    for wanted in outlets:
        found = {each.id for each in every if each.outlet and fold(each.outlet) == fold(wanted)}
        if not found:
            raise NoSuchId(wanted, "is no outlet of this case", hint="`headwater table CASE reports` shows outlets")
        gone |= found
    return frozenset(gone)


def _statements(store: Store, speakers: Sequence[str]) -> frozenset[str]:
    heard: Mapping[str, Voice] = {each.statement: each for each in store.all(Voice)}
    silent = set[str]()
    for wanted in speakers:
        found = {each.id for each in store.all(Statement) if fold(wanted) in _names(each, heard.get(each.id))}
        if not found:
            near = sorted(
                {each.speaker for each in store.all(Statement) if each.speaker and fold(wanted) in fold(each.speaker)}
            )
            hint = (
                f"did you mean {', '.join(near[:NEAR])}?"
                if near
                else "`headwater table CASE statements` shows the speakers"
            )
            raise NoSuchSpeaker(wanted, "is no speaker or origin in this case", hint=hint)
        silent |= found
    return frozenset(silent)


def _names(statement: Statement, voice: Voice | None) -> set[str]:
    said = (statement.speaker, statement.origin) if voice is None else (voice.speaker, voice.origin)
    return {fold(each) for each in said if each}
