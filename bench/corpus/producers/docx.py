"""Word documents through python-docx: merged cells, repeated heading rows, landscape sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from bench.corpus.model import Beside, Heading, PageBreak, Table
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus.model import Block, Cell, Document

_FONT = "IPAGothic"
_ALIGN = {
    "head": WD_ALIGN_PARAGRAPH.CENTER,
    "label": WD_ALIGN_PARAGRAPH.LEFT,
    "figure": WD_ALIGN_PARAGRAPH.RIGHT,
    "text": WD_ALIGN_PARAGRAPH.LEFT,
}
_EDGES = {
    "full": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "horizontal": ("top", "bottom", "insideH"),
    "outline": ("top", "left", "bottom", "right"),
    "none": (),
}


def render(document: Document, path: Path) -> None:
    """Write the document to ``path``."""
    word = docx.Document()
    width = _page(word, document)
    _font(word, document.size)
    if document.label:
        _paragraph(word, document.label, document.size, WD_ALIGN_PARAGRAPH.RIGHT)
    for block in document.blocks:
        _set(word, block, width, document.size)
    word.save(str(path))


def _page(word: Any, document: Document) -> float:
    section = word.sections[0]
    sides = (842, 595) if document.landscape else (595, 842)
    section.page_width, section.page_height = map(Pt, sides)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Pt(42)
    section.top_margin = section.bottom_margin = Pt(48)
    if document.page_numbers:
        _page_number(section.footer.paragraphs[0])
    return float(sides[0] - 84)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001


def _font(word: Any, size: float) -> None:
    style = word.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)


def _set(word: Any, block: Block, width: float, size: float) -> None:
    if isinstance(block, PageBreak):
        word.add_page_break()
    elif isinstance(block, Beside):
        _beside(word, block, width, size)
    elif isinstance(block, Table):
        _table(word, block, width, size)
        word.add_paragraph()
    elif isinstance(block, Heading):
        centre = WD_ALIGN_PARAGRAPH.CENTER if block.level == 0 else WD_ALIGN_PARAGRAPH.LEFT
        _paragraph(word, block.text, size + (4, 2, 1)[block.level], centre)
    else:
        _paragraph(word, block.text, size)


def _paragraph(holder: Any, text: str, size: float, align: Any = None) -> None:
    paragraph = holder.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run(text).font.size = Pt(size)


def _beside(word: Any, block: Beside, width: float, size: float) -> None:
    """An unruled table of one row holds the two, as Word users do it."""
    outer = word.add_table(1, 2)
    for cell, table in zip(outer.rows[0].cells, (block.left, block.right), strict=True):
        _table(cell, table, width / 2 - 14, size)
    word.add_paragraph()


def _table(holder: Any, table: Table, width: float, size: float) -> None:
    widths, fit = column_widths(table, width, size)
    if table.caption:
        _paragraph(holder, table.caption, size)
    if table.unit_note:
        _paragraph(holder, table.unit_note, size, WD_ALIGN_PARAGRAPH.RIGHT)
    made = holder.add_table(table.rows, table.cols)
    made.autofit = False
    _margins(made)
    _borders(made, table)
    places = [list(row.cells) for row in made.rows]
    for col, column in enumerate(widths):
        made.columns[col].width = Pt(column)
        for row in places:
            row[col].width = Pt(column)
    for cell in table.cells:
        _cell(places, cell, fit)
    if table.repeat_header:
        for row in made.rows[: table.header_rows]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for note in table.notes:
        _paragraph(holder, note, size - 1)


def _cell(places: list[list[Any]], cell: Cell, size: float) -> None:
    place = places[cell.row][cell.col]
    if cell.rowspan > 1 or cell.colspan > 1:
        last = places[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1]
        place = place.merge(last)
    text = cell.text
    if cell.vertical:
        _upright(place)
    for index, line in enumerate(text.split("\n")):
        paragraph = place.paragraphs[0] if index == 0 else place.add_paragraph()
        paragraph.alignment = _ALIGN[cell.kind]
        paragraph.add_run(line).font.size = Pt(int(size * 2) / 2)


def _upright(cell: Any) -> None:
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRlV")
    cell._tc.get_or_add_tcPr().append(direction)  # noqa: SLF001


def _margins(made: Any) -> None:
    """Narrower than Word's own, so that the widths reckoned for all producers fit."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "60")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.append(margins)  # noqa: SLF001


def _borders(made: Any, table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for edge in _EDGES[table.rules]:
        line = OxmlElement(f"w:{edge}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "000000")
        borders.append(line)
    made._tbl.tblPr.append(borders)  # noqa: SLF001
    if table.rules in ("outline", "horizontal") and table.header_rows:
        for cell in made.rows[table.header_rows - 1].cells:
            _line_below(cell)


def _line_below(cell: Any) -> None:
    edges = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    line.set(qn("w:val"), "single")
    line.set(qn("w:sz"), "4")
    edges.append(line)
    cell._tc.get_or_add_tcPr().append(edges)  # noqa: SLF001
