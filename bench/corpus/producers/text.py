"""Text shapes: what extractors give of a PDF, and what copying out of an office program gives."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from bench.corpus.model import Beside, Heading, PageBreak, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.corpus.model import Block, Document

POPPLER = {"raw": ["-raw"], "layout": ["-layout"], "default": []}
_WRAP = 44


def from_pdf(source: Path, path: Path, how: str) -> None:
    """``raw``, ``layout`` and ``default`` of pdftotext, or pdfminer's ``extract_text``."""
    if how == "pdfminer":
        from pdfminer.high_level import extract_text

        path.write_text(extract_text(str(source)), encoding="utf-8")
        return
    subprocess.run(["pdftotext", *POPPLER[how], str(source), str(path)], check=True)


def render_lines(document: Document, path: Path) -> None:
    """Row by row with a space between cells; empty cells vanish, long texts are wrapped."""
    _write(document, path, _rows_in_lines)


def render_tabs(document: Document, path: Path) -> None:
    """Row by row with tabs between cells, as a table pasted out of Word or Excel."""
    _write(document, path, _rows_in_tabs)


def render_cells(document: Document, path: Path) -> None:
    """Every cell on its own line, as Word saves a table to plain text; empty cells vanish."""
    _write(document, path, _rows_in_cells)


def _write(document: Document, path: Path, rows: Callable[[Table], Iterator[str]]) -> None:
    lines = [document.label] if document.label else []
    for block in document.blocks:
        lines += _lines(block, rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lines(block: Block, rows: Callable[[Table], Iterator[str]]) -> list[str]:
    if isinstance(block, PageBreak):
        return ["\f"]
    if isinstance(block, Beside):
        return [*_lines(block.left, rows), *_lines(block.right, rows)]
    if isinstance(block, Table):
        above = [line for line in (block.caption, block.unit_note) if line]
        return [*above, *rows(block), *block.notes, ""]
    if isinstance(block, Heading):
        return [block.text, ""]
    text = block.text
    return [text[start : start + _WRAP] for start in range(0, len(text), _WRAP)]


def _rows_in_lines(table: Table) -> Iterator[str]:
    for row in range(table.rows):
        cells = [cell.text for cell in table.cells if cell.row == row and cell.text.strip()]
        if any("\n" in text for text in cells):
            yield from (line for text in cells for line in text.split("\n"))
        elif cells:
            yield " ".join(cells)


def _rows_in_tabs(table: Table) -> Iterator[str]:
    for row in range(table.rows):
        texts = [""] * table.cols
        for cell in table.cells:
            if cell.row == row:
                texts[cell.col] = cell.text.replace("\n", " ")
        yield "\t".join(texts)


def _rows_in_cells(table: Table) -> Iterator[str]:
    for cell in table.cells:
        if cell.text.strip():
            yield from cell.text.split("\n")
