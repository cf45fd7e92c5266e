"""What tests share: the newsroom, read once a session. A test that changes a case takes a copy of it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from headwater import Case
from piles import REPORTS, a_case


def _refuse_far_connections(event: str, args: tuple[object, ...]) -> None:
    """Nothing that runs in the tests' own process may leave this machine: the promise that no network is used unless asked."""
    if event == "socket.connect" and isinstance(address := args[1], tuple) and not ip_address(address[0]).is_loopback:
        raise PermissionError(f"a test tried to reach {address[0]}")


sys.addaudithook(_refuse_far_connections)


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
