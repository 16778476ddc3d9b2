"""Rules → lattices: which rules belong together, where the rows and columns are, what is merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.geometry_rules import MOST, centers, join_rules
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints
    from kenzan.extract.content import Rules

    _Rulings = list[list[float]]
    """Position, start and end of each: a table has few, which lists are quickest for."""

TOUCH = 3.0
"""Points by which two rules may miss each other and still meet."""
_MOST_CELLS = 40_000
"""Positions of a table; what has more is a drawing or hatching."""
_BROKEN, _MOSTLY = 2, 0.6
"""Inner rules that end at one height where all columns break, at least, and their share."""
_HALF = 0.5
"""Share of a step that is ruled if the step is."""
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
        lattice = _build(across[rows].tolist(), own.tolist())
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
    groups: list[tuple[list[int], int]] = []
    for row, met in enumerate(_rules_met(across, down)):
        if not met:
            continue
        rows, cols, apart = [row], met, []
        for group in groups:
            if group[1] & met:
                rows += group[0]
                cols |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (rows, cols)]
    groups.sort(key=lambda group: min(group[0]))
    return [(np.array(sorted(rows)), _members(cols, len(down))) for rows, cols in groups]


def _rules_met(across: Floats, down: Floats) -> list[int]:
    """The rules down that each rule across meets, as a set of bits."""
    y, left, right = (side[:, None] for side in across.T)
    x, top, bottom = down.T
    meets = (x >= left - TOUCH) & (x <= right + TOUCH) & (y >= top - TOUCH) & (y <= bottom + TOUCH)
    bits = np.packbits(meets, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in bits]


def _members(bits: int, count: int) -> Ints:
    packed = np.frombuffer(bits.to_bytes(-(-count // 8), "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(packed, bitorder="little"))


def _build(across: _Rulings, down: _Rulings) -> Lattice | None:
    across, down = _close_frame(across, down)
    ys, row_of = centers([y for y, _, _ in across], NARROWEST)
    xs, col_of = centers([x for x, _, _ in down], NARROWEST)
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1 or not 2 <= rows * cols <= _MOST_CELLS:
        return None
    ys, row_of = _add_breaks(ys, row_of, down, col_of)
    level = _cover(across, row_of, xs)
    upright = _cover(down, col_of, ys)
    spans, owner = _merge(level, upright)
    if len(spans) < 2:
        return None
    return Lattice(np.array(xs), np.array(ys), spans, owner)


def _add_breaks(
    ys: list[float], row_of: list[int], down: _Rulings, col_of: list[int]
) -> tuple[list[float], list[int]]:
    """Rows for heights at which most inner rules end at once: a line there runs through them all.

    Where no rule is drawn across, a heading over all columns shows by that alone.
    """
    last = max(col_of)
    inner = [(rule, col) for rule, col in zip(down, col_of, strict=True) if 0 < col < last]
    columns = [col for _, col in inner]
    count = len(set(columns))
    if count < _BROKEN:
        return ys, row_of
    ends = [top for (_, top, _), _ in inner] + [bottom for (_, _, bottom), _ in inner]
    heights, height_of = centers(ends, NARROWEST)
    met = Counter(height for height, _ in set(zip(height_of, columns * 2, strict=True)))
    least = max(_BROKEN, _MOSTLY * count)
    fresh = [y for index, y in enumerate(heights) if met[index] >= least and _is_between(y, ys)]
    if not fresh or len(fresh) * (last + 1) > _MOST_CELLS:
        return ys, row_of
    joined = sorted(ys + fresh)
    return joined, [bisect_left(joined, ys[row]) for row in row_of]


def _is_between(y: float, ys: list[float]) -> bool:
    """Whether a height is within a table, and apart from all rules across it."""
    after = bisect_left(ys, y)
    return 0 < after < len(ys) and min(y - ys[after - 1], ys[after] - y) > NARROWEST


def _close_frame(across: _Rulings, down: _Rulings) -> tuple[_Rulings, _Rulings]:
    """Add the outer rules that a partly ruled table leaves out: where several rules end alike."""
    xs, ys = [rule[0] for rule in down], [rule[0] for rule in across]
    more_down = [[edge, min(ys), max(ys)] for edge in _open_ends(across, xs)]
    more_across = [[edge, min(xs), max(xs)] for edge in _open_ends(down, ys)]
    return across + more_across, down + more_down


def _open_ends(rules: _Rulings, crossing: list[float]) -> list[float]:
    """The outer ends of ``rules`` that stand out over the outermost crossing rules."""
    starts, stops = [rule[1] for rule in rules], [rule[2] for rule in rules]
    low, high = min(starts), max(stops)
    ends = []
    if low < min(crossing) - 2 * TOUCH and sum(abs(x - low) < TOUCH for x in starts) >= 2:
        ends.append(low)
    if high > max(crossing) + 2 * TOUCH and sum(abs(x - high) < TOUCH for x in stops) >= 2:
        ends.append(high)
    return ends


def _cover(rules: _Rulings, line_of: list[int], steps: list[float]) -> list[list[bool]]:
    """(lines, steps - 1): whether a line is ruled along more than half of each step."""
    middles = [(low + high) / 2 for low, high in pairwise(steps)]
    covered = [[False] * len(middles) for _ in range(max(line_of) + 1)]
    for (_, start, end), line in zip(rules, line_of, strict=True):
        first, last = bisect_right(middles, start), bisect_left(middles, end)
        # Only where both ends are within one step can its middle be ruled and half of it not.
        if last - first > 1 or (
            last > first and _share(start, end, steps[first], steps[last]) > _HALF
        ):
            covered[line][first:last] = [True] * (last - first)
    return covered


def _share(start: float, end: float, low: float, high: float) -> float:
    return (min(end, high) - max(start, low)) / (high - low)


def _merge(level: list[list[bool]], upright: list[list[bool]]) -> tuple[list[Span], Ints]:
    """Cells and their owners. ``level`` is (rows + 1, cols), ``upright`` (cols + 1, rows)."""
    rows, cols = len(level) - 1, len(upright) - 1
    floor = level[1:]
    wall = list(map(list, zip(*upright[1:], strict=True)))
    owner = [[-1] * cols for _ in range(rows)]
    spans: list[Span] = []
    for row in range(rows):
        for col in range(cols):
            if owner[row][col] >= 0:
                continue
            if floor[row][col] and wall[row][col]:
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
