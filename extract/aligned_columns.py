"""Columns of a table without rules: where no row of figures has ink, columns part."""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import Piece, Row, height_of, split_piece, tokens_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_RIVER = 0.25
"""Em of white that parts two columns."""
_STRAY = 0.05
"""Share of rows that may reach over the white between two columns."""
_SEEN = 0.3
"""Share of rows with ink on both sides in which the white is a wide gap."""
_FEW = 0.2
"""Share of rows that have ink where there is no column of its own, and of figures among words."""
_NUMBER = 2.5
"""Em that the number of a row takes up at most, its blank included."""
_FLUSH, _FLUSH_ROWS, _FLUSH_SHARE = 0.1, 4, 0.9
"""Em by which words that begin at one edge miss it, how many there are, and their share."""
_FEWEST = 3
"""Rows that all begin words at one edge, where there are no more."""
_ALIGNED = 0.75
"""Em by which figures of one column may end (or begin, or be centered) differently."""
_BEHIND = 0.8
"""Em between a figure and the change in brackets behind it, at most."""
_MOSTLY = 0.6
_DENSE = 0.45
"""Share of the places of its rows of figures that are taken in a table."""


@dataclass(slots=True)
class Column:
    """From x0 to x1, with the pieces of the rows of figures that stand in it.

    Only the column on the left, ``leading``, can be one of numbers that count the rows.
    """

    x0: float
    x1: float
    pieces: list[Piece] = field(default_factory=list)
    leading: bool = False

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2

    @property
    def figures(self) -> list[Piece]:
        """Its pieces that are figures; none if they only number the rows or are all missing.

        Nor are a few among words: the last line of a label may look like one (24歳).
        """
        figures = [piece for piece in self.pieces if piece.figure]
        numbers = self.leading and all(piece.enumerates for piece in figures)
        few = len(figures) < _FEW * len(self.pieces)
        return [] if few or numbers or not any(p.has_digit for p in figures) else figures

    @property
    def numbers_rows(self) -> bool:
        """Whether it holds nothing but the numbers of the rows."""
        return self.leading and bool(self.pieces) and all(p.enumerates for p in self.pieces)

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
class Placed:
    """A piece of a row and the columns that it reaches into."""

    piece: Piece
    first: int
    last: int
    y: float


@dataclass(slots=True)
class Columns:
    """The columns of one table, left to right, as ``rows`` rows of figures show them.

    ``step`` is the usual distance from a row of figures to the next, 0 if there is only one.
    """

    columns: list[Column]
    em: float
    rows: int
    step: float = 0.0

    def __len__(self) -> int:
        return len(self.columns)

    def is_table(self, *, has_header: bool) -> bool:
        """Whether there is enough to call it a table."""
        figures = [column for column in self.columns if column.figures]
        if len(self) < 2 or not figures:
            return False
        # A label at half height beside two lines of figures makes one row of them.
        stacked = max(len(column.figures) for column in figures) if has_header else 0
        rows = max(self.rows, stacked)
        if rows < (3 if len(self) == 2 and not has_header else 2):
            return False
        taken = sum(len({id(p.line) for p in column.pieces}) for column in self.columns)
        if taken < _DENSE * rows * len(self):
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

    def place(self, row: Row) -> list[Placed]:
        """The row's pieces with their columns; pieces that run over a river are cut at it."""
        placed: list[Placed] = []
        waiting = row.joined_pieces()[::-1]
        while waiting:
            piece = waiting.pop()
            first, last = self.span(piece.x0, piece.x1)
            if first < last and not piece.is_spread:
                left, right = self.columns[first], self.columns[first + 1]
                parts = split_piece(piece, left.x1, right.x0, self.em)
                if parts is not None:
                    waiting += parts[::-1]
                    continue
            placed.append(Placed(piece, first, last, height_of(piece.line)))
        return placed

    def covers(self, row: Row) -> bool:
        """Whether every piece of a row lies within one of the columns as they are."""
        return all(
            any(column.x0 <= piece.x0 and piece.x1 <= column.x1 for column in self.columns)
            for piece in row.joined_pieces()
        )

    def takes(self, row: Row) -> bool:
        """Whether a row without figures fits in: each of its pieces within one column."""
        right = self.columns[-1].x1 + 4 * self.em
        placed = self.place(row)
        return bool(placed) and all(p.first == p.last and p.piece.x1 <= right for p in placed)

    def meets(self, x0: float, x1: float) -> bool:
        """Whether a stretch has ground in common with any column."""
        return any(x0 < column.x1 and x1 > column.x0 for column in self.columns)

    def add(self, x0: float, x1: float) -> None:
        """A new column, for a header that stands over no figure."""
        index = sum(column.middle < (x0 + x1) / 2 for column in self.columns)
        self.columns.insert(index, Column(x0, x1))


def fit_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns in which the rows' pieces stand; ``None`` if they share none."""
    em = median(row.em for row in rows)
    by_row = [row.joined_pieces() for row in rows]
    tokens = [[t for p in pieces for t in _inked(p, em)] for pieces in by_row]
    stretches = _find_stretches(tokens, em)
    stretches = _join_unseen(stretches, by_row, em)
    if len(stretches) < 2:
        return None
    steps = [upper.step_to(lower) for upper, lower in pairwise(rows)]
    step = median(steps) if steps else 0.0
    found = Columns([Column(x0, x1) for x0, x1 in stretches], em, len(rows), step)
    found.columns[0].leading = True
    for row in rows:
        for placed in found.place(row):
            if placed.first == placed.last:
                found.columns[placed.first].pieces.append(placed.piece)
    found.columns = _join_changes(_join_signs(found.columns), em)
    return found if len(found) >= 2 else None


def _inked(piece: Piece, em: float) -> list[tuple[float, float]]:
    return [(piece.x0, piece.x1)] if piece.is_spread else tokens_of(piece, em)


def _find_stretches(
    tokens: Sequence[Sequence[tuple[float, float]]], em: float
) -> list[tuple[float, float]]:
    """Stretches of x that more than a stray row has ink on, with rivers between them."""
    allowed = int(_STRAY * len(tokens))
    ink = [token for row in tokens for token in row]
    edges = sorted([(x0, 1) for x0, _ in ink] + [(x1, -1) for _, x1 in ink])
    stretches: list[tuple[float, float]] = []
    depth, opened = 0, 0.0
    for x, step in edges:
        before, depth = depth, depth + step
        if before <= allowed < depth:
            opened = x
        elif depth <= allowed < before:
            white = opened - stretches[-1][1] if stretches else _RIVER * em
            if white < _RIVER * em and not (white > 0 and _is_brook(opened, tokens, em)):
                stretches[-1] = (stretches[-1][0], x)
            else:
                stretches.append((opened, x))
    return stretches


def _is_brook(edge: float, tokens: Sequence[Sequence[tuple[float, float]]], em: float) -> bool:
    """Whether words begin at an edge in nearly every row, and the white before it is seldom narrow.

    So they do right of a column whose longest text fills it.
    """
    flush = wide = 0
    for row in tokens:
        if any(abs(x0 - edge) <= _FLUSH * em for x0, _ in row):
            flush += 1
            wide += max((x1 for _, x1 in row if x1 <= edge), default=0.0) <= edge - _RIVER * em
    least = min(len(tokens), _FLUSH_ROWS)
    return flush >= max(_FEWEST, least, _FLUSH_SHARE * len(tokens)) and 2 * wide > flush


def _join_unseen(
    stretches: list[tuple[float, float]], by_row: Sequence[Sequence[Piece]], em: float
) -> list[tuple[float, float]]:
    """Stretches whose river is hardly ever a wide gap are one column with blanks in it.

    Not so where what follows the blank begins at one edge in nearly every row.
    """
    joined = stretches[:1]
    for stretch in stretches[1:]:
        start, end = joined[-1][1], stretch[0]
        across = parted = 0
        for pieces in by_row:
            left = any(p.x0 < start and p.x1 > joined[-1][0] for p in pieces)
            right = any(p.x1 > end and p.x0 < stretch[1] for p in pieces)
            across += left and right
            parted += left and right and not any(p.x0 < start and p.x1 > end for p in pieces)
        unseen = bool(across) and parted < _SEEN * across
        if unseen and start - joined[-1][0] > _NUMBER * em and _is_flush(end, by_row, em):
            unseen = False
        if unseen or _is_part(start, stretch, by_row):
            joined[-1] = (joined[-1][0], stretch[1])
        else:
            joined.append(stretch)
    return joined


def _is_flush(edge: float, by_row: Sequence[Sequence[Piece]], em: float) -> bool:
    """Whether words begin at an edge in nearly all rows, and more than a few.

    A number before a name is none: it belongs to the name.
    """
    crossing = [p for pieces in by_row for p in pieces if p.x0 < edge - em and p.x1 > edge]
    cut = [
        any(abs(x0 - edge) <= _FLUSH * em for x0, _ in tokens_of(piece, em))
        for piece in crossing
        if not piece.is_numbered
    ]
    return sum(cut) >= max(_FLUSH_ROWS, _FLUSH_SHARE * len(crossing))


def _is_part(start: float, stretch: tuple[float, float], by_row: Sequence[Sequence[Piece]]) -> bool:
    """Whether a stretch is nothing but the end of a few long labels that have a gap in them."""
    inked = [
        any(p.x0 < start and p.x1 > stretch[0] for p in pieces)
        for pieces in by_row
        if any(p.x0 < stretch[1] and p.x1 > stretch[0] for p in pieces)
    ]
    return bool(inked) and all(inked) and len(inked) <= _FEW * len(by_row)


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


def _join_changes(columns: list[Column], em: float) -> list[Column]:
    """Changes in brackets a blank behind their figures are no column: 80.0% (+1.5)."""
    joined = columns[:1]
    for column in columns[1:]:
        if _are_changes(column, joined[-1], em):
            joined[-1].x1 = column.x1
            joined[-1].pieces += column.pieces
        else:
            joined.append(column)
    return joined


def _are_changes(column: Column, beside: Column, em: float) -> bool:
    """Whether its pieces are in brackets, each closely behind a figure of the column before.

    Figures without a change may stand at the edge that the changes share.
    """
    ends = {id(piece.line): piece.x1 for piece in beside.pieces}
    changes = [piece for piece in column.pieces if id(piece.line) in ends]
    return len(changes) > _MOSTLY * len(column.pieces) and all(
        piece.in_brackets and piece.x0 - ends[id(piece.line)] < _BEHIND * em for piece in changes
    )
