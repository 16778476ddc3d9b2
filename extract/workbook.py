"""Sheets of a workbook, whichever format it is stored in: merged cells, hidden parts, pages."""

from __future__ import annotations

import re
from dataclasses import field, replace
from itertools import product
from typing import TYPE_CHECKING

from kenzan.extract.delimited import trimmed_lines
from kenzan.extract.number_format import show_text
from kenzan.extract.sheet import SheetCell, SheetFrame, split_sheet
from kenzan.schemas.document import Line, Notice, Page
from kenzan.schemas.geometry import Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kenzan.extract.options import Budget
    from kenzan.schemas.document import Block

_MAX_NOTICES = 50
# Blank cells with a border matter between texts only; a sheet may have a million after them.
_MAX_BLANKS = 200_000
_INDENT, _MAX_INDENT = "\u3000", 15
_HEADER_CODE = re.compile(
    r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[BIUSXYEOHbiusxyeohPNDTFAGZpndtfagz])'
)
_HEADER_PART = re.compile(r"&[LCR]")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell shows: display format, border, and by how many steps its text is set in."""

    code: str = "General"
    bordered: bool = False
    indent: int = 0

    def show_text(self, text: str) -> str:
        """A text as it shows. An indent shows as full-width spaces: it tells levels apart."""
        shown = show_text(text, self.code)
        return _INDENT * min(self.indent, _MAX_INDENT) + shown if shown.strip() else ""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged range, rows and columns from 0, ends excluded."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Worksheet:
    """One sheet while it is read. Rows and columns count from 0."""

    page: int
    label: str
    budget: Budget
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    merged: list[MergedRange] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    _blanks: list[SheetCell] = field(default_factory=list)

    def put(self, row: int, col: int, text: str, *, bordered: bool) -> None:
        """Add one cell: what it shows, and whether it has a border. Row after row."""
        lines = trimmed_lines(text)
        cell = SheetCell(row, col, lines, bordered=bordered)
        if lines:
            self.budget.spend(1 + len(self._blanks))
            self._cells.update(((blank.row, blank.col), blank) for blank in self._blanks)
            self._blanks.clear()
            self._cells[row, col] = cell
        elif bordered and len(self._blanks) < _MAX_BLANKS:
            self._blanks.append(cell)

    def notice(self, code: str, detail: str) -> None:
        """Note something on this sheet, but not without end."""
        if len(self.notices) < _MAX_NOTICES:
            self.notices.append(Notice(code, detail, Place(self.page)))

    def to_page(self) -> Page:
        """The sheet, read."""
        self._cells.update(((blank.row, blank.col), blank) for blank in self._blanks)
        self._merge()
        self._mark_hidden()
        frame = SheetFrame(self.page, self.budget, self.label, self.hidden)
        blocks = list(split_sheet(self._cells.values(), frame))
        for box in self.boxes:
            blocks.insert(_place_for(box, blocks), box)
        above = [Line(text, self.page) for text in self.above]
        below = [Line(text, self.page) for text in self.below]
        return Page(self.page, (*above, *blocks, *below), label=self.label, hidden=self.hidden)

    def _merge(self) -> None:
        """Give merged ranges to their first cell; what stands under the others never shows."""
        told = [cell for cell in self._cells.values() if cell.lines]
        bottom = max((cell.bottom for cell in told), default=0)
        right = max((cell.right for cell in told), default=0)
        taken: set[tuple[int, int]] = set()
        for area in self.merged:
            rows = range(area.top, min(area.bottom, bottom))
            cols = range(area.left, min(area.right, right))
            positions = list(product(rows, cols)) if len(rows) * len(cols) < _MAX_BLANKS else []
            if not positions or not taken.isdisjoint(positions):
                continue
            taken.update(positions)
            self.budget.spend(len(positions))
            covered = [self._cells.pop(at) for at in positions if at in self._cells]
            first = next((c for c in covered if (c.row, c.col) == positions[0]), None)
            bordered = any(cell.bordered for cell in covered)
            if bordered or (first is not None and first.lines):
                lines = first.lines if first is not None else ()
                self._cells[positions[0]] = SheetCell(
                    area.top, area.left, lines, len(rows), len(cols), bordered=bordered
                )

    def _mark_hidden(self) -> None:
        rows, cols = set(), set()
        for at, cell in self._cells.items():
            in_row = all(row in self.hidden_rows for row in range(cell.row, cell.bottom))
            in_col = all(col in self.hidden_cols for col in range(cell.col, cell.right))
            if not (in_row or in_col):
                continue
            self._cells[at] = replace(cell, hidden=True)
            if cell.lines:
                rows.update([cell.row + 1] if in_row else [])
                cols.update([cell.col + 1] if in_col else [])
        if self.hidden and any(cell.lines for cell in self._cells.values()):
            self.notice("hidden-content", f"sheet {self.label}")
        if rows:
            self.notice("hidden-content", f"{self.label}: rows {_ranges(sorted(rows), str)}")
        if cols:
            names = _ranges(sorted(cols), column_name)
            self.notice("hidden-content", f"{self.label}: columns {names}")


def _ranges(numbers: list[int], name: Callable[[int], str]) -> str:
    """Numbers as runs: 3–5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(name(a) if a == b else f"{name(a)}–{name(b)}" for a, b in runs)


def column_name(number: int) -> str:
    """The letters of a column, counted from 1.

    >>> column_name(28)
    'AB'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _place_for(box: Line, blocks: list[Block]) -> int:
    """Where a text box stands among blocks: before the first that begins below its top."""
    row = box.number or 0
    return next((i for i, block in enumerate(blocks) if _first_row(block) > row), len(blocks))


def _first_row(block: Block) -> int:
    if isinstance(block, Line):
        return block.number or 0
    numbers = (line.number for cell in block.cells for line in cell.lines if line.number)
    return min(numbers, default=0)


def header_texts(code: str) -> list[str]:
    """The texts of a print header or footer; page numbers, dates and names of files left out."""
    texts: Iterable[str] = _HEADER_PART.split(code.replace("&&", "\0"))
    plain = (_HEADER_CODE.sub("", text).replace("\0", "&").strip() for text in texts)
    return [line for text in plain for line in text.splitlines() if _says_something(line)]


def _says_something(text: str) -> bool:
    return any(char.isalnum() for char in text)
