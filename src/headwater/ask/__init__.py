"""The questions that people ask of a case, one function each; every answer is a frozen page object that turns into JSON."""

from headwater.ask.briefs import Brief, ClaimBrief, CopyBrief, DisputeBrief, StoryBrief, brief
from headwater.ask.claimed import claims_table
from headwater.ask.comparisons import Comparison, Piece, Row, Side, compare
from headwater.ask.outlines import Outline, OutlineSentence, outlines
from headwater.ask.shown import Shown, names
from headwater.ask.trees import Edge, Node, Tree, trees
from headwater.ask.verdicts import Verdict, verify
from headwater.ask.withdrawals import Change, Withdrawal, withdraw

__all__ = [
    "Brief",
    "Change",
    "ClaimBrief",
    "Comparison",
    "CopyBrief",
    "DisputeBrief",
    "Edge",
    "Node",
    "Outline",
    "OutlineSentence",
    "Piece",
    "Row",
    "Shown",
    "Side",
    "StoryBrief",
    "Tree",
    "Verdict",
    "Withdrawal",
    "brief",
    "claims_table",
    "compare",
    "names",
    "outlines",
    "trees",
    "verify",
    "withdraw",
]
