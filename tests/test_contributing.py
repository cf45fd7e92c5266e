"""What CONTRIBUTING.md and LICENSE promise: every room of the house is named, every command is there, the licence is the whole text."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = sorted(path.parent.name for path in (ROOT / "src/headwater").glob("*/__init__.py"))
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_named(room: str) -> None:
    """The table of rooms says of each folder of the package what belongs there."""
    assert re.search(rf"^\| .*`{room}/`", GUIDE, re.M)


def test_the_five_commands_are_there() -> None:
    """The commands that a change needs are targets of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    five = re.findall(r"^\| `make (\w+)` \|", GUIDE, re.M)
    assert five == ["setup", "test", "check", "gate", "docs"]
    assert all(re.search(rf"^{name}:", makefile, re.M) for name in five)


def test_the_licence_is_named_and_whole() -> None:
    """The licence that the package names is the text at the root, the same as beside the weights."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_bytes()
    assert (project["license"], project["license-files"][0]) == ("Apache-2.0", "LICENSE")
    assert text == (ROOT / "src/headwater/weights/spans/LICENSE").read_bytes()
    assert b"Version 2.0, January 2004" in text
    assert b"END OF TERMS AND CONDITIONS" in text
