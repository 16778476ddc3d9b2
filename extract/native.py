"""Grids from the cells that a format states itself (Word, Excel, HTML, CSV)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.schemas.document import Cell, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.options import Budget

_MAX_POSITIONS_PER_CELL = 200


def fit_grid(
    cells: Sequence[Cell], page: int, budget: Budget, *, sheet: str | None = None
) -> Grid | None:
    """One grid of these cells, every position covered; ``None`` if they are too scattered.

    Rows and columns in which no cell begins are closed up: they are graph paper, or come from a
    span that reaches past the table. ``cells`` may not overlap; row and column count from
    anywhere. Each grid position is spent from ``budget``.
    """
    tops = sorted({cell.row for cell in cells})
    lefts = sorted({cell.col for cell in cells})
    positions = len(tops) * len(lefts)
    if not cells or positions > _MAX_POSITIONS_PER_CELL * len(cells) + 10_000:
        return None
    budget.spend(positions)
    made = [_fit(cell, tops, lefts) for cell in cells]
    covered = {
        (row, col)
        for cell in made
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    blank = (
        Cell(row, col)
        for row in range(len(tops))
        for col in range(len(lefts))
        if (row, col) not in covered
    )
    ordered = tuple(sorted([*made, *blank], key=lambda cell: (cell.row, cell.col)))
    return Grid(page, len(tops), len(lefts), ordered, origin="native", sheet=sheet)


def _fit(cell: Cell, tops: Sequence[int], lefts: Sequence[int]) -> Cell:
    row, col = bisect_left(tops, cell.row), bisect_left(lefts, cell.col)
    return replace(
        cell,
        row=row,
        col=col,
        rowspan=max(1, bisect_left(tops, cell.row + cell.rowspan) - row),
        colspan=max(1, bisect_left(lefts, cell.col + cell.colspan) - col),
    )


def trim_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a cell without blank ones before and after; blank ones between stay."""
    told = [i for i, line in enumerate(lines) if line.text.strip()]
    return tuple(lines[told[0] : told[-1] + 1]) if told else ()
