"""Columns on a raster: stretches that lines of figures have ink on, with rivers between them.

Programs that lay text out keep what stands side by side on the page apart on the raster, but not
what stands below each other together: columns drift from line to line. So ink that overlaps is
one column, and a river is only believed where lines part at it.
"""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.raster_full_rows import find_full_columns, find_zones, part_body
from kenzan.extract.raster_matching import match_columns
from kenzan.extract.raster_pieces import ink_of, split_at, words_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Piece
    from kenzan.extract.raster_pieces import Strip

_STRAY = 0.04
"""Share of lines that may reach over a river."""
_PARTED = 0.25
"""Share of the lines with ink on both sides of a river that part there."""
_DRIFT = 3
"""Raster columns by which a glued piece may miss its column."""
_MOST = 64
"""Columns of a table."""


@dataclass(slots=True)
class Stretch:
    """One column: from x0 to x1, with the pieces in it."""

    x0: float
    x1: float
    pieces: list[Piece] = field(default_factory=list)
    leading: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether it is a column of figures, and not one of numbers that count the rows."""
        figures = [piece for piece in self.pieces if piece.figure]
        if self.leading and all(piece.enumerates for piece in figures):
            return False
        others = sum(not piece.figure and not piece.bracketed for piece in self.pieces)
        digits = any(piece.has_digit for piece in figures)
        return digits and others <= len(figures)


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece and the columns it stands in, ``first`` to ``last``."""

    piece: Piece
    first: int
    last: int
    y: int


@dataclass(slots=True)
class Raster:
    """The columns of one table, left to right."""

    columns: list[Stretch]

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def numeric(self) -> list[int]:
        """Which columns hold figures."""
        return [i for i, column in enumerate(self.columns) if column.is_numeric]

    def span(self, x0: float, x1: float) -> tuple[int, int]:
        """First and last column that a stretch meets, or the nearest one."""
        met = [i for i, c in enumerate(self.columns) if x0 < c.x1 and x1 > c.x0]
        if met:
            return met[0], met[-1]
        gaps = [max(c.x0 - x1, x0 - c.x1) for c in self.columns]
        nearest = gaps.index(min(gaps))
        return nearest, nearest

    def meets(self, x0: float, x1: float) -> bool:
        """Whether a stretch has ground in common with any column."""
        return any(x0 < column.x1 and x1 > column.x0 for column in self.columns)

    def add(self, x0: float, x1: float) -> None:
        """A new column, for a name that stands over no figure."""
        middle = (x0 + x1) / 2
        at = sum((column.x0 + column.x1) / 2 < middle for column in self.columns)
        self.columns.insert(at, Stretch(x0, x1))

    def place(self, strip: Strip) -> list[Spot]:
        """The pieces of a line with their columns; those that run over a river are cut there."""
        pieces: list[Piece] = []
        waiting = list(strip.pieces)[::-1]
        while waiting:
            piece = waiting.pop()
            parts = None if piece.figure else self._cut(piece, *self.span(piece.x0, piece.x1))
            if parts is None:
                pieces.append(piece)
            else:
                waiting += parts[::-1]
        cut = strip.with_pieces(pieces)
        homes = match_columns(cut, self.columns)
        return [
            Spot(piece, first, last, strip.y)
            for piece, (first, last) in zip(pieces, homes, strict=True)
        ]

    def count_filled(self, body: Sequence[Strip]) -> int:
        """How many of the columns from the first of figures to the last a line fills at most."""
        numeric = self.numeric
        return max(
            sum(numeric[0] <= spot.first <= numeric[-1] for spot in self.place(strip))
            for strip in body
        )

    def count_named(self, head: Sequence[Strip]) -> int:
        """How many names a line of a header has at most over the columns of figures."""
        return max((len(self._names_over(strip)) for strip in head), default=0)

    def count_names(self, head: Sequence[Strip]) -> int:
        """How many names a header has over the columns of figures, none of them over another."""
        lowest: list[tuple[float, float]] = []
        for strip in reversed(head):
            names = self._names_over(strip)
            free = [n for n in names if all(n[0] >= x1 or n[1] <= x0 for x0, x1 in lowest)]
            lowest += free
        return len(lowest)

    def left_of_figures(self) -> float:
        """Half way between the last column of labels and the first of figures."""
        first = self.numeric[0]
        left = self.columns[first].x0
        return (left + self.columns[first - 1].x1) / 2 if first else left

    def _names_over(self, strip: Strip) -> list[tuple[float, float]]:
        """From where to where the words of a line stand over the columns of figures."""
        left, right = self.left_of_figures(), self.columns[self.numeric[-1]].x1
        over = [piece for piece in strip.pieces if left < piece.middle < right]
        return [word for piece in over for word in words_of(piece)]

    def _cut(self, piece: Piece, first: int, last: int) -> tuple[Piece, Piece] | None:
        for left, right in pairwise(self.columns[first : last + 1]):
            parts = split_at(piece, left.x1, right.x0)
            if parts is not None:
                return parts
        return None


def fit_raster(body: Sequence[Strip], head: Sequence[Strip] = ()) -> Raster | None:
    """The columns in which the pieces of some lines stand; ``None`` if they share none.

    ``head`` are the lines above, whose names tell columns apart that are never filled together.
    """
    raster = _filled(_find_columns(body), body)
    if raster is not None and head:
        raster = _fit_full_rows(raster, body, head) or raster
        raster.columns = _join_never_together(raster.columns, head)
    return raster if raster is not None and len(raster) >= 2 else None


def _fit_full_rows(raster: Raster, body: Sequence[Strip], head: Sequence[Strip]) -> Raster | None:
    """The columns by the order of figures in full rows, if that tells of more or less of them.

    Not less than a line of ``head`` has names over them, or a row has words in them.
    """
    numeric = raster.numeric
    if not numeric:
        return None
    zones = find_zones(body)
    told = find_full_columns(zones, numeric[-1] - numeric[0] + 1, raster.count_names(head))
    if told is None or len(told) < max(raster.count_filled(body), raster.count_named(head)):
        return None
    left, right = part_body(body, zones, told)
    middle = [Stretch(x0, x1) for x0, x1 in told]
    return _filled([*_find_columns(left), *middle, *_find_columns(right)], body)


def _find_columns(body: Sequence[Strip]) -> list[Stretch]:
    stretches = _join_unseen(_find_stretches(body), body)
    return _add_glued([Stretch(x0, x1) for x0, x1 in stretches], body)


def _filled(columns: list[Stretch], body: Sequence[Strip]) -> Raster | None:
    """The columns with the pieces that stand in them, without those that none does."""
    if len(columns) < 2:
        return None
    raster = Raster(columns)
    raster.columns[0].leading = True
    _fill(raster, body)
    raster.columns = _join_signs([column for column in raster.columns if column.pieces])
    return raster


def _add_glued(columns: list[Stretch], body: Sequence[Strip]) -> list[Stretch]:
    """Columns of pieces that always stand a single blank behind the column before them."""
    behind: dict[int, list[Piece]] = {}
    for strip in body:
        home = -1
        for at, (piece, glued) in enumerate(zip(strip.pieces, strip.glued, strict=True)):
            met = [i for i, c in enumerate(columns) if _near(piece, c, _DRIFT * glued)]
            later = [i for i in met if i > home]
            if glued and not later and len(strip.pieces) - at == len(columns) - home - 1:
                later = [home + 1]  # each of the pieces that follow has a column
            if glued and not later:
                behind.setdefault(home, []).append(piece)
                break
            home = later[0] if later else home
    if not behind:
        return columns
    for home in sorted(behind, reverse=True):
        pieces = behind[home]
        made = Stretch(min(p.x0 for p in pieces), max(p.x1 for p in pieces))
        columns = [*columns[: home + 1], made, *columns[home + 1 :]]
    return _add_glued(columns, body) if len(columns) < _MOST else columns


def _near(piece: Piece, column: Stretch, slack: float) -> bool:
    return piece.x0 < column.x1 + slack and piece.x1 > column.x0 - slack


def _fill(raster: Raster, body: Sequence[Strip]) -> None:
    for strip in body:
        for spot in raster.place(strip):
            if spot.first == spot.last:
                raster.columns[spot.first].pieces.append(spot.piece)


def _find_stretches(body: Sequence[Strip]) -> list[tuple[float, float]]:
    """Stretches with ink; of pieces one blank apart only the first says where its column is."""
    allowed = int(_STRAY * len(body))
    edges: list[tuple[float, int]] = []
    for strip in body:
        for piece, glued in zip(strip.pieces, strip.glued, strict=True):
            for x0, x1 in () if glued else ink_of(piece):
                edges += ((x0, 1), (x1, -1))
    stretches: list[tuple[float, float]] = []
    depth, opened = 0, 0.0
    for x, step in sorted(edges):
        before, depth = depth, depth + step
        if before <= allowed < depth:
            opened = x
        elif depth <= allowed < before:
            stretches.append((opened, x))
    return stretches


def _join_unseen(
    stretches: list[tuple[float, float]], body: Sequence[Strip]
) -> list[tuple[float, float]]:
    """Stretches whose river parts hardly any line are one column with blanks in it."""
    joined = stretches[:1]
    for stretch in stretches[1:]:
        across = parted = 0
        for strip in body:
            left = [p for p in strip.pieces if p.x0 < joined[-1][1] and p.x1 > joined[-1][0]]
            right = [p for p in strip.pieces if p.x0 < stretch[1] and p.x1 > stretch[0]]
            across += bool(left) and bool(right)
            parted += bool(left) and bool(right) and left[-1] is not right[0]
        if across and parted < _PARTED * across:
            joined[-1] = (joined[-1][0], stretch[1])
        else:
            joined.append(stretch)
    return joined


def _join_signs(columns: list[Stretch]) -> list[Stretch]:
    """A column of signs alone belongs to the figures to its right."""
    joined: list[Stretch] = []
    for column in reversed(columns):
        signs = bool(column.pieces) and all(piece.sign_only for piece in column.pieces)
        if joined and signs and joined[-1].is_numeric:
            joined[-1].x0 = column.x0
            joined[-1].pieces += column.pieces
        else:
            joined.append(column)
    return joined[::-1]


def _join_never_together(columns: list[Stretch], head: Sequence[Strip]) -> list[Stretch]:
    """Columns of figures of which a line never fills both, and that share one name, are one."""
    joined = columns[:1]
    for column in columns[1:]:
        before = joined[-1]
        if (
            before.is_numeric
            and column.is_numeric
            and not _are_together(before, column)
            and not _are_named_apart(before, column, head)
        ):
            before.x1 = column.x1
            before.pieces += column.pieces
        else:
            joined.append(column)
    return joined


def _are_together(left: Stretch, right: Stretch) -> bool:
    lines = {id(piece.line) for piece in left.pieces}
    return any(id(piece.line) in lines for piece in right.pieces)


def _are_named_apart(left: Stretch, right: Stretch, head: Sequence[Strip]) -> bool:
    """Whether a line of names has one for each of two columns, or none at all does."""
    named = False
    for strip in head:
        over = [p for p in strip.pieces if p.x0 < right.x1 and p.x1 > left.x0]
        named |= bool(over)
        if len(over) > 1:
            return True
    return not named
