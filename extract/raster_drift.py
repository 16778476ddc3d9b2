"""Figures on a raster whose column cannot be told.

What stands a blank behind another figure stands where that one ends. In a full row the order of
the figures tells their columns; where some are missing nothing does, unless they are in line with
the figures above and below. So the columns of a line are weighed together, and a figure for which
another column would do nearly as well is in doubt.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from kenzan.extract.raster_matching import find_doubtful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Raster, Stretch
    from kenzan.extract.raster_pieces import Strip

_FEWEST = 3
"""Figures in a row that stand pushed together."""
_OUT_OF_LINE = 3
"""Raster columns by which the right edge of a figure may miss those of its column."""

_CLEARLY = 0.6
"""Share of the way to another column that a figure may be off its own."""


def find_adrift(strip: Strip, raster: Raster, names: Sequence[int]) -> list[Piece]:
    """The figures of a line that may stand in other columns than those they are put in.

    ``names`` tells for each column which name stands over it.
    """
    pushed = _find_pushed(strip, raster)
    if pushed:
        return pushed
    doubtful = find_doubtful(strip, raster.columns, names)
    return [p for p in doubtful if p.figure] + _find_between(strip, raster, names)


def _find_between(strip: Strip, raster: Raster, names: Sequence[int]) -> list[Piece]:
    """The figures of a row that is not full that end half way between two columns."""
    numeric = raster.numeric
    spots = [spot for spot in raster.place(strip) if spot.piece.figure and spot.first in numeric]
    if len(spots) == len(numeric):
        return []
    filled = {spot.first for spot in spots}
    edges = {i: _right_edge(raster.columns[i]) for i in numeric}
    between = []
    for spot in spots:
        own = abs(spot.piece.x1 - edges[spot.first])
        others = [
            abs(spot.piece.x1 - edge)
            for i, edge in edges.items()
            if names[i] != names[spot.first] and i not in filled
        ]
        if own > _OUT_OF_LINE and others and own > _CLEARLY * min(others):
            between.append(spot.piece)
    return between


def _find_pushed(strip: Strip, raster: Raster) -> list[Piece]:
    """The figures of a row that is not full, if several are pushed together and out of line."""
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
