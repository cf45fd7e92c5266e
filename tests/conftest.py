"""What tests share: the newsroom, read once for all processes that run them. A test that changes a case takes a copy of it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import hypothesis
import pytest

from headwater import Case
from piles import REPORTS, a_case
from sharing import common_folder, made_once

# a property holds or does not, however long a busy machine takes for an example
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")


def _refuse_far_connections(event: str, args: tuple[object, ...]) -> None:
    """Nothing that runs in the tests' own process may leave this machine: the promise that no network is used unless asked."""
    if event == "socket.connect" and isinstance(address := args[1], tuple) and not ip_address(address[0]).is_loopback:
        raise PermissionError(f"a test tried to reach {address[0]}")


sys.addaudithook(_refuse_far_connections)


@pytest.fixture(scope="session")
def newsroom_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A closed case into which the newsroom has been read and run; this process's own copy."""
    folder = common_folder(tmp_path_factory, worker_id)
    made = made_once(folder / "newsroom.headwater", lambda path: a_case(path, REPORTS).close())
    return Path(shutil.copy(made, tmp_path_factory.mktemp("newsroom")))


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
