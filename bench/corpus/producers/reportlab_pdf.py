"""PDF through reportlab: rules as stroked lines, fonts embedded or merely named (CID)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Layout

from bench.corpus.model import Beside, Heading, PageBreak, Table
from bench.corpus.model import Paragraph as Prose
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus.model import Block, Cell, Document

_MARGIN = 42.0
_FONTS = {
    "IPAGothic": "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "IPAMincho": "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf",
    "HeiseiMin-W3": None,
}
_ALIGN = {"head": 1, "label": 0, "figure": 2, "text": 0}


@cache
def _register(name: str) -> str:
    path = _FONTS[name]
    pdfmetrics.registerFont(TTFont(name, path) if path else UnicodeCIDFont(name))
    return name


def render(document: Document, path: Path, *, font: str = "IPAGothic") -> None:
    """Write the document to ``path``."""
    page = landscape(A4) if document.landscape else A4
    setter = _Setter(_register(font), document.size, page[0] - 2 * _MARGIN)
    story = [flow for block in document.blocks for flow in setter.flows(block)]
    template = SimpleDocTemplate(
        str(path),
        pagesize=page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=50,
        bottomMargin=46,
        title="",
        invariant=1,
    )

    def decorate(canvas: Any, _: Any) -> None:
        canvas.setFont(font, document.size)
        if document.label and canvas.getPageNumber() == 1:
            canvas.drawRightString(page[0] - _MARGIN, page[1] - 34, document.label)
        if document.page_numbers:
            canvas.drawCentredString(page[0] / 2, 26, f"- {canvas.getPageNumber()} -")

    template.build(story, onFirstPage=decorate, onLaterPages=decorate)


class _Setter:
    """Turns blocks into reportlab's flowables."""

    def __init__(self, font: str, size: float, width: float) -> None:
        self.font, self.size, self.width = font, size, width

    def flows(self, block: Block) -> list[Any]:
        if isinstance(block, Heading):
            size = self.size + (4, 2, 1)[block.level]
            return [
                Paragraph(_markup(block.text), self.style(size, 1 if block.level == 0 else 0)),
                Spacer(1, 5),
            ]
        if isinstance(block, Prose):
            return [Paragraph(_markup(block.text), self.style(self.size)), Spacer(1, 6)]
        if isinstance(block, PageBreak):
            return [NewPage()]
        if isinstance(block, Beside):
            return [self.beside(block)]
        return self.table(block, self.width)

    def style(self, size: float, align: int = 0) -> ParagraphStyle:
        return ParagraphStyle(
            "",
            fontName=self.font,
            fontSize=size,
            leading=size * 1.3,
            alignment=align,
            wordWrap="CJK",
        )

    def beside(self, block: Beside) -> Any:
        half = self.width / 2 - 10
        cells = [[self.table(block.left, half), "", self.table(block.right, half)]]
        return Layout(
            cells, colWidths=[half, 20, half], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]
        )

    def table(self, table: Table, width: float) -> list[Any]:
        widths, size = column_widths(table, width, self.size)
        flows: list[Any] = []
        if table.caption:
            flows.append(Paragraph(_markup(table.caption), self.style(self.size)))
        if table.unit_note:
            flows.append(Paragraph(_markup(table.unit_note), self.style(self.size, 2)))
        made = LongTable(
            self.matrix(table, size),
            colWidths=widths,
            repeatRows=table.header_rows if table.repeat_header else 0,
            style=_commands(table),
            splitByRow=1,
        )
        flows.append(made)
        flows += [Paragraph(_markup(note), self.style(self.size - 1)) for note in table.notes]
        return [*flows, Spacer(1, 10)]

    def matrix(self, table: Table, size: float) -> list[list[Any]]:
        rows: list[list[Any]] = [[""] * table.cols for _ in range(table.rows)]
        for cell in table.cells:
            text = "\n".join(cell.text) if cell.vertical else cell.text
            rows[cell.row][cell.col] = Paragraph(_markup(text), self.style(size, _ALIGN[cell.kind]))
        return rows


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _commands(table: Table) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    commands += [_span(cell) for cell in table.cells if cell.rowspan > 1 or cell.colspan > 1]
    return commands + _rules(table)


def _span(cell: Cell) -> tuple[Any, ...]:
    last = (cell.col + cell.colspan - 1, cell.row + cell.rowspan - 1)
    return ("SPAN", (cell.col, cell.row), last)


def _rules(table: Table) -> list[tuple[Any, ...]]:
    whole = (0, 0), (-1, -1)
    if table.rules == "full":
        return [("GRID", *whole, 0.5, colors.black)]
    if table.rules == "none":
        return []
    below = max(0, table.header_rows - 1)
    head = ("LINEBELOW", (0, below), (-1, below), 0.5, colors.black)
    if table.rules == "outline":
        return [("BOX", *whole, 0.7, colors.black), head]
    return [
        head,
        ("LINEABOVE", (0, 0), (-1, 0), 0.7, colors.black),
        *(_line_below(row) for row in range(table.header_rows, table.rows)),
    ]


def _line_below(row: int) -> tuple[Any, ...]:
    return ("LINEBELOW", (0, row), (-1, row), 0.3, colors.black)
