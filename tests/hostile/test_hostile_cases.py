"""Forty hostile cases by number: each is opened to read and to write, asked, exported, run and imported.

What comes of it is an answer or an error with a code; nothing outside the case's folder is written, read or deleted. `HEADWATER_HOSTILE` says how
many are tried; `bench/hostile.py` tries them for as long as it is told, and times them.
"""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from crafting import seen
from making_hostile import hostile

import headwater
from headwater import Case
from headwater.case import take_over
from headwater.errors import HeadwaterError
from headwater.records import Claim
from piles import ONE_PROCESS

CASES = int(os.environ.get("HEADWATER_HOSTILE", "40"))


def ask_everything(case: Case, folder: Path) -> None:
    """Ask what a reader asks first; one question that cannot be answered keeps none of the others back."""
    for question in (
        case.verify,
        case.brief,
        case.claims,
        case.tree,
        case.names,
        lambda: case.explain(case.store.ids(Claim)[0]),
        lambda: case.export(folder / "jsonl"),
        lambda: case.export(folder / "dot", form="dot"),
    ):
        with suppress(HeadwaterError, IndexError):
            question()


@pytest.mark.parametrize("number", range(CASES))
def test_a_hostile_case_ends_in_an_answer_or_a_code(number: int, newsroom_file: Path, tmp_path: Path) -> None:
    """Read, asked, exported, imported, opened to write and run: no traceback, and nothing outside is touched."""
    path, outside = hostile(number, newsroom_file, tmp_path), tmp_path / "outside"
    before, mailed = seen(outside), seen(path.parent)
    with suppress(HeadwaterError), headwater.open(path, mode="read", settings=ONE_PROCESS) as case:
        ask_everything(case, tmp_path / "out")
    index = path.name + "-shm"  # the index of a WAL is remade by whoever reads it first
    assert {k: v for k, v in seen(path.parent).items() if k != index} == {k: v for k, v in mailed.items() if k != index}
    with suppress(HeadwaterError):
        take_over(path, tmp_path / "new.headwater", run=False, settings=ONE_PROCESS)
        with headwater.open(tmp_path / "new.headwater", mode="read") as case:
            assert case.verify().faults == ()
    with suppress(HeadwaterError), headwater.open(path, create=False, settings=ONE_PROCESS) as case:
        with suppress(HeadwaterError):
            case.run(last="stories")
        with suppress(HeadwaterError):
            case.rename("Somebody", "x")
    assert seen(outside) == before


def test_a_number_makes_one_case(newsroom_file: Path, tmp_path: Path) -> None:
    """The same number makes the same case, and another number another one."""
    one, again, other = (
        hostile(number, newsroom_file, tmp_path / name) for number, name in ((4, "a"), (4, "b"), (6, "c"))
    )
    assert seen(one.parent)["x.headwater"][0] == seen(again.parent)["x.headwater"][0]
    assert seen(one.parent)["x.headwater"][0] != seen(other.parent)["x.headwater"][0]
