"""Columns of a table without rules: where no row of figures has ink, columns part."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import Piece, Row, Unit, em_of, join_spread

if TYPE_CHECKING:
    from collections.abc import Sequence

_RIVER = 0.25
"""Em of white that parts two columns."""
_STRAY = 0.05
"""Share of rows that may reach over a gap between columns."""
_ALIGNED = 0.75
"""Em by which figures of one column may end (or begin, or be centered) differently."""
_MOSTLY = 0.6
_NUMBERS = 40


@dataclass(slots=True)
class Column:
    """From x0 to x1, with the pieces of the rows of figures that stand in it."""

    x0: float
    x1: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def figures(self) -> list[Piece]:
        """Its pieces that are figures; none if they only number the rows."""
        figures = [piece for piece in self.pieces if piece.figure]
        return [] if all(piece.enumerates for piece in figures[:_NUMBERS]) else figures

    def is_aligned(self, em: float) -> bool:
        """Whether most figures share their right edge, left edge or middle."""
        figures = self.figures
        for edges in (
            [p.x1 for p in figures],
            [p.x0 for p in figures],
            [p.middle for p in figures],
        ):
            center = median(edges)
            near = sum(abs(edge - center) <= _ALIGNED * em for edge in edges)
            if near >= _MOSTLY * len(edges):
                return True
        return False


@dataclass(slots=True)
class Columns:
    """The columns of one table, left to right, as ``rows`` rows of figures show them."""

    columns: list[Column]
    em: float
    rows: int

    def is_table(self, header_levels: int) -> bool:
        """Whether there is enough to call it a table."""
        figures = [column for column in self.columns if len(column.figures) >= 1]
        if len(self.columns) < 2 or not figures:
            return False
        if self.rows < (3 if len(self.columns) == 2 and not header_levels else 2):
            return False
        aligned = sum(column.is_aligned(self.em) for column in figures)
        return 2 * aligned > len(figures)

    def extends(self, fewer: Columns) -> bool:
        """Whether no columns of figures have flown together since ``fewer`` rows were seen."""
        counted = [column for column in fewer.columns if column.figures]
        homes = [self.span(column.x0, column.x1) for column in counted]
        return all(left[1] < right[0] for left, right in pairwise(homes))

    def span(self, x0: float, x1: float) -> tuple[int, int]:
        """First and last column that a stretch reaches into; the nearest where it meets none."""
        slack = 0.1 * self.em
        met = [i for i, c in enumerate(self.columns) if x0 < c.x1 - slack and x1 > c.x0 + slack]
        if met:
            return met[0], met[-1]
        middle = (x0 + x1) / 2
        nearest = min(
            range(len(self.columns)),
            key=lambda i: max(self.columns[i].x0 - middle, middle - self.columns[i].x1),
        )
        return nearest, nearest

    def takes(self, row: Row) -> bool:
        """Whether a row without figures fits in: each of its pieces within one column."""
        if not row.pieces:
            return False
        for piece in row.pieces:
            first, last = self.span(piece.x0, piece.x1)
            if first != last or piece.x1 > self.columns[-1].x1 + 4 * self.em:
                return False
        return True

    def add(self, x0: float, x1: float) -> None:
        """A new column, for a header that stands over no figure."""
        index = sum(column.middle < (x0 + x1) / 2 for column in self.columns)
        self.columns.insert(index, Column(x0, x1))


def fit_columns(rows: Sequence[Row], unit: Unit) -> Columns | None:
    """The columns in which the rows' pieces stand; ``None`` if they share none."""
    em = median(em_of(row.line, unit) for row in rows)
    pieces = [piece for row in rows for piece in _row_pieces(row)]
    stretches = _find_stretches(pieces, len(rows), _RIVER * em)
    columns = [Column(x0, x1) for x0, x1 in stretches]
    if len(columns) < 2:
        return None
    found = Columns(columns, em, len(rows))
    for piece in pieces:
        first, last = found.span(piece.x0, piece.x1)
        if first == last:
            columns[first].pieces.append(piece)
    found.columns = _join_signs(columns)
    return found if len(found.columns) >= 2 else None


def _row_pieces(row: Row) -> list[Piece]:
    """The pieces, with the label in front of the figures put together where it is spread."""
    first = row.label_length
    return [*join_spread(row.pieces[:first]), *row.pieces[first:]]


def _find_stretches(pieces: Sequence[Piece], rows: int, river: float) -> list[tuple[float, float]]:
    """Stretches of x that more than a stray row has ink on, with rivers between them."""
    allowed = int(_STRAY * rows)
    edges = sorted([(p.x0, 1) for p in pieces] + [(p.x1, -1) for p in pieces])
    stretches: list[tuple[float, float]] = []
    depth, opened = 0, 0.0
    for x, step in edges:
        before, depth = depth, depth + step
        if before <= allowed < depth:
            opened = x
        elif depth <= allowed < before:
            if stretches and opened - stretches[-1][1] < river:
                stretches[-1] = (stretches[-1][0], x)
            else:
                stretches.append((opened, x))
    return stretches


def _join_signs(columns: list[Column]) -> list[Column]:
    """A column of signs alone belongs to the figures to its right."""
    joined: list[Column] = []
    for column in reversed(columns):
        if joined and column.pieces and all(piece.sign_only for piece in column.pieces):
            joined[-1].x0 = column.x0
            joined[-1].pieces += column.pieces
        else:
            joined.append(column)
    return joined[::-1]
