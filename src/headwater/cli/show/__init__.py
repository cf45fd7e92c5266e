"""Answers as text for a terminal; each function takes a page object and returns lines, and none of them works anything out."""

from headwater.cli.show.briefs import brief
from headwater.cli.show.comparisons import comparison
from headwater.cli.show.diagnoses import diagnosis
from headwater.cli.show.explanations import explanation
from headwater.cli.show.imports import imported
from headwater.cli.show.outlines import outlines
from headwater.cli.show.rows import claims, correction, corrections, flow, problems, reading, stages, table, verdict
from headwater.cli.show.trees import trees
from headwater.cli.show.versions import versions
from headwater.cli.show.watching import watched
from headwater.cli.show.withdrawals import withdrawal

__all__ = [
    "brief",
    "claims",
    "comparison",
    "correction",
    "corrections",
    "diagnosis",
    "explanation",
    "flow",
    "imported",
    "outlines",
    "problems",
    "reading",
    "stages",
    "table",
    "trees",
    "verdict",
    "versions",
    "watched",
    "withdrawal",
]
