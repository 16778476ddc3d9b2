"""One page's characters and rules → its blocks in reading order, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.aligned import find_aligned_grids
from kenzan.extract.aligned_pages import join_halves
from kenzan.extract.aligned_rulings import NO_RULINGS, Rulings
from kenzan.extract.geometry_grids import TOUCH, find_lattices
from kenzan.extract.geometry_lines import order_lines, read_lines
from kenzan.extract.geometry_open import is_open, read_open
from kenzan.extract.geometry_order import in_reading_order
from kenzan.extract.geometry_rules import join_rules
from kenzan.extract.geometry_stacked import split_stacked
from kenzan.extract.geometry_turns import join_stack, mark_stacks
from kenzan.extract.geometry_unfolded import unfold_rows
from kenzan.extract.geometry_upright import turn_upright
from kenzan.extract.geometry_zones import Region, find_regions, region_of
from kenzan.extract.runs import places_of
from kenzan.schemas.document import Cell, Grid, Line, Page
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from kenzan.extract.boxes import Flags, Floats, Ints
    from kenzan.extract.content import Chars, PageContent
    from kenzan.extract.geometry_grids import Lattice
    from kenzan.extract.geometry_lines import Lines
    from kenzan.schemas.document import Block

_SEGMENT = 1.5
"""Em of white that parts two segments of a line when the columns of a page are looked for."""


_LEAST_CHARS = 60
"""Characters outside of tables that a page in columns has at least."""
_STRIP = 12.0
"""Points: the width of a strip in which a gutter would show."""
_HARDLY = 0.01
"""Share of the characters that such a strip may hold."""


def build_page(content: PageContent) -> Page:
    """The page's grids and the lines outside of them."""
    shown = content
    content, turn = turn_upright(content)
    lattices = find_lattices(content.rules)
    chars = _on_page(content)
    areas, firsts = _assign(chars, lattices)
    mark_stacks(chars, areas)
    outside = places_of(areas < 0)
    outer, grids = chars.take(outside), _boxes_of(lattices)
    regions = _find_regions(outer, grids, content)
    areas[outside] = _outer_areas(outer, grids, regions)
    lines = read_lines(chars, areas, content.number)
    rulings = _free_rulings(content.rules.across, lattices)
    tables: list[Block] = []
    for lattice, first in zip(lattices, firsts, strict=True):
        found: list[Block] = []
        if is_open(lattice, first, lines):
            inner = read_open(lattice, first, chars, areas, content.number)
            found = find_aligned_grids(inner, _rulings_within(lattice, content))
        if any(isinstance(block, Grid) for block in found):
            tables += found
        else:
            tables.append(_to_grid(lattice, first, lines, content.number))
    blocks = _compose(lines, tables, regions, rulings)
    return Page(shown.number, tuple(blocks), shown.width, shown.height, "point", turn=turn)


def _on_page(content: PageContent) -> Chars:
    """The characters whose middle is on the page as shown."""
    boxes = content.chars.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    shown = (x >= 0) & (x <= content.width) & (y >= 0) & (y <= content.height)
    return content.chars if shown.all() else content.chars.take(shown)


def _assign(chars: Chars, lattices: list[Lattice]) -> tuple[Ints, list[int]]:
    """Each character's area (-1 outside), and the area number of each lattice's first cell.

    A character belongs to the cell its middle is in; of nested tables to the innermost.
    """
    areas = np.full(len(chars), -1, np.int64)
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    y = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    firsts = []
    used = 0
    for lattice in lattices:
        xs, ys = lattice.xs, lattice.ys
        inside = places_of((x > xs[0]) & (x <= xs[-1]) & (y > ys[0]) & (y <= ys[-1]))
        col = xs.searchsorted(x.take(inside)) - 1
        row = ys.searchsorted(y.take(inside)) - 1
        areas[inside] = lattice.owner[row, col] + used
        firsts.append(used)
        used += len(lattice.spans)
    return areas, firsts


def _find_regions(chars: Chars, grids: Floats, content: PageContent) -> list[Region]:
    if not _are_beside(grids) and not _may_have_columns(chars, content.width):
        return [Region(0.0, 0.0, content.width, content.height)]
    return find_regions(_segments(chars), grids, content.width, content.height)


def _are_beside(grids: Floats) -> bool:
    """Whether any two tables stand beside each other."""
    if len(grids) < 2:
        return False
    x0, top, x1, bottom = grids.T
    return bool(((x1[:, None] < x0) & (top[:, None] < bottom) & (bottom[:, None] > top)).any())


def _may_have_columns(chars: Chars, width: float) -> bool:
    """Whether there is a strip in the middle part of the page with hardly any text on it."""
    if len(chars) < _LEAST_CHARS:
        return False
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    strip = ((x - 0.3 * width) / _STRIP).astype(np.int64)
    count = int(0.4 * width / _STRIP)
    inside = strip[(strip >= 0) & (strip < count)]
    texts = np.bincount(inside, minlength=max(count, 1))
    return bool(texts.min() <= _HARDLY * len(chars))


def _boxes_of(lattices: list[Lattice]) -> Floats:
    boxes = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in lattices]
    return np.array(boxes, np.float64).reshape(-1, 4)


def _segments(chars: Chars) -> Floats:
    """Boxes of the text outside of tables, cut at wide gaps."""
    if not len(chars):
        return np.zeros((0, 4))
    order, line_ids = order_lines(chars, np.zeros(len(chars), np.int64))
    boxes, sizes = chars.boxes[order], chars.sizes[order]
    fresh: Flags = np.ones(len(order), bool)
    fresh[1:] = (line_ids[1:] != line_ids[:-1]) | (
        boxes[1:, 0] - boxes[:-1, 2] > _SEGMENT * sizes[1:]
    )
    starts = places_of(fresh)
    low, high = np.minimum.reduceat(boxes, starts), np.maximum.reduceat(boxes, starts)
    return np.concatenate((low[:, :2], high[:, 2:]), axis=1)


def _outer_areas(chars: Chars, grids: Floats, regions: list[Region]) -> Ints:
    """Negative areas for text outside of tables: one a region, and one a side of a table."""
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    y = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    areas = np.full(len(chars), -1)
    for _, top, right, bottom in grids.tolist():
        areas -= (y > top) & (y < bottom) & (x > right)
    if len(regions) > 1:
        for index, region in enumerate(regions):
            inside = (x >= region.x0) & (x < region.x1) & (y >= region.top) & (y < region.bottom)
            areas[inside] -= (len(grids) + 1) * index
    return areas


def _free_rulings(across: Floats, lattices: list[Lattice]) -> Rulings:
    """The rules across the page that are in no lattice."""
    y, x0, x1 = across.T
    free: Flags = np.ones(len(across), bool)
    for lattice in lattices:
        left, right, top, bottom = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
        free &= (y < top - TOUCH) | (y > bottom + TOUCH) | (x1 < left) | (x0 > right)
    return _to_rulings(across[free])


def _rulings_within(lattice: Lattice, content: PageContent) -> Rulings:
    """The rules across the page that run through a lattice, its frame included."""
    y, x0, x1 = content.rules.across.T
    left, right, top, bottom = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    inside = (y > top - TOUCH) & (y < bottom + TOUCH) & (x1 > left) & (x0 < right)
    return _to_rulings(content.rules.across[inside])


def _to_rulings(across: Floats) -> Rulings:
    return Rulings.of(join_rules(across)) if len(across) else NO_RULINGS


def _compose(
    lines: Lines, tables: list[Block], regions: list[Region], rulings: Rulings
) -> list[Block]:
    """All blocks in reading order, with the tables that have no rules found among the lines."""
    outside = [line for area, found in lines.items() if area < 0 for line in found]
    parts: list[list[Block]] = [[] for _ in regions]
    blocks: list[Block] = [*outside, *tables]
    for block in blocks:
        parts[region_of(block.box, regions) if len(regions) > 1 else 0].append(block)
    found = [_with_aligned(in_reading_order(part), rulings) for part in parts]
    join_halves(found, regions)
    return [block for part in found for block in part]


def _with_aligned(blocks: list[Block], rulings: Rulings) -> list[Block]:
    result: list[Block] = []
    plain: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            plain.append(block)
            continue
        result += [*_aligned(plain, rulings), block]
        plain = []
    return result + _aligned(plain, rulings)


def _aligned(lines: list[Line], rulings: Rulings) -> list[Block]:
    return find_aligned_grids(lines, rulings) if len(lines) > 1 else list(lines)


def _to_grid(lattice: Lattice, first: int, lines: Lines, page: int) -> Grid:
    xs, ys = lattice.xs.round(2).tolist(), lattice.ys.round(2).tolist()
    cells = tuple(
        Cell(
            span.row,
            span.col,
            span.rowspan,
            span.colspan,
            tuple(join_stack(lines.get(first + index, []))),
            Box(
                xs[span.col], ys[span.row], xs[span.col + span.colspan], ys[span.row + span.rowspan]
            ),
        )
        for index, span in enumerate(lattice.spans)
    )
    grid = Grid(page, len(ys) - 1, len(xs) - 1, cells, Box(xs[0], ys[0], xs[-1], ys[-1]))
    if all(len(cell.lines) < 2 for cell in cells):
        return grid
    return split_stacked(unfold_rows(grid))
