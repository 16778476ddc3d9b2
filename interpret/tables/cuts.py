"""Tables that a page cuts: rows in two halves, and the title rows of a sheet printed again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content
from kenzan.interpret.tables.joins import (
    column_edges,
    inherits_from,
    repeats_header,
    without_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.schemas.document import Cell, Grid

_NEAR = 3.0


def mend_cut_row(above: Grid, below: Grid) -> tuple[Grid, Grid]:
    """Give the changes in brackets on top of a page back to the figures they stand under.

    A row is cut where its figures end one page and their changes alone begin the next: no label
    stands before them, and each has a figure without brackets right above it.
    """
    cut = [cell for cell in below.cells if cell.row == 0 and cell.text.strip()]
    last = above.matrix()[-1] if above.rows else []
    if below.rows < 2 or not cut or not all(_is_end(cell, last) for cell in cut):
        return above, below
    ends = {id(last[cell.col]): cell for cell in cut}
    cells = (
        replace(cell, lines=(*cell.lines, *ends[id(cell)].lines)) if id(cell) in ends else cell
        for cell in above.cells
    )
    return replace(above, cells=tuple(cells)), without_rows(below, 1)


def _is_end(cell: Cell, last: list[Cell | None]) -> bool:
    start = last[cell.col] if cell.col < len(last) else None
    if start is None or start.col != cell.col or cell.rowspan > 1:
        return False
    end, figures = read_content(cell.text), read_content(start.text)
    return (
        end.figures
        and figures.figures
        and all(entry.number.bracketed for entry in end.entries)
        and not any(entry.number.bracketed or entry.bracketed for entry in figures.entries)
    )


def without_title_rows(grid: Grid, last: Grid, earlier: Iterable[tuple[Grid, int]]) -> Grid:
    """The grid without the header of another table that a sheet prints on top of each page.

    ``earlier`` are the tables before the last one, with the number of their header rows. The
    header is another one's if what stands below it has the columns of the last table.
    """
    rests: dict[int, Grid | None] = {}
    for first, rows in earlier:
        if not repeats_header(first, grid, rows):
            continue
        if rows not in rests:
            rest = _tighten(without_rows(grid, rows))
            rests[rows] = rest if _reaches_as_far(last, rest) else None
        body = rests[rows]
        if body is not None and not _reaches_as_far(first, body):
            return body
    return grid


def _reaches_as_far(first: Grid, later: Grid) -> bool:
    over, under = column_edges(first), column_edges(later)
    if not over or not under or abs(over[-1] - under[-1]) > _NEAR:
        return False
    return inherits_from(first, later)


def _tighten(grid: Grid) -> Grid:
    """The grid without columns in which no cell starts, and without empty ones at the right."""
    filled = [cell for cell in grid.cells if cell.text.strip()]
    if not filled:
        return grid
    end = max(cell.col + cell.colspan for cell in filled)
    cells = [cell for cell in grid.cells if cell.col + cell.colspan <= end]
    starts = sorted({cell.col for cell in cells})
    place = {col: k for k, col in enumerate(starts)}
    kept = (
        replace(c, col=place[c.col], colspan=bisect_left(starts, c.col + c.colspan) - place[c.col])
        for c in cells
    )
    return replace(grid, cols=len(starts), cells=tuple(kept))
