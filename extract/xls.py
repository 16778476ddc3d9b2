"""Excel files of the old format (.xls), read by xlrd.

xlrd because it tells display formats, borders, merged cells and hidden rows, which faster
readers leave out. What is shown follows the same rules as for .xlsx.
"""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kenzan.errors import DamagedError, EmptyDocumentError, EncryptedError, TooLargeError
from kenzan.extract.number_format import builtin_format, show_number
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.extract.workbook import CellStyle, MergedRange, Worksheet
from kenzan.schemas.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.document import Notice, Page

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
_SIDES = ("left_line_style", "right_line_style", "top_line_style", "bottom_line_style")
_INDENTED = frozenset({0, 1, 7})  # general, left, distributed
_CHECK_EVERY = 256


def read_xls(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a workbook of Excel 5.0 to 2003.

    Raises:
        DamagedError: no workbook, or broken.
        EmptyDocumentError: no sheet shows anything.
        EncryptedError: behind a password.
        TooLargeError: over a limit of sheets, characters or cells.
        TooSlowError: over the limit of time.
    """
    book = _open(data, name)
    reader = _Reader(book, name, options)
    if options.max_pages is not None and book.nsheets > options.max_pages:
        raise TooLargeError(name, f"{book.nsheets:,} > {options.max_pages:,} sheets")
    pages = tuple(reader.pages())
    if not any(page.blocks for page in pages):
        raise EmptyDocumentError(name)
    return Document(
        name=name,
        kind="xls",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=pages,
        notices=tuple(reader.notices),
    )


def _open(data: bytes, name: str) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
        )
    except Exception as error:  # xlrd meets broken files with whatever comes up
        if "encrypted" in str(error).lower():
            raise EncryptedError(name) from error
        raise DamagedError(name, str(error)) from error


class _Reader:
    def __init__(self, book: Any, name: str, options: ReadOptions) -> None:
        self._book = book
        self._cells = Budget(name, options.max_cells, "cells")
        self._chars = Budget(name, options.max_chars, "characters")
        self._deadline = Deadline.of(name, options)
        self._styles: dict[int, CellStyle] = {}
        self.notices: list[Notice] = []

    def pages(self) -> Iterator[Page]:
        """One page for each sheet, in the order of their tabs."""
        for number, source in enumerate(self._book.sheets(), 1):
            sheet = Worksheet(number, source.name, self._cells, source.visibility != 0)
            self._read_sheet(sheet, source)
            yield sheet.to_page()
            self.notices.extend(sheet.notices)

    def _read_sheet(self, sheet: Worksheet, source: Any) -> None:
        sheet.merged.extend(
            MergedRange(top, bottom, left, right)
            for top, bottom, left, right in source.merged_cells
        )
        sheet.hidden_rows.update(at for at, row in source.rowinfo_map.items() if row.hidden)
        sheet.hidden_cols.update(at for at, col in source.colinfo_map.items() if col.hidden)
        for row in range(source.nrows):
            if row % _CHECK_EVERY == 0:
                self._deadline.check()
            for col, cell in enumerate(source.row(row)):
                if cell.ctype != _EMPTY:
                    style = self._style(cell.xf_index)
                    text = self._shown(cell, style, sheet)
                    self._chars.spend(len(text))
                    sheet.put(row, col, text, bordered=style.bordered)

    def _style(self, index: int | None) -> CellStyle:
        if index is None or index >= len(self._book.xf_list):
            return CellStyle()
        if index not in self._styles:
            style = self._book.xf_list[index]
            self._styles[index] = CellStyle(
                self._code(style.format_key),
                any(getattr(style.border, side) for side in _SIDES),
                style.alignment.indent_level if style.alignment.hor_align in _INDENTED else 0,
            )
        return self._styles[index]

    def _code(self, key: int) -> str:
        """The display format; where xlrd puts in the English built-in, the Japanese one."""
        from xlrd.formatting import std_format_strings

        found = self._book.format_map.get(key)
        if found is None or found.format_str == std_format_strings.get(key):
            return builtin_format(key)
        return str(found.format_str)

    def _shown(self, cell: Any, style: CellStyle, sheet: Worksheet) -> str:
        from xlrd import error_text_from_code

        if cell.ctype == _TEXT:
            return style.show_text(cell.value)
        if cell.ctype == _BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype == _ERROR:
            return str(error_text_from_code.get(cell.value, "#ERR!"))
        if cell.ctype not in {_NUMBER, _DATE}:
            return ""
        shown = show_number(
            Decimal(repr(cell.value)), style.code, epoch_1904=bool(self._book.datemode)
        )
        if shown.by_colour:
            sheet.notice(
                "hidden-content", f"{sheet.label}: {shown.text}: minus shown by colour alone"
            )
        return shown.text
