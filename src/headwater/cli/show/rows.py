"""Tables and short answers as text."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from headwater.ask import Verdict
from headwater.case import Reading
from headwater.cli.show.plain import dim, heading, inert, lines, many, short, wrapped
from headwater.pipeline import STAGES
from headwater.records import Correction, Problem

SHOWN = 3  # problems that are told at once
CELL = 34  # characters of a cell; `--json` shows all of it


def reading(done: Reading, news: Sequence[Problem] = (), case: str = "CASE") -> str:
    """Return what a read did, with the first of the problems that are new."""
    see = f" (see `headwater problems {case}`)" if done.problems else ""
    left = f"; {many(done.left, 'page')} left for the next time" if done.left else ""
    told = [f"  {line(asdict(each))}" for each in news[:SHOWN]]
    head = f"{many(done.reports, 'report')} read, {done.new:,} of them new; {many(done.problems, 'problem')}{left}{see}"
    return "\n".join([head, *told])


def stages() -> list[dict[str, Any]]:
    """Return the stages with what each reads and writes."""
    return [
        {
            "stage": stage.name,
            "version": stage.version,
            "reads": [record.table for record in stage.reads],
            "writes": [record.table for record in stage.writes],
            "works on": "each report by itself"
            if stage.per_report
            else "select"
            if stage.select
            else "the pile"
            if stage.loop
            else "groups",
            "about": (stage.writes[0].__doc__ or "").split("\n")[0],
        }
        for stage in STAGES
    ]


def flow(found: Sequence[dict[str, Any]]) -> str:
    """Return the flow, a stage a line."""
    body = []
    for stage in found:
        body.append(f"{heading(stage['stage']):<16}  {stage['about']}")
        body.append(
            dim(
                f"    {', '.join(stage['reads'])} → {', '.join(stage['writes'])} · {stage['works on']} · version {stage['version']}"
            )
        )
    return "\n".join(body)


def table(name: str, rows: Sequence[dict[str, Any]], total: int) -> str:
    """Return rows in columns, and how many are not shown."""
    if not rows:
        return f"{name}: no rows"
    columns = list(rows[0])
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[n]) for row in cells)) for n, column in enumerate(columns)]
    body = [heading("  ".join(column.ljust(width) for column, width in zip(columns, widths, strict=True)))]
    body += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([*body, dim(f"{len(rows):,} of {total:,} rows")])


def _cell(value: Any) -> str:
    if value is None:
        return "unknown"
    return short(", ".join(map(str, value)) if isinstance(value, list) else str(value), CELL)


def claims(rows: Sequence[dict[str, Any]], total: int) -> str:
    """Return claims, each with its lines and what it rests on."""
    body = []
    for row in rows:
        older = "only in an older version · " if row["older"] else ""
        rests = ", ".join(row["rests_on"]) or "nobody who asserts it"
        label = f"{lines(row['lines_min'], row['lines_max'])}, {many(row['reports'], 'report')}"
        body += wrapped(short(row["text"], 240), "", f"{label:<27} ")
        body += [
            dim(line)
            for line in wrapped(
                f"{older}rests on {rests} · {row['why']} · {row['id']}",
                " " * 28,
            )
        ]
    return "\n".join([*body, dim(f"{len(rows):,} of {total:,} claims")])


def problems(rows: Sequence[dict[str, Any]]) -> str:
    """Return what could not be read."""
    if not rows:
        return "no problems"
    return "\n".join(map(line, rows))


def line(problem: Mapping[str, Any]) -> str:
    """Return a problem on one line, whatever is in it."""
    hint = f" ({problem['hint']})" if problem["hint"] else ""
    return inert(" ".join(f"{problem['code']} {problem['thing']}: {problem['message']}{hint}".split()))


def verdict(found: Verdict) -> str:
    """Return what a check found."""
    body = [f"{found.checked:,} rows checked, {many(len(found.faults), 'fault')}", *found.faults]
    if found.stale:
        body.append(f"out of date: {', '.join(found.stale)}; `headwater run` brings them up to date")
    return "\n".join(body)


def corrections(found: Sequence[Correction], names: Mapping[str, str]) -> str:
    """Return every correction with who made it, when and why."""
    if not found:
        return "nothing has been put right in this case"
    return "\n".join(
        line for each in found for line in (inert(correction(each, names)), dim(f"    {inert(_signature(each))}"))
    )


def _signature(kept: Correction) -> str:
    return " · ".join((kept.author or "unsigned", kept.made or "at an unknown time", kept.reason or "no reason given"))


def correction(kept: Correction, names: Mapping[str, str] | None = None) -> str:
    """One line for what a person put right."""
    where = f" in report {kept.report}" if kept.report else ""
    said = {
        "merge": "is the same as",
        "rename": "is called",
        "split": "is another one, called",
        "copied": "is copied from",
        "one-text": "is of one text with",
        "apart": "has nothing from",
        "from": "comes from a text outside the pile, of",
        "not-from": "does not come from a text of",
        "one-story": "is of one story with",
        "other-story": "is of another story than",
        "one-claim": "is one claim with",
        "moved": "is of the claim of",
        "other-claim": "is of another claim than",
        "stance": "has the stance",
        "no-line": "counts for",
        "one-line": "is one line with",
        "own-line": "is a line of",
    }[kept.kind]
    name, into = ((names or {}).get(each, each) for each in (kept.name, kept.into))
    return f"{name} {said} {into}{where} · {kept.id}"
