"""this machine → a diagnosis: versions, processor, threads, and whether the model gives here the answers that came with it.

For whoever gets another number than a colleague: equal weights on two machines must give equal rows, and this says whether they do.
"""

import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import headwater
from headwater.models.session import overflows
from headwater.settings import Settings
from headwater.stages.spans.answers import Difference, differences_here, stored_answers

LIBRARIES = ("duckdb", "numpy", "onnxruntime", "pyarrow")
FEATURES = ("avx", "avx2", "fma", "avx512f", "avx_vnni", "avx512_vnni", "amx_int8")
"""names, as Linux has them, of what a processor can do that bears on how the model runs"""
PROCESSORS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Processor:
    """What runs here; None where this system does not tell."""

    machine: str
    name: str | None
    features: tuple[str, ...] | None
    """those of `FEATURES` that it has"""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What Headwater finds on this machine."""

    version: str
    python: str
    system: str
    processor: Processor
    processors: int | None
    workers: int
    """processes that a run may start"""
    sqlite: str
    libraries: dict[str, str]
    """version by name"""
    exact_products: bool
    """whether products of bytes overflow on this processor, so that the slower, exact ones are asked for"""
    sentences: int
    """to which the stored answers are known"""
    differences: tuple[Difference, ...]

    @property
    def sound(self) -> bool:
        """Whether the model answers here as it answered where it was made."""
        return not self.differences


def diagnose() -> Diagnosis:
    """Look at this machine, and ask the model the sentences whose answers are stored; takes about a second."""
    return Diagnosis(
        version=headwater.__version__,
        python=sys.version.split()[0],
        system=platform.platform(),
        processor=processor(PROCESSORS),
        processors=os.cpu_count(),
        workers=Settings().workers,
        sqlite=sqlite3.sqlite_version,
        libraries={name: version(name) for name in LIBRARIES},
        exact_products=overflows(),
        sentences=len(stored_answers()),
        differences=differences_here(),
    )


def processor(described: Path) -> Processor:
    """Return the first processor that Linux's list describes; without such a list its name and features are unknown."""
    if not described.exists():
        return Processor(platform.machine(), platform.processor() or None, None)
    fields = dict(_fields(described.read_text(encoding="utf-8", errors="replace")))
    flags = fields.get("flags")
    features = None if flags is None else tuple(name for name in FEATURES if name in flags.split())
    return Processor(platform.machine(), fields.get("model name"), features)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the list's first block."""
    for line in text.partition("\n\n")[0].splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()
