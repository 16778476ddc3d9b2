"""Rows whose texts begin at the height of their figures: what is below belongs to the row above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns, Placed

_LEVEL = 0.3
"""Em by which two lines of one height differ, and two lines of one text begin apart."""
_SHORT = 2.2
"""Em that a wrapped line may be short of its column's right edge: words are not broken."""
_NEARLY_ALL = 0.9


class Band(Protocol):
    """Lines that share a height, and the heights of the rows of figures among them."""

    placed: list[Placed]
    heights: list[float]


def are_set_at_top(bands: Sequence[Band], columns: Columns) -> bool:
    """Whether every row of figures has its words at their height, and none above it.

    Not so where the lines could as well stand evenly around their figures.
    """
    partial = [band for band in bands if not band.heights]
    if not partial or len(partial) == len(bands) or _may_be_midway(bands):
        return False
    wrapped = {item.first for band in partial for item in band.placed}
    rows = [band for band in bands if band.heights]
    slack = _LEVEL * columns.em
    if any(item.y < band.heights[0] - slack for band in rows for item in band.placed):
        return False
    level = sum(
        any(item.first in wrapped and item.y <= band.heights[0] + slack for item in band.placed)
        for band in rows
    )
    return level >= _NEARLY_ALL * len(rows)


def _may_be_midway(bands: Sequence[Band]) -> bool:
    """Whether each row may have as many lines without figures above it as below it."""
    below = lines = 0
    for band in bands:
        if not band.heights:
            lines += 1
            continue
        if lines < below:
            return False
        below, lines = lines - below, 0
    return lines == below


def goes_on(upper: Band, lower: Band, columns: Columns) -> bool:
    """Whether all pieces of a band go on a line above: in brackets, or flush with a full one."""
    slack = _LEVEL * columns.em
    for item in lower.placed:
        if item.piece.bracketed:
            continue
        above = [other for other in upper.placed if other.first == item.first]
        last = max(above, key=lambda other: other.y, default=None)
        if last is None or last.piece.figure or item.piece.figure:
            return False
        edge = columns.columns[item.first].x1 - _SHORT * columns.em
        if last.piece.x1 < edge or abs(last.piece.x0 - item.piece.x0) > slack:
            return False
    return True
