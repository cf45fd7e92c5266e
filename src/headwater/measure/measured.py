"""The last measurement that was kept: `measured.json`, from which the quality page of the docs is made.

In: results, and when and on what they were measured. Out: one record a data set; a data set that is measured again takes
the place of its older record, and one that is not keeps it.
"""

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from headwater.measure.results import Result

MEASURED = Path(__file__).with_name("measured.json")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something was measured, and on what."""

    day: str
    """ISO 8601"""
    version: str
    commit: str | None
    """short, with `+changes` where files were not committed; unknown outside a repository"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A result and the occasion on which it was measured."""

    occasion: Occasion
    result: Result


def today(version: str, repository: Path) -> Occasion:
    """Return the occasion of measuring now, in a folder that may be a repository."""
    return Occasion(date.today().isoformat(), version, commit_of(repository))


def commit_of(repository: Path) -> str | None:
    """Return the commit that a folder stands at, or None where git does not know one."""
    git = shutil.which("git")
    if git is None:
        return None
    words = [git, "-C", str(repository), "describe", "--always", "--abbrev=7", "--exclude=*", "--dirty=+changes"]
    answer = subprocess.run(words, capture_output=True, check=False, text=True)
    return answer.stdout.strip() or None


def read_measured(path: Path = MEASURED) -> dict[str, Measured]:
    """Return what was kept, by data set; nothing where nothing was."""
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Measured(
            Occasion(row["day"], row["version"], row["commit"]),
            Result(name, row["numbers"], row["baselines"], row["note"]),
        )
        for name, row in kept.items()
    }


def keep(kept: Mapping[str, Measured], results: Iterable[Result], occasion: Occasion) -> dict[str, Measured]:
    """Return what was kept with the results in place of older ones; what is not there was not measured and changes nothing."""
    return {**kept, **{result.name: Measured(occasion, result) for result in results if result.measured}}


def write_measured(kept: Mapping[str, Measured], path: Path = MEASURED) -> None:
    """Write what is kept, by data set."""
    rows = {name: {**asdict(one.occasion), **_row(one.result)} for name, one in sorted(kept.items())}
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _row(result: Result) -> dict[str, object]:
    return {"note": result.note, "numbers": dict(result.numbers), "baselines": dict(result.baselines)}
