"""Regions of a page that are read one after the other: columns, pages on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats
    from kenzan.schemas.geometry import Box

_OVERLAP = 0.3
"""Share of the lower one's height that two tables side by side have in common."""
_GUTTER = 12.0
"""Points: the least width of a gutter between columns of text."""
_FOLD = 24.0
"""Points: the least width of the white between two pages on one sheet."""
_ROWS = 6
"""Rows of text on either side of a gutter."""
_FULL, _MOSTLY = 0.85, 0.5
"""Share of a column's width that rows of running text fill, and of the rows that do."""
_PAIRED = 0.6
"""Share of rows that have another beside them at the same height: those of a table."""
_SAME, _HEADS = 3.0, 3
"""Points by which what stands at one place of two pages differs; names in a line of a header."""
_MOST_DEPTH = 6
_MOST_ROWS = 300
"""Rows of a page that are compared with the first one on the page beside it."""


@dataclass(slots=True)
class Region:
    """A rectangle of the page, with the items that lie in it (their indexes)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.x0 + self.x1) / 2


def find_regions(pieces: Floats, grids: Floats, width: float, height: float) -> list[Region]:
    """The regions of a page in reading order; one if it is read straight down.

    ``pieces`` are boxes of text outside of tables, cut at wide gaps; ``grids`` of tables.
    """
    whole = Region(0.0, 0.0, width, height)
    if len(grids) < 2 and len(pieces) < 2 * _ROWS:
        return [whole]
    return _split(whole, pieces, grids, 0)


def _split(region: Region, pieces: Floats, grids: Floats, depth: int) -> list[Region]:
    if depth > _MOST_DEPTH:
        return [region]
    for x in _candidates(region, pieces, grids):
        for top, bottom in _free_bands(x, region, pieces, grids):
            band = Region(region.x0, top, region.x1, bottom)
            own_pieces, own_grids = _within(band, pieces), _within(band, grids)
            if not _parts(x, band, own_pieces, own_grids):
                continue
            above = Region(region.x0, region.top, region.x1, top)
            left = Region(region.x0, top, x, bottom)
            right = Region(x, top, region.x1, bottom)
            below = Region(region.x0, bottom, region.x1, region.bottom)
            return [
                part
                for piece in (above, left, right, below)
                if piece.bottom > piece.top
                for part in _split(piece, _within(piece, pieces), _within(piece, grids), depth + 1)
            ]
    return [region]


def _within(region: Region, boxes: Floats) -> Floats:
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    y = (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (x >= region.x0) & (x < region.x1) & (y >= region.top) & (y < region.bottom)
    chosen: Floats = boxes[inside]
    return chosen


def _candidates(region: Region, pieces: Floats, grids: Floats) -> list[float]:
    """Where a gutter may be: between two tables, in the white at mid-page, at a sheet's fold."""
    xs = []
    for i, first in enumerate(grids):
        for second in grids[i + 1 :]:
            left, right = (first, second) if first[0] < second[0] else (second, first)
            shared = min(left[3], right[3]) - max(left[1], right[1])
            lower = min(left[3] - left[1], right[3] - right[1])
            if left[2] < right[0] and shared > _OVERLAP * lower:
                xs.append(float(left[2] + right[0]) / 2)
    white = _widest_white(region, np.concatenate((pieces, grids)))
    xs += [] if white is None else [white]
    return [region.middle, *xs] if _is_sheet(region, pieces, grids) else xs


def _widest_white(region: Region, boxes: Floats) -> float | None:
    """The x in the middle part of a region that fewest rows have ink on, if nearly none has."""
    width = region.x1 - region.x0
    steps = np.arange(region.x0 + 0.3 * width, region.x0 + 0.7 * width, 2.0)
    if not len(steps) or not len(boxes):
        return None
    crossed = ((boxes[:, [0]] < steps) & (boxes[:, [2]] > steps)).sum(axis=0)
    least = int(crossed.min())
    if least > 0.3 * len(boxes):
        return None
    runs = np.flatnonzero(crossed == least)
    groups = np.split(runs, np.flatnonzero(np.diff(runs) > 1) + 1)
    center = len(steps) / 2
    best = max(groups, key=lambda run: (len(run), -abs(run.mean() - center)))
    return float(steps[int(best[len(best) // 2])])


def _free_bands(
    x: float, region: Region, pieces: Floats, grids: Floats
) -> list[tuple[float, float]]:
    """Stretches of height in which nothing crosses ``x``, the tallest first."""
    boxes = np.concatenate((pieces, grids))
    crossing = boxes[(boxes[:, 0] < x - 1) & (boxes[:, 2] > x + 1)]
    edges = [region.top]
    for box in crossing[np.argsort(crossing[:, 1])]:
        edges += [float(box[1]), float(box[3])]
    edges.append(region.bottom)
    bands = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    return sorted((b for b in bands if b[1] > b[0]), key=lambda b: b[0] - b[1])


def _parts(x: float, band: Region, pieces: Floats, grids: Floats) -> bool:
    """Whether the gutter at ``x`` parts two columns, and not two columns of one table."""
    left_grids, right_grids = _sides(x, grids)
    left, right = _sides(x, pieces)
    if len(left_grids) and len(right_grids):
        return True
    everything = np.concatenate((pieces, grids))
    sides = _sides(x, everything)
    if not len(sides[0]) or not len(sides[1]):
        return False
    if float(sides[1][:, 0].min() - sides[0][:, 2].max()) < _GUTTER:
        return False
    if x == band.middle and _is_sheet(band, pieces, grids):
        return True
    if min(_count_rows(left), _count_rows(right)) < _ROWS:
        return False
    running = _is_running(left) and _is_running(right)
    return running or (_is_fold(x, band, everything) and _paired(left, right) < _PAIRED)


def _is_fold(x: float, region: Region, boxes: Floats) -> bool:
    """Whether wide white is around ``x``, and the middle of a landscape page is in it."""
    if region.x1 - region.x0 <= region.bottom - region.top:
        return False
    left, right = _sides(x, boxes)
    low, high = float(left[:, 2].max()), float(right[:, 0].min())
    near = abs(x - region.middle) < 0.05 * (region.x1 - region.x0)
    return high - low >= _FOLD and near


def _is_sheet(region: Region, pieces: Floats, grids: Floats) -> bool:
    """Whether two pages lie side by side: nothing is on the fold, and both have one layout."""
    left, right = _sides(region.middle, pieces)
    if not len(left) or not len(right):
        return False
    half = (region.x1 - region.x0) / 2
    fold = _is_fold(region.middle, region, np.concatenate((pieces, grids)))
    return fold and _are_pages(left, right - (half, 0.0, half, 0.0))


def _are_pages(left: Floats, right: Floats) -> bool:
    """Whether two sides laid over each other have one head or one foot: pages of one layout.

    A foot is a line of one piece (the number of the page), a head one of several; further down on
    the left begins a table that goes on.
    """
    sides = (left, right)
    feet = [side[side[:, 1] >= side[:, 1].max() - _SAME] for side in sides]
    if all(len(foot) == 1 for foot in feet):
        middles = [float(foot[0, 0] + foot[0, 2]) / 2 for foot in feet]
        level = abs(float(feet[0][0, 1] - feet[1][0, 1])) <= _SAME
        if level and abs(middles[0] - middles[1]) <= _SAME:
            return True
    return _begins_like(left, right)


def _begins_like(left: Floats, right: Floats) -> bool:
    """Whether the first line on the right is one on the left, too; further down, the first two."""
    first, *more = np.unique(right[:, 1]).tolist()
    head = _row_at(right, first)
    if len(head) < _HEADS:
        return False
    second = next((top for top in more if top > first + _SAME), first)
    for top in np.unique(left[:, 1])[:_MOST_ROWS].tolist():
        alike = _stand_alike(_row_at(left, top), head)
        below = _stand_alike(_row_at(left, top + second - first), _row_at(right, second))
        if alike and (below or top <= left[:, 1].min() + _SAME):
            return True
    return False


def _row_at(boxes: Floats, top: float) -> Floats:
    row: Floats = boxes[np.abs(boxes[:, 1] - top) <= _SAME]
    return row[np.argsort(row[:, 0])]


def _stand_alike(one: Floats, other: Floats) -> bool:
    """Whether the pieces of two rows have the same edges."""
    return len(one) == len(other) and bool(
        (np.abs(one[:, [0, 2]] - other[:, [0, 2]]) <= _SAME).all()
    )


def _sides(x: float, boxes: Floats) -> tuple[Floats, Floats]:
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    return boxes[middle < x], boxes[middle >= x]


def _row_heights(boxes: Floats) -> Floats:
    middle = np.sort((boxes[:, 1] + boxes[:, 3]) / 2)
    if not len(middle):
        return middle
    fresh: Flags = np.ones(len(middle), bool)
    fresh[1:] = np.diff(middle) > 3.0
    heights: Floats = middle[fresh]
    return heights


def _count_rows(boxes: Floats) -> int:
    return len(_row_heights(boxes))


def _is_running(boxes: Floats) -> bool:
    """Whether most rows fill the column, as running text does."""
    widths = boxes[:, 2] - boxes[:, 0]
    full = float(boxes[:, 2].max() - boxes[:, 0].min())
    return float((widths > _FULL * full).mean()) >= _MOSTLY


def _paired(left: Floats, right: Floats) -> float:
    """The share of rows on the side with fewer that have a row beside them."""
    fewer, more = sorted((_row_heights(left), _row_heights(right)), key=len)
    beside = np.abs(fewer[:, None] - more).min(axis=1) < 2.0
    return float(beside.mean())


def region_of(box: Box | None, regions: list[Region]) -> int:
    """The index of the region that the middle of a box lies in."""
    if box is None:
        return 0
    x, y = box.center
    for index, region in enumerate(regions):
        if region.x0 <= x < region.x1 and region.top <= y < region.bottom:
            return index
    return len(regions) - 1
