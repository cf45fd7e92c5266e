"""Pages of one story: read by story, the same as what the whole case says, now and as of any day."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from headwater import Case, ask
from headwater.errors import BadTime, NoSuchId
from headwater.records import Claim, Date, Dispute, Statement, Story, Tally, Visit
from headwater.stages.lines import tally_of
from piles import a_case, write_lines


def test_what_is_counted_for_a_page_is_what_the_run_counted(newsroom: Case) -> None:
    """Every tally of the case comes out of the rows of its story again, word for word."""
    stored = {each.claim: each for each in newsroom.store.all(Tally)}
    counted = {
        claim: tally_of(count)
        for story in newsroom.store.all(Story)
        for claim, count in ask.story_rows(newsroom.store, story.id).counts.items()
    }
    assert counted == stored


def test_as_of_on_a_page_is_as_of_of_the_case(newsroom: Case) -> None:
    """Claims, intervals and disputes of every story as of every day are those of the case cut down to that day."""
    days = sorted({day for story in newsroom.store.all(Story) for day in ask.story_page(newsroom.store, story.id).days})
    for day in days:
        with newsroom.as_of(day) as then:
            expected = {each.claim: (each.lines_min, each.lines_max) for each in then.store.all(Tally)}
            known = {each.id for each in then.store.all(Claim)}
            disputes = {each.id for each in then.store.all(Dispute)}
            stories = {each.id: (each.title, each.first, each.last, set(each.apart)) for each in then.store.all(Story)}
        pages = [ask.story_page(newsroom.store, story, day) for story in stories]
        lines = {claim.id: (claim.lines_min, claim.lines_max) for page in pages for claim in page.claims}
        assert set(lines) == known
        assert lines == {claim: expected[claim] for claim in known}
        assert {each.id for page in pages for each in page.disputes} == disputes
        assert {
            page.id: (page.title, page.first, page.last, {each.id for each in page.apart}) for page in pages
        } == stories


def test_a_visitor_that_looks_alike_counts_as_of_a_day_too(copy_of_newsroom: Callable[[], Path]) -> None:
    """A statement from a report that is kept apart from the story and visits it counts then as it does now."""
    with a_case(copy_of_newsroom()) as case:
        story = next(each for each in case.store.all(Story) if each.apart and len(each.reports) > 1)
        guest = next(
            each for each in case.store.all(Statement) if each.report in story.apart and each.stance == "asserts"
        )
        claim = next(each for each in case.store.all(Claim) if each.story == story.id and len(each.statements) > 2)
        visit = Visit(id="z-1", story=story.id, report=guest.report, statement=guest.id, reading="g-1", rule="made@1")
        day = max(
            each.first for each in case.store.all(Date) if each.first and each.report in (*story.reports, guest.report)
        )
        rows = [each for each in case.store.all(Claim) if each.id != claim.id]
        with case.store.transaction():
            case.store.add(Visit, [visit])
            case.store.clear(Claim)
            case.store.add(Claim, [*rows, replace(claim, statements=sorted([*claim.statements, guest.id]))])
        page = ask.claim_page(case.store, claim.id, day)
        with case.as_of(day) as then:
            tally = next(each for each in then.store.all(Tally) if each.claim == claim.id)
        assert guest.id in {each.id for each in page.asserts}
        assert (page.line.lines_min, page.line.lines_max) == (tally.lines_min, tally.lines_max)


def test_a_story_that_had_no_report_yet_is_not_to_be_had(newsroom: Case) -> None:
    """Before its first day a story, and a claim, are unknown; a moment that is none is refused."""
    story = newsroom.store.all(Story)[0]
    with pytest.raises(NoSuchId):
        ask.story_page(newsroom.store, story.id, "1999-01-01")
    with pytest.raises(BadTime):
        ask.story_page(newsroom.store, story.id, "soon")


def test_every_mark_of_a_report_covers_its_text_once(newsroom: Case) -> None:
    """The stretches of a report's page, joined, are its text, whatever is marked in it."""
    for report in newsroom.table("reports").to_pylist():
        page = ask.report_page(newsroom.store, report["id"])
        assert "".join(each.text for each in page.segments) == report["text"]
        assert [each.start for each in page.segments] == sorted(each.start for each in page.segments)


def test_the_sentence_of_a_statement_is_cut_without_loss(newsroom: Case) -> None:
    """The pieces of every statement of every claim, joined, stand in its report at the place that they begin at."""
    texts = {row["id"]: row["text"] for row in newsroom.table("reports").to_pylist()}
    for claim in newsroom.store.all(Claim):
        page = ask.claim_page(newsroom.store, claim.id)
        for said in [*page.asserts, *page.denies, *page.doubts, *page.forecasts]:
            assert "".join(piece.text for piece in said.pieces) in texts[said.report]
            assert any("content" in piece.marks for piece in said.pieces)


def test_the_picture_of_a_claim_is_its_matching(newsroom: Case) -> None:
    """No two witnesses of a picture share an end, there are as many as lines, and every edge touches a filled dot."""
    for claim in newsroom.store.all(Claim):
        page = ask.claim_page(newsroom.store, claim.id)
        for graph in (page.upper, page.lower):
            witnesses = [edge for edge in graph.edges if edge.witness]
            assert (
                len({edge.gatherer for edge in witnesses}) == len(witnesses) == len({edge.origin for edge in witnesses})
            )
            assert len(witnesses) <= graph.lines <= max(1, len(witnesses))
            covered = {node.key for node in (*graph.gatherers, *graph.origins) if node.cover}
            assert all({edge.gatherer, edge.origin} & covered for edge in graph.edges)


def test_review_questions_say_what_an_answer_moves(newsroom: Case) -> None:
    """Each question in the queue moves at least one line of one claim, and the queue is ordered by it."""
    found = ask.reviews(newsroom.store).questions
    assert all(each.lines >= 1 and each.claims >= 1 for each in found)
    assert [each.lines for each in found] == sorted((each.lines for each in found), reverse=True)


def test_dozens_stay_dozens(tmp_path: Path) -> None:
    """A count that nobody gives as a number is shown in its words, with the least number that they allow."""
    text = "A blast at the grain terminal killed dozens of people on Tuesday, the port office said."
    with a_case(tmp_path / "made.headwater", write_lines(tmp_path / "rows.jsonl", [{"id": "a", "text": text}])) as case:
        claim = next(row for row in case.claims().to_pylist() if row["kind"] == "killed")
        assert (claim["value"], ask.claim_page(case.store, claim["id"]).line.told) == ("24", "dozens (at least 24)")
