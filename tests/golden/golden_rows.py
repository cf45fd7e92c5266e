"""Golden rows: what every stage makes of the newsroom, kept as files that a person can review.

In: the newsroom's reports. Out: `newsroom/TABLE.jsonl`, one file a derived table, rows in the order of reading, reports by
the ids that they came with. `make regold` writes them; `make diff-golden` says what has changed since, and fails when anything has.

Probabilities and weights are kept to three digits and may be off by one in the last, since processors round differently.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headwater import Case, Settings
from headwater import open as open_case
from headwater.exports.tables import public_names
from headwater.pipeline import STAGES
from headwater.records import Record, Report, columns, values

GOLDEN = Path(__file__).parent / "newsroom"
REPORTS = Path(__file__).parents[1] / "newsroom" / "reports"
DERIVED: tuple[type[Record], ...] = tuple(record for stage in STAGES for record in stage.writes)
"""every table that a stage writes, in the order of the flow"""
DIGITS = 3
NEAR = 1.5 * 10**-DIGITS
QUOTED = 90  # characters of the text that are shown beside a row
SHORT = 160  # characters of a cell that are shown

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row that holds something else than it did."""

    column: str
    golden: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is still there with other cells."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table differs from its golden rows."""

    table: str
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The derived tables of the newsroom, and the texts that their offsets point into, by report."""

    tables: Tables
    texts: Mapping[str, str]


def newsroom_of(case: Case) -> Newsroom:
    """Return the derived tables of a case that has been run."""
    names = public_names(case.store)
    tables = {record.table: _in_order(_rows(case, record, names)) for record in DERIVED}
    return Newsroom(tables, {names[report.id]: report.text for report in case.store.all(Report)})


def run_newsroom() -> Newsroom:
    """Run the flow over the newsroom in a folder that is thrown away afterwards."""
    with TemporaryDirectory() as folder:
        case = open_case(Path(folder) / "newsroom.headwater", settings=Settings(workers=1))
        with case:
            case.read(REPORTS)
            return newsroom_of(case)


def read_golden(folder: Path = GOLDEN) -> Tables:
    """Return the golden rows of every table that has some."""
    return {path.stem: [json.loads(line) for line in _lines(path)] for path in sorted(folder.glob("*.jsonl"))}


def write_golden(tables: Tables, folder: Path = GOLDEN) -> None:
    """Write golden rows, and remove those of tables that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.jsonl"):
        if path.stem not in tables:
            path.unlink()
    for table, rows in tables.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{table}.jsonl").write_text(text, encoding="utf-8", newline="\n")


def differences(golden: Tables, now: Tables) -> tuple[Difference, ...]:
    """Return how each table differs, in the order of the flow; a table on one side alone is gone or new row by row."""
    tables = [*now, *(table for table in golden if table not in now)]
    compared = (difference(table, golden.get(table, ()), now.get(table, ())) for table in tables)
    return tuple(found for found in compared if found)


def difference(table: str, golden: Sequence[Row], now: Sequence[Row]) -> Difference:
    """Compare the rows of one table by id."""
    before, after = ({row["id"]: row for row in rows} for rows in (golden, now))
    both = [(before[ident], row) for ident, row in after.items() if ident in before]
    changes = (Change(new, tuple(_cells(old, new))) for old, new in both)
    return Difference(
        table,
        gone=tuple(row for ident, row in before.items() if ident not in after),
        new=tuple(row for ident, row in after.items() if ident not in before),
        changed=tuple(change for change in changes if change.cells),
    )


def shown(found: Sequence[Difference], texts: Mapping[str, str], *, most: int | None = None) -> str:
    """Return differences as lines: `-` rows gone, `+` rows new, `~` cells changed; at most so many a table."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.table}: {len(one.gone)} gone, {len(one.new)} new, {len(one.changed)} changed")
        rows = list(_shown(one, texts))
        lines += rows[:most]
        if most is not None and len(rows) > most:
            lines.append(f"  … and {len(rows) - most} more: `make diff-golden`")
    return "\n".join(lines)


def main(words: Sequence[str], *, run: Callable[[], Newsroom] = run_newsroom, folder: Path = GOLDEN) -> int:
    """Write the golden rows (`write`), or print what differs from them and return 1 when anything does (`diff`)."""
    if list(words) not in (["write"], ["diff"]):
        print("usage: golden_rows.py write|diff", file=sys.stderr)
        return 2
    newsroom = run()
    if words[0] == "write":
        write_golden(newsroom.tables, folder)
        return 0
    found = differences(read_golden(folder), newsroom.tables)
    print(shown(found, newsroom.texts) if found else "every stage makes its golden rows")
    return 1 if found else 0


def _rows(case: Case, record: type[Record], names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a table with the names of reports in place of their ids."""
    heads = [column.name for column in columns(record)]
    for one in case.store.all(record):
        yield {head: _plain(value, names) for head, value in zip(heads, values(one), strict=True)}


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_plain(part, names) for part in value]
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0  # no minus before a zero
    return names.get(value, value) if isinstance(value, str) else value


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows as the reports read: by report and place, and by id where there is none."""
    return sorted(rows, key=lambda row: (row.get("report") or "", row.get("start") or 0, row["id"]))


def _cells(golden: Row, now: Row) -> Iterator[Cell]:
    for column in dict.fromkeys([*golden, *now]):
        if not _same(golden.get(column), now.get(column)) or (column in golden) != (column in now):
            yield Cell(column, golden.get(column), now.get(column))


def _same(a: Any, b: Any) -> bool:
    """Return whether two cells hold one value, but for the last digit of a float."""
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= NEAR
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_same, a, b))
    return type(a) is type(b) and bool(a == b)


def _shown(one: Difference, texts: Mapping[str, str]) -> Iterator[str]:
    for sign, rows in (("-", one.gone), ("+", one.new)):
        for row in rows:
            cells = ", ".join(f"{key}={_short(value)}" for key, value in row.items() if key != "id")
            yield f"  {sign} {row['id']}{_quote(row, texts)}\n      {cells}"
    for change in one.changed:
        cells = "".join(f"\n      {cell.column}: {_short(cell.golden)} → {_short(cell.now)}" for cell in change.cells)
        yield f"  ~ {change.row['id']}{_quote(change.row, texts)}{cells}"


def _quote(row: Row, texts: Mapping[str, str]) -> str:
    """The words that a row points at, where it points at some."""
    text, start, end = texts.get(row.get("report") or ""), row.get("start"), row.get("end")
    if text is None or start is None or end is None:
        return ""
    words = " ".join(text[start:end].split())
    return f"  {row['report']} “{words if len(words) <= QUOTED else words[: QUOTED - 1] + '…'}”"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
