"""`headwater doctor`: what it says of this machine, of one that tells nothing, and of weights that answer otherwise."""

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from headwater import __version__
from headwater.cli.commands import commands
from headwater.cli.show import diagnosis
from headwater.doctor import Processor, diagnose, processor
from headwater.stages.spans.answers import Difference

LISTED = """processor\t: 0
vendor_id\t: Example
model name\t: Example 3000 @ 2.0GHz
flags\t\t: fpu sse avx avx2 fma avx2x

processor\t: 1
model name\t: Another
flags\t\t: fpu
"""


def test_it_says_what_runs_here() -> None:
    """Version, Python, libraries and that the model gives the stored answers; exit code 0."""
    done = CliRunner().invoke(commands, ["doctor"])
    assert done.exit_code == 0
    for word in (__version__, "SQLite", "onnxruntime", "stored answers here"):
        assert word in done.stdout


def test_as_json() -> None:
    """The same as data."""
    done = CliRunner().invoke(commands, ["doctor", "--json"])
    answer = json.loads(done.stdout)
    assert answer["sound"] is True
    assert answer["differences"] == []
    assert answer["version"] == __version__


def test_a_processor_is_read_from_its_list(tmp_path: Path) -> None:
    """Name and features of the first block; a word that only begins like a feature is none."""
    described = tmp_path / "cpuinfo"
    described.write_text(LISTED, encoding="utf-8")
    found = processor(described)
    assert found.name == "Example 3000 @ 2.0GHz"
    assert found.features == ("avx", "avx2", "fma")


def test_what_a_system_does_not_tell_is_unknown(tmp_path: Path) -> None:
    """Without a list, features are unknown and not none; the page says so."""
    found = processor(tmp_path / "nothing")
    assert found.features is None
    shown = diagnosis(replace(diagnose(), processor=Processor("arm64", None, None), processors=None))
    assert shown.count("unknown: this system does not tell") == 3


def test_other_answers_are_told_and_named() -> None:
    """Each sentence that is answered otherwise is shown with how much of it differs."""
    wrong = replace(diagnose(), differences=(Difference("Rain.", 1, 0), Difference("Two barges sank.", 0, 0)))
    assert not wrong.sound
    shown = diagnosis(wrong)
    assert "Rain.: 1 tag, 0 components of the vector" in shown
    assert "Two barges sank.: only last bits" in shown
