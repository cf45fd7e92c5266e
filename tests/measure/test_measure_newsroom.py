"""The newsroom's truth, which its floors are measured against: it fits the reports and itself."""

from pathlib import Path

import pytest

from headwater import Case
from headwater.measure import read_floors
from headwater.measure.origins import GoldStory, lost_quotes, read_gold, with_quotes
from headwater.measure.origins.matching import same
from headwater.measure.piles import texts_of
from headwater.records import Report

TRUTH = Path(__file__).parent.parent / "newsroom" / "truth"
STORIES = read_gold(sorted(TRUTH.glob("*.json")))

of_each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


def test_three_stories() -> None:
    """The truth tells of three stories, with 23 claims that somebody asserts, and the newsroom has floors."""
    assert len(STORIES) == 3
    assert sum(bool(claim.asserting) for story in STORIES for claim in story.claims) == 23
    assert any(name.startswith("newsroom.") for name in read_floors())


@of_each_story
def test_quotations_stand_in_the_reports(story: GoldStory, newsroom: Case) -> None:
    """Every statement of the truth is found in the text of its report as it is read, where its offsets say."""
    texts = texts_of(newsroom)
    located = with_quotes(story, texts)
    statements = [said for claim in located.claims for said in claim.statements]
    assert lost_quotes([located]) == 0
    assert [" ".join(texts[said.report][said.start : said.end].split()) for said in statements] == [
        " ".join((said.quote or "").split()) for said in statements
    ]


@of_each_story
def test_reports_are_of_the_pile(story: GoldStory, newsroom: Case) -> None:
    """Every report that the truth names is in the pile, and those that say something are of the story."""
    pile = {report.name for report in newsroom.store.all(Report)}
    named = {*story.reports, *story.look_alikes, *(one.child for one in story.derivations)}
    assert named | {one.parent for one in story.derivations if one.parent} <= pile
    assert {said.report for claim in story.claims for said in claim.statements} <= set(story.reports)


@of_each_story
def test_chains_begin_at_the_outlet(story: GoldStory, newsroom: Case) -> None:
    """The first link of every chain is the outlet of its report; where that is unknown, it names nobody."""
    outlets = {report.name: report.outlet for report in newsroom.store.all(Report)}
    statements = [said for claim in story.claims for said in claim.statements]
    assert [said.chain for said in statements if not same(said.chain[0], outlets[said.report])] == []


@of_each_story
def test_lines_fit_the_statements(story: GoldStory) -> None:
    """No claim has more lines than statements that assert it, and none fewer at most than at least."""
    for claim in story.claims:
        assert 0 <= claim.lines.low <= claim.lines.high <= len(claim.asserting), claim.claim
