"""Rows and a layout as a grid: labels over their columns, groups over their rows."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.schemas.document import Cell, Grid
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.bodies import Row
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.layouts import Layout
    from kenzan.interpret.columnwise.placing import Placed
    from kenzan.schemas.document import Line


@dataclass(slots=True)
class Table:
    """What a grid is made of; ``stubs`` is the number of columns of labels.

    ``merged`` tells that the first figure of an indicator holds for all its rows.
    """

    layout: Layout
    rows: list[Row]
    placed: list[Placed]
    stubs: int
    merged: bool = False


@dataclass(slots=True)
class Builder:
    """Collects cells; ``doubtful`` are the places of figures that stay open."""

    table: Table
    cells: list[Cell] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    unplaced: list[Entry] = field(default_factory=list)
    height: int = 0

    @property
    def width(self) -> int:
        """All columns."""
        tails = [len(row.tail) for row in self.table.rows]
        tail = max(len(self.table.layout.tail), *tails)
        return self.table.stubs + len(self.table.layout.paths) + tail

    def put(self, row: int, col: int, entry: Entry, rowspan: int = 1, colspan: int = 1) -> None:
        """One cell with the lines of an entry."""
        self.cells.append(Cell(row, col, rowspan, colspan, entry.lines))

    def build(self, source: Sequence[Line]) -> Grid:
        """The grid, on the page where it begins."""
        self._add_titles()
        self._add_header()
        stubs = _Stubs(self)
        for k, row in enumerate(self.table.rows):
            self._add_section(row, stubs)
            stubs.add(row, self.height)
            self._add_figures(row, self.table.placed[k], self._rows_below(k))
            self.height += 1
        stubs.close_all(self.height)
        return Grid(
            page=source[0].page,
            rows=self.height,
            cols=self.width,
            cells=tuple(sorted(self.cells, key=lambda c: (c.row, c.col))),
            origin="recovered",
            source=tuple(source),
        )

    def _add_titles(self) -> None:
        titles = self.table.layout.titles
        if not titles:
            return
        if len(titles) == 1:
            self.put(0, 0, titles[0], colspan=self.width)
        else:
            self.put(0, 0, titles[0])
            self.put(0, 1, titles[1], colspan=self.width - 1)
        self.height = 1

    def _add_header(self) -> None:
        layout, top = self.table.layout, self.height
        height = 2 if layout.two_levels else 1
        self._add_stub_headers(top, height)
        at = self.table.stubs
        parents: dict[int, list[int]] = {}
        for k, path in enumerate(layout.paths):
            if len(path) == 1:
                self.put(top, at + k, path[0], rowspan=height)
            else:
                parents.setdefault(path[0].first, []).append(k)
                self.put(top + 1, at + k, path[1])
        for columns in parents.values():
            parent = layout.paths[columns[0]][0]
            self.put(top, at + columns[0], parent, colspan=len(columns))
        for k, entry in enumerate(layout.tail):
            self.put(top, at + len(layout.paths) + k, entry, rowspan=height)
        self.height += height

    def _add_stub_headers(self, top: int, height: int) -> None:
        headers, stubs = self.table.layout.stubs, self.table.stubs
        if not headers:
            self.cells.append(Cell(top, 0, height, stubs))
            return
        for k, entry in enumerate(headers):
            last = k + 1 == len(headers)
            self.put(top, k, entry, height, stubs - k if last else 1)

    def _add_section(self, row: Row, stubs: _Stubs) -> None:
        for entry in row.section:
            stubs.close_all(self.height)
            self.put(self.height, 0, entry, colspan=self.width)
            self.height += 1

    def _rows_below(self, k: int) -> int:
        """How many rows the first figure of a row holds for as well."""
        below = 0
        if self.table.merged and 0 in self.table.placed[k].columns:
            later = zip(self.table.rows[k + 1 :], self.table.placed[k + 1 :], strict=True)
            for row, placed in later:
                if row.section or placed.columns[0] in {0, None}:
                    break
                below += 1
        return below

    def _add_figures(self, row: Row, placed: Placed, below: int) -> None:
        at = self.table.stubs
        filled = set()
        for entry, place in zip(row.figures, placed.columns, strict=True):
            if place is None:
                self.unplaced.append(entry)
            else:
                self.put(self.height, at + place, entry, 1 if place else 1 + below)
                filled.add(place)
        if self.table.merged and 0 not in placed.columns:
            filled.add(0)
        for k in set(range(len(self.table.layout.paths))) - filled:
            self.cells.append(Cell(self.height, at + k))
            if k in placed.doubtful:
                self.doubtful.append((self.height, at + k))
        for k, entry in enumerate(row.tail):
            self.put(self.height, at + len(self.table.layout.paths) + k, entry)


class _Stubs:
    """Labels at the left: the last one is a row's own, the others hold until the next of theirs."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.open: dict[int, tuple[int, Entry]] = {}

    def add(self, row: Row, at: int) -> None:
        """The labels of a row, those further out opened or closed."""
        stubs = self.builder.table.stubs
        whole = len(row.stubs) == 1 and row.leaf.label.kind == "total" and stubs > 1
        if whole:
            self.close_all(at)
            self.builder.put(at, 0, row.stubs[0], colspan=stubs)
            return
        first = stubs - len(row.stubs)
        self.close_from(first, at)
        for k, entry in enumerate(row.stubs):
            if first + k == stubs - 1:
                self.builder.put(at, first + k, entry)
            else:
                self.open[first + k] = (at, entry)
        if row.leaf.label.kind == "subtotal":
            self.close_all(at + 1)

    def close_all(self, at: int) -> None:
        """End all groups above a row."""
        self.close_from(0, at)

    def close_from(self, col: int, at: int) -> None:
        """End the groups of a column and those further in."""
        for k in [k for k in self.open if k >= col]:
            top, entry = self.open.pop(k)
            if at > top:
                self.builder.put(top, k, entry, rowspan=at - top)
