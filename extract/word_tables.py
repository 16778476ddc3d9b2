"""Blocks of a Word document: paragraphs to lines, tables to grids with their merged cells."""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING

from kenzan.extract.native import fit_grid, trim_lines
from kenzan.extract.word_text import ParagraphText, WordState, is_on
from kenzan.schemas.document import Cell, Line
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from kenzan.extract.options import Budget
    from kenzan.schemas.document import Block

_WRAPPERS = frozenset({"w_sdt", "w_sdtContent", "w_customXml", "w_smartTag", "w_ins", "w_moveTo"})
_MAX_SPAN = 1_000
_NOT_LEFT = frozenset({"center", "right", "end"})
_TWIPS_PER_CHARACTER = 210  # 10.5 points, what Word sets Japanese in
_MAX_INDENT = 15


@dataclass(slots=True)
class _CellContent:
    """What one cell or text box holds; ``inner`` are blocks that are read on their own."""

    lines: list[Line] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)


class WordBlocks:
    """Turns the elements of a body, one after the other, into blocks.

    A nested table or a text box inside a table follows the table; notes follow the paragraph or
    table that refers to them.
    """

    def __init__(self, state: WordState, cells: Budget) -> None:
        self._state = state
        self._cells = cells
        self._pending: ParagraphText | None = None
        self._note_ids: list[str] = []

    def read(self, element: Element) -> Iterator[Block]:
        """The blocks of one child of a body (header, footer, note)."""
        for child in _unwrapped(element):
            if child.tag == "w_p":
                yield from self._read_paragraph(child)
            elif child.tag == "w_tbl":
                yield from self.end_paragraph()
                yield from self._read_table(child)
                yield from self._take_notes()

    def end_paragraph(self) -> Iterator[Block]:
        """What is left of a paragraph whose deleted mark joined it to nothing."""
        if self._pending is not None:
            paragraph, self._pending = self._pending, None
            yield from self._finish(paragraph)

    def _read_paragraph(self, element: Element) -> Iterator[Block]:
        properties = element.find("w_pPr")
        if properties is not None and is_on(properties.find("w_pageBreakBefore")):
            self._state.page += not self._state.stored_breaks
        paragraph = self._pending or ParagraphText(self._state)
        paragraph.add(element)
        self._pending = paragraph if _mark_is_deleted(properties) else None
        if self._pending is None:
            yield from self._finish(paragraph)

    def _finish(self, paragraph: ParagraphText) -> Iterator[Block]:
        paragraph.notice_deletions(in_cell=False)
        for box in paragraph.boxes:
            yield from self._read_box(box)
        yield from paragraph.lines()
        self._note_ids.extend(paragraph.note_ids)
        yield from self._take_notes()

    def _take_notes(self) -> Iterator[Line]:
        for key in self._note_ids:
            for text in self._state.notes.pop(key, ()):
                yield Line(text, self._state.page)
        self._note_ids.clear()

    def _read_box(self, box: Element) -> Iterator[Block]:
        inner = WordBlocks(self._state, self._cells)
        for child in box:
            yield from inner.read(child)
        yield from inner.end_paragraph()

    def _read_table(self, table: Element) -> Iterator[Block]:
        cells: list[Cell] = []
        inner: list[Block] = []
        merged: dict[int, int] = {}
        page = self._state.page
        for number, row in enumerate(self._rows(table)):
            above, merged = merged, {}
            for slot in _slots(row):
                opened = above.get(slot.col) if slot.goes_on else None
                if opened is not None and cells[opened].colspan == slot.span:
                    cells[opened] = replace(cells[opened], rowspan=cells[opened].rowspan + 1)
                    merged[slot.col] = opened
                    continue
                content = self._read_cell(slot.elements)
                merged[slot.col] = len(cells)
                inner.extend(content.inner)
                cells.append(_to_cell(number, slot, content))
        grid = fit_grid(cells, _first_page(cells, page), self._cells)
        yield from [grid] if grid is not None else [x for cell in cells for x in cell.lines]
        yield from inner

    def _rows(self, table: Element) -> Iterator[Element]:
        """The rows that stay once all changes are accepted."""
        for row in _unwrapped_all(table, "w_tr"):
            if row.find("w_trPr/w_del") is None:
                yield row
                continue
            text = " ".join(x.text or "" for x in row.iter() if x.tag in {"w_t", "w_delText"})
            if any(char.isdigit() for char in text):
                self._state.notice("tracked-change", f"{text} → ")

    def _read_cell(self, elements: Iterable[Element]) -> _CellContent:
        content = _CellContent()
        paragraph: ParagraphText | None = None
        for child in (x for element in elements for y in element for x in _unwrapped(y)):
            if child.tag == "w_tbl":
                content.inner.extend(self._read_table(child))
            elif child.tag == "w_p":
                paragraph = paragraph or ParagraphText(self._state, _indent(child))
                paragraph.add(child)
                if not _mark_is_deleted(child.find("w_pPr")):
                    self._put(paragraph, content)
                    paragraph = None
        if paragraph is not None:
            self._put(paragraph, content)
        return content

    def _put(self, paragraph: ParagraphText, content: _CellContent) -> None:
        paragraph.notice_deletions(in_cell=True)
        content.lines.extend(paragraph.lines() or [Line("", self._state.page)])
        content.deleted.extend(paragraph.deleted())
        self._note_ids.extend(paragraph.note_ids)
        for box in paragraph.boxes:
            content.inner.extend(self._read_box(box))


@dataclass(slots=True)
class _Slot:
    """One position of a row: its column and span, and the cells that are merged into it."""

    col: int
    span: int
    goes_on: bool
    elements: list[Element]
    hidden: bool


def _slots(row: Element) -> list[_Slot]:
    properties = row.find("w_trPr")
    col = _number(properties, "w_gridBefore", default=0)
    hidden = properties is not None and is_on(properties.find("w_hidden"))
    slots: list[_Slot] = []
    for cell in _unwrapped_all(row, "w_tc"):
        told = cell.find("w_tcPr")
        if told is not None and told.find("w_cellDel") is not None:
            continue
        span = _number(told, "w_gridSpan", default=1)
        if slots and _merge(told, "w_hMerge") == "continue":
            slots[-1].span += span
        else:
            goes_on = _merge(told, "w_vMerge") == "continue"
            slots.append(_Slot(col, span, goes_on, [cell], hidden))
        col += span
    return slots


def _merge(properties: Element | None, tag: str) -> str:
    element = properties.find(tag) if properties is not None else None
    return element.get("w_val", "continue") if element is not None else ""


def _number(properties: Element | None, tag: str, *, default: int) -> int:
    element = properties.find(tag) if properties is not None else None
    value = element.get("w_val", "") if element is not None else ""
    return min(int(value), _MAX_SPAN) if value.isdecimal() and len(value) < 6 else default


def _to_cell(row: int, slot: _Slot, content: _CellContent) -> Cell:
    return Cell(
        row,
        slot.col,
        colspan=max(slot.span, 1),
        lines=trim_lines(content.lines),
        hidden=slot.hidden,
        deleted=tuple(content.deleted),
    )


def _indent(paragraph: Element) -> str:
    """The indent of a paragraph's first line as full-width spaces: it tells levels apart."""
    properties = paragraph.find("w_pPr")
    indent = properties.find("w_ind") if properties is not None else None
    if indent is None or properties is None or _merge(properties, "w_jc") in _NOT_LEFT:
        return ""
    left = _length(indent, "left") or _length(indent, "start")
    width = left + _length(indent, "firstLine") - _length(indent, "hanging")
    return "\u3000" * min(max(round(width), 0), _MAX_INDENT)


def _length(indent: Element, side: str) -> float:
    """An indent in characters; given in hundredths of them, or in twips of a usual letter size."""
    for name, unit in ((f"w_{side}Chars", 100), (f"w_{side}", _TWIPS_PER_CHARACTER)):
        text = indent.get(name, "")
        if re.fullmatch(r"-?\d{1,6}", text) and int(text):
            return int(text) / unit
    return 0.0


def _first_page(cells: list[Cell], default: int) -> int:
    return next((line.page for cell in cells for line in cell.lines), default)


def _mark_is_deleted(properties: Element | None) -> bool:
    mark = properties.find("w_rPr") if properties is not None else None
    return mark is not None and (
        mark.find("w_del") is not None or mark.find("w_moveFrom") is not None
    )


def _unwrapped(element: Element) -> Iterator[Element]:
    """An element, or what stands in it if it only wraps (a content control)."""
    if element.tag == "mc_AlternateContent":
        element = next(iter(element), element)
    if element.tag in _WRAPPERS or element.tag == "mc_Choice":
        for child in element:
            yield from _unwrapped(child)
    else:
        yield element


def _unwrapped_all(parent: Element, tag: str) -> Iterator[Element]:
    return (x for child in parent for x in _unwrapped(child) if x.tag == tag)
