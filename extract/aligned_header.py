"""The header of a table without rules: lines above it that fit its columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import Piece, Row, join_pieces, join_spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns

_MOST_LINES = 8
_FAR = 3.0
"""Line heights between two lines of a header, and between it and the table."""
_SAME_EDGE = 0.6
"""Em within which two lines of one wrapped label share an edge or their middle."""
_LEFT_OUT = 2.0
"""Em of shift between a group's name and its columns that is as bad as leaving a column out."""
_RAGGED = 0.25
"""Share of the white right of a name set flush left that counts against it."""
_ASIDES = ("単位", "※", "。")


@dataclass(slots=True)
class HeaderCell:
    """Pieces one below the other, over the columns ``first`` to ``last``."""

    pieces: list[Piece]
    first: int = 0
    last: int = 0

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def middle(self) -> float:
        """Half way between the edges."""
        return (self.x0 + self.x1) / 2


Level = list[HeaderCell]


@dataclass(slots=True)
class Header:
    """Levels from the top down, and how many lines they take up."""

    levels: list[Level]
    lines: int


def find_header(above: Sequence[Row], body: Row, columns: Columns) -> Header:
    """The header over ``body``; adds columns to ``columns`` that stand over no figure."""
    rows = _header_rows(above, body, columns)
    if not rows:
        return Header([], 0)
    _add_columns(rows[-1], columns)
    upper = [[HeaderCell([piece]) for piece in join_spread(row.pieces)] for row in rows[:-1]]
    levels = [*_join_wrapped(upper, columns.em), _leaf_cells(rows[-1], columns)]
    for index in range(len(levels) - 2, -1, -1):
        _set_group_spans(levels[index], levels[index + 1], columns)
    return Header(_join_disjoint([_apart(level) for level in levels]), len(rows))


def _header_rows(above: Sequence[Row], body: Row, columns: Columns) -> list[Row]:
    rows: list[Row] = []
    below = body
    for row in above[: -_MOST_LINES - 1 : -1]:
        far = below.y - row.y > _FAR * max(row.height, below.height)
        if far or not _fits(row, columns, lowest=not rows):
            break
        rows.insert(0, row)
        below = row
    # A lone piece on top is a title or a heading, unless it stands over columns of figures.
    while rows and len(rows[0].pieces) == 1 and _reaches_first(rows[0], columns):
        rows.pop(0)
    return rows


def _reaches_first(row: Row, columns: Columns) -> bool:
    return columns.span(row.pieces[0].x0, row.pieces[0].x1)[0] == 0


def _fits(row: Row, columns: Columns, *, lowest: bool) -> bool:
    if not row.pieces or any(mark in row.line.text for mark in _ASIDES):
        return False
    left, right = columns.columns[0].x0, columns.columns[-1].x1
    if any(p.x1 < left - columns.em or p.x0 > right + 8 * columns.em for p in row.pieces):
        return False
    if len(row.pieces) > 1:
        return True
    first, last = columns.span(row.pieces[0].x0, row.pieces[0].x1)
    return not lowest and (first > 0 or last == 0)


def _add_columns(row: Row, columns: Columns) -> None:
    """Columns for those names of the lowest line that have no figures below them at all."""
    names = [piece for piece in row.pieces if len(piece.text) > 1]
    homes = [columns.span(name.x0, name.x1) for name in names]
    for index, (name, home) in enumerate(zip(names, homes, strict=True)):
        free = not any(name.x0 < c.x1 and name.x1 > c.x0 for c in columns.columns)
        shared = home in homes[:index] or home in homes[index + 1 :]
        if free and shared:
            columns.add(name.x0, name.x1)


def _leaf_cells(row: Row, columns: Columns) -> Level:
    """The lowest line, parted between the columns where its own gaps are widest.

    A name is often wider than the figures below it, so that its letters stand in the white
    between two columns of figures.
    """
    cells: Level = []
    pieces, first = list(row.pieces), 0
    for index, (left, right) in enumerate(pairwise(columns.columns)):
        cut = _widest_gap(pieces, left.x1, right.x0)
        if cut is None:
            cut = _widest_gap(pieces, left.x1 - columns.em, right.x0 + columns.em)
        if cut is None:
            continue
        if cut:
            cells.append(HeaderCell([join_pieces(pieces[0], pieces[cut - 1])], first, index))
        pieces, first = pieces[cut:], index + 1
    if pieces:
        last = len(columns.columns) - 1
        cells.append(HeaderCell([join_pieces(pieces[0], pieces[-1])], first, last))
    return cells


def _widest_gap(pieces: Sequence[Piece], start: float, end: float) -> int | None:
    """How many pieces stand before the widest gap that meets start…end; ``None`` if none does."""
    edges = [float("-inf"), *(piece.x1 for piece in pieces)]
    starts = [*(piece.x0 for piece in pieces), float("inf")]
    widest: tuple[float, int] | None = None
    for index, (left, right) in enumerate(zip(edges, starts, strict=True)):
        if left < end and right > start and (widest is None or right - left > widest[0]):
            widest = (right - left, index)
    return None if widest is None else widest[1]


def _join_wrapped(lines: list[Level], em: float) -> list[Level]:
    """Lines that go on with the labels of the line above them join its level."""
    levels = lines[:1]
    for line in lines[1:]:
        partners = [_wraps(cell, levels[-1], em) for cell in line]
        known = [index for index in partners if index is not None]
        if len(known) == len(line) and len(set(known)) == len(known):
            for cell, index in zip(line, known, strict=True):
                levels[-1][index].pieces += cell.pieces
        else:
            levels.append(line)
    return levels


def _wraps(cell: HeaderCell, level: Level, em: float) -> int | None:
    """The cell above that this one's text belongs to."""
    for index, upper in enumerate(level):
        same_left = abs(cell.x0 - upper.x0) <= _SAME_EDGE * em
        same_middle = abs(cell.middle - upper.middle) <= _SAME_EDGE * em
        if (same_left or same_middle) and cell.x1 <= upper.x1 + em:
            return index
    return None


def _set_group_spans(level: Level, lower: Level, columns: Columns) -> None:
    """Spread each name of a group over those cells below that it stands in the middle of."""
    for cell in level:
        cell.first, cell.last = columns.span(cell.x0, cell.x1)
    groups = [cell for cell in level if cell.last > 0]
    for cell, group in zip(groups, _share_out(groups, lower, columns), strict=True):
        if group is not None:
            cell.first, cell.last = lower[group[0]].first, lower[group[1]].last


def _share_out(level: Level, lower: Level, columns: Columns) -> list[tuple[int, int] | None]:
    """For each cell the first and last of the cells below that it stands over.

    The cheapest way to share out the lower cells in order: what counts is how far a name is from
    the middle of its group, and how many lower cells stay without one.
    """
    em = columns.em

    def leave(index: int) -> float:
        return 0.0 if lower[index].first == 0 else _LEFT_OUT * em

    def alone(index: int) -> float:
        cell = level[index]
        under = any(low.first <= cell.last and low.last >= cell.first for low in lower)
        return 10 * em if under else 0.0

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[tuple[int, int] | None, ...]]:
        if i == len(level):
            return sum(leave(k) for k in range(j, len(lower))), ()
        cost, rest = best(i + 1, j)
        choice = (cost + alone(i), (None, *rest))
        for k in range(j, len(lower)):
            skipped = sum(leave(m) for m in range(j, k))
            for end in range(k, len(lower)):
                cost, rest = best(i + 1, end + 1)
                cost += skipped + _shift(level[i], lower[k], lower[end], columns)
                if cost < choice[0]:
                    choice = (cost, ((k, end), *rest))
        return choice

    return list(best(0, 0)[1])


def _shift(name: HeaderCell, first: HeaderCell, last: HeaderCell, columns: Columns) -> float:
    """How badly a name fits over a group: off its middle (or left edge), or standing out."""
    left = min(first.x0, columns.columns[first.first].x0)
    right = max(last.x1, columns.columns[last.last].x1)
    centered = abs(name.middle - (left + right) / 2)
    flush = abs(name.x0 - left) + _RAGGED * max(right - name.x1, 0.0)
    return min(centered, flush) + max(left - name.x0, 0.0) + max(name.x1 - right, 0.0)


def _apart(level: Level) -> Level:
    """Cells of one level over different columns; where two claim one, they become one."""
    apart: Level = []
    for cell in sorted(level, key=lambda cell: cell.x0):
        if apart and cell.first <= apart[-1].last:
            if cell.last <= apart[-1].last:
                apart[-1].pieces += cell.pieces
                continue
            cell.first = apart[-1].last + 1
        apart.append(cell)
    return apart


def _join_disjoint(levels: list[Level]) -> list[Level]:
    """Neighbouring levels over different columns are one: a label set at half height."""
    joined = [levels[0]]
    for level in levels[1:]:
        taken = {col for cell in joined[-1] for col in range(cell.first, cell.last + 1)}
        if any(taken & set(range(cell.first, cell.last + 1)) for cell in level):
            joined.append(level)
        else:
            joined[-1] = sorted([*joined[-1], *level], key=lambda cell: cell.first)
    return joined
