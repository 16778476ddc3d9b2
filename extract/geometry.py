"""One page's characters and rules → its blocks in reading order, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kenzan.extract.geometry_grids import find_lattices
from kenzan.extract.geometry_lines import read_lines
from kenzan.extract.geometry_order import in_reading_order
from kenzan.schemas.document import Cell, Grid, Page
from kenzan.schemas.geometry import Box

if TYPE_CHECKING:
    from kenzan.extract.boxes import Ints
    from kenzan.extract.content import Chars, PageContent
    from kenzan.extract.geometry_grids import Lattice
    from kenzan.schemas.document import Line

OUTSIDE = -1


def build_page(content: PageContent) -> Page:
    """The page's grids and the lines outside of them."""
    lattices = find_lattices(content.rules)
    chars = content.chars
    areas, firsts = _assign(chars, lattices)
    lines = read_lines(chars, areas, content.number)
    grids = [
        _to_grid(lattice, first, lines, content.number)
        for lattice, first in zip(lattices, firsts, strict=True)
    ]
    blocks = in_reading_order([*lines.get(OUTSIDE, []), *grids])
    return Page(content.number, tuple(blocks), content.width, content.height, "point")


def _assign(chars: Chars, lattices: list[Lattice]) -> tuple[Ints, list[int]]:
    """Each character's area, and the area number of each lattice's first cell.

    A character belongs to the cell its middle is in; of nested tables to the innermost.
    """
    areas = np.full(len(chars), OUTSIDE, np.int64)
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    y = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    firsts = []
    used = 0
    for lattice in lattices:
        col = np.searchsorted(lattice.xs, x) - 1
        row = np.searchsorted(lattice.ys, y) - 1
        rows, cols = lattice.owner.shape
        inside = (col >= 0) & (col < cols) & (row >= 0) & (row < rows)
        areas[inside] = lattice.owner[row[inside], col[inside]] + used
        firsts.append(used)
        used += len(lattice.spans)
    return areas, firsts


def _to_grid(lattice: Lattice, first: int, lines: dict[int, list[Line]], page: int) -> Grid:
    xs, ys = np.round(lattice.xs, 2).tolist(), np.round(lattice.ys, 2).tolist()
    cells = tuple(
        Cell(
            span.row,
            span.col,
            span.rowspan,
            span.colspan,
            tuple(lines.get(first + index, ())),
            Box(
                xs[span.col], ys[span.row], xs[span.col + span.colspan], ys[span.row + span.rowspan]
            ),
        )
        for index, span in enumerate(lattice.spans)
    )
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(page, len(ys) - 1, len(xs) - 1, cells, box)
