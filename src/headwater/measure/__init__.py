"""How good the flow is, in numbers: a scorer for each data set, the simplest baselines beside it, floors and a gate.

In: a case run over a data set. Out: `Result`s, which `table.py` prints and `gate.py` holds against `floors.json`.
Measured text never enters the project: data sets are read where they stand, and one that is not there is said to be
not measured.
"""

from headwater.measure.gate import FLOORS, Breach, gate, lowered, raised, read_floors, write_floors
from headwater.measure.results import Result
from headwater.measure.scorers import NAMES, run, run_one
from headwater.measure.table import table

__all__ = [
    "FLOORS",
    "NAMES",
    "Breach",
    "Result",
    "gate",
    "lowered",
    "raised",
    "read_floors",
    "run",
    "run_one",
    "table",
    "write_floors",
]
