"""Every script of `training/` loads, or needs a package that only building weights needs; all are written down in its README."""

import importlib
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
SCRIPTS = sorted(path.stem for path in TRAINING.glob("*.py"))
FOR_BUILDING = {"torch", "onnx", "safetensors"}
"""packages of training/requirements.txt that the tests run without"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_loads(name: str) -> None:
    """A script loads by its name; where it cannot, one of the packages for building weights is missing."""
    missing = None
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
    if missing in FOR_BUILDING:
        pytest.skip(f"{name} needs {missing}")
    assert missing is None


def test_every_script_stands_in_the_readme() -> None:
    """The README of `training/` says of each script what it is."""
    readme = (TRAINING / "README.md").read_text(encoding="utf-8")
    assert [name for name in SCRIPTS if f"`{name}.py`" not in readme] == []
