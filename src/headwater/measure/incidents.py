"""Stories: thousands of reports of incidents that are much alike, each labelled with its incident.

In: a folder with `reports.jsonl`, whose rows have a `story`. Out: a `Result` with B-cubed and pairwise precision,
recall and F1. The items are the rows of the gold: a page that was collected for two incidents is two items in one
system story. Where `incidents.jsonl` is there too, how many were killed and injured in each incident: the number that most of its
reports tell, refused when none does or two are told equally often; how often it answers, and how often the answer is the database's.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.case import open as open_case
from headwater.measure.partitions import alone, b_cubed, pairwise
from headwater.measure.ratios import ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Reading, Report, Story


def incidents(folder: Path) -> Result:
    """Score the stories that the flow finds in a folder of labelled reports."""
    path = folder / "reports.jsonl"
    if not path.is_file():
        return not_measured("incidents", path)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    pile = read_pile(path)
    gold: dict[str, Hashable] = {str(number): row["story"] for number, row in enumerate(rows)}
    system: dict[str, Hashable] = {
        str(n): pile.stories[row["id"]] for n, row in enumerate(rows) if row["id"] in pile.stories
    }
    baselines: dict[str, Number] = {f"b_cubed.{key} each alone": n for key, n in b_cubed(gold, alone(gold)).items()}
    note = f"{len(rows)} rows, {len(set(gold.values()))} incidents, {len(set(system.values()))} stories found"
    note += f"; {len(gold) - len(system)} rows could not be read and count as alone"
    listed = folder / "incidents.jsonl"
    counted = tolls(rows, _lines(listed), pile.told) if listed.is_file() else {}
    return Result(
        "incidents", named("incidents", numbers(gold, system) | counted), named_baselines("incidents", baselines), note
    )


@dataclass(frozen=True, slots=True)
class Told:
    """Numbers of killed and wounded that one report tells, each once."""

    killed: frozenset[int]
    wounded: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pile:
    """What was found: the story of each report, and the numbers that it tells, by the id that it came with."""

    stories: dict[str, str]
    told: dict[str, Told]


ROLES = {"killed": "num_killed", "wounded": "num_injured"}


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def tolls(
    rows: Sequence[Mapping[str, object]], incidents: Iterable[Mapping[str, object]], told: Mapping[str, Told]
) -> dict[str, Number]:
    """Return the share of incidents and roles that are answered, and of the answers that are right; by role and in all."""
    reports = defaultdict[str, set[str]](set)
    for row in rows:
        if row["id"] in told:
            reports[str(row["story"])].add(str(row["id"]))
    asked, answered, right = Counter[str](), Counter[str](), Counter[str]()
    for each in incidents:
        its = reports.get(str(each["incident_uri"]), set())
        for role, column in ROLES.items() if its else ():
            said = most_told(getattr(told[report], role) for report in its)
            asked[role] += 1
            answered[role] += said is not None
            right[role] += said == each[column]
    found: dict[str, Number] = {}
    for name, roles in (*((role, (role,)) for role in ROLES), ("tolls", tuple(ROLES))):
        all_asked, all_answered, all_right = (sum(each[role] for role in roles) for each in (asked, answered, right))
        found |= {f"{name}.exact": ratio(all_right, all_answered), f"{name}.answered": ratio(all_answered, all_asked)}
    return found


def most_told(reports: Iterable[Iterable[int]]) -> int | None:
    """Return the number that most reports tell; None where there is none or two are told equally often."""
    votes = Counter(number for report in reports for number in report)
    best = votes.most_common(2)
    return None if not best or (len(best) > 1 and best[0][1] == best[1][1]) else best[0][0]


def numbers(gold: dict[str, Hashable], system: dict[str, Hashable]) -> dict[str, Number]:
    """Return both measures, by name."""
    cubed = {f"b_cubed.{key}": value for key, value in b_cubed(gold, system).items()}
    return cubed | {f"pairs.{key}": value for key, value in pairwise(gold, system).items() if key != "gold"}


def read_pile(path: Path) -> Pile:
    """Run the flow as far as stories."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "incidents.headwater") as case:
        case.read(path, run=False)
        case.run(last="stories")
        names = {report.id: report.name for report in case.store.all(Report)}
        numbers = defaultdict[tuple[str, str], set[int]](set)
        for reading in case.store.all(Reading):
            if reading.kind in ROLES:
                numbers[reading.report, reading.kind].add(int(reading.value or 0))
        told = {name: Told(*(frozenset(numbers[report, role]) for role in ROLES)) for report, name in names.items()}
        return Pile({names[report]: story.id for story in case.store.all(Story) for report in story.reports}, told)
