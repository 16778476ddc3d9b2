"""HTML: the page itself as an input, and what Chromium prints."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bench.corpus.model import Beside, Heading, PageBreak, Table
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus.model import Block, Cell, Document

_BORDERS = {
    "full": "td,th{border:0.7pt solid #000}",
    "horizontal": "td,th{border-top:0.7pt solid #000;border-bottom:0.7pt solid #000}",
    "outline": "table{border:1pt solid #000}thead{border-bottom:0.7pt solid #000}",
    "none": "",
}


def render(document: Document, path: Path) -> None:
    """Write the page to ``path`` in UTF-8."""
    path.write_text(to_html(document), encoding="utf-8")


def to_html(document: Document) -> str:
    """The document as one page with its own style."""
    width = (842 if document.landscape else 595) - 84
    body = "\n".join(_block(block, width, document.size) for block in document.blocks)
    label = f'<p class="running">{escape(document.label)}</p>' if document.label else ""
    return (
        f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8">'
        f"<title>{escape(document.name)}</title><style>{_style(document)}</style></head>\n"
        f"<body>{label}\n{body}\n</body></html>\n"
    )


def _style(document: Document) -> str:
    page = "A4 landscape" if document.landscape else "A4"
    rules = {table.rules for table in document.tables()}
    borders = "".join(_BORDERS[rule] for rule in sorted(rules))
    return (
        f"@page{{size:{page};margin:50pt 42pt 46pt}}"
        f"body{{margin:0;font:{document.size}pt 'Noto Sans CJK JP','IPAGothic';}}"
        "h1{font-size:1.4em;text-align:center;font-weight:normal}"
        "h2{font-size:1.15em}h3{font-size:1.05em;font-weight:normal}"
        ".running,.unit{text-align:right;margin:2pt 0}.pair{display:flex;gap:20pt}"
        "table{border-collapse:collapse;table-layout:fixed;margin-bottom:2pt}"
        "td,th{padding:2pt 3pt;font-weight:normal;word-break:break-all;vertical-align:middle}"
        ".figure{text-align:right;white-space:pre-line}th{text-align:center}"
        ".upright{writing-mode:vertical-rl;white-space:nowrap;text-align:center}"
        ".new{break-before:page}.note{margin:0;font-size:0.9em}" + borders
    )


def _block(block: Block, width: float, size: float) -> str:
    if isinstance(block, Heading):
        tag = f"h{block.level + 1}"
        return f"<{tag}>{_text(block.text)}</{tag}>"
    if isinstance(block, PageBreak):
        return '<div class="new"></div>'
    if isinstance(block, Beside):
        half = width / 2 - 10
        sides = _table(block.left, half, size) + "</div><div>" + _table(block.right, half, size)
        return f'<div class="pair"><div>{sides}</div></div>'
    if isinstance(block, Table):
        return _table(block, width, size)
    return f"<p>{_text(block.text)}</p>"


def _table(table: Table, width: float, size: float) -> str:
    widths, fit = column_widths(table, width, size)
    above = f'<p class="caption">{_text(table.caption)}</p>' if table.caption else ""
    if table.unit_note:
        above += f'<p class="unit" style="width:{sum(widths):.0f}pt">{_text(table.unit_note)}</p>'
    columns = "".join(f'<col style="width:{column:.1f}pt">' for column in widths)
    split = table.header_rows if table.repeat_header else 0
    head = _rows(table, range(split))
    body = _rows(table, range(split, table.rows))
    notes = "".join(f'<p class="note">{_text(note)}</p>' for note in table.notes)
    return (
        f'{above}<table style="width:{sum(widths):.0f}pt;font-size:{fit:.2f}pt">'
        f"<colgroup>{columns}</colgroup>"
        + (f"<thead>\n{head}</thead>" if head else "")
        + f"<tbody>\n{body}</tbody></table>{notes}"
    )


def _rows(table: Table, rows: range) -> str:
    covered = {
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    }
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    lines = []
    for row in rows:
        line = ""
        for col in range(table.cols):
            if (row, col) in cells:
                line += _cell(cells[row, col])
            elif (row, col) not in covered:
                line += "<td></td>"
        lines.append(f"<tr>{line}</tr>\n")
    return "".join(lines)


def _cell(cell: Cell) -> str:
    tag = "th" if cell.kind == "head" else "td"
    span = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    span += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    name = f"{cell.kind} upright" if cell.vertical else cell.kind
    return f'<{tag}{span} class="{name}">{_text(cell.text)}</{tag}>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
