"""Refresh what the docs take from the code: reference pages, and the blocks between `<!-- begin NAME -->` and `<!-- end NAME -->`.

`python docs/generate.py` writes; with `--check` it writes nothing and fails when something is stale.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path

from click.testing import CliRunner

from headwater import errors
from headwater.cli.commands import commands
from headwater.exports.codebook import codebook
from headwater.measure.quality import quality
from headwater.settings import Settings

HERE = Path(__file__).parent
ROOT = HERE.parent


def demo() -> str:
    """What `make demo` prints."""
    with tempfile.TemporaryDirectory() as folder:
        case = str(Path(folder) / "demo.headwater")
        read = _run("read", case, str(ROOT / "tests/newsroom/reports"))
        return "```text\n$ make demo\n" + read + _run("brief", case) + "```"


def flow() -> str:
    """What `headwater flow` prints."""
    return "```text\n$ headwater flow\n" + _run("flow") + "```"


def command_pages() -> str:
    """The help of every command."""
    pages = [f"## headwater {name}\n\n```text\n{_run(name, '--help')}```\n" for name in sorted(commands.commands)]
    return "# Commands\n\nGenerated from the code by `make docs`.\n\n" + "\n".join(pages)


def error_page() -> str:
    """Every error with its code."""
    found = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.HeadwaterError)
    ]
    rows = [
        f"| `{each.code}` | {each.__name__} | {_about(each)} |" for each in sorted(found, key=lambda each: each.code)
    ]
    head = [
        "# Errors",
        "",
        "Generated from the code by `make docs`.",
        "",
        "| code | name | what it is, and what to do |",
        "| --- | --- | --- |",
    ]
    return "\n".join([*head, *rows, ""])


def settings_page() -> str:
    """Every setting with its default."""
    rows = [f"| `{each.name}` | {_default(each)} |" for each in fields(Settings)]
    head = [
        "# Settings",
        "",
        "Generated from the code by `make docs`; `settings.py` says what each was calibrated on.",
        "",
    ]
    return "\n".join([*head, "| setting | default |", "| --- | --- |", *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "quality.md": quality,
    "reference/codebook.md": codebook,
    "reference/commands.md": command_pages,
    "reference/errors.md": error_page,
    "reference/settings.md": settings_page,
}
BLOCKS: dict[str, dict[str, Callable[[], str]]] = {"README.md": {"demo": demo, "flow": flow}}


def main() -> int:
    """Write every page, or say which are stale."""
    wanted = {HERE / name: make() for name, make in PAGES.items()}
    for name, blocks in BLOCKS.items():
        wanted[ROOT / name] = _filled((ROOT / name).read_text(encoding="utf-8"), blocks)
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


def _filled(text: str, blocks: dict[str, Callable[[], str]]) -> str:
    for name, make in blocks.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        text = re.sub(f"{begin}.*?{end}", lambda _, b=begin, e=end, m=make: f"{b}\n{m()}\n{e}", text, flags=re.S)  # type: ignore[misc]
    return text


def _run(*words: str) -> str:
    answer = CliRunner().invoke(commands, words, prog_name="headwater")
    if answer.exception:
        raise answer.exception
    return answer.stdout


def _about(error: type) -> str:
    return (error.__doc__ or "").split("\n")[0] if error.__subclasses__() == [] else f"a kind: {error.__name__}"


def _default(field: object) -> str:
    default, factory = field.default, field.default_factory  # type: ignore[attr-defined]
    return (
        f"`{default}`"
        if default is not MISSING
        else "number of processors, 8 at most"
        if factory is not MISSING
        else ""
    )


if __name__ == "__main__":
    sys.exit(main())
