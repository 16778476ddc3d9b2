"""Tables ruled down but not across: all rows stand in one tall row of cells, and are told apart.

Columns are certain there; rows are found as in a table without rules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.extract.aligned_columns import Column, Columns, Placed
from kenzan.extract.aligned_grid import complete, edges_of, to_cell
from kenzan.extract.aligned_pieces import Piece, height_of, is_figure
from kenzan.extract.aligned_rows import arrange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Cell, Grid, Line

_FIGURES, _COLUMNS = 3, 2
"""Figures one below the other in a cell, and columns with so many, that make rows."""
_LEVEL = 0.35
"""Em by which lines of one row differ in height."""
_SHARED = 0.6
"""Share of its figures that have one at the same height in the fullest column."""


def unfold_rows(grid: Grid) -> Grid:
    """The grid with tall rows cut into those that they hold; the grid itself if there are none."""
    tall = [row for row in range(grid.rows) if _is_folded(grid, row)]
    for row in reversed(tall):
        grid = _unfold(grid, row)
    return grid


def _cells_of(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.cells if cell.row == row and cell.rowspan == 1]


def _is_folded(grid: Grid, row: int) -> bool:
    counted = [_figures(cell) for cell in _cells_of(grid, row) if len(cell.lines) >= _FIGURES]
    tall = [figures for figures in counted if len(figures) >= _FIGURES]
    if len(tall) < _COLUMNS:
        return False
    fullest = max(tall, key=len)
    heights = [height_of(line) for line in fullest]
    others = [line for figures in tall if figures is not fullest for line in figures]
    level = [line for line in others if _is_level(line, heights)]
    return len(level) >= _SHARED * len(others)


def _figures(cell: Cell) -> list[Line]:
    return [
        line for line in cell.lines if is_figure(line.text) and any(map(str.isdigit, line.text))
    ]


def _is_level(line: Line, heights: Sequence[float]) -> bool:
    near = min(abs(height_of(line) - y) for y in heights)
    return near <= _LEVEL * (line.size or 10.0)


def _unfold(grid: Grid, row: int) -> Grid:
    cells = _cells_of(grid, row)
    placed = [
        Placed(_to_piece(line), cell.col, cell.col + cell.colspan - 1, height_of(line))
        for cell in cells
        for line in cell.lines
    ]
    columns = _columns_of(grid.cols, placed)
    count, slots = arrange(placed, columns)
    if count < _FIGURES:
        return grid
    beside = {cell.col + i for cell in cells for i in range(cell.colspan)}
    slots = [slot for slot in complete(slots, count, grid.cols) if slot.col in beside]
    xs, ys = _edges_across(grid), edges_of(slots, count, columns)[1]
    fresh = [replace(to_cell(slot, (xs, ys)), row=slot.row + row) for slot in slots]
    return _put_in(grid, row, count - 1, fresh)


def _to_piece(line: Line) -> Piece:
    x0, x1 = (line.box.x0, line.box.x1) if line.box else (0.0, 0.0)
    return Piece(line, 0, len(line.text), x0, x1, line.text, is_figure(line.text))


def _columns_of(count: int, placed: Sequence[Placed]) -> Columns:
    columns = [Column(0.0, 0.0, leading=index == 0) for index in range(count)]
    for index, column in enumerate(columns):
        column.pieces = [item.piece for item in placed if item.first == item.last == index]
        column.x0 = min((piece.x0 for piece in column.pieces), default=0.0)
        column.x1 = max((piece.x1 for piece in column.pieces), default=0.0)
    sizes = sorted(item.piece.line.size or 10.0 for item in placed)
    return Columns(columns, sizes[len(sizes) // 2], len(placed))


def _edges_across(grid: Grid) -> list[float]:
    edges = [0.0] * (grid.cols + 1)
    for cell in grid.cells:
        if cell.box is not None:
            edges[cell.col], edges[cell.col + cell.colspan] = cell.box.x0, cell.box.x1
    return edges


def _put_in(grid: Grid, row: int, more: int, fresh: Sequence[Cell]) -> Grid:
    """The grid with one row's cells replaced by those of several rows."""
    cells = list(fresh)
    for cell in grid.cells:
        last = cell.row + cell.rowspan - 1
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + more))
        elif last < row:
            cells.append(cell)
        elif cell.rowspan > 1:
            cells.append(replace(cell, rowspan=cell.rowspan + more))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(grid, rows=grid.rows + more, cells=tuple(cells))
