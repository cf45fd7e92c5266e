"""reuse: shared passages of piles made by hand, and runs of equal words against a plain slow search for them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import SETTINGS, a_report
from headwater.engines import LocalEngine
from headwater.records import Credit, Date, Report, Reuse, Text, ident
from headwater.stages.reuse import reuse
from headwater.stages.reuse.bodies import Bodies, bodies
from headwater.stages.reuse.runs import Runs, apart, longest_runs
from headwater.store import Store

WORDS = st.lists(st.sampled_from("abc"), max_size=14)


def laid(*reports: Sequence[str]) -> Bodies:
    """Return reports of single letters as bodies."""
    texts = [" ".join(words) for words in reports]
    names = [f"r{n}" for n in range(len(texts))]
    return bodies(
        pa.table({"id": names, "text": texts}),
        pa.table({"report": names, "start": [0] * len(texts), "end": [len(text) for text in texts]}),
    )


def every_seed(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Return all places with equal words."""
    return [(a, b) for a in range(len(left)) for b in range(len(right)) if left[a] == right[b]]


def found(left: list[str], right: list[str], seeds: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return the runs kept, as place in a, place in b and length."""
    a, b = np.array(seeds, dtype=np.int64).reshape(-1, 2).T
    zeros = np.zeros(len(seeds), dtype=np.int64)
    runs = apart(longest_runs(laid(left, right), a=zeros, b=zeros + 1, a_place=a, b_place=b + len(left)))
    return list(zip(runs.a_place.tolist(), (runs.b_place - len(left)).tolist(), runs.words.tolist(), strict=True))


def maximal(left: list[str], right: list[str]) -> set[tuple[int, int, int]]:
    """Return every run of equal words that cannot be made longer, by looking at all places of both."""
    runs = set()
    for a, b in every_seed(left, right):
        if not (a and b and left[a - 1] == right[b - 1]):
            most = min(len(left) - a, len(right) - b)
            runs.add((a, b, next((n for n in range(most) if left[a + n] != right[b + n]), most)))
    return runs


def touch(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether two runs share a word in either report."""
    return any(one[n] < other[n] + other[2] and other[n] < one[n] + one[2] for n in (0, 1))


@given(WORDS, WORDS)
def test_runs_are_maximal_apart_and_none_longer_is_left_out(left: list[str], right: list[str]) -> None:
    """With a seed at every equal pair, the runs kept are those of a greedy choice among all maximal runs, longest first."""
    kept: list[tuple[int, int, int]] = []
    for run in sorted(maximal(left, right), key=lambda each: (-each[2], each[0], each[1])):
        if not any(touch(run, other) for other in kept):
            kept.append(run)
    assert found(left, right, every_seed(left, right)) == sorted(kept)


@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_seeds_changes_nothing(left: list[str], right: list[str], chance: object) -> None:
    """Runs are a function of the set of seeds."""
    seeds = every_seed(left, right)
    shuffled = list(seeds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(left, right, shuffled) == found(left, right, seeds)


def test_no_run_reaches_over_the_end_of_a_report() -> None:
    """Two reports that end and begin alike share no more than their own words."""
    its = laid("xab", "ab", "cab")
    zero = np.array([0])
    runs = longest_runs(its, a=zero, b=zero + 1, a_place=zero + 1, b_place=zero + 3)
    assert runs == Runs(*(np.array([n]) for n in (0, 1, 1, 3, 2)))


def shared(folder: Path, reports: Sequence[Report], credits: Sequence[Credit] = ()) -> list[Reuse]:
    """Return the passages that reports share; each report is body from end to end, of the day that it came with."""
    path = folder / "made.headwater"
    path.unlink(missing_ok=True)
    with Store(path, create=True) as store, LocalEngine(store, SETTINGS) as engine:
        with store.transaction():
            engine.put(Report, reports)
            engine.put(Text, [_body(each) for each in reports if each.text])
            engine.put(Date, [_date(each) for each in reports])
            engine.put(Credit, credits)
        reads = (Report, Text, Date, Credit)
        rows = reuse(sql=lambda select, **tables: engine.sql(select, reads, **tables), settings=SETTINGS)
    return [Reuse(**row) for row in rows.to_pylist()]


def _body(report: Report) -> Text:
    return Text(id=ident("t", report.id), report=report.id, start=0, end=len(report.text), kind="body", rule="made@1")


def _date(report: Report) -> Date:
    day = report.published
    return Date(id=ident("w", report.id), report=report.id, first=day, last=day, start=None, end=None, rule="made@1")


SHARED = "A diver who went down at noon saw both barges lying on their sides near the third pillar of the old bridge"


def test_a_passage_points_at_the_same_words_in_both(tmp_path: Path) -> None:
    """A shared passage has its span in both reports, whatever the marks and capitals between the words."""
    one = a_report(f"It was a cold morning. {SHARED}. Nobody was hurt.", name="one")
    two = a_report(f"Divers were busy: {SHARED.upper()}; and then they left.", name="two")
    a, b = sorted((one, two), key=lambda each: each.id)
    (passage,) = shared(tmp_path, [one, two])
    assert (passage.a, passage.b, passage.kind, passage.words) == (a.id, b.id, "text", len(SHARED.split()))
    assert a.text[passage.a_start : passage.a_end].casefold() == SHARED.casefold()
    assert b.text[passage.b_start : passage.b_end].casefold() == SHARED.casefold()


def test_what_two_reports_share_that_credit_one_agency_is_its_text(tmp_path: Path) -> None:
    """A line credit of both for one agency makes a shared passage the agency's; of one alone, or naming a cited source, does not."""
    one, two = a_report(f"{SHARED}. Nobody was hurt.", name="one"), a_report(f"{SHARED}; they sank.", name="two")
    for names, kinds, expected in (
        (("Norgate", "Norgate"), ("line", "line"), "agency"),
        (("Norgate", "Solvane"), ("line", "line"), "text"),
        (("Norgate", "Norgate"), ("line", "cited"), "text"),
    ):
        credits = [
            Credit(id=ident("c", each.id), report=each.id, name=name, kind=kind, start=0, end=7, rule="made@1")
            for each, name, kind in zip((one, two), names, kinds, strict=True)
        ]
        assert [each.kind for each in shared(tmp_path, [one, two], credits)] == [expected]


def test_a_shared_quotation_is_no_copied_text(tmp_path: Path) -> None:
    """Words that stand between quotation marks in both reports are a quotation."""
    one = a_report(f"“{SHARED},” the harbour master said.", name="one")
    two = a_report(f"At the quay people waited. “{SHARED},” said Edrin Sollas.", name="two")
    assert [each.kind for each in shared(tmp_path, [one, two])] == ["quotation"]


def test_what_one_outlet_prints_for_weeks_is_boilerplate_and_what_many_do_is_background(tmp_path: Path) -> None:
    """A passage that is all that two reports share is no passage of theirs when it is stock; beside news it has its kind."""
    news = "Seven crates of tinned plums fell from a lorry into the ditch behind the customs house at Lower Korva"
    outlets = {"boilerplate": ["Osrin Post"] * 4, "background": ["A", "B", "C", "D"]}
    days = ("2024-05-01", "2024-05-09", "2024-05-20", "2024-05-20")
    for kind, names in outlets.items():
        reports = [
            a_report(f"{SHARED}. {news if n > 1 else f'Number {n}.'}", name=str(n), outlet=outlet, published=day)
            for n, (outlet, day) in enumerate(zip(names, days, strict=True))
        ]
        found_kinds = {(each.kind, each.words) for each in shared(tmp_path, reports)}
        assert {(kind, len(SHARED.split()))} <= found_kinds or found_kinds == {
            ("text", len(f"{SHARED} {news}".split()))
        }


def test_above_the_crowd_every_copy_is_still_tied_to_the_earliest(tmp_path: Path) -> None:
    """A passage in more reports than `crowd` ties each to the earliest alone, so that pairs grow with reports, not with their square."""
    copies = [
        a_report(SHARED, name=str(n), outlet=f"O{n}", published=f"2024-05-{1 + n // 20:02}")
        for n in range(SETTINGS.crowd + 5)
    ]
    passages = shared(tmp_path, copies)
    ends = [end for each in passages for end in (each.a, each.b)]
    assert len(passages) == SETTINGS.crowd + 4
    assert max(ends.count(report.id) for report in copies) == len(passages)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=24), min_size=2, max_size=4, unique_by=tuple))
def test_every_shared_run_of_seven_words_is_found(tmp_path_factory: object, letters: list[list[str]]) -> None:
    """On small random piles the passages are those of a slow search through all places of all pairs."""
    reports = [a_report(" ".join(words), name=str(n), outlet=None) for n, words in enumerate(letters)]
    folder = tmp_path_factory.mktemp("pile")  # type: ignore[attr-defined]
    its = {(each.a, each.b, each.a_start // 2, each.b_start // 2, each.words) for each in shared(folder, reports)}
    wanted = set()
    for a in reports:
        for b in (each for each in reports if a.id < each.id):
            kept: list[tuple[int, int, int]] = []
            runs = maximal(a.text.split(), b.text.split())
            for run in sorted(runs, key=lambda each: (-each[2], each[0], each[1])):
                if run[2] >= SETTINGS.shortest_passage and not any(touch(run, other) for other in kept):
                    kept.append(run)
            wanted |= {(a.id, b.id, *run) for run in kept}
    assert its == wanted
