"""Small tables printed across the undivided rows at the foot of a ruled table.

現金　貸付金　土地　合計 over figures, all within cells that run over the whole width: the columns
are where the words of the first such row stand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.schemas.document import Cell, Grid
from kenzan.schemas.geometry import Box
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Line

_GAP = 0.9


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch of a line between wide gaps."""

    line: Line
    x0: float
    x1: float

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2


def _chunks(line: Line) -> list[_Chunk]:
    if not line.x0s or line.box is None or len(line.x0s) != len(line.text):
        return []
    size = line.size or line.box.height
    cuts = [0]
    for at in range(1, len(line.text)):
        before = at - 1
        while before > 0 and line.text[before].isspace():
            before -= 1
        wide = line.x0s[at] - line.x1s[before] > _GAP * size
        if wide and not line.text[at].isspace():
            cuts.append(at)
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        text = line.text[start:end].rstrip()
        if text:
            stop = start + len(text)
            part = replace(
                line,
                text=text,
                box=Box(line.x0s[start], line.box.top, line.x1s[stop - 1], line.box.bottom),
                x0s=line.x0s[start:stop],
                x1s=line.x1s[start:stop],
            )
            found.append(_Chunk(part, line.x0s[start], line.x1s[stop - 1]))
    return found


def _is_header(chunks: Sequence[_Chunk]) -> bool:
    return len(chunks) > 1 and not any(c.isdigit() for chunk in chunks for c in chunk.line.text)


def split_wide_rows(grid: Grid) -> tuple[Grid, Grid | None]:
    """The grid without the rows at its foot that make a table of their own, and that table.

    The grid itself and ``None`` where there is no such table.
    """
    if grid.cols < 3 or grid.origin != "ruled":
        return grid, None
    wide = {c.row: c for c in grid.cells if c.colspan >= grid.cols and c.rowspan == 1}
    first = grid.rows
    while first - 1 in wide:
        first -= 1
    if first in {0, grid.rows}:
        return grid, None
    lines = [line for row in range(first, grid.rows) for line in wide[row].lines]
    chunked = [found for line in lines if (found := _chunks(line))]
    header = next((k for k, found in enumerate(chunked) if _is_header(found)), None)
    if header is None or header + 1 >= len(chunked):
        return grid, None
    cut = next(r for r in range(first, grid.rows) if chunked[header][0].line.text in wide[r].text)
    kept = tuple(cell for cell in grid.cells if cell.row < cut)
    return replace(grid, rows=cut, cells=kept), _build(grid, chunked[header:])


def _build(grid: Grid, rows: list[list[_Chunk]]) -> Grid:
    heads = rows[0]
    cells = [Cell(0, k, lines=(head.line,), box=head.line.box) for k, head in enumerate(heads, 1)]
    for row, chunks in enumerate(rows[1:], 1):
        placed: dict[int, list[Line]] = {}
        last = 0
        for chunk in chunks:
            col = _column(chunk, heads)
            if col in placed or (col != last and chunk.line.text[:1] in {"(", "（"} and last):
                col = last
            placed.setdefault(col, []).append(chunk.line)
            last = col
        cells.extend(
            Cell(row, col, lines=(_joined(found),), box=Box.around(line.box for line in found))
            for col, found in placed.items()
        )
    box = Box.around(cell.box for cell in cells)
    return Grid(grid.page, len(rows), len(heads) + 1, tuple(cells), box, "aligned")


def _column(chunk: _Chunk, heads: Sequence[_Chunk]) -> int:
    """The column whose head is nearest; 0 for what stands left of all heads."""
    if chunk.x1 < heads[0].x0:
        return 0
    return 1 + min(range(len(heads)), key=lambda k: abs(heads[k].center - chunk.center))


def _joined(lines: list[Line]) -> Line:
    first = lines[0]
    if len(lines) == 1:
        return first
    return replace(
        first,
        text="".join(line.text for line in lines),
        box=Box.around(line.box for line in lines),
        x0s=[x for line in lines for x in line.x0s],
        x1s=[x for line in lines for x in line.x1s],
    )
