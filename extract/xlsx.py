"""Excel files (.xlsx, .xlsm): every sheet a page, its tables as grids, cells as they show.

Figures are rendered by their display format; formulas give the value stored with them, errors
stay text. Hidden rows, columns and sheets are read and marked. Text boxes and print headers
stand among the lines of their sheet, at the row where they are anchored.

Read from the XML rather than through openpyxl: sheets are streamed, so that limits hold; text
boxes and print headers are read; and built-in number formats show as in Japan, where -1,234 is
not (1,234). Source: ECMA-376, part 1, chapter 18.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kenzan.errors import EmptyDocumentError, TooLargeError, UnsupportedKindError
from kenzan.extract.number_format import show_number
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.extract.package import Package
from kenzan.extract.workbook import CellStyle, MergedRange, Worksheet, header_texts
from kenzan.extract.xlsx_styles import read_styles
from kenzan.schemas.document import Document, Line, Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kenzan.schemas.document import Notice

_ROWS, _COLS = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})


_PLAIN = CellStyle()


def read_xlsx(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a workbook.

    Raises:
        DamagedError: no workbook, or broken.
        EmptyDocumentError: no sheet shows anything.
        TooLargeError: over a limit of size, sheets, characters or cells.
        TooSlowError: over the limit of time.
        UnsupportedKindError: the binary .xlsb.
    """
    package = Package(data, name, options, Deadline.of(name, options))
    if package.main_part.endswith(".bin"):
        raise UnsupportedKindError(name, ".xlsb")
    reader = _Reader(package, options)
    pages = tuple(reader.pages())
    if not any(page.blocks for page in pages):
        raise EmptyDocumentError(name)
    return Document(
        name=name,
        kind="xlsx",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=pages,
        notices=tuple(reader.notices),
    )


class _Reader:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self._package = package
        self._options = options
        self._cells = Budget(package.name, options.max_cells, "cells")
        self._chars = Budget(package.name, options.max_chars, "characters")
        self._main = package.main_part
        self._epoch_1904 = False
        self._styles = self._read_styles()
        self._strings = self._read_strings()
        self.notices: list[Notice] = []

    def pages(self) -> Iterator[Page]:
        """One page for each sheet, in the order of their tabs."""
        links = self._package.relationships(self._main)
        workbook = self._package.read_tree(self._main)
        settings = workbook.find("s_workbookPr")
        self._epoch_1904 = settings is not None and settings.get("date1904") in _TRUE
        sheets = list(workbook.iter("s_sheet"))
        limit = self._options.max_pages
        if limit is not None and len(sheets) > limit:
            raise TooLargeError(self._package.name, f"{len(sheets):,} > {limit:,} sheets")
        for number, element in enumerate(sheets, 1):
            label = element.get("name", "")
            hidden = element.get("state", "visible") != "visible"
            link = links.get(element.get("r_id", ""))
            if link is None or link.kind != "worksheet" or link.target not in self._package:
                yield Page(number, label=label, hidden=hidden)
                continue
            sheet = Worksheet(number, label, self._cells, hidden)
            self._read_sheet(sheet, link.target)
            yield sheet.to_page()
            self.notices.extend(sheet.notices)

    def _read_sheet(self, sheet: Worksheet, part: str) -> None:
        row = -1
        for element in self._package.children(part, depth=3):
            if element.tag == "s_row":
                row = _number(element.get("r", ""), row + 2) - 1
                self._read_row(sheet, element, row)
            elif element.tag == "s_col" and _is_hidden(element, "width"):
                first, last = (_number(element.get(key, ""), 1) for key in ("min", "max"))
                sheet.hidden_cols.update(range(first - 1, min(last, _COLS)))
            elif element.tag == "s_mergeCell":
                sheet.merged.extend(_parse_range(element.get("ref", "")))
            elif element.tag in {"s_oddHeader", "s_firstHeader"}:
                sheet.above.extend(header_texts(element.text or ""))
            elif element.tag in {"s_oddFooter", "s_firstFooter"}:
                sheet.below.extend(header_texts(element.text or ""))
        self._read_boxes(sheet, part)

    def _read_row(self, sheet: Worksheet, element: Element, row: int) -> None:
        if _is_hidden(element, "ht"):
            sheet.hidden_rows.add(row)
        col = -1
        for cell in element.iterfind("s_c"):
            at = _parse_reference(cell.get("r", ""))
            col = at[1] if at else col + 1
            style = self._style_of(cell)
            text = self._shown(cell, style, sheet)
            self._chars.spend(len(text))
            if row < _ROWS and col < _COLS:
                sheet.put(row, col, text, bordered=style.bordered)

    def _style_of(self, cell: Element) -> CellStyle:
        index = _number(cell.get("s", ""), 0)
        return self._styles[index] if index < len(self._styles) else _PLAIN

    def _shown(self, cell: Element, style: CellStyle, sheet: Worksheet) -> str:
        """What a cell shows."""
        kind = cell.get("t", "n")
        value = cell.findtext("s_v")
        if kind == "inlineStr":
            inline = cell.find("s_is")
            return style.show_text(_rich_text(inline)) if inline is not None else ""
        if not value:
            if cell.find("s_f") is not None:
                sheet.notice(
                    "broken-text", f"{_where(sheet, cell)}: formula without a stored value"
                )
            return ""
        if kind == "s":
            index = _number(value.strip(), len(self._strings))
            return style.show_text(self._strings[index]) if index < len(self._strings) else ""
        if kind in {"str", "d"}:
            return style.show_text(_unescape(value))
        if kind == "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        return value if kind == "e" else self._shown_number(value, style, sheet, cell)

    def _shown_number(self, value: str, style: CellStyle, sheet: Worksheet, cell: Element) -> str:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value
        if not number.is_finite():
            return value
        shown = show_number(number, style.code, epoch_1904=self._epoch_1904)
        if shown.by_colour:
            sheet.notice("hidden-content", f"{_where(sheet, cell)}: minus shown by colour alone")
        return shown.text

    def _read_boxes(self, sheet: Worksheet, part: str) -> None:
        """Add the texts of drawn shapes, each at the row that its upper edge is anchored to."""
        drawing = self._package.linked_part(part, "drawing")
        for anchor in self._package.children(drawing, depth=2) if drawing else ():
            row = _number(anchor.findtext("xdr_from/xdr_row") or "", 0)
            for shape in anchor.iter("xdr_txBody"):
                for paragraph in shape.iterfind("a_p"):
                    texts = _drawn_texts(paragraph)
                    sheet.boxes.extend(
                        Line(x, sheet.page, number=row + 1) for x in texts if x.strip()
                    )

    def _read_strings(self) -> list[str]:
        part = self._package.linked_part(self._main, "sharedStrings")
        strings: list[str] = []
        for element in self._package.children(part, depth=2) if part else ():
            if element.tag == "s_si":
                strings.append(_rich_text(element))
                self._chars.spend(len(strings[-1]))
        return strings

    def _read_styles(self) -> list[CellStyle]:
        part = self._package.linked_part(self._main, "styles")
        return read_styles(self._package.read_tree(part)) if part else []


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else default


def _is_hidden(element: Element, size: str) -> bool:
    return element.get("hidden") in _TRUE or element.get(size) == "0"


def _where(sheet: Worksheet, cell: Element) -> str:
    return f"{sheet.label}!{cell.get('r', '?')}"


def _parse_reference(text: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _parse_range(text: str) -> list[MergedRange]:
    corners = [_parse_reference(corner) for corner in text.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return []
    (top, left), (bottom, right) = corners[0], corners[1]
    return [MergedRange(top, bottom + 1, left, right + 1)]


def _rich_text(element: Element) -> str:
    """The text of a string, its runs joined; the phonetic guides over it left out."""
    parts = []
    for child in element:
        if child.tag == "s_t":
            parts.append(child.text or "")
        elif child.tag == "s_r":
            parts.append(child.findtext("s_t") or "")
    return _unescape("".join(parts))


def _unescape(text: str) -> str:
    """``_x000D_`` stands for a control character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _drawn_texts(paragraph: Element) -> list[str]:
    """The lines of a paragraph in a drawing."""
    told = (element for element in paragraph.iter() if element.tag in {"a_t", "a_br"})
    text = "".join("\n" if each.tag == "a_br" else each.text or "" for each in told)
    return text.split("\n")
