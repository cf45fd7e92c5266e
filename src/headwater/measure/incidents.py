"""Stories: thousands of reports of incidents that are much alike, each labelled with its incident.

In: a folder with `reports.jsonl`, whose rows have a `story`. Out: a `Result` with B-cubed and pairwise precision,
recall and F1. The items are the rows of the gold: a page that was collected for two incidents is two items in one
system story.
"""

import json
from collections.abc import Hashable
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.case import open as open_case
from headwater.measure.partitions import alone, b_cubed, pairwise
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Report, Story


def incidents(folder: Path) -> Result:
    """Score the stories that the flow finds in a folder of labelled reports."""
    path = folder / "reports.jsonl"
    if not path.is_file():
        return not_measured("incidents", path)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    found = read_stories(path)
    gold: dict[str, Hashable] = {str(number): row["story"] for number, row in enumerate(rows)}
    system: dict[str, Hashable] = {str(n): found[row["id"]] for n, row in enumerate(rows) if row["id"] in found}
    baselines: dict[str, Number] = {f"b_cubed.{key} each alone": n for key, n in b_cubed(gold, alone(gold)).items()}
    note = f"{len(rows)} rows, {len(set(gold.values()))} incidents, {len(set(system.values()))} stories found"
    note += f"; {len(gold) - len(system)} rows could not be read and count as alone"
    return Result("incidents", named("incidents", numbers(gold, system)), named_baselines("incidents", baselines), note)


def numbers(gold: dict[str, Hashable], system: dict[str, Hashable]) -> dict[str, Number]:
    """Return both measures, by name."""
    cubed = {f"b_cubed.{key}": value for key, value in b_cubed(gold, system).items()}
    return cubed | {f"pairs.{key}": value for key, value in pairwise(gold, system).items() if key != "gold"}


def read_stories(path: Path) -> dict[str, str]:
    """Run the flow as far as stories; map the id that a report came with to its story."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "incidents.headwater") as case:
        case.read(path, run=False)
        case.run(last="stories")
        names = {report.id: report.name for report in case.store.all(Report)}
        return {names[report]: story.id for story in case.store.all(Story) for report in story.reports}
