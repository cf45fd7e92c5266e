"""How good the flow is, in numbers: a scorer for each data set, the simplest baselines beside it, floors and a gate.

In: a case run over a data set. Out: `Result`s, which `table.py` prints and `gate.py` holds against `floors.json`.
Measured text never enters the project: data sets are read where they stand, and one that is not there is said to be
not measured.
"""

from headwater.measure.ceilings import Ceiling, read_ceilings
from headwater.measure.gate import FLOORS, Breach, gate, lowered, raised, read_floors, write_floors
from headwater.measure.measured import keep, read_measured, today, write_measured
from headwater.measure.results import Result
from headwater.measure.scorers import NAMES, run, run_one
from headwater.measure.table import table

__all__ = [
    "FLOORS",
    "NAMES",
    "Breach",
    "Ceiling",
    "Result",
    "gate",
    "keep",
    "lowered",
    "raised",
    "read_ceilings",
    "read_floors",
    "read_measured",
    "run",
    "run_one",
    "table",
    "today",
    "write_floors",
    "write_measured",
]
