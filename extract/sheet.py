"""A sheet of cells cut into its tables and the lines around them.

Workbooks and CSV files have one endless grid in which titles, units, tables and notes stand
side by side. Here it is cut where rows or columns are blank (a border bridges a blank), lone
cells above and below a table become lines, and columns that only serve as graph paper vanish.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from itertools import accumulate, pairwise
from operator import or_
from typing import TYPE_CHECKING

from kenzan.extract.native import fit_grid
from kenzan.schemas.document import Cell, Line
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.extract.options import Budget
    from kenzan.schemas.document import Block

# A figure as a cell shows it; a bare year is a heading as often as not and does not count.
_FIGURE = re.compile(r"[(（]?\s?[△▲▽+＋\-－−±]?\s?[\d０-９][\d０-９,，.．\s]*[^\d\n]{0,4}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_LONGEST_FIGURE = 40
_DASHES = re.compile(r"[\s\-‐‑–—―−－ー─…・*＊]*")
_NOTE = re.compile(r"\s*(?:[※*＊]|[(（]?注|備考[:：]|資料[:：]|出典|出所)|.{30}", re.DOTALL)
_NUMBERED = re.compile(r"\s*(?:[\d０-９]{1,2}[\s.．、　]|[(（][\d０-９]{1,2}[)）]|[①-⑳Ⅰ-Ⅹ])")
_COUNTED = re.compile(r"(\d{1,4})(\D{1,3})")
_UNIT = re.compile(r"[(（]?\s*単位\s*[:：]?")
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell that shows something or has a border: position from 0, spans, printed lines."""

    row: int
    col: int
    lines: tuple[str, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    bordered: bool = False
    hidden: bool = False

    @property
    def bottom(self) -> int:
        """The row after the last one covered."""
        return self.row + self.rowspan

    @property
    def right(self) -> int:
        """The column after the last one covered."""
        return self.col + self.colspan

    @property
    def is_figure(self) -> bool:
        """Whether the text looks like a figure rather than a heading."""
        text = " ".join(self.lines).strip()
        if not text or len(text) > _LONGEST_FIGURE or _YEAR.fullmatch(text):
            return False
        return _FIGURE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """What all blocks of a sheet share.

    ``budget`` counts grid positions; ``numbers`` gives the line of the file for each row, if that
    is not simply the row counted from 1. Without ``numbered`` lines have no number at all.
    """

    page: int
    budget: Budget
    label: str | None = None
    hidden: bool = False
    numbers: Sequence[int] = ()
    numbered: bool = True

    def number_of(self, row: int) -> int | None:
        """The line of the file, or the row of the sheet, counted from 1."""
        if not self.numbered:
            return None
        return self.numbers[row] if self.numbers else row + 1


def split_sheet(cells: Iterable[SheetCell], frame: SheetFrame) -> tuple[Block, ...]:
    """The blocks of a sheet, from top to bottom and left to right. ``cells`` may not overlap.

    Raises:
        TooLargeError: more grid positions than the frame's budget allows.
    """
    shown = sorted(cells, key=lambda cell: (cell.row, cell.col))
    pieces = sorted(_cut(shown, depth=0), key=lambda piece: (piece[0].row, piece[0].col))
    return tuple(block for piece in pieces for block in _to_blocks(piece, frame))


def _cut(cells: Sequence[SheetCell], depth: int) -> Iterator[list[SheetCell]]:
    """Pieces that belong together, each in row order."""
    for band in _row_bands(cells):
        parts = _column_parts(band) if depth < _MAX_DEPTH else [band]
        if len(parts) == 1:
            yield from _cut_at_captions(parts[0])
            continue
        for part in parts:
            yield from _cut(part, depth + 1)


@dataclass(slots=True)
class _Band:
    """Rows that follow each other without a blank one, with their extent so far."""

    cells: list[SheetCell] = field(default_factory=list)
    bottom: int = 0
    left: int = 0
    right: int = 0
    has_figure: bool = False

    def take(self, row: list[SheetCell]) -> None:
        told = [cell for cell in row if cell.lines]
        first = not self.cells
        self.cells.extend(row)
        self.bottom = max(self.bottom, *(cell.bottom for cell in row))
        self.left = min(self.left if not first else row[0].col, row[0].col)
        self.right = max(self.right, *(cell.right for cell in row))
        self.has_figure = self.has_figure or any(cell.is_figure for cell in told)

    def goes_on_with(self, row: list[SheetCell]) -> bool:
        """Whether a row under a blank one belongs here still: figures under the same columns."""
        told = [cell for cell in row if cell.lines]
        return (
            self.has_figure
            and len(told) >= 2
            and self.left <= told[0].col
            and told[-1].right <= self.right
            and any(cell.is_figure for cell in told)
        )


def _row_bands(cells: Sequence[SheetCell]) -> Iterator[list[SheetCell]]:
    """Runs of rows without a blank row (neither text nor border) between them."""
    band = _Band()
    for row in _rows(cells):
        if band.cells and row[0].row > band.bottom and not band.goes_on_with(row):
            yield from _trimmed(band.cells)
            band = _Band()
        band.take(row)
    yield from _trimmed(band.cells)


def _rows(cells: Sequence[SheetCell]) -> Iterator[list[SheetCell]]:
    row: list[SheetCell] = []
    for cell in cells:
        if row and cell.row != row[0].row:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _trimmed(band: list[SheetCell]) -> Iterator[list[SheetCell]]:
    """The band without blank bordered cells outside the rectangle of its texts, if it has any."""
    told = [cell for cell in band if cell.lines]
    if not told:
        return
    top, bottom = told[0].row, max(cell.bottom for cell in told)
    left, right = min(cell.col for cell in told), max(cell.right for cell in told)
    yield [
        cell
        for cell in band
        if cell.lines or (top <= cell.row < bottom and left <= cell.col and cell.right <= right)
    ]


def _column_parts(band: list[SheetCell]) -> list[list[SheetCell]]:
    """The band cut at blank columns, but only where the two sides stand apart."""
    parts: list[list[SheetCell]] = [[]]
    end = 0
    for cell in sorted(band, key=lambda cell: cell.col):
        if parts[-1] and cell.col > end:
            parts.append([])
        parts[-1].append(cell)
        end = max(end, cell.right)
    merged = [parts[0]]
    for part in parts[1:]:
        if _stand_apart(merged[-1], part):
            merged.append(part)
        else:
            merged[-1].extend(part)
    return [sorted(part, key=lambda cell: (cell.row, cell.col)) for part in merged]


def _stand_apart(left: list[SheetCell], right: list[SheetCell]) -> bool:
    """Whether two sides of a blank column are two tables, or a bordered one and a note."""
    if any(cell.bordered for cell in left) != any(cell.bordered for cell in right):
        return True
    return _is_table(left) and _is_table(right)


def _is_table(part: list[SheetCell]) -> bool:
    """Whether this could stand alone: labels in its first column, figures beside them."""
    told = [cell for cell in part if cell.lines]
    if len({cell.row for cell in told}) < 2:
        return False
    left = min(cell.col for cell in told)
    first = [cell.is_figure for cell in told if cell.col == left]
    return sum(first) * 2 < len(first) and any(c.is_figure for c in told if c.col > left)


def _cut_at_captions(piece: list[SheetCell]) -> Iterator[list[SheetCell]]:
    """A piece cut before each caption: a lone cell between two tables.

    Between bordered tables it has no border itself; elsewhere a header of its own follows it.
    """
    rows = list(_rows(piece))
    bordered = [any(cell.bordered for cell in row) for row in rows]
    below = list(accumulate(reversed(bordered), or_))[::-1]
    part: list[SheetCell] = []
    for i, row in enumerate(rows):
        between = not bordered[i] and i and bordered[i - 1] and below[i]
        if part and _told(row) == 1 and _could_end(part, row):
            alone = between and not _begins_with_figures(rows, bordered, i)
            if alone or _heads_a_table(rows, i):
                yield part
                part = []
        part.extend(row)
    yield part


def _could_end(part: list[SheetCell], caption: list[SheetCell]) -> bool:
    """Whether a table ends above a lone cell: it has figures, or a numbered section follows."""
    if any(cell.is_figure for cell in part):
        return True
    return _is_numbered(caption) and any(_told(row) > 1 for row in _rows(part))


def _is_numbered(row: list[SheetCell]) -> bool:
    return any(_NUMBERED.match(text) for cell in row for text in cell.lines)


def _heads_a_table(rows: list[list[SheetCell]], caption: int) -> bool:
    """Whether headers follow a lone cell, and then figures, each with a header over it.

    A numbered section may have nothing but words.
    """
    named: set[int] = set()
    for row in rows[caption + 1 :]:
        told = [cell for cell in row if cell.lines]
        figures = [cell for cell in told if cell.is_figure]
        if figures:
            return len(named) > 1 and all(cell.col in named for cell in figures)
        if len(told) < 2 or any(_DASHES.fullmatch("".join(cell.lines)) for cell in told):
            return False
        named.update(col for cell in told for col in range(cell.col, cell.right))
    return bool(named) and _is_numbered(rows[caption])


def _begins_with_figures(rows: list[list[SheetCell]], bordered: list[bool], start: int) -> bool:
    following = bordered.index(True, start)
    return any(cell.is_figure for cell in rows[following])


def _told(row: list[SheetCell]) -> int:
    return sum(bool(cell.lines) for cell in row)


def _to_blocks(piece: list[SheetCell], frame: SheetFrame) -> Iterator[Block]:
    """Lines above, the table, lines below; lines alone if there is no table in the piece."""
    rows = list(_rows(piece))
    framed = any(cell.bordered for cell in piece)
    left = min(cell.col for cell in piece)
    first, last = 0, len(rows)
    while first < last and _is_outside(rows[first], framed=framed):
        first += 1
    if 0 < first < last and _opens_rows(rows[first - 1], rows[first]):
        first -= 1
    while last > first and _is_below(rows[last - 1], left, framed=framed):
        last -= 1
    body = [cell for row in rows[first:last] for cell in row]
    yield from _to_lines(rows[:first], frame)
    yield from _to_table(body, frame)
    yield from _to_lines(rows[last:], frame)


def _is_outside(row: list[SheetCell], *, framed: bool) -> bool:
    """Whether a row at the rim is no part of the table: few cells, and no border where it has."""
    if any(cell.rowspan > 1 for cell in row):
        return False
    if framed:
        return _told(row) <= 2 and not any(cell.bordered for cell in row)
    states_unit = any(_UNIT.match(text) for cell in row for text in cell.lines)
    return _told(row) <= (2 if states_unit else 1)


def _opens_rows(label: list[SheetCell], row: list[SheetCell]) -> bool:
    """１ 営業収益 over (1) 給水収益 812,345: a level of rows that have no header, and no title."""
    told = [cell for cell in label if cell.lines]
    figures = [cell for cell in row if cell.is_figure]
    if len(told) != 1 or not figures or _count_up(figures) or "単位" in "".join(told[0].lines):
        return False
    return bool(_NUMBERED.match(told[0].lines[0]))


def _count_up(cells: Sequence[SheetCell]) -> bool:
    """Whether cells that begin with digits head columns: 4月 5月 6月 …, 1年 2年 3年."""
    found = [_COUNTED.fullmatch("".join(cell.lines).strip()) for cell in cells]
    counted = [(int(match[1]), match[2]) for match in found if match is not None]
    if len(counted) < max(2, len(cells)):
        return False
    return all(b == (a[0] + 1, a[1]) for a, b in pairwise(counted))


def _is_below(row: list[SheetCell], left: int, *, framed: bool) -> bool:
    """Whether a row at the foot is a note; a short label in the first column is a table row."""
    if framed or not _is_outside(row, framed=framed):
        return _is_outside(row, framed=framed)
    return row[0].col != left or any(_NOTE.match(text) for text in row[0].lines)


def _to_table(cells: list[SheetCell], frame: SheetFrame) -> Iterator[Block]:
    made = [
        Cell(
            cell.row,
            cell.col,
            cell.rowspan,
            cell.colspan,
            lines=_cell_lines(cell, frame),
            hidden=cell.hidden or frame.hidden,
        )
        for cell in cells
    ]
    grid = fit_grid(made, frame.page, frame.budget, sheet=frame.label)
    if grid is not None:
        yield replace(grid, hidden=frame.hidden)
    else:
        yield from _to_lines(_rows(cells), frame)


def _to_lines(rows: Iterable[list[SheetCell]], frame: SheetFrame) -> Iterator[Line]:
    for row in rows:
        for cell in row:
            yield from _cell_lines(cell, frame)


def _cell_lines(cell: SheetCell, frame: SheetFrame) -> tuple[Line, ...]:
    return tuple(Line(text, frame.page, number=frame.number_of(cell.row)) for text in cell.lines)
