"""Rows laid along their columns, as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.drafts import Draft
from kenzan.schemas.document import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.heads import Header, Leaf
    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.placement import Places
    from kenzan.interpret.rowwise.records import Record
    from kenzan.schemas.document import Line


class GridBuilder(Draft):
    """Collects the cells of a table row by row; ``used`` are the lines they stand on.

    ``left`` are pieces that found no place, ``doubtful`` the cells that they may belong to.
    """

    def __init__(self, lines: Sequence[Line], leaves: Sequence[Leaf]) -> None:
        super().__init__(lines, len(leaves))
        self.leaves = leaves
        self.used: set[int] = set()
        self.left: list[Piece] = []
        self.doubtful: list[tuple[int, int]] = []

    def _lines(self, pieces: Sequence[Piece]) -> tuple[Line, ...]:
        spans = [span for piece in pieces for span in piece.spans]
        self.used.update(span.line for span in spans)
        return self.cut(spans)

    def add_title(self, mark: Piece | None, name: Piece) -> None:
        """What the whole table is about, over its full width, behind what counts it."""
        if mark is not None:
            self._add(self.rows, 0, [mark])
        at = int(mark is not None)
        self._add(self.rows, at, [name], (1, self.width - at))
        self.rows += 1

    def add_header(self, header: Header) -> None:
        """The cells over the columns, those that reach down and those over others."""
        top, depth = self.rows, header.depth
        col = 0
        while col < self.width:
            path = self.leaves[col].path
            span = 1
            while col + span < self.width and self.leaves[col + span].path[:1] == path[:1]:
                span += 1
            height = depth if len(path) == 1 else 1
            if not path:
                height = depth
            self._add(top, col, [head.piece for head in path[:1]], (height, span))
            if len(path) > 1:
                for k in range(col, col + span):
                    self._add(top + 1, k, [self.leaves[k].path[1].piece])
            col += span
        self.rows = top + depth

    def _add(
        self, row: int, col: int, pieces: Sequence[Piece], size: tuple[int, int] = (1, 1)
    ) -> None:
        self.add(row, col, self._lines(pieces), size)

    def add_banner(self, record: Record) -> None:
        """A line over the full width."""
        self._add(self.rows, 0, record.pieces, (1, self.width))
        self.rows += 1

    def add_record(self, record: Record, places: Places, *, apart: int | None = None) -> None:
        """A row, its pieces in these columns; none at all if nothing tells them.

        ``apart`` is the empty column of labels of groups, if the row belongs to no group: its own
        label stands in that column too.
        """
        if places is None:
            self.left += record.pieces
            return
        cells: list[list[Piece]] = [[] for _ in self.leaves]
        for piece, place in zip(record.pieces, places, strict=True):
            (self.left if place is None else cells[place]).append(piece)
        if apart is not None:
            cells[apart], cells[apart + 1] = cells[apart + 1], []
        for col, pieces in enumerate(cells):
            if apart is None or col != apart + 1:
                self._add(self.rows, col, pieces, (1, 1 + (col == apart)))
            if None in places and not pieces and self.leaves[col].kind == "f":
                self.doubtful.append((self.rows, col))
        self.rows += 1

    def extend_labels(self, top: int, columns: Sequence[int]) -> None:
        """Give empty cells of label columns to the cell above them that holds for their rows."""
        at = {(cell.row, cell.col): k for k, cell in enumerate(self.cells)}
        gone: set[int] = set()
        for row in range(top, self.rows):
            for col in columns:
                own = at.get((row, col))
                above = at.get((row - 1, col)) if row > top else None
                if own is None or self.cells[own].lines or above is None or above in gone:
                    break
                cell = self.cells[above]
                if cell.colspan > 1 or not cell.lines:
                    break
                self.cells[above] = Cell(cell.row, cell.col, cell.rowspan + 1, 1, lines=cell.lines)
                gone.add(own)
                at[row, col] = above
        self.cells = [cell for k, cell in enumerate(self.cells) if k not in gone]
