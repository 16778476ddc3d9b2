"""Rows without a header at the head of a page, in the columns of the table on the page before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_columns import Column, Columns
from kenzan.extract.aligned_grid import build_grid
from kenzan.extract.aligned_header import Header
from kenzan.extract.aligned_pieces import Piece, level_rows
from kenzan.extract.aligned_rulings import NO_RULINGS
from kenzan.extract.aligned_texts import is_figure
from kenzan.schemas.document import Cell, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_pieces import Row
    from kenzan.schemas.document import Block
    from kenzan.schemas.geometry import Box

_ENDS = 3
"""Lines of a label that may stand before the first row of a page, at most."""
_FAR = 3.0
"""Em between two rows that go on a table."""


def to_columns(table: Grid) -> Columns:
    """The columns of a table without rules, as what stands in them shows."""
    columns = [Column(x0, x1) for x0, x1 in pairwise(_edges_of(table))]
    sizes = []
    for cell in table.cells:
        for line in cell.lines if cell.colspan == 1 else ():
            if line.box is not None:
                text = line.text
                piece = Piece(line, 0, len(text), line.box.x0, line.box.x1, text, is_figure(text))
                columns[cell.col].pieces.append(piece)
                sizes.append(line.size or 10.0)
    for column in columns:
        # Where nothing stands in a column, the white between its neighbours is what is known.
        column.x0 = min((piece.x0 for piece in column.pieces), default=column.x0)
        column.x1 = max((piece.x1 for piece in column.pieces), default=column.x1)
    columns[0].leading = True
    return Columns(columns, sorted(sizes)[len(sizes) // 2] if sizes else 10.0, table.rows)


def _edges_of(table: Grid) -> list[float]:
    """Left edges of the columns, and the right edge of the last."""
    edges = [0.0] * (table.cols + 1)
    for cell in table.cells:
        if cell.box is not None:
            edges[cell.col], edges[cell.col + cell.colspan] = cell.box.x0, cell.box.x1
    return edges


def continue_columns(above: Grid, blocks: Sequence[Block], shift: float = 0.0) -> list[Block]:
    """The blocks at the head of a page, the first of them in the columns of the table above.

    ``shift`` is how far right of it in points the blocks stand.
    """
    above = _moved(above, shift) if shift else above
    columns = _body_columns(above)
    ends = _ends_of_labels(blocks, columns)
    first = blocks[ends]
    if isinstance(first, Grid):
        moved = _in_columns(first, above, columns) if first.origin == "aligned" else None
        return list(blocks) if moved is None else [*blocks[:ends], moved, *blocks[ends + 1 :]]
    rows = _rows_below(blocks, columns)
    if not rows:
        return list(blocks)
    grid = build_grid(Header([], 0, 0), [], rows, columns, NO_RULINGS)
    grid = replace(grid, cells=tuple(_with_edges(cell, above) for cell in grid.cells))
    return [grid, *blocks[sum(len(row.lines) for row in rows) :]]


def _moved(table: Grid, shift: float) -> Grid:
    cells = (
        replace(
            cell,
            box=_moved_box(cell.box, shift),
            lines=tuple(replace(line, box=_moved_box(line.box, shift)) for line in cell.lines),
        )
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells))


def _moved_box(box: Box | None, shift: float) -> Box | None:
    return box and replace(box, x0=box.x0 + shift, x1=box.x1 + shift)


def _body_columns(above: Grid) -> Columns:
    """The columns of a table as its rows of figures show them."""
    first = min((c.row for c in above.cells if c.col and _holds_figure(c)), default=0)
    return to_columns(replace(above, cells=tuple(c for c in above.cells if c.row >= first)))


def _holds_figure(cell: Cell) -> bool:
    return any(is_figure(line.text) and line.text[-1:].strip("-－―") for line in cell.lines)


def _ends_of_labels(blocks: Sequence[Block], columns: Columns) -> int:
    """How many lines before a table end a label of the page before: each in one column of words."""
    for count, block in enumerate(blocks[: _ENDS + 1]):
        if not isinstance(block, Line):
            return count
        (row,) = level_rows([block])
        placed = [] if row.is_aside else columns.place(row)
        words = len(placed) == 1 and not columns.columns[placed[0].first].figures
        if not words or placed[0].first != placed[0].last or not columns.covers(row):
            return 0
    return 0


def _rows_below(blocks: Sequence[Block], columns: Columns) -> list[Row]:
    """The first lines of a page as rows, as long as they are rows of figures in the columns."""
    lines: list[Line] = []
    for block in blocks:
        if not isinstance(block, Line):
            break
        lines.append(block)
    rows: list[Row] = []
    for row in level_rows(lines):
        near = not rows or rows[-1].step_to(row) <= _FAR * max(row.em, rows[-1].em)
        if not (near and row.is_body and _stands_in(row, columns)):
            break
        rows.append(row)
    return rows


def _stands_in(row: Row, columns: Columns) -> bool:
    """Whether every piece is in one column, and every figure aligned with those of a column."""
    placed = columns.place(row)
    if row.is_aside or not placed or placed[0].first:
        return False
    return all(
        item.first == item.last and _is_aligned(item.piece, columns.columns[item.first])
        for item in placed
    )


def _is_aligned(piece: Piece, column: Column) -> bool:
    if not piece.figure:
        return not column.figures
    figures = column.figures
    slack = 0.5 * (piece.line.size or 10.0)
    return any(
        abs(piece.x1 - f.x1) <= slack
        or abs(piece.x0 - f.x0) <= slack
        or abs(piece.middle - f.middle) <= slack
        for f in figures
    )


def _in_columns(table: Grid, above: Grid, columns: Columns) -> Grid | None:
    """A table laid out anew in the columns of the one above; none if it does not fit."""
    own = to_columns(table)
    if any(not (column.figures or column.pieces) for column in own.columns):
        return None
    homes = [columns.span(column.x0, column.x1) for column in own.columns]
    firsts = [first for first, _ in homes]
    if any(first != last for first, last in homes) or firsts != sorted(set(firsts)):
        return None
    kinds = zip(own.columns, firsts, strict=True)
    if any(column.figures and not columns.columns[home].figures for column, home in kinds):
        return None
    cells = [
        _with_edges(
            replace(
                cell,
                col=firsts[cell.col],
                colspan=firsts[cell.col + cell.colspan - 1] - firsts[cell.col] + 1,
            ),
            above,
        )
        for cell in table.cells
    ]
    taken = {
        (r, c)
        for cell in cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
    }
    rows = {cell.row: cell.box for cell in cells if cell.rowspan == 1 and cell.box is not None}
    cells += [
        _with_edges(Cell(row, col, box=rows.get(row)), above)
        for row in range(table.rows)
        for col in range(above.cols)
        if (row, col) not in taken
    ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(table, cols=above.cols, cells=tuple(cells))


def _with_edges(cell: Cell, above: Grid) -> Cell:
    """The cell between the edges that its columns have in the table above."""
    if cell.box is None:
        return cell
    edges = _edges_of(above)
    box: Box = replace(cell.box, x0=edges[cell.col], x1=edges[cell.col + cell.colspan])
    return replace(cell, box=box)
