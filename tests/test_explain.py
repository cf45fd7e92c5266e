"""`explain`: from every id of every table to the characters that it rests on."""

from collections.abc import Iterator

import pytest

from headwater import Case
from headwater.errors import NoSuchId
from headwater.explain import Explanation
from headwater.migrations import KEPT
from headwater.records import RECORDS, Report, columns

UNPOINTED = {record.table for record in KEPT} | {"versions", "openings", "likenesses", "neighbourhoods"}
"""Tables that point at no characters and rest on none: what came, and what was reckoned from whole openings."""


def within(found: Explanation) -> Iterator[Explanation]:
    """Yield an explanation and everything below it."""
    yield found
    for below in found.because:
        yield from within(below)


@pytest.mark.parametrize("table", [record.table for record in RECORDS])
def test_every_id_explains_and_every_quote_is_a_slice_of_its_report(table: str, newsroom: Case) -> None:
    """Each row is found by its id, and each quote equals the report between its offsets, with what stands around it."""
    texts = {report.name: report.text for report in newsroom.store.all(Report)}
    ids = newsroom.table(table)["id"].to_pylist()
    step = max(1, len(ids) // 60)
    for id_ in ids[::step] if table in {"prints", "sentences", "likenesses", "readings"} else ids:
        found = newsroom.explain(id_)
        assert (found.id, found.table) == (id_, table)
        for each in within(found):
            for quote in each.quotes:
                text = texts[quote.report]
                assert 0 <= quote.start < quote.end <= len(text)
                assert quote.text == text[quote.start : quote.end]
                assert text[: quote.start].endswith(quote.before)
                assert text[quote.end :].startswith(quote.after)


@pytest.mark.parametrize(
    "table", [record.table for record in RECORDS if record.table not in UNPOINTED | {"dates", "stories"}]
)
def test_every_finding_reaches_characters(table: str, newsroom: Case) -> None:
    """Whatever is found rests, in itself or in a row below it, on characters of a report."""
    ids = newsroom.table(table)["id"].to_pylist()
    step = max(1, len(ids) // 60)
    bare = [id_ for id_ in ids[::step] if not any(each.quotes for each in within(newsroom.explain(id_)))]
    assert bare == []


def test_a_claim_shows_its_tally_its_lines_and_its_statements(newsroom: Case) -> None:
    """Under a claim stand how it was counted, the witnesses, and the statements that make it."""
    claim = next(row["id"] for row in newsroom.claims().to_pylist() if (row["kind"], row["value"]) == ("killed", "23"))
    tables = {each.table for each in within(newsroom.explain(claim))}
    assert {"claims", "tallies", "lines", "statements", "readings"} <= tables


@pytest.mark.parametrize(
    "table", [record.table for record in RECORDS if any(c.name == "rule" for c in columns(record))]
)
def test_every_rule_has_a_version(table: str, newsroom: Case) -> None:
    """A row that a rule made names the rule and its version."""
    rules = set(newsroom.table(table)["rule"].to_pylist())
    assert [rule for rule in rules if not (rule.split("@")[0] and rule.split("@")[-1].isdigit())] == []


def test_ids_named_in_because_are_there(newsroom: Case) -> None:
    """Every id that a row says it came from is a row of the case."""
    known = {row for record in RECORDS for row in newsroom.store.ids(record)}
    named = {id_ for record in RECORDS for row in newsroom.store.all(record) for id_ in getattr(row, "because", [])}
    assert named - known == set()


def test_a_report_is_found_by_the_id_that_it_came_with(newsroom: Case) -> None:
    """People ask with the names that they know."""
    assert newsroom.explain("hv-0312-a").row["outlet"] == "Harbour Voice"


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "x",
        "m-0000000000000000",
        "zz-0000000000000000",
        "s-",
        "r-123",
        "../etc/passwd",
        "m-0000000000000000'; --",
        "é",
    ],
)
def test_an_id_that_is_not_there_is_an_error_of_ours(id_: str, newsroom: Case) -> None:
    """What is no id of this case is said to be none."""
    with pytest.raises(NoSuchId):
        newsroom.explain(id_)
