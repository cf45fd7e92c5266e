"""Which texts a file that ships may be made from: the one table, `licences.csv`, that every reader of `corpora.py` asks.

In: the name of a set and of a part of it (a genre). Out: its licence; a text whose licence does not let what was made from it ship
stops the script that asks for it. `stated` says where the licence stands.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("licences.csv")


@dataclass(frozen=True, slots=True)
class Licence:
    """What a set, or a part of it, is and under which licence; `ships` tells whether what was made from it may be published."""

    set: str
    part: str
    what: str
    licence: str
    ships: bool
    stated: str

    @property
    def name(self) -> str:
        """The set, with the part."""
        return " ".join(filter(None, (self.set, self.part)))


@cache
def licences() -> tuple[Licence, ...]:
    """Return every row of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Licence(**(row | {"ships": row["ships"] == "yes"})) for row in csv.DictReader(file))


def free(name: str, part: str = "") -> Licence:
    """Return the licence of a set's part, or stop: what is not in the table, or states no licence, is not read for what ships."""
    row = next((row for row in licences() if (row.set, row.part) == (name, part)), None)
    if row is None or not row.ships:
        why = f"its licence is {row.licence}" if row else "it is not in licences.csv"
        raise SystemExit(f"{' '.join(filter(None, (name, part)))}: nothing that ships may be made from it, {why}")
    return row
