"""Several rows stacked in one tall row of a ruled table: cut apart where all columns agree.

Report generators rule the head and the outside of a table and set its rows as lines of one cell a
column. A value with its change below it looks much the same, and must never be cut: there the
label has one line, or the second line is in brackets or has a sign.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import is_bracketed, is_figure
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Cell, Grid, Line

_LEVEL = 0.35
"""Em by which lines of one row differ in height."""
_CLAIMED = 0.8
"""Share of the label's lines that have figures beside them."""
_FULL = 1.0
"""Em that a wrapped line may be short of its cell's right edge."""


def split_stacked(grid: Grid) -> Grid:
    """The grid with such rows cut apart; the grid itself if there are none."""
    for row, cells in sorted(cells_by_row(grid).items(), reverse=True):
        heights = _heights([cell for cell in cells if cell.lines])
        if heights:
            grid = _cut(grid, row, heights)
    return grid


def cells_by_row(grid: Grid) -> dict[int, list[Cell]]:
    """The cells that are one row high, by their row."""
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.rowspan == 1:
            rows.setdefault(cell.row, []).append(cell)
    return rows


def _heights(cells: Sequence[Cell]) -> list[float]:
    """The heights at which to cut a row into rows; none if it is one row."""
    if len(cells) < 2 or len(cells[0].lines) < 2:
        return []
    label, others = cells[0], cells[1:]
    heights = [_middle(line) for line in label.lines]
    figures = [cell for cell in others if all(is_figure(line.text) for line in cell.lines)]
    if len(figures) < len(others) or any(is_figure(line.text) for line in label.lines):
        return []
    if not all(_stands_at(line, heights) for cell in others for line in cell.lines):
        return []
    claimed = {
        min(range(len(heights)), key=lambda i: abs(heights[i] - _middle(line)))
        for cell in figures
        for line in cell.lines
    }
    if len(claimed) < max(_CLAIMED * len(heights), 2) or _is_value_with_change(figures, label):
        return []
    return heights


def _middle(line: Line) -> float:
    return line.box.center[1] if line.box else 0.0


def _stands_at(line: Line, heights: Sequence[float]) -> bool:
    return min(abs(_middle(line) - y) for y in heights) <= _LEVEL * (line.size or 10.0)


def _is_value_with_change(figures: Sequence[Cell], label: Cell) -> bool:
    """Whether two lines are a figure and the change in it beside a label of two lines."""
    if len(label.lines) > 2:
        return False
    tall = [cell for cell in figures if len(cell.lines) > 1]
    if not tall or any(is_bracketed(cell.lines[1].text) for cell in tall):
        return True
    first, edge = label.lines[0], label.box
    room = edge.x1 - first.box.x1 if edge and first.box else 0.0
    return room <= _FULL * (first.size or 10.0)


def _cut(grid: Grid, row: int, heights: list[float]) -> Grid:
    more = len(heights) - 1
    edges = [(upper + lower) / 2 for upper, lower in pairwise(heights)]
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + more))
        elif cell.row == row and cell.rowspan == 1:
            cells += _parts(cell, edges)
        elif cell.row + cell.rowspan > row:
            cells.append(replace(cell, rowspan=cell.rowspan + more))
        else:
            cells.append(cell)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(grid, rows=grid.rows + more, cells=tuple(cells))


def _parts(cell: Cell, edges: list[float]) -> list[Cell]:
    bounds = [float("-inf"), *edges, float("inf")]
    parts = []
    for index, (top, bottom) in enumerate(pairwise(bounds)):
        lines = tuple(line for line in cell.lines if top <= _middle(line) < bottom)
        box = cell.box and Box(
            cell.box.x0, max(cell.box.top, top), cell.box.x1, min(cell.box.bottom, bottom)
        )
        parts.append(replace(cell, row=cell.row + index, lines=lines, box=box))
    return parts
