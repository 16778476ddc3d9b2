"""The grid of a table without rules, once its columns and its header are known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_banners import is_banner, to_whole
from kenzan.extract.aligned_pieces import Piece, Row, height_of, join_pieces
from kenzan.extract.aligned_ruled_rows import arrange_ruled
from kenzan.extract.aligned_slots import Slot
from kenzan.extract.aligned_texts import is_ordinal
from kenzan.schemas.document import Cell, Grid
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.extract.aligned_columns import Columns, Placed
    from kenzan.extract.aligned_header import Header
    from kenzan.extract.aligned_rulings import Rulings
    from kenzan.schemas.document import Line

_WRAPPED = 1.75
"""Em between two lines of one wrapped text, at most."""
_FULL = 3.0
"""Em of white at most between a line that goes on below and the column to its right."""
Edges = tuple[list[float], list[float]]


def build_grid(
    header: Header,
    head: Sequence[Row],
    body: Sequence[Row],
    columns: Columns,
    rulings: Rulings,
) -> Grid:
    """The grid of a table: ``head`` are the lines of ``header``, ``body`` those below it."""
    count, slots = _arrange_parts(body, columns, rulings)
    for slot in slots:
        slot.row += header.depth
    slots += [
        Slot(cell.row, cell.first, cell.rowspan, cell.last - cell.first + 1, cell.pieces)
        for cell in header.cells
    ]
    count += header.depth
    slots = _with_label_beside(slots, header.depth, count, columns.em)
    slots = complete(slots, count, len(columns))
    edges = edges_of(slots, count, columns)
    source = tuple(line for row in (*head, *body) for line in row.lines)
    box = Box.around(line.box for line in source)
    cells = tuple(to_cell(slot, edges) for slot in slots)
    return Grid(source[0].page, count, len(columns), cells, box, "aligned", None, source)


def _with_label_beside(slots: list[Slot], head: int, count: int, em: float) -> list[Slot]:
    """A label that begins beside the header, with no label of a row below it, is that of all rows.

    What is in brackets right below it (its unit) goes with it.
    """
    first = sorted((slot for slot in slots if slot.col == 0), key=lambda slot: slot.row)
    above = [slot for slot in first if slot.row < head and slot.colspan == 1]
    below = [slot for slot in first if slot.row >= head]
    if not above or not any(s.col == 1 and s.row >= head for s in slots):
        return slots
    pieces = [piece for slot in above for piece in slot.pieces]
    if all(is_ordinal(piece.text) for piece in pieces):
        edge = min(piece.x0 for slot in slots if slot.col == 1 for piece in slot.pieces)
        whole = bool(below) and below[-1].row + below[-1].rowspan == count
        belongs = not below or (whole and len(below) == 1) or _is_one_text(below, edge, em)
    else:
        lowest = max(height_of(piece.line) for piece in pieces)
        belongs = not below or (
            len(below) == 1
            and below[0].pieces[0].in_brackets
            and height_of(below[0].pieces[0].line) - lowest <= _WRAPPED * em
        )
    if not belongs:
        return slots
    pieces += [piece for slot in below for piece in slot.pieces]
    row = min(slot.row for slot in above)
    whole_label = Slot(row, 0, count - row, 1, pieces)
    return [slot for slot in slots if slot.col or slot.colspan > 1] + [whole_label]


def _is_one_text(labels: Sequence[Slot], edge: float, em: float) -> bool:
    """Whether labels are lines of one: each one goes on a full line above, or is in brackets."""
    return all(
        lower.row == upper.row + upper.rowspan
        and (lower.pieces[0].in_brackets or upper.pieces[-1].x1 >= edge - _FULL * em)
        for upper, lower in pairwise(labels)
    )


def add_header(
    table: Grid, header: Header, banners: Sequence[Piece], columns: Columns, source: Sequence[Line]
) -> Grid:
    """A table under a header that was found apart from it, and under banners after that.

    ``columns`` are those of the table with what the header added; ``source`` are its lines.
    """
    homes = [index for index, column in enumerate(columns.columns) if column.pieces]
    if len(homes) != table.cols:
        homes = list(range(table.cols))
    above = header.depth + len(banners)
    slots = [
        Slot(cell.row, cell.first, cell.rowspan, cell.last - cell.first + 1, cell.pieces)
        for cell in header.cells
    ]
    slots += [
        Slot(header.depth + index, 0, 1, len(columns), [banner])
        for index, banner in enumerate(banners)
    ]
    cells = [to_cell(slot, None) for slot in complete(slots, above, len(columns))]
    cells += [
        replace(cell, row=cell.row + above, col=homes[cell.col], colspan=_span(cell, homes))
        for cell in table.cells
    ]
    return replace(
        table,
        rows=table.rows + above,
        cols=len(columns),
        cells=tuple(cells),
        source=(*source, *table.source),
    )


def _span(cell: Cell, homes: Sequence[int]) -> int:
    return homes[cell.col + cell.colspan - 1] - homes[cell.col] + 1


def _arrange_parts(
    body: Sequence[Row], columns: Columns, rulings: Rulings
) -> tuple[int, list[Slot]]:
    """How many rows there are, and what stands in them; each banner is a row of its own."""
    count, slots = 0, []
    part: list[Placed] = []
    for index, row in enumerate(body):
        banner = is_banner(row, body[index + 1 :], columns)
        if not banner:
            part += columns.place(row)
        if part and (banner or index == len(body) - 1):
            rows, found = arrange_ruled(part, columns, rulings)
            for slot in found:
                slot.row += count
            slots += found
            count += rows
            part = []
        if banner:
            slots.append(Slot(count, 0, 1, len(columns), [to_whole(row)]))
            count += 1
    return count, slots


def complete(slots: Iterable[Slot], rows: int, cols: int) -> list[Slot]:
    """Slots in reading order without overlap, and an empty one wherever there is none."""
    owner: dict[tuple[int, int], Slot] = {}
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.row, slot.col)):
        first = owner.get((slot.row, slot.col))
        if first is not None:
            first.pieces += slot.pieces
            continue
        slot.colspan = _free(slot, owner, slots_right=cols)
        for row in range(slot.row, slot.row + slot.rowspan):
            for col in range(slot.col, slot.col + slot.colspan):
                owner[row, col] = slot
        kept.append(slot)
    _shrink(kept, owner)
    places = ((row, col) for row in range(rows) for col in range(cols))
    kept += [Slot(row, col) for row, col in places if (row, col) not in owner]
    return sorted(kept, key=lambda slot: (slot.row, slot.col))


def _free(slot: Slot, owner: dict[tuple[int, int], Slot], slots_right: int) -> int:
    width = 1
    while (
        width < slot.colspan
        and slot.col + width < slots_right
        and (slot.row, slot.col + width) not in owner
    ):
        width += 1
    return width


def _shrink(kept: list[Slot], owner: dict[tuple[int, int], Slot]) -> None:
    """Cut back slots over which a later one was laid."""
    for slot in kept:
        while slot.rowspan > 1 and any(
            owner[slot.row + slot.rowspan - 1, col] is not slot
            for col in range(slot.col, slot.col + slot.colspan)
        ):
            slot.rowspan -= 1
        while slot.colspan > 1 and any(
            owner[row, slot.col + slot.colspan - 1] is not slot
            for row in range(slot.row, slot.row + slot.rowspan)
        ):
            slot.colspan -= 1
    owner.clear()
    for slot in kept:
        for row in range(slot.row, slot.row + slot.rowspan):
            for col in range(slot.col, slot.col + slot.colspan):
                owner[row, col] = slot


def to_cell(slot: Slot, edges: Edges | None) -> Cell:
    """The cell of a slot, with a box if the edges of columns and rows are known."""
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


def edges_of(slots: Sequence[Slot], rows: int, columns: Columns) -> Edges:
    """Where columns and rows part, in points: half way between what stands in them."""
    xs = [[column.x0, column.x1] for column in columns.columns]
    ys: list[list[float]] = [[] for _ in range(rows)]
    for slot in slots:
        for piece in slot.pieces:
            if slot.colspan == 1:
                xs[slot.col] += (piece.x0, piece.x1)
            if slot.rowspan == 1 and piece.line.box is not None:
                ys[slot.row] += (piece.line.box.top, piece.line.box.bottom)
    return _parted(xs), _parted(ys)


def _parted(stretches: Sequence[Sequence[float]]) -> list[float]:
    lows = [min(values, default=None) for values in stretches]
    highs = [max(values, default=None) for values in stretches]
    known_low = [low for low in lows if low is not None]
    known_high = [high for high in highs if high is not None]
    edges = [min(known_low, default=0.0)]
    for index in range(1, len(stretches)):
        before = max((high for high in highs[:index] if high is not None), default=edges[-1])
        after = min((low for low in lows[index:] if low is not None), default=before)
        edges.append(max((before + after) / 2, edges[-1]))
    edges.append(max(known_high, default=edges[-1]))
    return [round(edge, 2) for edge in edges]
