"""reports, sentences, statements, readings, dates → openings: what a report's headline and first sentences talk about.

Stories are found by it: significant words, names, how many were killed or wounded, towns, and the days
that it names. Only the times that a report tells are looked for in all of it, since a follow-up tells late when it happened. What follows the opening is background
more often than news.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from headwater.lists import countries
from headwater.lists.places import Place, skeleton
from headwater.records import Date, Opening, Reading, Report, Sentence, Statement, ident
from headwater.settings import Settings
from headwater.stages.times import days_of_events
from headwater.stages.whens import whens
from headwater.stages.wheres import wheres
from headwater.stages.words import STOP, Word, stem, words_of

VERSION = 7
COUNTED = ("killed", "wounded")
LARGE = 15_000  # people from which a town's name alone says that it is meant
LONGEST = 35  # days; what is told within a longer time could be any of many happenings


def openings(
    *,
    reports: Sequence[Report],
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    readings: Sequence[Reading],
    dates: Sequence[Date],
    settings: Settings,
) -> Iterator[Opening]:
    """Yield one row a report; headline first, then sentences until `opening_words` are read."""
    for report in reports:
        words, names, end = words_of(report.title or ""), set[str](), 0
        today = next((date.fromisoformat(each.first) for each in dates if each.first), None)
        days = set[str]()
        for sentence in sorted(sentences, key=lambda each: each.number):
            if len(words) >= settings.opening_words:
                break
            here = words_of(report.text, sentence.start, sentence.end)
            names.update(() if sentence.heading else _names(report.text, here))
            words.extend(here)
            if today and not sentence.heading:
                days.update(
                    day.isoformat() for day in days_of_events(report.text[sentence.start : sentence.end], today)
                )
            end = sentence.end
        places = _places(report, end)
        yield Opening(
            id=ident("o", report.id),
            report=report.id,
            words=sorted({stem(word.folded) for word in words if _significant(word)}),
            headline=sorted({stem(word.folded) for word in words_of(report.title or "") if _significant(word)}),
            names=sorted(names),
            counts=_counts(statements, readings, end),
            days=sorted(days),
            towns=sorted({each for town in places if town.kind == "town" for each in (town.id, town.larger) if each}),
            regions=sorted({place.region for place in places if place.region}),
            whens=sorted(_whens(report, sentences, today, end)) if today else [],
        )


def _places(report: Report, end: int) -> list[Place]:
    """Places that headline and opening name, and in which the report situates something, or that are large and no part of other names.

    Other names are people and papers too often, and a capital stands for its government.
    """
    told = wheres(report.text)
    situated = {each.place.id for each in told if each.situated or each.qualified}
    named = [*wheres(report.title or ""), *(each for each in told if each.start < end)]
    return [
        each.place
        for each in named
        if each.place.id in situated
        or (each.place.people >= LARGE and not each.part and each.place.name not in countries.capitals())
    ]


def _whens(report: Report, sentences: Sequence[Sentence], today: date, end: int) -> Iterator[str]:
    for sentence in sentences:
        part = "opening" if sentence.end <= end else "later"
        for when in whens(report.text[sentence.start : sentence.end], today):
            if when.first and when.days <= LONGEST:
                yield f"{when.first} {when.last} {part}"


def _significant(word: Word) -> bool:
    return word.folded not in STOP and not word.folded.isdigit() and len(word.folded) > 2


def _names(text: str, words: Sequence[Word]) -> Iterator[str]:
    """Words written with a capital inside a sentence, as skeletons."""
    for word in words[1:]:
        if text[word.start].isupper() and _significant(word) and len(bones := skeleton(stem(word.folded))) >= 3:
            yield bones


def _counts(statements: Sequence[Statement], readings: Sequence[Reading], end: int) -> list[str]:
    """Counts above one that stand in the opening; "one killed" fits too many happenings to say anything."""
    early = {statement.id for statement in statements if statement.start < end}
    counted = [
        each for each in readings if each.kind in COUNTED and each.statement in early and each.value not in (None, "1")
    ]
    return sorted({f"{each.kind} {each.value}" for each in counted})
