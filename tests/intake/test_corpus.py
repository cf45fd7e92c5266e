"""What fuzzing found, and what it begins with: no reader raises anything on it, however it was once made to."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())
SMALL = 1 << 16  # bytes


def fuzz() -> ModuleType:
    """Return bench/fuzz.py as a module."""
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[2] / "bench" / "fuzz.py")
    assert spec
    assert spec.loader
    module = sys.modules.setdefault("fuzz", importlib.util.module_from_spec(spec))
    if not hasattr(module, "READERS"):
        spec.loader.exec_module(module)
    return module


def named(path: Path) -> str:
    """Return how a file is called in its corpus."""
    return f"{path.parent.name}/{path.name}"


FIRST = {
    path.parent.name: path for path in reversed(FILES)
}.values()  # one of each reader in every run, the others in long ones


@pytest.mark.parametrize(
    "path", [path if path in FIRST else pytest.param(path, marks=pytest.mark.long) for path in FILES], ids=named
)
def test_a_reader_keeps_its_word(path: Path) -> None:
    """Rows and items come out of it, and nothing is raised."""
    module = fuzz()
    assert module.fault(module.READERS[path.parent.name], path.read_bytes()) is None


def test_every_reader_has_something_to_begin_with() -> None:
    """Each reader that can be fuzzed has small files of its own."""
    assert sorted(fuzz().READERS) == sorted({path.parent.name for path in FILES})
    assert all(path.stat().st_size <= SMALL for path in FILES)
