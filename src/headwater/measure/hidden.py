"""Hidden credits: which reports carry an agency's text, told without any credit or mention of an agency.

In: a folder with `reports.jsonl`. First the credits are read from the texts as they are: a report carries agency text when a credit
line names a listed agency. Then every name of every listed agency is blanked out and the flow runs anew, as far as derivations; a
report is said to carry agency text when it shares text with a report of another outlet, and scored by how much.
Out: precision, recall, and the area under the ROC curve (Hanley and McNeil 1982), over all and as the mean over outlets that have both
kinds, since some outlets credit nearly everything. A report whose agency text nobody else printed cannot be found this way.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from headwater.case import Case
from headwater.case import open as open_case
from headwater.lists import newsrooms
from headwater.measure import logistic
from headwater.measure.ratios import f1
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.records import Credit, Derivation, Report


def hidden(name: str, folder: Path) -> Result:
    """Score derivations as a finder of agency text on a pile whose credits are hidden."""
    listed = folder / "reports.jsonl"
    if not listed.is_file():
        return not_measured(name, listed)
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines() if line.strip()]
    with TemporaryDirectory(prefix="headwater-") as place:
        with open_case(Path(place) / "open.headwater") as case:
            case.read(listed, run=False)
            case.run(last="credits")
            gold = carriers(case)
        blanked = Path(place) / "blanked.jsonl"
        blanked.write_text("\n".join(json.dumps(blank(row)) for row in rows), encoding="utf-8")
        with open_case(Path(place) / "hidden.headwater") as case:
            case.read(blanked, run=False)
            case.run(last="derivations")
            said = shares(case)
            outlets = {report.name: report.outlet for report in case.store.all(Report)}
    numbers = score({report: report in gold for report in outlets}, said, outlets)
    baselines = {"auc": 0.5, "all.p": len(gold) / len(outlets)}
    return Result(
        name, named(name, numbers), named_baselines(name, baselines), f"{len(outlets)} reports, {len(gold)} credited"
    )


def carriers(case: Case) -> frozenset[str]:
    """Return the names of the reports that a credit line ascribes to a listed agency."""
    names = {report.id: report.name for report in case.store.all(Report)}
    found = (each for each in case.store.all(Credit) if each.kind in ("line", "joint"))
    return frozenset(names[each.report] for each in found if (listed := newsrooms.find(each.name)) and listed.agency)


def blank(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a report without the names of agencies in its text and title."""
    return {**row, **{key: _names().sub(" ", row[key]) for key in ("text", "title") if row.get(key)}}


def _names() -> re.Pattern[str]:
    listed = [each for each in newsrooms.newsrooms() if each.agency]
    names = {name for each in listed for name in (each.name, *each.other_names, each.domain or each.name)}
    names |= {name.upper() for name in names}
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)"
    )


def shares(case: Case) -> dict[str, float]:
    """Return for each report the largest share that it and a report of another outlet have in common."""
    reports = {report.id: report for report in case.store.all(Report)}
    found: dict[str, float] = defaultdict(float)
    for each in case.store.all(Derivation):
        if each.parent and reports[each.child].outlet != reports[each.parent].outlet:
            for end in (each.child, each.parent):
                found[reports[end].name] = max(found[reports[end].name], each.share or 0.0)
    return found


def score(gold: Mapping[str, bool], said: Mapping[str, float], outlets: Mapping[str, str | None]) -> dict[str, Number]:
    """Return precision, recall and F1 of what is said at all, and the area under the curve, over all and by outlet."""
    hit = sum(gold[report] for report in said)
    by_outlet: dict[str | None, list[str]] = defaultdict(list)
    for report in gold:
        by_outlet[outlets[report]].append(report)
    areas = [area for its in by_outlet.values() if (area := auc(its, gold, said)) is not None]
    numbers = f1("all", hit=hit, said=len(said), gold=sum(gold.values()))
    return {
        **numbers,
        "auc": auc(list(gold), gold, said),
        "auc_by_outlet": sum(areas) / len(areas) if areas else None,
        "outlets": len(areas),
    }


def auc(reports: Sequence[str], gold: Mapping[str, bool], said: Mapping[str, float]) -> float | None:
    """Return how often a carrier scores above another report, ties counting half; None without both kinds."""
    kinds = np.array([gold[report] for report in reports], np.bool_)
    return logistic.auc(kinds, np.array([said.get(report, 0.0) for report in reports]))


def hidden_in_syria(folder: Path) -> Result:
    """Score the pile of `syria-reports`."""
    return hidden("hidden", folder)


def hidden_in_mideast(folder: Path) -> Result:
    """Score the pile of `mideast-pile`."""
    return hidden("hidden-mideast", folder)
