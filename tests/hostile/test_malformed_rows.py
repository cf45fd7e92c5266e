"""Rows that no run makes: whoever asks gets an answer or an error with a code, never a traceback."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from crafting import with_sql
from rows import ROWS

import headwater
from headwater import Case
from headwater.errors import HeadwaterError
from headwater.records import Claim, Report, Statement, Story
from headwater.runs import is_alive
from headwater.settings import Settings
from headwater.store import Progress, Store
from headwater.web.views import VIEWS, Request
from piles import ONE_PROCESS, a_case

Copied = Callable[[], Path]


def questions(case: Case, ids: list[str], folder: Path) -> Iterator[Callable[[], object]]:
    """Every question, of each of these ids where it is about one."""
    yield from (case.brief, case.claims, case.tree, case.outlines, case.versions, case.corrections, case.problems)
    yield from (case.names, case.verify)
    for form in ("jsonl", "dot"):
        yield partial(case.export, folder / form, form=form)
    for id_ in ids:
        yield partial(case.explain, id_)
    report, _, claim, story = ids
    about = {"report": report, "compare": report, "story": story, "board": story}
    for name, view in VIEWS.items():
        yield partial(viewed, case, view, about.get(name, claim))
    yield lambda: case.withdraw(ids[0])
    yield lambda: dated(case)


def dated(case: Case) -> object:
    """The brief as of a day."""
    with case.as_of("2024-03-14") as then:
        return then.brief()


def viewed(case: Case, view: object, id_: str) -> object:
    """A page as it is served."""
    from headwater import ask

    with ask.answering(case.store, case.settings):
        return view.page(
            Request(case.store, case.settings, (id_,) * view.names, {"q": "the", "name": id_}, whole=False)
        )  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ROWS)
def test_malformed_rows_end_in_an_answer_or_a_code(
    name: str, copy_of_newsroom: Copied, newsroom: Case, tmp_path: Path
) -> None:
    """Every question of the API and every page, on a case in which one kind of row is wrong."""
    path = copy_of_newsroom()
    with_sql(path, ROWS[name])
    ids = [newsroom.store.ids(record)[0] for record in (Report, Statement, Claim, Story)]
    with suppress(HeadwaterError), headwater.open(path, mode="read", settings=ONE_PROCESS) as case:
        for question in questions(case, ids, tmp_path):
            with suppress(HeadwaterError):
                question()


@pytest.mark.parametrize("name", ROWS)
def test_verify_says_what_no_run_makes(name: str, copy_of_newsroom: Copied) -> None:
    """A verdict with faults, or an error with a code; what a run would note or look up anew is no fault."""
    path = copy_of_newsroom()
    with_sql(path, ROWS[name])
    unheld = (
        "a likeness to",
        "a sentence in a ring",
        "what groups made",
        "a search index",
        "progress",
    )
    faults = "an error"
    with suppress(HeadwaterError), headwater.open(path, mode="read") as case:
        faults = str(case.verify().faults)
    assert (faults != "()") or name.startswith(unheld)


@pytest.mark.parametrize(
    ("process", "life", "at"),
    [
        (os.getppid(), "", None), (1, "forged 1", None), (os.getppid(), "00000000-0000-0000-0000-000000000000 1", None),
        (1, "x", "9999-12-31T23:59:59+00:00"), (1, "x", "soon"), (2**62, "x", None), (-1, "x", None), (0, "x", None),
    ],
)  # fmt: skip
def test_forged_progress_keeps_nobody_out(process: int, life: str, at: str | None, copy_of_newsroom: Copied) -> None:
    """Progress of a process that is there and did not note it, of one that cannot be, of one to come: a run goes on."""
    path, now = copy_of_newsroom(), datetime.now(UTC).isoformat(timespec="seconds")
    with_sql(path, f"INSERT INTO progress VALUES ({process}, 'spans', 3, 9, '{at or now}', '{life}')")
    with a_case(path) as case:
        assert not any(map(is_alive, case.store.progress()))
        assert case.run() == []
        assert case.store.progress() == []


def test_progress_of_a_process_that_is_there_is_alive(copy_of_newsroom: Copied) -> None:
    """What this very process notes is of a process that is there; with another beginning it is not."""
    with Store(copy_of_newsroom(), create=False) as store:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        store.note_progress(Progress(os.getpid(), "spans", 3, 9, now))
        (noted,) = store.progress()
        assert is_alive(noted)
        assert not is_alive(Progress(os.getpid(), "spans", 3, 9, now, f"{noted.life}0"))


def test_a_sound_case_that_fails_shows_our_own_mistake(newsroom: Case) -> None:
    """Where no row is at fault the error goes on as it came, so that a mistake of ours is not said to be the case's."""
    from headwater import ask

    with pytest.raises(ZeroDivisionError), ask.answering(newsroom.store, Settings()):
        raise ZeroDivisionError
