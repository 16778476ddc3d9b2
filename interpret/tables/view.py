"""A grid laid out for reading: which cell covers each position, and what the cell holds."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import EMPTY, Content, read_content
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.regions import Band
    from kenzan.schemas.document import Cell, Grid, GridOrigin, Line


@dataclass(slots=True, eq=False)
class Spot:
    """One cell of the view with its content; positions count in the view.

    ``page`` is where the cell stands, also if it is empty.
    """

    cell: Cell
    content: Content
    row: int
    col: int
    rowspan: int
    colspan: int
    page: int

    @property
    def text(self) -> str:
        """The raw text."""
        return self.content.raw

    def place(self) -> Place:
        """The place of the whole cell, of its text where it has no box of its own."""
        lines = self.cell.lines
        box = self.cell.box or Box.around(line.box for line in lines)
        return Place(self.page, box, lines[0].number if lines else None)

    def span_of(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, over several lines if need be."""
        at = 0
        boxes: list[Place] = []
        for line in self.cell.lines:
            stop = at + len(line.text)
            if start < stop and end > at:
                boxes.append(line.place_of(max(start - at, 0), min(end, stop) - at))
            at = stop + 1
        if not boxes:
            return self.place()
        first = boxes[0]
        if len(boxes) == 1:
            return first
        return Place(first.page, Box.around(place.box for place in boxes), first.line)

    def first_line(self) -> Line | None:
        """The first printed line that is not blank."""
        return next((line for line in self.cell.lines if line.text.strip()), None)


@dataclass(slots=True, eq=False)
class View:
    """A grid, or several joined over pages, as rows and columns of spots.

    ``spots`` are in reading order; ``at[row][col]`` is the spot there or ``None``.
    ``joints`` are the rows with which a new page begins. ``counting`` keeps the columns of row
    numbers and classes once they are found, ``bands`` the tables within.
    """

    rows: int
    cols: int
    at: list[list[Spot | None]]
    spots: list[Spot]
    page: int
    origin: GridOrigin
    box: Box | None = None
    hidden: bool = False
    counting: dict[int, str] | None = None
    joints: frozenset[int] = frozenset()
    by_row: list[list[Spot]] = field(default_factory=list)
    by_col: list[list[Spot]] = field(default_factory=list)
    bands: list[Band] | None = None

    def content(self, row: int, col: int) -> Content:
        """What the position holds; nothing where no cell covers it."""
        spot = self.at[row][col]
        return spot.content if spot is not None else EMPTY

    def starting(self, row: int) -> list[Spot]:
        """The spots whose first row this is, left to right."""
        return self.by_row[row]

    def starting_in(self, col: int) -> list[Spot]:
        """The spots whose first column this is, top to bottom."""
        return self.by_col[col]

    def covering(self, row: int) -> list[Spot]:
        """The spots that cover the row, left to right, each once."""
        found: list[Spot] = []
        for spot in self.at[row]:
            if spot is not None and (not found or found[-1] is not spot):
                found.append(spot)
        return found


def view_grids(grids: list[Grid]) -> View:
    """Lay out one grid, or the parts of one table below one another."""
    cols = max(grid.cols for grid in grids)
    at: list[list[Spot | None]] = []
    spots: list[Spot] = []
    joints: list[int] = []
    for grid in grids:
        top = len(at)
        joints.append(top)
        at.extend([None] * cols for _ in range(grid.rows))
        cells = sorted(grid.cells, key=lambda c: (c.row, c.col))
        spots.extend(_put(at, cell, top, grid) for cell in cells)
    first = grids[0]
    hidden = any(grid.hidden for grid in grids)
    view = View(len(at), cols, at, spots, first.page, first.origin, first.box, hidden)
    view.joints = frozenset(joints[1:])
    view.by_row = [[] for _ in range(view.rows)]
    view.by_col = [[] for _ in range(cols)]
    for spot in spots:
        view.by_row[spot.row].append(spot)
        view.by_col[spot.col].append(spot)
    return view


def _put(at: list[list[Spot | None]], cell: Cell, top: int, grid: Grid) -> Spot:
    page = cell.lines[0].page if cell.lines else grid.page
    rows = min(cell.rowspan, grid.rows - cell.row)
    cols = min(cell.colspan, grid.cols - cell.col)
    spot = Spot(cell, read_content(cell.text), top + cell.row, cell.col, rows, cols, page)
    for row in range(spot.row, spot.row + rows):
        for col in range(spot.col, spot.col + cols):
            at[row][col] = spot
    return spot
