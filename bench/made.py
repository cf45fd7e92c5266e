"""Cases of any size whose rows are made up, as many as the stages make of so many reports of real piles.

The pages read tables, and do not care who filled them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from headwater.records import Claim, Date, Dispute, Reading, Record, Report, Statement, Story, Tally, ident
from headwater.store import Store

FIRST_DAY = date(2016, 1, 1)
TEXT = "The port office said that 12 people were killed in Korva. " * 8


@dataclass(frozen=True)
class Size:
    """How many rows a case has."""

    reports: int
    stories: int
    claims: int
    readings: int
    disputes: int


LARGE = Size(reports=5_000, stories=3_200, claims=100_000, readings=117_000, disputes=400)
SMALL = Size(reports=50, stories=32, claims=1_000, readings=1_170, disputes=4)


def a_case_of(path: Path, size: Size) -> Path:
    """Write a case of this size, the same for one size; return its file."""
    with Store(path, create=True) as store:
        for table in rows(size, random.Random(7)):
            with store.transaction():
                store.add(type(table[0]), table)
    return path


def _reports(size: Size, chance: random.Random) -> list[Report]:
    """Reports of forty outlets over two years."""
    return [
        Report(
            id=ident("r", n), name=f"report-{n}", outlet=f"Outlet {chance.randrange(40)}" if n % 9 else None, title=f"Blast {n}",
            published=(FIRST_DAY + timedelta(days=chance.randrange(700))).isoformat() if n % 7 else None, url=None, text=TEXT,
        )
        for n in range(size.reports)
    ]  # fmt: skip


def rows(size: Size, chance: random.Random) -> Iterator[list[Record]]:
    """Yield the rows of every table that the first view reads, table by table."""
    made = _reports(size, chance)
    yield list(made)
    yield [
        Date(id=ident("w", r.id), report=r.id, first=r.published, last=r.published, start=None, end=None, rule="made@1")
        for r in made
    ]
    members: list[list[str]] = [[] for _ in range(size.stories)]
    for number, report in enumerate(made):
        members[number if number < size.stories else int(size.stories * chance.random() ** 3)].append(report.id)
    stories = [
        Story(
            id=ident("y", n), title=f"Blast at the grain terminal, number {n}", reports=sorted(its), first=None, last=None,
            apart=[], apart_why=[], rule="made@1", because=[],
        )
        for n, its in enumerate(members)
    ]  # fmt: skip
    yield list(stories)
    claims = [_claim(n, stories[n % size.stories]) for n in range(size.claims)]
    yield list(claims)
    yield [_tally(claim, chance) for claim in claims]
    yield [_reading(n, made[n % size.reports], chance) for n in range(size.readings)]
    yield [_statement(claim, made[0]) for claim in claims[:2000]]
    yield [
        Dispute(
            id=ident("x", n), story=stories[n].id, a=claims[n].id, b=claims[n + size.stories].id, kind=("number", "update")[n % 2],
            why="12 against 19", rule="number@1",
        )
        for n in range(size.disputes)
    ]  # fmt: skip


def _claim(n: int, story: Story) -> Claim:
    said = ident("s", n)
    return Claim(
        id=ident("m", n), story=story.id, kind="event", value=None, statement=said, statements=[said], readings=[ident("g", n)],
        rule="made@1", because=[],
    )  # fmt: skip


def _tally(claim: Claim, chance: random.Random) -> Tally:
    told = 1 + int(chance.random() ** 12 * 20)
    return Tally(
        id=ident("a", claim.id), claim=claim.id, lines_min=1, lines_max=min(told, 3), rests_on=["AP"], reports=told, unknown_origins=0,
        denies=0, doubts=0, forecasts=0, older=False, why="made", because=[],
    )  # fmt: skip


def _reading(n: int, report: Report, chance: random.Random) -> Reading:
    place = f"Place {chance.randrange(300)}, Ardavia" if n % 15 == 0 else None
    return Reading(
        id=ident("g", n), report=report.id, statement=ident("s", n), kind="event", value=None, bound=None, recalled=False, unit=None,
        words=["blast"], names=[], first=None, last=None, when_start=None, when_end=None, place="1" if place else None, place_name=place,
        place_start=None, place_end=None, start=0, end=9, rule="made@1",
    )  # fmt: skip


def _statement(claim: Claim, report: Report) -> Statement:
    return Statement(
        id=claim.statement, report=report.id, sentence="n-0", start=0, end=57, cue_start=None, cue_end=None, speaker_start=None,
        speaker_end=None, speaker=None, speaker_kind="outlet", basis=None, stance="asserts", hedge_start=None, hedge_end=None,
        likelihood=None, horizon_first=None, horizon_last=None, chain=["unknown"], gatherer=None, gatherer_sure=True, origin=None,
        origin_named=False, rule="made@1", speaker_rule="", chain_rule="", because=[],
    )  # fmt: skip
