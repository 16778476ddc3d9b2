"""Rules → lattices: which rules belong together, where the rows and columns are, what is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.geometry_rules import MOST, centers, join_rules
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints
    from kenzan.extract.content import Rules

TOUCH = 3.0
"""Points by which two rules may miss each other and still meet."""
_MOST_CELLS = 40_000
"""Positions of a table; what has more is a drawing or hatching."""
_BROKEN, _MOSTLY = 2, 0.6
"""Inner rules that end at one height where all columns break, at least, and their share."""
NARROWEST = 3.5
"""Points: two rules nearer than this are a double rule, not a row or a column."""


@dataclass(slots=True)
class Span:
    """A cell of a lattice: its first position and its extent."""

    row: int
    col: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class Lattice:
    """Rows and columns of one ruled table. ``owner[row, col]`` indexes ``spans``."""

    xs: Floats
    ys: Floats
    spans: list[Span]
    owner: Ints

    @property
    def area(self) -> float:
        """Square points."""
        return float((self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0]))


def find_lattices(rules: Rules) -> list[Lattice]:
    """All ruled tables of a page, largest first. A single box is a frame and not a table."""
    across, down = join_rules(rules.across), join_rules(rules.down)
    if not len(across) or not len(down) or len(across) > MOST or len(down) > MOST:
        return []
    groups = _connected(across, down)
    free: Flags = np.ones(len(down), bool)
    for _, cols in groups:
        free[cols] = False
    lattices = []
    for rows, cols in groups:
        own = _with_cut_off(across[rows], down[cols], down[free])
        lattice = _build(across[rows], own)
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: -lattice.area)


def _with_cut_off(across: Floats, down: Floats, free: Floats) -> Floats:
    """The upright rules of a table and those that go on them further down, cut off by a heading.

    ``free`` are rules that no rule across meets: the rows below the heading have none.
    """
    if not len(free):
        return down
    x, top, bottom = free.T
    inside = (top > down[:, 1].min() - TOUCH) & (bottom < down[:, 2].max() + TOUCH)
    inside &= (x > across[:, 1].min()) & (x < across[:, 2].max())
    inside &= np.abs(x[:, None] - down[:, 0]).min(axis=1) < NARROWEST
    return np.vstack((down, free[inside])) if inside.any() else down


def _connected(across: Floats, down: Floats) -> list[tuple[Ints, Ints]]:
    """Groups of rules that meet: indexes into ``across`` and ``down``."""
    y, left, right = (across[:, [i]] for i in range(3))
    x, top, bottom = (down[:, i] for i in range(3))
    meets = (x >= left - TOUCH) & (x <= right + TOUCH) & (y >= top - TOUCH) & (y <= bottom + TOUCH)
    row, col = np.nonzero(meets)
    group = _smallest_joined(row, col + len(across), len(across) + len(down))
    return [
        (
            np.flatnonzero(group[: len(across)] == label),
            np.flatnonzero(group[len(across) :] == label),
        )
        for label in sorted(set(group[row].tolist()))
    ]


def _smallest_joined(first: Ints, second: Ints, count: int) -> Ints:
    """For each of ``count`` items the smallest item that pairs ``first``-``second`` join it to."""
    label = np.arange(count)
    while True:
        joined = label.copy()
        smaller = np.minimum(label[first], label[second])
        np.minimum.at(joined, first, smaller)
        np.minimum.at(joined, second, smaller)
        joined = joined[joined]
        if (joined == label).all():
            return joined
        label = joined


def _build(across: Floats, down: Floats) -> Lattice | None:
    across, down = _close_frame(across, down)
    ys, row_of = centers(across[:, 0], NARROWEST)
    xs, col_of = centers(down[:, 0], NARROWEST)
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1 or not 2 <= rows * cols <= _MOST_CELLS:
        return None
    ys, row_of = _add_breaks(ys, row_of, down, col_of)
    level = _cover(across, row_of, xs)
    upright = _cover(down, col_of, ys)
    spans, owner = _merge(level, upright)
    if len(spans) < 2:
        return None
    return Lattice(xs, ys, spans, owner)


def _add_breaks(ys: Floats, row_of: Ints, down: Floats, col_of: Ints) -> tuple[Floats, Ints]:
    """Rows for heights at which most inner rules end at once: a line there runs through them all.

    Where no rule is drawn across, a heading over all columns shows by that alone.
    """
    inner = (col_of > 0) & (col_of < col_of.max())
    count = int(np.count_nonzero(np.bincount(col_of[inner])))
    if count < _BROKEN:
        return ys, row_of
    ends = np.concatenate((down[inner, 1], down[inner, 2]))
    heights, height_of = centers(ends, NARROWEST)
    fresh = (heights > ys[0]) & (heights < ys[-1])
    fresh &= np.abs(heights[:, None] - ys).min(axis=1) > NARROWEST
    if not fresh.any():
        return ys, row_of
    columns = np.concatenate((col_of[inner], col_of[inner]))
    fresh &= _columns_met(height_of, columns) >= max(_BROKEN, _MOSTLY * count)
    if not fresh.any() or np.count_nonzero(fresh) * (int(col_of.max()) + 1) > _MOST_CELLS:
        return ys, row_of
    joined = np.sort(np.concatenate((ys, heights[fresh])))
    return joined, np.searchsorted(joined, ys)[row_of]


def _columns_met(height_of: Ints, columns: Ints) -> Ints:
    """In how many columns each height occurs."""
    width = int(columns.max()) + 1
    pairs = np.sort(height_of * width + columns)
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    return np.bincount(pairs[first] // width)


def _close_frame(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """Add the outer rules that a partly ruled table leaves out: where several rules end alike."""
    more_down = [
        (edge, float(across[:, 0].min()), float(across[:, 0].max()))
        for edge in _open_ends(across, down[:, 0])
    ]
    more_across = [
        (edge, float(down[:, 0].min()), float(down[:, 0].max()))
        for edge in _open_ends(down, across[:, 0])
    ]
    if more_down:
        down = np.vstack((down, more_down))
    if more_across:
        across = np.vstack((across, more_across))
    return across, down


def _open_ends(rules: Floats, crossing: Floats) -> list[float]:
    """The outer ends of ``rules`` that stand out over the outermost crossing rules."""
    ends = []
    low, high = float(rules[:, 1].min()), float(rules[:, 2].max())
    if low < crossing.min() - 2 * TOUCH and (np.abs(rules[:, 1] - low) < TOUCH).sum() >= 2:
        ends.append(low)
    if high > crossing.max() + 2 * TOUCH and (np.abs(rules[:, 2] - high) < TOUCH).sum() >= 2:
        ends.append(high)
    return ends


def _cover(rules: Floats, line_of: Ints, steps: Floats) -> Flags:
    """(lines, steps - 1): whether a line is ruled along more than half of each step."""
    low, high = steps[:-1], steps[1:]
    shared = np.minimum(rules[:, [2]], high) - np.maximum(rules[:, [1]], low)
    covered = np.zeros((int(line_of.max()) + 1, len(low)))
    np.maximum.at(covered, line_of, shared / (high - low))
    return covered > 0.5


def _merge(level: Flags, upright: Flags) -> tuple[list[Span], Ints]:
    """Cells and their owners. ``level`` is (rows + 1, cols), ``upright`` (cols + 1, rows)."""
    rows, cols = level.shape[0] - 1, upright.shape[0] - 1
    floor = level[1:].tolist()
    wall = upright[1:].T.tolist()
    closed = (level[1:] & upright[1:].T).tolist()
    owner = [[-1] * cols for _ in range(rows)]
    spans: list[Span] = []
    for row in range(rows):
        for col in range(cols):
            if owner[row][col] >= 0:
                continue
            if closed[row][col]:
                owner[row][col] = len(spans)
                spans.append(Span(row, col, 1, 1))
                continue
            span = _grow(row, col, floor, wall, owner)
            for r in range(row, row + span.rowspan):
                owner[r][col : col + span.colspan] = [len(spans)] * span.colspan
            spans.append(span)
    return spans, np.array(owner, np.int64)


def _grow(
    row: int, col: int, floor: list[list[bool]], wall: list[list[bool]], owner: list[list[int]]
) -> Span:
    """The largest cell from this position on that no rule divides: first wide, then tall."""
    last_row, last_col = len(owner) - 1, len(owner[0]) - 1
    right = col
    while right < last_col and not wall[row][right] and owner[row][right + 1] < 0:
        right += 1
    bottom = row
    while bottom < last_row and _opens_below(bottom, col, right, floor, wall, owner):
        bottom += 1
    return Span(row, col, bottom - row + 1, right - col + 1)


def _opens_below(
    row: int,
    left: int,
    right: int,
    floor: list[list[bool]],
    wall: list[list[bool]],
    owner: list[list[int]],
) -> bool:
    """Whether the whole stretch runs on into the row below, with no wall within it there."""
    if any(floor[row][left : right + 1]) or any(wall[row + 1][left:right]):
        return False
    if any(index >= 0 for index in owner[row + 1][left : right + 1]):
        return False
    closed_left = left == 0 or wall[row + 1][left - 1]
    closed_right = right == len(owner[0]) - 1 or wall[row + 1][right]
    return closed_left and closed_right
