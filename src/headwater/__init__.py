"""Headwater: for every claim in a pile of reports, who says so, through whom, and on how many independent lines.

case = headwater.open("x.headwater")
case.read("reports/")
case.claims().to_pandas()
"""

from headwater.case import Case, open
from headwater.errors import HeadwaterError
from headwater.settings import Settings

__version__ = "0.1.0"
__all__ = ["Case", "HeadwaterError", "Settings", "__version__", "open"]
