"""Our numbers against those of the reference scorer, on the newsroom as it is and with its answers thrown about."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headwater import Case
from headwater.measure import origins
from headwater.measure.piles import texts_of

TESTS = Path(__file__).parent.parent
TRUTH = sorted((TESTS / "newsroom" / "truth").glob("*.json"))
REFERENCE = TESTS.parents[1] / "shared" / "score" / "origins.py"
THROWS = 6

pytestmark = pytest.mark.skipif(not REFERENCE.is_file(), reason=f"the reference scorer is not there: {REFERENCE}")


@pytest.fixture(scope="module")
def truth(newsroom: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom's truth with the offsets of every quotation, second readings and one that was not agreed on."""
    folder = tmp_path_factory.mktemp("truth")
    texts = texts_of(newsroom)
    for path, story in zip(TRUTH, origins.read_gold(TRUTH), strict=True):
        row = json.loads(path.read_text(encoding="utf-8"))
        for claim, located in zip(row["claims"], origins.with_quotes(story, texts).claims, strict=True):
            for said, at in zip(claim["statements"], located.statements, strict=True):
                said |= {"start": at.start, "end": at.end}
        _read_twice(row)
        (folder / path.name).write_text(json.dumps(row), encoding="utf-8")
    return folder


def _read_twice(story: dict[str, Any]) -> None:
    """Let a second reader see some of it otherwise."""
    claim = story["claims"][0]
    claim["lines_also"] = {"min": claim["lines"]["min"] + 1, "max": claim["lines"]["max"] + 1}
    claim["statements"][0] |= {"stance_also": "doubts", "speaker_also": "Norgate", "gatherer_also": "Solvane"}
    claim["statements"][-1]["origin_also"] = "Harbour Voice"
    story["kin_unsure"] = [story["reports"][:2]]
    story["unseen_unsure"] = {story["reports"][0]: ["Norgate"]}


@pytest.fixture(scope="module")
def export(newsroom: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom, exported."""
    folder = tmp_path_factory.mktemp("export")
    newsroom.export(folder)
    return folder


@pytest.mark.parametrize("seed", [None, *range(THROWS)])
def test_to_the_digit(seed: int | None, truth: Path, export: Path, tmp_path: Path) -> None:
    """Every number is the reference's, whether the answers are the newsroom's or thrown about so that many tie."""
    folder = export if seed is None else thrown(export, tmp_path, random.Random(seed))
    found = origins.score(origins.read_gold(sorted(truth.glob("*.json"))), origins.read_export(folder))
    ours = {**found.numbers, **found.baselines}
    reference = dict(numbers_of_reference(folder, truth))
    assert {name: ours[name] for name in reference} == reference


def numbers_of_reference(export: Path, truth: Path) -> Iterator[tuple[str, float | int | None]]:
    """Yield the reference's numbers under our names."""
    words = [sys.executable, str(REFERENCE), str(export), str(truth), "--json"]
    answer = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)
    for part, numbers in answer.items():
        for key, value in numbers.items():
            baseline = key.startswith("error_")
            yield f"{part}.{key.replace('_', ' ') if baseline else key}", value


def thrown(export: Path, folder: Path, chance: random.Random) -> Path:
    """Write the export with claims, intervals, names and stances thrown about."""
    statements, claims, disputes = (rows(export, table) for table in ("statements", "claims", "disputes"))
    names = [row["id"] for row in claims][:40]
    for row in statements:
        row["claims"] = chance.sample(names, chance.randint(0, 3))
        row["stance"] = chance.choice(["asserts", "asserts", "doubts"])
        row["origin_named"] = chance.random() < 0.5
        row["gatherer"], row["origin"] = chance.sample(["Norgate", "Solvane", "Harbour Voice", None], 2)
    for row in claims:
        row["lines_min"] = chance.randint(0, 3)
        row["lines_max"] = row["lines_min"] + chance.randint(0, 2)
    disputes = [{**disputes[0], "a": a, "b": b} for a, b in (chance.sample(names, 2) for _ in range(60))]
    changed = {"statements": statements, "claims": claims, "disputes": disputes}
    for table in ("statements", "claims", "disputes", "derivations", "stories"):
        lines = [json.dumps(row) for row in changed.get(table) or rows(export, table)]
        (folder / f"{table}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of an exported table."""
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
