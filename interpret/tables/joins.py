"""Tables that go on over pages, with or without their header, and headers that are inherited."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.lexicon import label_key

if TYPE_CHECKING:
    from kenzan.interpret.tables.content import Content
    from kenzan.schemas.document import Cell, Grid

_NEAR = 3.0


def column_edges(grid: Grid) -> tuple[float, ...]:
    """Left edges of the columns in points, and the right edge of the last; empty if unknown."""
    edges: dict[int, float] = {}
    right = None
    for cell in grid.cells:
        if cell.box is None:
            continue
        edges.setdefault(cell.col, cell.box.x0)
        if cell.col + cell.colspan >= grid.cols:
            right = cell.box.x1
    if len(edges) < grid.cols or right is None:
        return ()
    return (*(edges[col] for col in range(grid.cols)), right)


def same_edges(one: Grid, other: Grid) -> bool:
    """Whether two grids have the same columns: the same edges, or as many where none are known."""
    if one.cols != other.cols:
        return False
    first, second = column_edges(one), column_edges(other)
    if not first or not second:
        return not first and not second
    shift = first[0] - second[0]
    return all(abs(a - b - shift) <= _NEAR for a, b in zip(first, second, strict=True))


def leading_keys(grid: Grid, rows: int) -> list[tuple[int, int, str]]:
    """The texts of the first rows, as keys to compare headers by."""
    leading = sorted((c for c in grid.cells if c.row < rows), key=lambda c: (c.row, c.col))
    return [(c.row, c.col, label_key(c.text)) for c in leading if c.text.strip()]


def repeats_header(first: Grid, later: Grid, rows: int) -> bool:
    """Whether the later grid starts with the header rows of the first."""
    if not rows or later.rows <= rows:
        return False
    return leading_keys(first, rows) == leading_keys(later, rows)


def has_header(grid: Grid) -> bool:
    """Whether labels stand over the columns of figures before the first figure."""
    rows: dict[int, list[tuple[int, Content]]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append((cell.col, read_content(cell.text)))
    columns = {c for cells in rows.values() for c, content in cells if content.figures}
    for row in sorted(rows):
        here = [content for col, content in rows[row] if col in columns]
        figures = [content for content in here if content.figures]
        if figures:
            return _are_years(figures)
        if any(content.kind == "words" for content in here):
            return True
    return bool(not columns and rows and any(c.kind == "words" for _, c in rows[min(rows)]))


def _are_years(figures: list[Content]) -> bool:
    """Whether the figures of a row only name columns: 2021 | 2020 over 予算額 | 予算額."""
    years = {content.raw for content in figures if content.bare_year}
    return len(years) == len(figures) > 1


def without_rows(grid: Grid, rows: int) -> Grid:
    """The grid without its first rows (a header that was repeated)."""
    if not rows:
        return grid
    kept: list[Cell] = [
        replace(cell, row=max(cell.row - rows, 0), rowspan=cell.rowspan - max(rows - cell.row, 0))
        for cell in grid.cells
        if cell.row + cell.rowspan > rows
    ]
    return replace(grid, rows=grid.rows - rows, cells=tuple(kept))


def inherits_from(first: Grid, later: Grid) -> bool:
    """Whether the columns of the later grid stand under columns of the first one.

    Its edges around figures are edges of the first; columns of labels may differ. All may be
    further right, as on the second of two pages on a sheet.
    """
    over, under = column_edges(first), column_edges(later)
    if not over or not under or same_edges(first, later):
        return same_edges(first, later)
    figures = {c.col for c in later.cells if read_content(c.text).figures}
    wanted = {0, later.cols} | figures | {col + 1 for col in figures}
    return all(any(abs(a - under[k]) <= _NEAR for a in over) for k in wanted)


def with_header(first: Grid, rows: int, later: Grid) -> Grid:
    """The later grid under a copy of the first one's header rows, column over column."""
    under = column_edges(later)
    alike = same_edges(first, later)
    whole = (cell for cell in first.cells if cell.row + cell.rowspan <= rows)
    header = [cell for cell in (_over(cell, under, alike=alike) for cell in whole) if cell]
    body = [replace(cell, row=cell.row + rows) for cell in later.cells]
    return replace(later, rows=later.rows + rows, cells=(*header, *body))


def _over(cell: Cell, under: tuple[float, ...], *, alike: bool) -> Cell | None:
    """A cell of a header over columns with these edges; ``None`` if it is over none of them."""
    box = cell.box
    if not under or box is None:
        return cell
    if alike:
        left, right = under[cell.col], under[cell.col + cell.colspan]
        return replace(cell, box=replace(box, x0=left, x1=right))
    covered = [
        k
        for k, (left, right) in enumerate(pairwise(under))
        if box.x0 - _NEAR <= (left + right) / 2 <= box.x1 + _NEAR
    ]
    return replace(cell, col=covered[0], colspan=len(covered)) if covered else None
