"""Workbooks through openpyxl: figures as numbers with a display format, or as text."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from bench.corpus.model import Beside, Figure, Heading, PageBreak, Paragraph, Table
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus.model import Cell, Document

_FONT = "IPAGothic"
_LINE = 42
_THIN = Side(style="thin")
_ALIGN = {"head": "center", "label": "left", "figure": "right", "text": "left"}
_PLAIN = re.compile(
    r"(?P<minus>[-△▲−－] ?)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?(?P<unit>[^\d.,]*)"
)


def render(document: Document, path: Path, *, sheets: bool = False, numbers: bool = True) -> None:
    """Write the document to ``path``.

    ``sheets`` gives every table its own sheet; ``numbers`` sets plain figures as numbers with a
    format that shows them as the author prints them, otherwise as text.
    """
    book = openpyxl.Workbook()
    sheet = _new_sheet(book, document, "資料", first=True)
    row, tables = 1, 0
    if document.label:
        sheet.cell(row, 8, document.label)
        row += 1
    for block in document.blocks:
        if isinstance(block, PageBreak):
            continue
        if isinstance(block, Table | Beside):
            if sheets and tables:
                sheet, row = _new_sheet(book, document, f"表{tables + 1}"), 1
            tables += 1
            row = _set_block(sheet, block, row, document, numbers=numbers)
        else:
            row = _set_text(sheet, block, row, document.size)
    book.save(str(path))


def _set_text(sheet: Any, block: Heading | Paragraph, row: int, size: float) -> int:
    """A heading in one cell, prose line by line down the first column."""
    if isinstance(block, Heading):
        sheet.cell(row, 1, block.text).font = Font(name=_FONT, size=size + (4, 2, 1)[block.level])
        return row + 1
    lines = [block.text[start : start + _LINE] for start in range(0, len(block.text), _LINE)]
    for offset, line in enumerate(lines):
        sheet.cell(row + offset, 1, line).font = Font(name=_FONT, size=size)
    return row + len(lines)


def _new_sheet(book: Any, document: Document, title: str, *, first: bool = False) -> Any:
    sheet = book.active if first else book.create_sheet()
    sheet.title = title
    sheet.page_setup.orientation = "landscape" if document.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet


def _set_block(
    sheet: Any, block: Table | Beside, row: int, document: Document, *, numbers: bool
) -> int:
    if isinstance(block, Table):
        return _set_table(sheet, block, (row, 1), document, numbers=numbers)
    below = _set_table(sheet, block.left, (row, 1), document, numbers=numbers)
    right = (row, block.left.cols + 2)
    return max(below, _set_table(sheet, block.right, right, document, numbers=numbers))


def _set_table(
    sheet: Any, table: Table, origin: tuple[int, int], document: Document, *, numbers: bool
) -> int:
    """Set the table at its origin; returns the next free row."""
    top, left = origin
    if table.caption:
        sheet.cell(top, left, table.caption)
        top += 1
    if table.unit_note:
        note = sheet.cell(top, left + table.cols - 1, table.unit_note)
        note.alignment = Alignment(horizontal="right")
        top += 1
    widths, size = column_widths(table, 800 if document.landscape else 540, 11)
    for col, width in enumerate(widths, start=left):
        column = sheet.column_dimensions[get_column_letter(col)]
        column.width = max(column.width if column.customWidth else 0, width / 5.6)
    for cell in table.cells:
        _set_cell(sheet, cell, (top, left), numbers=numbers)
        sheet.cell(top + cell.row, left + cell.col).font = Font(name=_FONT, size=int(size))
    _rule(sheet, table, (top, left))
    for index in range(table.rows):
        _height(sheet, table, top, index)
    alone = sheet.print_title_rows is None and top <= 10
    if table.repeat_header and table.header_rows and alone:
        sheet.print_title_rows = f"{top}:{top + table.header_rows - 1}"
    for offset, note in enumerate(table.notes):
        sheet.cell(top + table.rows + offset, left, note)
    return top + table.rows + len(table.notes) + 1


def _set_cell(sheet: Any, cell: Cell, origin: tuple[int, int], *, numbers: bool) -> None:
    row, col = origin[0] + cell.row, origin[1] + cell.col
    place = sheet.cell(row, col)
    value, shown = _number(cell) if numbers else (None, "")
    if value is None:
        place.value = cell.text or None
        if isinstance(place.value, str) and place.value[:1] in "=+-":
            place.data_type = "s"
    else:
        place.value, place.number_format = value, shown
    place.alignment = Alignment(
        horizontal=_ALIGN[cell.kind],
        vertical="center",
        textRotation=255 if cell.vertical else 0,
        wrap_text=cell.kind != "figure" or "\n" in cell.text,
        indent=1 if cell.kind == "text" else 0,
    )
    if cell.rowspan > 1 or cell.colspan > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=col,
            end_row=row + cell.rowspan - 1,
            end_column=col + cell.colspan - 1,
        )


def _number(cell: Cell) -> tuple[float | int | None, str]:
    """The cell as a number and the format that prints it as it stands; ``None`` if it is text."""
    if len(cell.parts) != 1 or not isinstance(cell.parts[0], Figure):
        return None, ""
    match = _PLAIN.fullmatch(cell.text)
    if match is None or not match["digits"].isascii():
        return None, ""
    minus, digits, rest, unit = match.group("minus", "digits", "rest", "unit")
    form = "0" if "," not in digits and len(digits) > 3 else "#,##0" if "," in digits else "0"
    form += "." + "0" * (len(rest) - 1) if rest else ""
    value = Decimal(digits.replace(",", "") + (rest or ""))
    value = -value if minus else value
    if unit in ("％", "%"):
        value /= 100
        if unit == "%":
            return float(value), f"{form}%"
        value *= 100
    form += f'"{unit}"' if unit else ""
    shown = f'{form};"{minus}"{form}' if minus and minus != "-" else form
    return (int(value) if value == value.to_integral_value() and not rest else float(value)), shown


def _rule(sheet: Any, table: Table, origin: tuple[int, int]) -> None:
    if table.rules == "none":
        return
    top, left = origin
    bottom, right = top + table.rows - 1, left + table.cols - 1
    full, across = table.rules == "full", table.rules in ("full", "horizontal")
    for row in range(top, bottom + 1):
        for col in range(left, right + 1):
            under = across or row == bottom or row == top + table.header_rows - 1
            sides = table.rules != "horizontal"
            sheet.cell(row, col).border = Border(
                top=_THIN if across or row == top else None,
                bottom=_THIN if under else None,
                left=_THIN if full or (sides and col == left) else None,
                right=_THIN if full or (sides and col == right) else None,
            )


def _height(sheet: Any, table: Table, top: int, row: int) -> None:
    """Calc sets the height of wrapped rows itself, but not of merged ones."""
    lines = max(
        (
            cell.text.count("\n") + 1
            for cell in table.cells
            if cell.row == row and cell.rowspan == 1
        ),
        default=1,
    )
    long = any(
        len(cell.text) > 14 for cell in table.cells if cell.row == row and cell.kind != "figure"
    )
    if lines > 1 or long:
        sheet.row_dimensions[top + row].height = 16 * max(lines, 2 if long else 1)
