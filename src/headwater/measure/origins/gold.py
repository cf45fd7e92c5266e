"""The gold of the origins data: stories with their derivations, claims, lines and disputes, one JSON file each.

In: files in the form that the annotation guide describes. Out: frozen dataclasses. A statement in a report whose text
has first to be extracted (HTML) has no offsets but a `quote`; `with_quotes` looks it up in the text that was read.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

NOWHERE = -1  # offset of a quotation that the text does not hold, so that it counts as missed


@dataclass(frozen=True, slots=True)
class Interval:
    """How many independent lines there are, at least and at most."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def meets(self, other: "Interval") -> bool:
        """Return whether some number of lines lies in both."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Said:
    """A gold statement; what ends in `_also` is how a second reader took it, where two readings hold."""

    report: str
    start: int
    end: int
    stance: str
    speaker: str | None
    gatherer: str | None
    chain: tuple[str, ...]
    quote: str | None
    stance_also: str | None = None
    speaker_also: str | None = None
    gatherer_also: str | None = None
    origin_also: str | None = None

    @property
    def origin(self) -> str:
        """Whose word it rests on: the last link of the chain."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A gold claim with its statements and its lines; `also` is a second interval where two readings hold."""

    claim: str
    statements: tuple[Said, ...]
    lines: Interval
    also: Interval | None

    @property
    def asserting(self) -> tuple[Said, ...]:
        return tuple(said for said in self.statements if said.stance == "asserts")

    @property
    def accepted(self) -> tuple[Interval, ...]:
        return (self.lines, self.also) if self.also else (self.lines,)


@dataclass(frozen=True, slots=True)
class Descent:
    """A derivation, of the gold or of the system: from another report, or from an unseen text of that name."""

    child: str
    parent: str | None
    unseen: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two gold claims that cannot both hold, by their position in the story."""

    a: int
    b: int


@dataclass(frozen=True, slots=True)
class GoldStory:
    """One happening: its reports, look-alikes that are another, and everything annotated about it."""

    name: str
    reports: tuple[str, ...]
    look_alikes: tuple[str, ...]
    derivations: tuple[Descent, ...]
    claims: tuple[GoldClaim, ...]
    disputes: tuple[Disagreement, ...]
    kin_unsure: frozenset[frozenset[str]]
    """pairs that only one of two annotators marked as sharing a text: left out"""
    unseen_unsure: Mapping[str, tuple[str, ...]]
    """by report, unseen texts that only one of two annotators saw: left out"""


def read_gold(paths: Iterable[Path]) -> tuple[GoldStory, ...]:
    """Return the stories of the files, in the order given."""
    return tuple(_story(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in paths)


def with_quotes(story: GoldStory, texts: Mapping[str, str]) -> GoldStory:
    """Return the story with offsets for the statements that have only a quote; `texts` maps report to text as read."""
    claims = [
        replace(claim, statements=tuple(_located(said, texts.get(said.report, "")) for said in claim.statements))
        for claim in story.claims
    ]
    return replace(story, claims=tuple(claims))


def lost_quotes(stories: Iterable[GoldStory]) -> int:
    """Return how many statements stand nowhere in the text that was read."""
    return sum(said.start == NOWHERE for story in stories for claim in story.claims for said in claim.statements)


def _located(said: Said, text: str) -> Said:
    if said.start != NOWHERE or not said.quote:
        return said
    found = re.search(r"\s+".join(map(re.escape, said.quote.split())), text)
    return replace(said, start=found.start(), end=found.end()) if found else said


def _story(name: str, row: Mapping[str, Any]) -> GoldStory:
    return GoldStory(
        name=name,
        reports=tuple(row["reports"]),
        look_alikes=tuple(row["not_reports"]),
        derivations=tuple(map(_descent, row["derivations"])),
        claims=tuple(map(_claim, row["claims"])),
        disputes=tuple(Disagreement(each["a"], each["b"]) for each in row["disputes"]),
        kin_unsure=frozenset(map(frozenset, row.get("kin_unsure", []))),
        unseen_unsure={report: tuple(names) for report, names in row.get("unseen_unsure", {}).items()},
    )


def _descent(row: Mapping[str, Any]) -> Descent:
    parent = row["parent"]
    unseen = parent.removeprefix("unseen:") if parent.startswith("unseen:") else None
    return Descent(row["child"], None if unseen else parent, unseen, row["direction"])


def _claim(row: Mapping[str, Any]) -> GoldClaim:
    also = row.get("lines_also")
    return GoldClaim(
        claim=row["claim"],
        statements=tuple(map(_said, row["statements"])),
        lines=Interval(row["lines"]["min"], row["lines"]["max"]),
        also=Interval(also["min"], also["max"]) if also else None,
    )


def _said(row: Mapping[str, Any]) -> Said:
    return Said(
        report=row["report"],
        start=NOWHERE if row["start"] is None else row["start"],
        end=NOWHERE if row["end"] is None else row["end"],
        stance=row["stance"],
        speaker=row["speaker"],
        gatherer=row["gatherer"],
        chain=tuple(row["chain"]),
        quote=row.get("quote"),
        stance_also=row.get("stance_also"),
        speaker_also=row.get("speaker_also"),
        gatherer_also=row.get("gatherer_also"),
        origin_also=row.get("origin_also"),
    )
