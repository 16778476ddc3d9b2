"""Tables ruled down but not across: all rows stand in one tall row of cells, and are told apart.

Columns are certain there; rows are found as in a table without rules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.extract.aligned_columns import Column, Columns, Placed
from kenzan.extract.aligned_grid import complete, edges_of, to_cell
from kenzan.extract.aligned_pieces import Piece, height_of
from kenzan.extract.aligned_rows import arrange
from kenzan.extract.aligned_texts import is_figure
from kenzan.extract.geometry_stacked import cells_by_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Cell, Grid, Line

_FIGURES = 3
"""Figures one below the other in a cell that make rows."""
_LEVEL, _BESIDE = 0.35, 0.75
"""Em by which figures of one row, and a label and a figure with its change, differ in height."""
_OPENING = "(（〔["
_SHARED = 0.6
"""Share of the figures or labels beside the fullest column that stand at its heights."""


def unfold_rows(grid: Grid) -> Grid:
    """The grid with tall rows cut into those that they hold; the grid itself if there are none."""
    tall = [row for row, cells in cells_by_row(grid).items() if _is_folded(cells)]
    for row in sorted(tall, reverse=True):
        grid = _unfold(grid, row)
    return grid


def _is_folded(cells: Sequence[Cell]) -> bool:
    tall = [cell for cell in cells if len(cell.lines) >= _FIGURES]
    if len(tall) < 2:
        return False
    counted = [figures for figures in map(_figures, tall) if len(figures) >= _FIGURES]
    if not counted:
        return False
    fullest = max(counted, key=len)
    heights = [height_of(line) for line in fullest]
    others = [line for figures in counted if figures is not fullest for line in figures]
    within = _LEVEL
    if not others:
        others = [line for cell in tall if not _figures(cell) for line in cell.lines]
        within = _BESIDE
    level = [line for line in others if _is_level(line, heights, within)]
    return bool(others) and len(level) >= _SHARED * len(others)


def _figures(cell: Cell) -> list[Line]:
    """Its lines that are figures; a change in brackets goes with the figure above it."""
    figures = (line for line in cell.lines if is_figure(line.text) and line.text[0] not in _OPENING)
    return [line for line in figures if any(map(str.isdigit, line.text))]


def _is_level(line: Line, heights: Sequence[float], within: float) -> bool:
    near = min(abs(height_of(line) - y) for y in heights)
    return near <= within * (line.size or 10.0)


def _unfold(grid: Grid, row: int) -> Grid:
    cells = cells_by_row(grid)[row]
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
