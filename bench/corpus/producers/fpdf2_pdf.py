"""PDF through fpdf2: subset Identity-H fonts, rules drawn cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from bench.corpus.model import Beside, Heading, PageBreak, Table
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus.model import Block, Document

_FONT = "/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf"
_ALIGN = {"head": "CENTER", "label": "LEFT", "figure": "RIGHT", "text": "LEFT"}
_BORDERS = {
    "full": TableBordersLayout.ALL,
    "horizontal": TableBordersLayout.HORIZONTAL_LINES,
    "outline": TableBordersLayout.NO_HORIZONTAL_LINES,
    "none": TableBordersLayout.NONE,
}


class _Page(FPDF):
    """Pages with the running label and number of the document."""

    def __init__(self, document: Document) -> None:
        super().__init__("landscape" if document.landscape else "portrait", "pt", "A4")
        self.document = document
        self.set_margins(42, 50)
        self.set_auto_page_break(auto=True, margin=46)
        self.add_font("body", "", _FONT)

    def header(self) -> None:
        if self.document.label and self.page == 1:
            self.set_font("body", size=self.document.size)
            self.set_y(24)
            self.cell(w=0, text=self.document.label, align="R", new_x="LMARGIN", new_y="NEXT")
            self.set_y(50)

    def footer(self) -> None:
        if self.document.page_numbers:
            self.set_font("body", size=self.document.size)
            self.set_y(-36)
            self.cell(w=0, text=f"- {self.page} -", align="C")


def render(document: Document, path: Path) -> None:
    """Write the document to ``path``. Tables side by side are set one below the other."""
    pdf = _Page(document)
    pdf.add_page()
    for block in document.blocks:
        _set(pdf, block, document.size)
    pdf.output(str(path))


def _set(pdf: _Page, block: Block, size: float) -> None:
    if isinstance(block, PageBreak):
        pdf.add_page()
    elif isinstance(block, Beside):
        _set(pdf, block.left, size)
        _set(pdf, block.right, size)
    elif isinstance(block, Table):
        _set_table(pdf, block, size)
    else:
        level = block.level if isinstance(block, Heading) else 3
        _line(pdf, block.text, size + (4, 2, 1, 0)[level], "C" if level == 0 else "L")
        pdf.ln(4)


def _line(pdf: _Page, text: str, size: float, align: str = "L") -> None:
    pdf.set_font("body", size=size)
    pdf.multi_cell(
        0, size * 1.35, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR"
    )


def _set_table(pdf: _Page, table: Table, size: float) -> None:
    widths, fit = column_widths(table, pdf.epw, size)
    if table.caption:
        _line(pdf, table.caption, size)
    if table.unit_note:
        _line(pdf, table.unit_note, size, "R")
    pdf.set_font("body", size=fit)
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    covered = {
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    with pdf.table(
        col_widths=tuple(widths),
        width=min(sum(widths), pdf.epw),
        align="L",
        line_height=fit * 1.35,
        borders_layout=_BORDERS[table.rules],
        wrapmode="CHAR",
        padding=(2, 3),
        num_heading_rows=table.header_rows,
        first_row_as_headings=table.header_rows > 0,
        repeat_headings=1 if table.repeat_header and table.header_rows else 0,
        headings_style=FontFace(emphasis=None),
    ) as made:
        for index in range(table.rows):
            row = made.row()
            for col in range(table.cols):
                cell = cells.get((index, col))
                if cell is not None:
                    text = "\n".join(cell.text) if cell.vertical else cell.text
                    row.cell(
                        text, colspan=cell.colspan, rowspan=cell.rowspan, align=_ALIGN[cell.kind]
                    )
                elif (index, col) not in covered:
                    row.cell("")
    for note in table.notes:
        _line(pdf, note, size - 1)
    pdf.ln(8)
