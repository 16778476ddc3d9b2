"""Rows and cells of a table without rules, once its columns are known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import Piece, Row, Unit, join_pieces
from kenzan.schemas.document import Cell, Grid
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.aligned_header import Header
    from kenzan.schemas.document import Line

_ROW_GAP = 1.35
"""Share of the closest lines' distance from which on two lines are in different rows."""
_NEARER = 0.85
_FULL = 0.85
"""Share of its column from which on a label may have been wrapped."""


@dataclass(slots=True)
class _Slot:
    """What stands in one cell."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    pieces: list[Piece] = field(default_factory=list)


def build_grid(header: Header, head: Sequence[Row], body: Sequence[Row], columns: Columns) -> Grid:
    """The grid of a table: ``head`` are the lines of ``header``, ``body`` those below it."""
    unit: Unit = "point" if body[0].line.box is not None else "column"
    rows = group_rows(body, columns, unit)
    depth = len(header.levels)
    slots = [*_header_slots(header, len(columns.columns)), *_body_slots(rows, depth, columns)]
    count = depth + len(rows)
    lines = tuple(row.line for row in (*head, *body))
    edges = _edges(header, rows, columns) if unit == "point" else None
    cells = tuple(_to_cell(slot, edges) for slot in _with_empty(slots, count, len(columns.columns)))
    return Grid(
        body[0].line.page,
        count,
        len(columns.columns),
        cells,
        Box.around(line.box for line in lines),
        "aligned",
        None,
        lines,
    )


def group_rows(body: Sequence[Row], columns: Columns, unit: Unit) -> list[list[Row]]:
    """Lines of the body by the row of the table that they belong to."""
    rows: list[list[Row]] = []
    for block in _blocks(body, unit):
        rows += _rows_of_block(block, columns)
    return rows


def _blocks(body: Sequence[Row], unit: Unit) -> list[list[Row]]:
    """Lines that stand closer together than the others."""
    steps = [lower.y - upper.y for upper, lower in pairwise(body)]
    closest = 1.0 if unit == "column" else min(steps, default=1.0)
    blocks = [[body[0]]]
    for row, step in zip(body[1:], steps, strict=True):
        if step > _ROW_GAP * closest:
            blocks.append([row])
        else:
            blocks[-1].append(row)
    return blocks


def _rows_of_block(block: list[Row], columns: Columns) -> list[list[Row]]:
    anchors = [i for i, row in enumerate(block) if _is_anchor(row, columns)]
    if len(anchors) <= 1:
        return [block]
    homes = [_home(i, anchors, block, columns) for i in range(len(block))]
    rows: list[list[Row]] = []
    for i, row in enumerate(block):
        if i and homes[i] == homes[i - 1]:
            rows[-1].append(row)
        else:
            rows.append([row])
    return rows


def _is_anchor(row: Row, columns: Columns) -> bool:
    """Whether a line carries a row's figures, not only changes below them."""
    figures = [piece for piece in row.pieces if piece.figure]
    labelled = bool(row.pieces) and columns.span(row.pieces[0].x0, row.pieces[0].x1)[0] == 0
    return bool(figures) and (labelled or not all(piece.bracketed for piece in figures))


def _home(index: int, anchors: list[int], block: list[Row], columns: Columns) -> int:
    """The line of figures that a line belongs to; itself if to none."""
    if index in anchors:
        return index
    before = max((a for a in anchors if a < index), default=None)
    after = min((a for a in anchors if a > index), default=None)
    if before is None or after is None:
        return before if before is not None else (after if after is not None else index)
    up, down = block[index].y - block[before].y, block[after].y - block[index].y
    if down < _NEARER * up:
        return after
    label_only = len(block[index].pieces) == 1 and _in_first(block[index].pieces[0], columns)
    if up < _NEARER * down or not label_only:
        return before
    return before if _is_full(block[index - 1], columns) else index


def _in_first(piece: Piece, columns: Columns) -> bool:
    return columns.span(piece.x0, piece.x1) == (0, 0)


def _is_full(row: Row, columns: Columns) -> bool:
    first = columns.columns[0]
    return bool(row.pieces) and row.pieces[0].x1 - first.x0 >= _FULL * (first.x1 - first.x0)


def _header_slots(header: Header, width: int) -> Iterable[_Slot]:
    depth = len(header.levels)
    levels_of: dict[int, int] = defaultdict(int)
    for level in header.levels:
        for cell in level:
            for col in range(cell.first, cell.last + 1):
                levels_of[col] += 1
    for number, level in enumerate(header.levels):
        for cell in level:
            span = range(cell.first, min(cell.last, width - 1) + 1)
            alone = all(levels_of[col] == 1 for col in span)
            row, tall = (0, depth) if alone else (number, 1)
            yield _Slot(row, cell.first, tall, len(span), cell.pieces)


def _body_slots(rows: Sequence[Sequence[Row]], depth: int, columns: Columns) -> Iterable[_Slot]:
    for number, row in enumerate(rows, start=depth):
        slots: dict[int, _Slot] = {}
        for line in row:
            for piece in line.pieces:
                first, last = columns.span(piece.x0, piece.x1)
                slot = slots.setdefault(first, _Slot(number, first))
                slot.pieces.append(piece)
                slot.colspan = max(slot.colspan, last - first + 1)
        taken = sorted(slots)
        for col, following in zip(taken, [*taken[1:], len(columns.columns)], strict=True):
            slots[col].colspan = min(slots[col].colspan, following - col)
        yield from slots.values()


def _with_empty(slots: Iterable[_Slot], rows: int, cols: int) -> list[_Slot]:
    """The slots in reading order, with an empty one wherever there is none."""
    covered: set[tuple[int, int]] = set()
    known = list(slots)
    for slot in known:
        for row in range(slot.row, slot.row + slot.rowspan):
            covered |= {(row, col) for col in range(slot.col, slot.col + slot.colspan)}
    places = ((row, col) for row in range(rows) for col in range(cols))
    known += [_Slot(row, col) for row, col in places if (row, col) not in covered]
    return sorted(known, key=lambda slot: (slot.row, slot.col))


def _to_cell(slot: _Slot, edges: tuple[list[float], list[float]] | None) -> Cell:
    box = None
    if edges is not None:
        xs, ys = edges
        box = Box(
            xs[slot.col], ys[slot.row], xs[slot.col + slot.colspan], ys[slot.row + slot.rowspan]
        )
    lines = tuple(piece.to_line() for piece in _one_per_line(slot.pieces))
    return Cell(slot.row, slot.col, slot.rowspan, slot.colspan, lines, box)


def _one_per_line(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one printed line in one cell become one piece again."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].line is piece.line:
            joined[-1] = join_pieces(joined[-1], piece)
        else:
            joined.append(piece)
    return joined


def _edges(
    header: Header, rows: Sequence[Sequence[Row]], columns: Columns
) -> tuple[list[float], list[float]]:
    """Where columns and rows part, in points."""
    cols = columns.columns
    xs = [cols[0].x0]
    xs += [(a.x1 + b.x0) / 2 for a, b in pairwise(cols)]
    xs.append(cols[-1].x1)
    heights = [_height([p.line for cell in level for p in cell.pieces]) for level in header.levels]
    heights += [_height([row.line for row in group]) for group in rows]
    ys = [heights[0][0]]
    ys += [(a[1] + b[0]) / 2 for a, b in pairwise(heights)]
    ys.append(heights[-1][1])
    return [round(x, 2) for x in xs], [round(y, 2) for y in ys]


def _height(lines: Sequence[Line]) -> tuple[float, float]:
    boxes = [line.box for line in lines if line.box is not None]
    return min(box.top for box in boxes), max(box.bottom for box in boxes)
