"""Five texts as people paste them, without date or outlet: what must come out, beside the numbers of every pile.

In: a folder of `.txt` reports with its `gold.json`. Out: a `Result`; its own numbers are `old_alone` (the look-alike
of another year is alone in its story: 1 or 0), `furniture_in_body` (characters of the page tail that pass for text),
`chains` (share of the outlets that the texts name as where they got it which stand in some chain), `min_above_one`
(claims of the story that are said to have two lines for sure: there are none) and `forecasts` (share of the gold's
forecasts that are found as forecasts).
"""

import re
from pathlib import Path

from headwater.case import Case
from headwater.measure.origins.gold import GoldStory
from headwater.measure.origins.matching import same
from headwater.measure.origins.sayings import fits
from headwater.measure.piles import Read, find_pile, read_pile, result_of
from headwater.measure.ratios import ratio
from headwater.measure.results import Number, Result, named, not_measured
from headwater.records import Report, Text

LINKS = ("Japan Times", "The New York Times", "Yemen Details", "Asharq al-Awsat")
TAIL = re.compile(r"^[^\S\n]*+leave a (?:reply|comment)[^\S\n]*+$", re.IGNORECASE | re.MULTILINE)
"""the line with which the furniture after a text begins"""


def assad(folder: Path) -> Result:
    """Score the five texts."""
    pile = find_pile(folder)
    if pile is None:
        return not_measured("assad", folder)
    with read_pile(pile) as read:
        result = result_of("assad", read)
        return Result("assad", {**result.numbers, **named("assad", checks(read))}, result.baselines, result.note)


def checks(read: Read) -> dict[str, Number]:
    """Return what only this pile is asked."""
    return {
        "old_alone": int(all(_alone(read, story) for story in read.stories)),
        "furniture_in_body": furniture_in_body(read.case),
        "chains": ratio(sum(_linked(read, link) for link in LINKS), len(LINKS)),
        "min_above_one": sum(_above_one(read, story) for story in read.stories),
        "forecasts": _forecasts(read),
    }


def furniture_in_body(case: Case) -> int:
    """Return how many characters, spaces not counted, behind the first line of page furniture are held for text."""
    total, texts = 0, case.store.all(Text)
    for report in case.store.all(Report):
        if tail := TAIL.search(report.text):
            body = [
                each for each in texts if each.report == report.id and each.kind == "body" and each.end > tail.start()
            ]
            total += sum(len("".join(report.text[max(each.start, tail.start()) : each.end].split())) for each in body)
    return total


def _alone(read: Read, story: GoldStory) -> bool:
    others = [*story.reports, *story.look_alikes]
    return not any(read.exported.together(a, b) for a in story.look_alikes for b in others if a != b)


def _linked(read: Read, link: str) -> bool:
    chains = [each.chain for its in read.exported.statements.values() for each in its]
    return any(same(name, link) for chain in chains for name in chain)


def _above_one(read: Read, story: GoldStory) -> int:
    said = [each for report in story.reports for each in read.exported.statements.get(report, ())]
    claims = {claim for each in said for claim in each.claims if claim in read.exported.lines}
    return sum(read.exported.lines[claim].low > 1 for claim in claims)


def _forecasts(read: Read) -> float | None:
    found = [each for story in read.stories for each in fits(story, read.exported) if each.said.stance == "forecasts"]
    return ratio(sum(any(ours.stance == "forecasts" for ours in each.found) for each in found), len(found))
