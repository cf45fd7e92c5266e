"""The questions that people ask of a case, one function each; every answer is a frozen page object that turns into JSON."""

from headwater.ask.briefs import Brief, ClaimBrief, CopyBrief, DisputeBrief, StoryBrief, brief
from headwater.ask.claimed import claims_table
from headwater.ask.trees import Edge, Node, Tree, trees
from headwater.ask.verdicts import Verdict, verify

__all__ = [
    "Brief",
    "ClaimBrief",
    "CopyBrief",
    "DisputeBrief",
    "Edge",
    "Node",
    "StoryBrief",
    "Tree",
    "Verdict",
    "brief",
    "claims_table",
    "trees",
    "verify",
]
