"""What is dear to make is made once, however many processes run the tests: the first that needs it makes it, the others wait."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def common_folder(factory: pytest.TempPathFactory, worker: str) -> Path:
    """Return the folder that all processes of one run of the tests share."""
    return factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """Return a file, made by whoever comes first; it is not there by its name until it is whole."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            part = path.with_suffix(".part")
            make(part)
            part.rename(path)
    return path
