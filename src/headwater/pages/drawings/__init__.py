"""Pictures as numbers: where every node, curve and label of a drawing stands. Templates turn them into SVG, so that all text is escaped.

Lengths are in user units of the SVG, which are CSS pixels at its natural size.
"""

from headwater.pages.drawings.bars import Bars, Sparkline, draw_bars, draw_sparkline
from headwater.pages.drawings.bipartite import Bipartite, draw_bipartite
from headwater.pages.drawings.family import Family, draw_family

__all__ = [
    "Bars",
    "Bipartite",
    "Family",
    "Sparkline",
    "draw_bars",
    "draw_bipartite",
    "draw_family",
    "draw_sparkline",
]
