"""Grids and documents written as text, and reports boiled down to what a test looks at.

    grid('''
    区分 | 令和8年度 | <
    ^    | 予算額    | 構成比
    市税 | 1,000     | 10.0
    ''')

``<`` goes on from the left, ``^`` from above, ``¶`` breaks a line, blank is an empty cell.
Every cell has a box of 60 × 20 points and every character an edge, as on a ruled PDF page.
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.interpret import interpret_document
from kenzan.schemas.document import Block, Cell, Document, Grid, GridOrigin, Line, Page
from kenzan.schemas.geometry import Box
from kenzan.schemas.report import Report, TableReading
from kenzan.schemas.tables import Observation

WIDTH, HEIGHT, SIZE = 60.0, 20.0, 10.0


def line(text: str, page: int = 1, x: float = 50.0, top: float = 40.0, size: float = SIZE) -> Line:
    """A printed line with an edge for every character."""
    x0s = [x + k * size for k in range(len(text))]
    x1s = [left + size for left in x0s]
    box = Box(x, top, x1s[-1] if x1s else x, top + size)
    return Line(text, page, box, None, x0s, x1s, size)


def grid(
    text: str, page: int = 1, top: float = 100.0, left: float = 50.0, origin: GridOrigin = "ruled"
) -> Grid:
    """A grid from its picture."""
    rows = [
        [c.strip(" ") for c in row.split("|")]
        for row in text.strip("\n").split("\n")
        if row.strip()
    ]
    cols = max(len(row) for row in rows)
    rows = [row + [""] * (cols - len(row)) for row in rows]
    cells = []
    for r, row in enumerate(rows):
        for c, content in enumerate(row):
            if content not in {"<", "^"}:
                cells.append(_cell(rows, (r, c), page, (left, top)))
    box = Box(left, top, left + cols * WIDTH, top + len(rows) * HEIGHT)
    return Grid(page, len(rows), cols, tuple(cells), box, origin)


def _cell(
    rows: list[list[str]], at: tuple[int, int], page: int, corner: tuple[float, float]
) -> Cell:
    row, col = at
    colspan = 1
    while col + colspan < len(rows[row]) and rows[row][col + colspan] == "<":
        colspan += 1
    rowspan = 1
    while row + rowspan < len(rows) and rows[row + rowspan][col] == "^":
        rowspan += 1
    x, y = corner[0] + col * WIDTH, corner[1] + row * HEIGHT
    box = Box(x, y, x + colspan * WIDTH, y + rowspan * HEIGHT)
    texts = [part for part in rows[row][col].split("¶") if part]
    lines = tuple(line(t, page, x + 1, y + 1 + k * 8, 6.0) for k, t in enumerate(texts))
    return Cell(row, col, rowspan, colspan, lines, box)


def document(*pages: list[Block | str], kind: str = "pdf") -> Document:
    """A document of pages; a string is a line."""
    built = []
    for number, blocks in enumerate(pages, 1):
        laid = [
            line(b, number, top=20.0 + 15 * k) if isinstance(b, str) else b
            for k, b in enumerate(blocks)
        ]
        built.append(Page(number, tuple(laid), 600, 800, "point"))
    return Document("made.pdf", kind, "0" * 64, 1, tuple(built))  # type: ignore[arg-type]


def read(*blocks: Block | str) -> Report:
    """The report of a document of one page."""
    return interpret_document(document(list(blocks)))


def table(*blocks: Block | str) -> TableReading:
    """The reading of the only table of a page."""
    (reading,) = read(*blocks).tables
    return reading


def figures(report: Report, *fields: str) -> list[tuple[object, ...]]:
    """The given fields of every observation, in order; values as plain text."""
    return [tuple(_plain(row, name) for name in fields) for row in report.observations]


def _plain(row: Observation, name: str) -> object:
    value = row.origin.qualifier if name == "qualifier" else getattr(row, name)
    return str(value) if isinstance(value, Decimal) else value
