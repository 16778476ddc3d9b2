"""Rows of a table with rules across it: what stands between the same two rules is one cell."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_rows import arrange
from kenzan.extract.aligned_slots import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns, Placed
    from kenzan.extract.aligned_rulings import Rulings

_STACKED = 2
"""Columns with several figures between the same two rules, from which on those are rows."""
_APART = 0.5
"""Em by which two figures of one row differ in height at most."""


def arrange_ruled(
    body: Sequence[Placed], columns: Columns, rulings: Rulings
) -> tuple[int, list[Slot]]:
    """How many rows there are, and what stands in them, given the rules between the rows."""
    if not body:
        return arrange(body, columns)
    top, bottom = min(item.y for item in body), max(item.y for item in body)
    left, right = columns.columns[0].x0, columns.columns[-1].x1
    edges = rulings.whole(top, bottom, left, right)
    inner = [i for i in rulings.between(top, bottom) if rulings.covers(i, left, right, 0.1)]
    if not inner:
        return arrange(body, columns)
    slots: list[Slot] = []
    row = 0
    bounds = [float("-inf"), *edges, float("inf")]
    for upper, lower in pairwise(bounds):
        items = [item for item in body if upper <= item.y < lower]
        if not items:
            continue
        count, found = _between(items, columns, rulings)
        for slot in found:
            slot.row += row
        slots += found
        row += count
    return row, slots


def _between(items: Sequence[Placed], columns: Columns, rulings: Rulings) -> tuple[int, list[Slot]]:
    """The rows between two rules that run all across: parted by rules in some columns, or free."""
    within = rulings.between(min(item.y for item in items), max(item.y for item in items))
    cells: dict[tuple[int, int, int], list[Placed]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.y):
        x0, x1 = item.piece.x0, item.piece.x1
        ruled = [i for i in within if rulings.covers(i, x0, x1)]
        above = [i for i in ruled if rulings.ys[i] < item.y]
        below = [i for i in ruled if rulings.ys[i] >= item.y]
        first = above[-1] - within.start + 1 if above else 0
        last = below[0] - within.start if below else len(within)
        cells[first, last, item.first].append(item)
    stacked = {col for (_, _, col), found in cells.items() if _is_stacked(found, columns.em)}
    if len(stacked) >= _STACKED:
        return arrange(items, columns)
    slots = [
        Slot(
            first,
            col,
            last - first + 1,
            max(item.last - item.first + 1 for item in found),
            [item.piece for item in found],
        )
        for (first, last, col), found in cells.items()
    ]
    return _without_empty(slots), slots


def _is_stacked(found: Sequence[Placed], em: float) -> bool:
    """Whether there are figures one below the other that are not changes in brackets."""
    heights = [item.y for item in found if item.piece.figure and not item.piece.bracketed]
    return bool(heights) and heights[-1] - heights[0] > _APART * em


def _without_empty(slots: list[Slot]) -> int:
    """Leave out rows in which nothing begins; returns how many are left."""
    used = sorted({slot.row for slot in slots})
    for slot in slots:
        covered = [row for row in used if slot.row <= row < slot.row + slot.rowspan]
        slot.row, slot.rowspan = used.index(slot.row), len(covered)
    return len(used)
