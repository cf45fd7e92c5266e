"""Headwater: for every claim in a pile of reports, who says so, through whom, and on how many independent lines.

case = headwater.open("x.headwater")
case.read("reports/")
case.claims().to_pandas()
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["Case", "HeadwaterError", "Settings", "__version__", "open"]

HOMES = {"Case": "case", "open": "case", "HeadwaterError": "errors", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    """Import what is asked for: the processes that parse what came from outside need none of it, and begin five times as fast."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"headwater.{HOMES[name]}"), name)
