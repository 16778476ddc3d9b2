"""Tables without rules that a page cuts: their header at its foot, or their last rows on the next.

A page is read by itself first. What stands at the foot of one page and at the head of the next is
then measured together: the header is put over its columns, and rows go on in the columns of the
table before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from kenzan.extract.aligned_banners import is_banner, to_whole
from kenzan.extract.aligned_carried import continue_columns, to_columns
from kenzan.extract.aligned_grid import add_header
from kenzan.extract.aligned_pieces import Piece, Row, level_rows
from kenzan.extract.aligned_texts import is_page_number, without_digits
from kenzan.extract.aligned_title import find_titled_header
from kenzan.schemas.document import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.aligned_columns import Columns
    from kenzan.extract.aligned_header import Header
    from kenzan.extract.geometry_zones import Region
    from kenzan.schemas.document import Block, Page

_EDGE = 2
"""Lines at either edge of a page that may come again on other pages."""
_MOST_LINES = 12
"""Lines at the foot of a page that may be a header."""
_STEP = 1.6
"""Em between the last line of a header and the first row below it, if no page were between."""
_ON_FOLD = 0.15
"""Share of its width by which the white between two pages on a sheet may be off its middle."""
_COVERED = 0.8
"""Share of the columns of figures that a header at the foot of a page names at least."""


def join_pages(pages: Sequence[Page]) -> list[Page]:
    """The pages, with headers and rows brought to the tables that a turn of the page cuts off."""
    if len(pages) < 2:
        return list(pages)
    running = _find_running([page.blocks for page in pages])
    parts = [list(page.blocks) for page in pages]
    for (page, following), (foot, head) in zip(pairwise(pages), pairwise(parts), strict=True):
        if page.unit == "point" and page.turn == following.turn:
            _join_parts(foot, head, running, -_half(page.width, foot, head))
    return [
        page
        if all(one is other for one, other in zip_longest(part, page.blocks))
        else replace(page, blocks=tuple(part))
        for page, part in zip(pages, parts, strict=True)
    ]


def join_halves(parts: Sequence[list[Block]], regions: Sequence[Region]) -> None:
    """The same for pages side by side on one sheet: the blocks of its regions are changed."""
    for (foot, left), (head, right) in pairwise(zip(parts, regions, strict=True)):
        half = (right.x1 - left.x0) / 2
        on_fold = abs(right.x0 - left.x0 - half) < _ON_FOLD * half
        if left.x1 <= right.x0 and left.top == right.top and on_fold:
            _join_parts(foot, head, set(), half)


def _half(width: float, foot: Sequence[Block], head: Sequence[Block]) -> float:
    """How far right on its sheet a page stood that goes on at the left of the next; mostly 0."""
    first = next((block.box for block in head if isinstance(block, Grid)), None)
    lows = []
    for block in foot[: -_MOST_LINES - 1 : -1]:
        lows += [block.box.x0] if block.box is not None else []
        if isinstance(block, Grid):
            break
    beside = first is not None and first.x1 <= width / 2 <= min(lows, default=0.0)
    return width / 2 if beside else 0.0


def _join_parts(foot: list[Block], head: list[Block], running: set[str], shift: float) -> None:
    """Join what two parts share that are read one after the other; changes both lists.

    ``shift`` is how far right in points the second part stands of the first.
    """
    first = next((i for i, b in enumerate(head) if not _is_running(b, running)), None)
    end = len(foot)
    while end and _is_running(foot[end - 1], running):
        end -= 1
    if first is None or not end:
        return
    last, table = foot[end - 1], head[first]
    if isinstance(last, Grid):
        if last.origin == "aligned":
            head[first:] = continue_columns(last, head[first:], shift)
    elif isinstance(table, Grid) and table.origin == "aligned":
        start = end
        while start and end - start < _MOST_LINES and isinstance(foot[start - 1], Line):
            start -= 1
        lines = [block for block in foot[start:end] if isinstance(block, Line)]
        joined = _join_header(lines, table, shift)
        if joined is not None:
            head[first], taken = joined
            foot[end - taken : end] = []


def _find_running(parts: Sequence[Sequence[Block]]) -> set[str]:
    """What stands at the edges of several pages, without its digits."""
    counts: Counter[str] = Counter()
    for blocks in parts:
        edges = [*blocks[:_EDGE], *blocks[-_EDGE:]]
        counts.update({without_digits(b.text) for b in edges if isinstance(b, Line)})
    return {text for text, count in counts.items() if count > 1}


def _is_running(block: Block, running: set[str]) -> bool:
    if isinstance(block, Grid):
        return False
    return without_digits(block.text) in running or is_page_number(block.text, bare=True)


def _join_header(lines: Sequence[Line], table: Grid, shift: float) -> tuple[Grid, int] | None:
    """The table under the header that ``lines`` end with, and how many lines that takes."""
    columns = to_columns(table)
    body = _first_row(table, columns)
    if body is None or not lines:
        return None
    rows, originals = _moved_above(lines, body, shift)
    banners: list[Row] = []
    while rows and is_banner(rows[-1], [*banners, body], columns):
        banners.insert(0, rows.pop())
    fitted = to_columns(table)
    header = find_titled_header(rows, banners[0] if banners else body, fitted)
    if not _covers(header, fitted):
        return None
    taken = [*rows[len(rows) - header.rows :], *banners]
    for cell in header.cells:
        cell.pieces = [_on_line(piece, originals) for piece in cell.pieces]
    wholes = [_on_line(to_whole(row), originals) for row in banners]
    source = [originals[id(line)] for row in taken for line in row.lines]
    if len(source) != sum(line in source for line in lines[-len(source) :]):
        return None
    return add_header(table, header, wholes, fitted, source), len(source)


def _first_row(table: Grid, columns: Columns) -> Row | None:
    """The first row of a table as it is printed, if it has figures: else it is a header."""
    lines = [line for cell in table.cells if cell.row == 0 for line in cell.lines]
    lines = [line for line in lines if line.box is not None]
    if not lines:
        return None
    tops = level_rows(lines)
    pieces = sorted((p for row in tops for p in row.pieces), key=lambda piece: piece.x0)
    row = Row(lines, pieces, tops[0].y, columns.em)
    return row if row.is_body else None


def _moved_above(
    lines: Sequence[Line], body: Row, shift: float
) -> tuple[list[Row], dict[int, Line]]:
    """The lines as if they stood right above a row of the next page, and what they were."""
    boxed = [line for line in lines if line.box is not None]
    lowest = max((line.box.center[1] for line in boxed if line.box), default=0.0)
    step = body.y - _STEP * body.em - lowest
    moved = [_moved(line, shift, step) for line in boxed]
    originals = {id(new): old for new, old in zip(moved, boxed, strict=True)}
    return level_rows(moved), originals


def _moved(line: Line, right: float, down: float) -> Line:
    box = line.box and replace(
        line.box,
        x0=line.box.x0 + right,
        x1=line.box.x1 + right,
        top=line.box.top + down,
        bottom=line.box.bottom + down,
    )
    x0s, x1s = ([x + right for x in edges] if right else edges for edges in (line.x0s, line.x1s))
    return replace(line, box=box, x0s=x0s, x1s=x1s)


def _on_line(piece: Piece, originals: dict[int, Line]) -> Piece:
    """The piece on the line that was moved."""
    line = originals.get(id(piece.line))
    return piece if line is None else replace(piece, line=line)


def _covers(header: Header, columns: Columns) -> bool:
    """Whether a header names nearly all columns of figures, each at its lowest level."""
    named = {col for cell in header.cells for col in range(cell.first, cell.last + 1)}
    figures = [index for index, column in enumerate(columns.columns) if column.figures]
    return sum(col in named for col in figures) >= _COVERED * len(figures)
