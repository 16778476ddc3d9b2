"""Cells of rows that stand so close together that their lines chain: a row each, or one for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import height_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns, Placed
    from kenzan.extract.aligned_pieces import Piece

_LEVEL = 0.3
"""Em by which two lines of one height differ."""
_MOST = 0.8
"""Share of the groups of rows in which a column has a cell for each height."""


@dataclass(slots=True)
class Slot:
    """What stands in one cell of the grid."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    pieces: list[Piece] = field(default_factory=list)

    @property
    def height(self) -> float:
        """The height of the middle of its text."""
        heights = [height_of(piece.line) for piece in self.pieces]
        return (min(heights) + max(heights)) / 2


def columns_by_height(
    groups: Sequence[tuple[list[float], list[Placed]]], columns: Columns
) -> set[int]:
    """Columns with a cell for each height of figures, where a group of bands has several.

    A label wrapped into as many lines stands at nearly the same heights; but where each height
    has a cell of its own, the same words come again in every group.
    """
    level: dict[int, int] = defaultdict(int)
    seen: dict[int, int] = defaultdict(int)
    words: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for heights, placed in groups:
        if len(heights) < 2:
            continue
        by_column: dict[int, list[Placed]] = defaultdict(list)
        for item in placed:
            by_column[item.first].append(item)
        for col, items in by_column.items():
            off = max(min(abs(item.y - height) for height in heights) for item in items)
            seen[col] += 1
            level[col] += off < _LEVEL * columns.em
            words[col].append(tuple(item.piece.text for item in items))
    chosen = {col for col, count in seen.items() if level[col] >= _MOST * count}
    named = {col for col in chosen if not columns.columns[col].figures}
    repeated = {col for col in named if len(set(words[col])) <= len(words[col]) / 2}
    return chosen - named | (repeated or named)


def fill_slots(
    row: int, heights: list[float], placed: list[Placed], single: set[int]
) -> list[Slot]:
    """The cells of a group of rows, ``row`` being its first; ``single`` columns have one a row."""
    slots: dict[tuple[int, int], Slot] = {}
    single = single | _wrapped_in_rows(heights, placed)
    for item in sorted(placed, key=lambda item: item.y):
        if len(heights) < 2:
            at, tall = row, 1
        elif item.first in single:
            at, tall = row + _nearest(heights, item.y), 1
        else:
            at, tall = row, len(heights)
        slot = slots.setdefault((at, item.first), Slot(at, item.first, tall))
        slot.pieces.append(item.piece)
        slot.colspan = max(slot.colspan, item.last - item.first + 1)
    return list(slots.values())


def _nearest(heights: Sequence[float], y: float) -> int:
    return min(range(len(heights)), key=lambda i: abs(heights[i] - y))


def _wrapped_in_rows(heights: list[float], placed: Sequence[Placed]) -> set[int]:
    """Columns whose wrapped labels stand around the height of a row each, so close that they chain.

    A label of several rows may look the same: the rows are known to be apart by a label each in a
    column further left, or, of the leftmost, by none further right.
    """
    if len(heights) < 2:
        return set()
    lines: dict[int, list[Placed]] = defaultdict(list)
    for item in placed:
        lines[item.first].append(item)
    named = {col for col, items in lines.items() if _name_each(heights, items)}
    return {
        col
        for col, items in lines.items()
        if (any(other < col for other in named) if col else not named - {0})
        if _stand_around(heights, items)
    }


def _name_each(heights: list[float], items: Sequence[Placed]) -> bool:
    """Whether one line stands at each height."""
    slack = [_LEVEL * (item.piece.line.size or 10.0) for item in items]
    rows = [_nearest(heights, item.y) for item in items]
    level = not any(item.piece.figure for item in items) and all(
        abs(heights[row] - item.y) <= near
        for row, item, near in zip(rows, items, slack, strict=True)
    )
    return level and sorted(rows) == list(range(len(heights)))


def _stand_around(heights: list[float], items: Sequence[Placed]) -> bool:
    """Whether the lines nearest to each height have it in their middle, some being several."""
    rows: dict[int, list[Placed]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.y):
        rows[_nearest(heights, item.y)].append(item)
    if len(rows) < len(heights) or len(items) == len(heights):
        return False
    return all(
        abs((found[0].y + found[-1].y) / 2 - heights[row])
        <= _LEVEL * (found[0].piece.line.size or 10.0)
        for row, found in rows.items()
    )
