"""What extraction finds: pages of lines and grids, each with its place and its raw characters.

Nothing here knows what a figure means. Texts are exactly the characters of the input.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DocumentKind = Literal["pdf", "text", "docx", "xlsx", "xls", "html"]
GridOrigin = Literal["ruled", "aligned", "native", "recovered"]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (or one paragraph line of a cell), in reading order.

    ``x0s`` and ``x1s`` give each character's left and right edge, one entry a character:
    points on a PDF page, half-width columns in a text file; both empty where the input has no
    geometry (Word, Excel, HTML). ``box`` is ``None`` wherever the unit is not points.
    ``number`` is the line of the text file, or the row of the sheet, counted from 1 (``None`` for
    other kinds).
    """

    text: str
    page: int
    box: Box | None = None
    number: int | None = None
    x0s: Sequence[float] = ()
    x1s: Sequence[float] = ()
    size: float | None = None
    vertical: bool = False

    def place_of(self, start: int = 0, end: int | None = None) -> Place:
        """The place of ``text[start:end]``: its own box where characters have edges."""
        stop = len(self.text) if end is None else end
        box = self.box
        if (
            box is not None
            and self.x0s
            and 0 <= start < stop <= len(self.x0s)
            and not self.vertical
        ):
            box = Box(min(self.x0s[start:stop]), box.top, max(self.x1s[start:stop]), box.bottom)
        return Place(self.page, box, self.number)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, with its spans; merged positions belong to one cell.

    ``lines`` are the printed lines in it, top to bottom. ``hidden`` marks cells of hidden rows,
    columns or sheets. ``deleted`` holds text removed from this cell by a tracked change.
    ``disputed`` marks an empty cell of a recovered table that may be the place of a figure which
    found none with confidence: it must not be read as "no figure". In a grid found by alignment it
    marks a cell whose figure may belong in another column of its row.
    """

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    lines: tuple[Line, ...] = ()
    box: Box | None = None
    hidden: bool = False
    deleted: tuple[str, ...] = ()
    disputed: bool = False

    @property
    def text(self) -> str:
        """The raw text, printed lines joined by a line feed."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return "\n".join([line.text for line in self.lines])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: ``rows`` × ``cols`` positions covered by cells without overlap.

    ``origin`` says where the grid comes from: ``ruled`` lines on the page, columns ``aligned``
    without rules, ``native`` cells (Word, Excel, HTML), or ``recovered`` from linear text.
    ``source`` keeps the plain lines an aligned or recovered grid was made of, in reading order,
    so that a reader can choose to read those instead.
    """

    page: int
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    box: Box | None = None
    origin: GridOrigin = "ruled"
    sheet: str | None = None
    source: tuple[Line, ...] = ()
    hidden: bool = False

    def matrix(self) -> list[list[Cell | None]]:
        """Row-major positions, each the cell that covers it (``None`` where no cell does)."""
        positions: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    positions[row][col] = cell
        return positions


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Notice:
    """Something extraction wants known: a doubt about the reading, never a verdict.

    ``code`` is one of: ``no-text-layer``, ``broken-text``, ``engines-disagree``,
    ``engine-fallback``, ``tracked-change``, ``hidden-content``, ``limit-reached``,
    ``page-failed``, ``encoding-guessed``.
    """

    code: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or sheet): blocks in reading order, texts inside grids not repeated as lines.

    ``width`` and ``height`` are points as shown; ``unit`` says what ``Line.x0s`` count.
    ``turn`` counts the quarter turns clockwise by which its text lies on its side as shown: the
    blocks are placed as they are read, with the page turned upright.
    """

    number: int
    blocks: tuple[Block, ...] = ()
    width: float = 0.0
    height: float = 0.0
    unit: Literal["point", "column", "none"] = "none"
    label: str | None = None
    hidden: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One input file, read: its identity and its pages.

    ``name`` is the path as the data contract wants it (relative to what was given, with ``/``).
    """

    name: str
    kind: DocumentKind
    sha256: str
    size: int
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """All blocks of all pages in reading order."""
        for page in self.pages:
            yield from page.blocks
