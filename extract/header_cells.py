"""Cells of the header of a table without rules, whatever found the columns below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kenzan.extract.aligned_pieces import height_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kenzan.extract.aligned_pieces import Piece


@dataclass(slots=True)
class HeaderCell:
    """Pieces one below the other, over the columns ``first`` to ``last``.

    ``row`` and ``rowspan`` are its place in the header, once all of it is known.
    """

    pieces: list[Piece]
    first: int
    last: int
    row: int = 0
    rowspan: int = 1

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def middle(self) -> float:
        """Half way between the edges."""
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        """The height of its first line."""
        return min(height_of(piece.line) for piece in self.pieces)

    @property
    def text(self) -> str:
        """Its words without blanks."""
        return "".join("".join(piece.text.split()) for piece in self.pieces)


class Growing(Protocol):
    """Columns that a header can add to."""

    def __len__(self) -> int: ...

    def span(self, x0: float, x1: float) -> tuple[int, int]:
        """First and last column that a stretch meets, or the nearest one."""

    def meets(self, x0: float, x1: float) -> bool:
        """Whether a stretch has ground in common with any column."""

    def add(self, x0: float, x1: float) -> None:
        """Make a column of a stretch."""


def add_named_columns(lines: Iterable[Sequence[Piece]], columns: Growing) -> None:
    """Columns for names that have no figures below them, in lines that name more than there are.

    A name makes one if it meets no column, and the column nearest to it has a name already.
    """
    for pieces in lines:
        names = [piece for piece in pieces if len(piece.text) > 1]
        if len(names) <= len(columns):
            continue
        homes = [columns.span(name.x0, name.x1) for name in names]
        for index, (name, home) in enumerate(zip(names, homes, strict=True)):
            shared = home in homes[:index] + homes[index + 1 :]
            if shared and not columns.meets(name.x0, name.x1):
                columns.add(name.x0, name.x1)


def set_rowspans(cells: Sequence[HeaderCell], by_column: Mapping[int, Sequence[HeaderCell]]) -> int:
    """Let every cell reach down to the next one below it; returns how many levels there are."""
    depth = 1 + max((cell.row for cell in cells), default=-1)
    for cell in cells:
        below = [
            other.row
            for col in range(cell.first, cell.last + 1)
            for other in by_column[col]
            if other.row > cell.row
        ]
        cell.rowspan = min(below, default=depth) - cell.row
    return depth
