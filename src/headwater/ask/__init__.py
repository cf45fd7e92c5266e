"""The questions that people ask of a case, one function each; every answer is a frozen page object that turns into JSON."""

from headwater.ask.board import Board, BoardClaim, BoardRow, Boards, board, boards
from headwater.ask.briefs import Brief, ClaimBrief, CopyBrief, DisputeBrief, StoryBrief, brief
from headwater.ask.claimed import claims_table
from headwater.ask.claimpage import ClaimPage, Graph, GraphEdge, GraphNode, Rung, Said, claim_page
from headwater.ask.comparisons import Comparison, Piece, Row, Side, compare
from headwater.ask.outlines import Outline, OutlineSentence, outlines
from headwater.ask.pagehistory import Alteration, Dropped, OneVersion, PageHistory, Reworded, page_histories
from headwater.ask.people import (
    Outlet,
    OutletPage,
    Outlets,
    Speaker,
    SpeakerPage,
    Speakers,
    outlet,
    outlets,
    speaker,
    speakers,
)
from headwater.ask.put_right import CorrectionList, ProblemList, correction_list
from headwater.ask.reportpage import ReportPage, Segment, StatementLine, report_page
from headwater.ask.reviews import Question, Reviews, reviews
from headwater.ask.rows import StoryRows, story_of, story_rows
from headwater.ask.search import Found, Hits, Search, search
from headwater.ask.shown import Shown, names
from headwater.ask.soundness import answering
from headwater.ask.storylist import Asked, Day, Facet, Listed, StoryList, Value, story_list, with_values
from headwater.ask.storypage import ClaimLine, DisputeLine, Member, StoryPage, story_page
from headwater.ask.trees import Edge, Node, Tree, trees
from headwater.ask.verdicts import Verdict, verify
from headwater.ask.withdrawals import Change, Withdrawal, withdraw

__all__ = [
    "Alteration",
    "Asked",
    "Board",
    "BoardClaim",
    "BoardRow",
    "Boards",
    "Brief",
    "Change",
    "ClaimBrief",
    "ClaimLine",
    "ClaimPage",
    "Comparison",
    "CopyBrief",
    "CorrectionList",
    "Day",
    "DisputeBrief",
    "DisputeLine",
    "Dropped",
    "Edge",
    "Facet",
    "Found",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "Hits",
    "Listed",
    "Member",
    "Node",
    "OneVersion",
    "Outlet",
    "OutletPage",
    "Outlets",
    "Outline",
    "OutlineSentence",
    "PageHistory",
    "Piece",
    "ProblemList",
    "Question",
    "ReportPage",
    "Reviews",
    "Reworded",
    "Row",
    "Rung",
    "Said",
    "Search",
    "Segment",
    "Shown",
    "Side",
    "Speaker",
    "SpeakerPage",
    "Speakers",
    "StatementLine",
    "StoryBrief",
    "StoryList",
    "StoryPage",
    "StoryRows",
    "Tree",
    "Value",
    "Verdict",
    "Withdrawal",
    "answering",
    "board",
    "boards",
    "brief",
    "claim_page",
    "claims_table",
    "compare",
    "correction_list",
    "names",
    "outlet",
    "outlets",
    "outlines",
    "page_histories",
    "report_page",
    "reviews",
    "search",
    "speaker",
    "speakers",
    "story_list",
    "story_of",
    "story_page",
    "story_rows",
    "trees",
    "verify",
    "with_values",
    "withdraw",
]
