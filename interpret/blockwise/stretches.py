"""Stretches of cells that may hold one table: its labels and its figures in any order.

A label that says what the labels of rows are (区分, 科目, 指標名) opens a table; what stands
before it and after the figures of the table before it may belong to its header.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.roles import is_anchor, is_data, stands_outside
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.columnwise.entries import Entry

_NEAR = 3
"""Anchors with no more cells than this between them stand over one table."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cells of what may be one table; ``runs`` are labels and figures by turns."""

    cells: tuple[Entry, ...]

    @property
    def figures(self) -> list[Entry]:
        """Its figures and marks, in order."""
        return [cell for cell in self.cells if cell.is_figure]

    @property
    def runs(self) -> list[list[Entry]]:
        """Its labels, cut wherever figures stand between them."""
        return [
            list(group)
            for figure, group in groupby(self.cells, lambda c: c.is_figure)
            if not figure
        ]

    def after(self, waiting: Stretch) -> tuple[Stretch, Stretch]:
        """Two tables whose labels come before the figures of both: the first run is the first's.

        ``waiting`` are the labels of the first one, without figures.
        """
        start = next((k for k, cell in enumerate(self.cells) if cell.is_figure), len(self.cells))
        end = start
        while end < len(self.cells) and self.cells[end].is_figure:
            end += 1
        rest = (*self.cells[:start], *self.cells[end:])
        return Stretch((*waiting.cells, *self.cells[start:end])), Stretch(rest)


def find_stretches(cells: Sequence[Entry]) -> list[Stretch]:
    """The stretches of a text, in order; pages are never crossed."""
    found: list[Stretch] = []
    for _, page in groupby(cells, lambda cell: cell.lines[0].page):
        found += _cut_page(_without_numbers([c for c in page if not stands_outside(c)]))
    return found


def _cut_page(cells: Sequence[Entry]) -> Iterator[Stretch]:
    starts = [_begin(cells, k) for k in _find_anchors(cells)]
    for start, end in pairwise([*starts, len(cells)]):
        yield Stretch(tuple(cells[start:end]))


def _find_anchors(cells: Sequence[Entry]) -> Iterator[int]:
    """The first of each group of anchors: figures or many cells stand between two groups."""
    last: int | None = None
    for k, cell in enumerate(cells):
        if is_anchor(cell):
            if last is None or k - last > _NEAR:
                yield k
            last = k


def _begin(cells: Sequence[Entry], anchor: int) -> int:
    """Where the header begins whose anchor this is: labels of columns may stand before it."""
    start = anchor
    while start and not cells[start - 1].is_figure and (is_data(cells[start - 1])):
        start -= 1
    return start


def _without_numbers(cells: Sequence[Entry]) -> list[Entry]:
    """The cells without the numbers of rows, where 1, 2, 3 … come one after the other."""
    kept: list[Entry] = []
    named = any(cell.label.role == "number" for cell in cells)
    for figure, group in groupby(cells, lambda cell: cell.is_figure):
        run = list(group)
        if figure and named and len(run) > 1:
            count = 0
            while count < len(run) and run[count].content.whole_number == count + 1:
                count += 1
            run = run[count:] if count > 1 else run
        kept += run
    return kept


def without_texts(cells: Sequence[Entry]) -> list[Entry]:
    """The cells without grades, departments, units of rows, and labels set from top to bottom."""
    left_out = {"grade", "department", "unit", "serial"}
    return [cell for cell in cells if cell.kind not in left_out and not is_vertical(cell)]


def is_vertical(cell: Entry) -> bool:
    """Whether each line holds one character: such labels stand over groups of rows."""
    return len(cell.lines) > 1 and all(len(line.text.strip()) == 1 for line in cell.lines)
