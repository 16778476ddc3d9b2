"""Tables that go on over pages, with or without their header, and headers that are inherited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content
from kenzan.normalize.labels import label_key

if TYPE_CHECKING:
    from kenzan.schemas.document import Cell, Grid

_NEAR = 3.0


def column_edges(grid: Grid) -> tuple[float, ...]:
    """Left edges of the columns in points, and the right edge of the last; empty if unknown."""
    edges: dict[int, float] = {}
    right = None
    for cell in grid.cells:
        if cell.box is None:
            continue
        edges.setdefault(cell.col, cell.box.x0)
        if cell.col + cell.colspan >= grid.cols:
            right = cell.box.x1
    if len(edges) < grid.cols or right is None:
        return ()
    return (*(edges[col] for col in range(grid.cols)), right)


def same_edges(one: Grid, other: Grid) -> bool:
    """Whether two grids have the same columns: the same edges, or as many where none are known."""
    if one.cols != other.cols:
        return False
    first, second = column_edges(one), column_edges(other)
    if not first or not second:
        return not first and not second
    shift = first[0] - second[0]
    return all(abs(a - b - shift) <= _NEAR for a, b in zip(first, second, strict=True))


def leading_keys(grid: Grid, rows: int) -> list[tuple[int, int, str]]:
    """The texts of the first rows, as keys to compare headers by."""
    return [
        (cell.row, cell.col, label_key(cell.text))
        for cell in sorted(grid.cells, key=lambda c: (c.row, c.col))
        if cell.row < rows and cell.text.strip()
    ]


def repeats_header(first: Grid, later: Grid, rows: int) -> bool:
    """Whether the later grid starts with the header rows of the first."""
    if not rows or later.rows <= rows:
        return False
    return leading_keys(first, rows) == leading_keys(later, rows)


def starts_with_figures(grid: Grid) -> bool:
    """Whether the grid has no header of its own: figures stand in its first row."""
    return any(read_content(cell.text).figures for cell in grid.cells if cell.row == 0)


def without_rows(grid: Grid, rows: int) -> Grid:
    """The grid without its first rows (a header that was repeated)."""
    from dataclasses import replace

    kept: list[Cell] = [
        replace(cell, row=max(cell.row - rows, 0), rowspan=cell.rowspan - max(rows - cell.row, 0))
        for cell in grid.cells
        if cell.row + cell.rowspan > rows
    ]
    return replace(grid, rows=grid.rows - rows, cells=tuple(kept))


def with_header(first: Grid, rows: int, later: Grid) -> Grid:
    """The later grid under a copy of the first one's header rows."""
    from dataclasses import replace

    header = [cell for cell in first.cells if cell.row + cell.rowspan <= rows]
    body = [replace(cell, row=cell.row + rows) for cell in later.cells]
    return replace(later, rows=later.rows + rows, cells=(*header, *body))
