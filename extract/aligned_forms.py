"""Labels and values side by side, without rules: the top part of a form.

One row of figures shows where its labels and values begin; the lines around it that begin at the
same edges belong to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.extract.aligned_columns import Column, Columns
from kenzan.extract.aligned_grid import complete, edges_of, to_cell
from kenzan.extract.aligned_slots import Slot
from kenzan.schemas.document import Grid
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Row

_EDGE = 0.3
"""Em by which what begins at one edge misses it."""
_FAR = 3.0
"""Em between two rows of a form."""
_PAIRS = 2
"""Labels with values in the row of figures, or else rows around it that share its edges."""


def find_form(rows: Sequence[Row], start: int, done: int) -> tuple[int, int, Grid] | None:
    """First row, end and grid of the form around the row of figures at ``start``."""
    row = rows[start]
    labels, values = row.pieces[::2], row.pieces[1::2]
    paired = len(labels) == len(values) and not any(piece.figure for piece in labels)
    if not paired or not all(piece.figure and piece.has_digit for piece in values):
        return None
    first, stop = start, start + 1
    while first > done and _goes_with(rows[first - 1], rows[first], row):
        first -= 1
    while stop < len(rows) and _goes_with(rows[stop], rows[stop - 1], row):
        stop += 1
    if stop - first < (2 if len(labels) >= _PAIRS else 1 + _PAIRS):
        return None
    starts = [piece.x0 for piece in row.pieces]
    ends = [x0 - row.em for x0 in starts[1:]] + [max(p.x1 for p in rows[start].pieces)]
    columns = [Column(x0, max(x0, x1)) for x0, x1 in zip(starts, ends, strict=True)]
    for column, piece in zip(columns, row.pieces, strict=True):
        column.pieces.append(piece)
    return first, stop, _build(rows[first:stop], Columns(columns, row.em, 1))


def _build(rows: Sequence[Row], columns: Columns) -> Grid:
    """A row of the grid for each row."""
    slots = [
        Slot(index, placed.first, pieces=[placed.piece])
        for index, row in enumerate(rows)
        for placed in columns.place(row)
    ]
    slots = complete(slots, len(rows), len(columns))
    edges = edges_of(slots, len(rows), columns)
    source = tuple(line for row in rows for line in row.lines)
    cells = tuple(to_cell(slot, edges) for slot in slots)
    box = Box.around(line.box for line in source)
    return Grid(source[0].page, len(rows), len(columns), cells, box, "aligned", None, source)


def _goes_with(row: Row, beside: Row, figures: Row) -> bool:
    """Whether a row next to another begins all of its pieces at the edges of the figures' row."""
    upper, lower = (row, beside) if row.y < beside.y else (beside, row)
    if len(row.pieces) < 2 or row.is_aside or upper.step_to(lower) > _FAR * figures.em:
        return False
    edges = [piece.x0 for piece in figures.pieces]
    return all(
        min(abs(piece.x0 - edge) for edge in edges) <= _EDGE * figures.em for piece in row.pieces
    )
