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

_SURE = 0.6
"""What any other column must cost more for a piece to stand in its own for certain."""
_NEVER = float("inf")

Home = tuple[int, int]


def match_columns(strip: Strip, columns: Sequence[Stretch]) -> list[Home]:
    """For each piece of a line the first and the last column it stands in."""
    return _clear_homes(strip, columns) or _Matching(strip, columns).homes()


def find_doubtful(strip: Strip, columns: Sequence[Stretch], names: Sequence[int]) -> list[Piece]:
    """The pieces of a line that may stand under another name at hardly more cost.

    ``names`` tells for each column which name stands over it.
    """
    if not strip.pieces or _clear_homes(strip, columns):
        return []
    margins = _Matching(strip, columns).margins(names)
    return [p for p, margin in zip(strip.pieces, margins, strict=True) if margin < _SURE]


def _clear_homes(strip: Strip, columns: Sequence[Stretch]) -> list[Home]:
    """The one column of each piece, if every piece stands in one alone; else nothing."""
    clear = [_only_home(piece, columns) for piece in strip.pieces]
    if all(clear) and all(a < b for a, b in pairwise(clear)):
        return [(home - 1, home - 1) for home in clear]
    return []


class _Matching:
    """The costs of the pieces of a line in the columns, each piece right of the one before it."""

    def __init__(self, strip: Strip, columns: Sequence[Stretch]) -> None:
        numeric = [column.is_numeric for column in columns]
        self.count = len(columns)
        self.homes_of = [
            list(_homes(piece, columns, numeric, glued=glued))
            for piece, glued in zip(strip.pieces, strip.glued, strict=True)
        ]

    def homes(self) -> list[Home]:
        """The homes of all pieces at least cost."""
        best: dict[int, tuple[float, tuple[Home, ...]]] = {-1: (0.0, ())}
        for homes in self.homes_of:
            following: dict[int, tuple[float, tuple[Home, ...]]] = {}
            for end, (cost, told) in best.items():
                for first, last, own in homes:
                    new = cost + own + (_SHARED if first <= end else 0.0)
                    if first >= end and new < following.get(last, (float("inf"), ()))[0]:
                        following[last] = (new, (*told, (first, last)))
            best = following
        return list(min(best.values())[1])

    def margins(self, names: Sequence[int]) -> list[float]:
        """For each piece what the whole line costs more with that piece under another name."""
        before = self._before()
        after: dict[int, float] = {}  # by where a piece ends, what those behind it cost
        margins: list[float] = []
        for homes, ends in zip(reversed(self.homes_of), reversed(before), strict=True):
            behind = [own + after.get(last, 0.0) for _, last, own in homes]
            by_name: dict[int, float] = {}
            for cost, (first, _, _) in zip(behind, homes, strict=True):
                whole = cost + _reach(ends, first)
                by_name[names[first]] = min(by_name.get(names[first], _NEVER), whole)
            best, *others = sorted(by_name.values())
            margins.append(min(others, default=_NEVER) - best)
            after = {
                end: min(
                    (
                        cost + (_SHARED if home[0] <= end else 0.0)
                        for cost, home in zip(behind, homes, strict=True)
                        if home[0] >= end
                    ),
                    default=_NEVER,
                )
                for end in range(-1, self.count)
            }
        return margins[::-1]

    def _before(self) -> list[dict[int, float]]:
        """For each piece the least cost of those before it, by the column the last stands in."""
        told: list[dict[int, float]] = [{-1: 0.0}]
        for homes in self.homes_of[:-1]:
            ends: dict[int, float] = {}
            for first, last, own in homes:
                ends[last] = min(ends.get(last, _NEVER), own + _reach(told[-1], first))
            told.append(ends)
        return told


def _reach(ends: dict[int, float], first: int) -> float:
    """The least cost of the pieces before one that begins in column ``first``."""
    return min(
        (cost + (_SHARED if first <= end else 0.0) for end, cost in ends.items() if end <= first),
        default=_NEVER,
    )


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
