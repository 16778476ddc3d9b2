"""The pieces of one line shared out over the columns of a table, in order and at least cost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_columns import Stretch
    from kenzan.extract.raster_pieces import Strip

_FAR = 0.3
"""Cost of each raster column between a piece and its column."""
_FAR_GLUED = 0.15
"""The same for a piece that stands where the one before it ends."""
_OTHER_KIND = 0.8
"""Of a word in a column of figures, or the other way round."""
_BESIDE = 0.2
"""Of each raster column that a piece reaches into a column that is not its own."""
_SHARED = 5.0
"""Of a second piece in one column."""

Home = tuple[int, int]


def match_columns(strip: Strip, columns: Sequence[Stretch]) -> list[Home]:
    """For each piece of a line the first and the last column it stands in."""
    clear = [_only_home(piece, columns) for piece in strip.pieces]
    if all(clear) and all(a < b for a, b in pairwise(clear)):
        return [(home - 1, home - 1) for home in clear]
    numeric = [column.is_numeric for column in columns]
    best: dict[int, tuple[float, tuple[Home, ...]]] = {-1: (0.0, ())}
    for piece, glued in zip(strip.pieces, strip.glued, strict=True):
        following: dict[int, tuple[float, tuple[Home, ...]]] = {}
        homes = list(_homes(piece, columns, numeric, glued=glued))
        for end, (cost, told) in best.items():
            for first, last, own in homes:
                new = cost + own + (_SHARED if first <= end else 0.0)
                if first >= end and new < following.get(last, (float("inf"), ()))[0]:
                    following[last] = (new, (*told, (first, last)))
        best = following
    return list(min(best.values())[1])


def _only_home(piece: Piece, columns: Sequence[Stretch]) -> int:
    """1 + the one column that a piece stands in altogether; 0 if there is none such."""
    met = [i for i, c in enumerate(columns, 1) if piece.x0 < c.x1 and piece.x1 > c.x0]
    if len(met) != 1 or columns[met[0] - 1].is_numeric is not piece.figure:
        return 0
    return met[0]


def _homes(
    piece: Piece, columns: Sequence[Stretch], numeric: Sequence[bool], *, glued: bool
) -> Iterator[tuple[int, int, float]]:
    """Columns a piece may stand in: first, last, and what that costs."""
    met = [i for i, c in enumerate(columns) if piece.x0 < c.x1 and piece.x1 > c.x0]
    if len(met) > 1 and not piece.figure:
        yield met[0], met[-1], 0.0
    far = _FAR_GLUED if glued else _FAR
    for i, column in enumerate(columns):
        cost = far * max(column.x0 - piece.x1, piece.x0 - column.x1, 0.0)
        cost += 0.0 if numeric[i] is piece.figure else _OTHER_KIND
        for other in met:
            if other != i:
                c = columns[other]
                cost += _BESIDE * (min(piece.x1, c.x1) - max(piece.x0, c.x0))
        yield i, i, cost
