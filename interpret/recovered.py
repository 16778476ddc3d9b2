"""A table put together again from plain lines, and how much of it a reading could place."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kenzan.interpret.plausibility import is_plausible
from kenzan.interpret.tables.content import read_content
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.schemas.document import Grid, Line

_POINTS = ("・", "･", "⇒", "●")
_LOST = 2
"""What a figure left without a place costs, in figures placed."""


@dataclass(frozen=True)
class Recovery:
    """A table put together again.

    ``unplaced`` are the pieces of its lines (figures and texts) that found no place with
    confidence; ``doubtful`` the cells (row, col) whose content is disputed: they are empty in
    the grid, which must not be read as "no figure". ``confidence`` is how far the best rival is
    behind, in bits. ``used`` are the indexes of the lines that the grid is made of, ascending.
    ``sure`` marks a reading that is far better than any other of the same lines, ``whole`` one
    whose header has surely lost nothing.
    """

    grid: Grid
    unplaced: tuple[Line, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    confidence: int = 0
    used: tuple[int, ...] = ()
    sure: bool = False
    whole: bool = False

    @cached_property
    def score(self) -> int:
        """Cells of the grid with figures, less what had figures and found no place."""
        placed = sum(read_content(cell.text).figures for cell in self.grid.cells)
        lost = sum(read_content(line.text).figures for line in self.unplaced)
        return placed - _LOST * (lost + len(self.doubtful))

    @cached_property
    def prose(self) -> int:
        """Lines among its own that are sentences or points of a list: they suit no table."""
        texts = (line.text.strip() for line in self.grid.source)
        return sum(text.endswith("。") or text.startswith(_POINTS) for text in texts)

    def marked_grid(self) -> Grid:
        """The grid with its doubtful cells marked as disputed."""
        doubtful = frozenset(self.doubtful)
        cells = (
            replace(cell, disputed=True) if (cell.row, cell.col) in doubtful else cell
            for cell in self.grid.cells
        )
        return replace(self.grid, cells=tuple(cells)) if doubtful else self.grid

    def moved(self, by: int) -> Recovery:
        """The same table where its lines begin ``by`` lines further down."""
        return replace(self, used=tuple(index + by for index in self.used))


def choose_recoveries(found: list[Recovery]) -> list[Recovery]:
    """Choose among tables that want the same lines the one that places more figures.

    A sure one comes first. Where they place as many: the one with less prose among its lines,
    then the one that explains more lines, then the earlier one. A table that leaves out more than
    it places is none, unless it is sure; nor is one whose labels are glued or torn, unless it is
    whole.

    The result is in the order of the text. A table wants every line between its first and last,
    but two sure ones may have theirs between each other's.
    """
    chosen: list[Recovery] = []
    used: set[int] = set()
    taken: set[int] = set()
    worth = (r for r in found if (r.sure or r.score >= 0) and (r.whole or is_plausible(r.grid)))
    for recovery in sorted(worth, key=lambda r: (not r.sure, -r.score, r.prose, -len(r.used))):
        lines = range(recovery.used[0], recovery.used[-1] + 1)
        if used.isdisjoint(recovery.used) if recovery.sure else taken.isdisjoint(lines):
            used.update(recovery.used)
            taken.update(lines)
            chosen.append(recovery)
    return sorted(chosen, key=lambda r: r.used[0])
