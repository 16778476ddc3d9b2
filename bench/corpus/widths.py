"""How wide the columns of a table want to be, so that no producer breaks a figure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.corpus.model import Cell, Table

_HEADING_LINES = 3


def width_of(text: str) -> float:
    """Width in em: 1 for full-width characters, 0.5 for half-width ones."""
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WFA")
    return wide + (len(text) - wide) * 0.55


def column_widths(table: Table, width: float, size: float) -> tuple[list[float], float]:
    """Column widths in points that fill ``width``, and the type size that lets figures fit.

    Figures are never broken; labels and texts may run over several lines.
    """
    needs = [_needs(table, col) for col in range(table.cols)]
    for cell in table.cells:
        _widen_span(cell, needs)
    pad = 8.0
    least = sum(need[0] for need in needs)
    fit = min(size, (width - pad * table.cols) / least)
    lows = [need[0] * fit + pad for need in needs]
    wants = [max(0.0, (need[1] - need[0]) * fit) for need in needs]
    spare = max(0.0, width - sum(lows))
    share = min(1.0, spare / sum(wants)) if sum(wants) else 0.0
    widths = [low + want * share for low, want in zip(lows, wants, strict=True)]
    slack = (width - sum(widths)) / table.cols
    stretch = min(slack, 26.0)
    return [column + stretch for column in widths], fit


def _needs(table: Table, col: int) -> list[float]:
    """Least and wanted width in em of one column, from its unspanned cells."""
    least, wanted = 2.0, 2.0
    for cell in table.cells:
        if cell.col != col or cell.colspan > 1:
            continue
        low, high = _cell_needs(cell)
        least, wanted = max(least, low), max(wanted, high)
    return [least, max(least, wanted)]


def _cell_needs(cell: Cell) -> tuple[float, float]:
    longest = max((width_of(line) for line in cell.text.split("\n")), default=0.0)
    if cell.vertical:
        return 1.6, 1.6
    if cell.kind == "figure":
        return longest, longest
    if cell.kind == "head":
        return min(longest, max(2.0, longest / _HEADING_LINES, 4.0)), min(longest, 9.0)
    return min(longest, 5.5), min(longest, 22.0 if cell.kind == "label" else 26.0)


def _widen_span(cell: Cell, needs: list[list[float]]) -> None:
    """A spanning cell's need is shared out over its columns where they are too narrow."""
    if cell.colspan == 1:
        return
    columns = range(cell.col, cell.col + cell.colspan)
    for index, need in enumerate(_cell_needs(cell)):
        lack = need - sum(needs[col][index] for col in columns)
        for col in columns:
            needs[col][index] += max(0.0, lack) / cell.colspan
