"""Rows of a table in layout text, where lines are numbered and stand at no height."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kenzan.extract.aligned_rows import Slot, join_periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns, Placed

_FULL = 0.85
"""Share of its column from which on a label may have been wrapped."""


def arrange_text(body: Sequence[Placed], columns: Columns) -> tuple[int, list[Slot]]:
    """How many rows there are, and what stands in them."""
    lines = [list(line) for _, line in groupby(body, key=lambda item: item.y)]
    rows: list[list[Sequence[Placed]]] = []
    for block in _blocks(lines):
        rows += _rows_of_block(block, columns)
    slots: list[Slot] = []
    for number, row in enumerate(rows):
        by_column: dict[int, Slot] = {}
        for item in (item for line in row for item in line):
            slot = by_column.setdefault(item.first, Slot(number, item.first))
            slot.pieces.append(item.piece)
            slot.colspan = max(slot.colspan, item.last - item.first + 1)
        slots += by_column.values()
    return len(rows), join_periods(slots, len(rows), columns)


def _blocks(lines: Sequence[Sequence[Placed]]) -> list[list[Sequence[Placed]]]:
    """Lines without an empty line between them."""
    blocks: list[list[Sequence[Placed]]] = []
    for line in lines:
        if blocks and line[0].y - blocks[-1][-1][0].y <= 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _rows_of_block(block: list[Sequence[Placed]], columns: Columns) -> list[list[Sequence[Placed]]]:
    anchors = [index for index, line in enumerate(block) if _is_anchor(line)]
    if len(anchors) <= 1:
        return [block]
    rows: list[list[Sequence[Placed]]] = []
    homes: list[int] = []
    for index, line in enumerate(block):
        homes.append(_home(index, anchors, block, columns))
        if index and homes[index] == homes[index - 1]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_anchor(line: Sequence[Placed]) -> bool:
    """Whether a line carries a row's figures, not only changes below them."""
    figures = [item.piece for item in line if item.piece.figure]
    labelled = any(item.first == 0 for item in line)
    return bool(figures) and (labelled or not all(piece.bracketed for piece in figures))


def _home(index: int, anchors: list[int], block: list[Sequence[Placed]], columns: Columns) -> int:
    """The line of figures that a line belongs to; itself if to none."""
    if index in anchors:
        return index
    before = max((a for a in anchors if a < index), default=None)
    if before is None:
        return anchors[0]
    line = block[index]
    label_only = len(line) == 1 and line[0].first == line[0].last == 0
    return index if label_only and not _is_full(block[index - 1], columns) else before


def _is_full(line: Sequence[Placed], columns: Columns) -> bool:
    first = columns.columns[0]
    return any(
        item.first == 0 and item.piece.x1 - first.x0 >= _FULL * (first.x1 - first.x0)
        for item in line
    )
