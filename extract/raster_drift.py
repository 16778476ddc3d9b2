"""Figures on a raster whose column cannot be told: pushed together in a row that is not full.

What stands a blank behind another figure stands where that one ends. In a full row the order of
the figures tells their columns; where some are missing nothing does, unless they are in line with
the figures above and below.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Raster, Stretch
    from kenzan.extract.raster_pieces import Strip

_FEWEST = 3
"""Figures in a row that stand pushed together."""
_OUT_OF_LINE = 3
"""Raster columns by which the right edge of a figure may miss those of its column."""


def find_adrift(strip: Strip, raster: Raster) -> list[Piece]:
    """The figures of a line that may stand in other columns than those they are put in."""
    numeric = raster.numeric
    spots = [spot for spot in raster.place(strip) if spot.piece.figure and spot.first in numeric]
    tight = [right.piece.x0 - left.piece.x1 <= 1 for left, right in pairwise(spots)]
    if len(spots) == len(numeric) or not any(
        all(tight[i : i + _FEWEST - 1]) for i in range(len(tight) - _FEWEST + 2)
    ):
        return []
    edges = {i: _right_edge(raster.columns[i]) for i in {spot.first for spot in spots}}
    if all(abs(spot.piece.x1 - edges[spot.first]) <= _OUT_OF_LINE for spot in spots):
        return []
    return [spot.piece for spot in spots]


def _right_edge(column: Stretch) -> float:
    return median(piece.x1 for piece in column.pieces) if column.pieces else column.x1
