"""The weights answer fixed sentences as they did where they were made, on this processor and on one that has only AVX2."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from headwater.models.session import overflows
from headwater.stages.spans.answers import Difference, differences, differences_here, stored_answers
from headwater.stages.spans.tagger import shipped
from headwater.stages.spans.vectors import shipped_encoder

EMULATOR = shutil.which("qemu-x86_64")
PLAIN = "Haswell"  # AVX2 and FMA, neither AVX-512 nor VNNI
ASKED = """
from headwater.models.session import overflows
from headwater.stages.spans.answers import differences_here
print(overflows(), differences_here())
"""


def test_this_machine_gives_the_stored_answers() -> None:
    """Tags, vectors and the last bit of every score are those that came with the weights."""
    assert differences_here() == ()


def test_the_stored_answers_are_of_many_lengths() -> None:
    """From one word to more than a hundred, so that every way of multiplying small and large matrices is asked."""
    lengths = sorted(len(answer.tags) for answer in stored_answers())
    assert lengths[0] <= 2
    assert lengths[-1] >= 128
    assert len(set(lengths)) >= 8
    assert all(len(answer.vector) == 384 for answer in stored_answers())


def test_another_answer_is_told() -> None:
    """One tag, one component or one bit that differs names the sentence and says how much of it differs."""
    first, second, third, *_ = stored_answers()
    wanted = [
        replace(first, tags=(first.tags[0] + 1, *first.tags[1:])),
        replace(second, vector=(second.vector[0] + 1, *second.vector[1:])),
        replace(third, bits="0" * 32),
    ]
    assert list(differences(wanted, shipped(), shipped_encoder())) == [
        Difference(first.text, 1, 0),
        Difference(second.text, 0, 1),
        Difference(third.text, 0, 0),
    ]


@pytest.mark.long
@pytest.mark.skipif(EMULATOR is None, reason="no qemu-x86_64 here: `make emulator` installs Debian's qemu-user")
def test_a_processor_without_vnni_gives_the_stored_answers() -> None:
    """On an emulated processor where products of bytes overflow, exact ones are asked for and every answer is the same."""
    assert EMULATOR is not None
    source = Path(__file__).parents[2] / "src"
    done = subprocess.run(
        [EMULATOR, "-cpu", PLAIN, sys.executable, "-c", ASKED],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True", "()"]


def test_whether_products_overflow_is_found_out_once() -> None:
    """The answer is yes or no, and the same when asked again."""
    assert overflows() in (True, False)
    assert overflows() is overflows()
