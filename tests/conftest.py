"""What tests share: the newsroom, read once a session. A test that changes a case takes a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headwater import Case
from piles import REPORTS, a_case


@pytest.fixture(scope="session")
def newsroom_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case into which the newsroom has been read and run."""
    path = tmp_path_factory.mktemp("newsroom") / "newsroom.headwater"
    a_case(path, REPORTS).close()
    return path


@pytest.fixture(scope="session")
def newsroom(newsroom_file: Path) -> Iterator[Case]:
    """The newsroom, open; for reading only."""
    with a_case(newsroom_file) as case:
        yield case


@pytest.fixture
def copy_of_newsroom(newsroom_file: Path, tmp_path: Path) -> Callable[[], Path]:
    """A function that makes a fresh copy of the newsroom's case file."""

    def copied() -> Path:
        number = len(list(tmp_path.glob("copy*.headwater")))
        return Path(shutil.copy(newsroom_file, tmp_path / f"copy{number}.headwater"))

    return copied
