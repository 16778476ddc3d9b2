"""A table as the audit sees it: lines of figures along both axes.

A relation between columns is looked for between column lines and tested at every row; by symmetry
a relation between rows is looked for between row lines and tested at every column.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.relation import RoleName
from kenzan.normalize.characters import fold
from kenzan.schemas.report import Header

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from decimal import Decimal

    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.schemas.report import Report, TableReading
    from kenzan.schemas.tables import Observation

Axis = Literal["rows", "columns"]
Key = tuple[int, str]
"""A crossing line, and the tag that sets several figures of one cell apart (empty if alone)."""

_NOT_ADDED = re.compile(r"率|平均|単価|指数|倍率|順位|偏差|[%％]|当たり")
_AVERAGED = re.compile(r"^.{0,8}平均値?$|中央値|最頻値|^最[大小高低]値?$")
_OF_WHICH = re.compile(r"^[（(]?\s*(?:うち|内数|再掲)")
_HIDES_FIGURE = {"withheld", "unreadable"}
_WITHIN = ("（ ）", "うち", "内数", "再掲", "内")


def _own_label(header: Header) -> str:
    """The innermost label that is more than the unit below it (決算額 / 千円)."""
    labels = [label for label in header.path if fold(label) != header.unit]
    return (labels or list(header.path) or [""])[-1]


class Line:
    """One row or column with figures.

    ``cells`` maps a crossing index to the figures there that can be counted with; ``blocked`` are
    the crossings where something stands that is no figure. ``measure`` and ``unit`` are what all of
    them share, empty if they differ.
    """

    def __init__(self, header: Header) -> None:
        self.index = header.index
        self.header = header
        self.cells: dict[int, tuple[Figure, ...]] = {}
        self.blocked: set[int] = set()
        self.label = _own_label(header)
        self.text = " ".join(header.path)
        self.name = RoleName(self.label, self.label)
        self.averages = _AVERAGED.search(self.label) is not None
        self.adds = _NOT_ADDED.search(self.text) is None
        self.measure = ""
        self.unit = ""

    @cached_property
    def keyed(self) -> dict[Key, Figure]:
        """Every figure by its crossing and its tag."""
        return {(cross, one.tag): one for cross, cell in self.cells.items() for one in cell}

    @cached_property
    def values(self) -> dict[int, tuple[Decimal, ...]]:
        """The values of all figures by their crossing."""
        return {cross: tuple(one.value for one in cell) for cross, cell in self.cells.items()}

    def values_at(self, key: Key) -> tuple[Decimal, ...]:
        """The values that belong to a key."""
        if not key[1]:
            return self.values.get(key[0], ())
        return tuple(one.value for one in self.at(key))

    def at(self, key: Key) -> tuple[Figure, ...]:
        """The figures that belong to a key: those with its tag, or all if it has none."""
        cell = self.cells.get(key[0], ())
        if not key[1]:
            return cell
        return tuple(one for one in cell if one.tag == key[1])

    def describe(self) -> None:
        """Find out what its figures share."""
        figures = [one for cell in self.cells.values() for one in cell]
        measures, units = {one.measure for one in figures}, {one.unit for one in figures}
        self.measure = measures.pop() if len(measures) == 1 else ""
        self.unit = units.pop() if len(units) == 1 else ""


class Sheet:
    """One table: its lines along both axes. Only positions with figures count.

    ``repeats`` maps the index of a figure that is printed again on the next page to the figure as
    first printed; only the first counts. ``beside`` holds the shares that stand in brackets beside
    an amount, by row and column: 91人(7%).
    """

    def __init__(self, report: Report, reading: TableReading, index: FigureIndex) -> None:
        self.reading = reading
        self.number = reading.number
        self._rows = {one.index: Line(one) for one in reading.rows}
        self._columns = {one.index: Line(one) for one in reading.columns}
        self.beside: dict[tuple[int, int], Figure] = {}
        for (row, column), positions in reading.cells.items():
            self._place(report, index, row, column, positions)
        self.repeats = dict(self._find_repeats(report))
        if self.repeats:
            self._leave_out(self.repeats)
        self.rows = [self._rows[at] for at in sorted(self._rows) if self._rows[at].cells]
        self.columns = [
            self._columns[at] for at in sorted(self._columns) if self._columns[at].cells
        ]
        for line in (*self.rows, *self.columns):
            line.describe()

    def _place(
        self, report: Report, index: FigureIndex, row: int, column: int, positions: tuple[int, ...]
    ) -> None:
        across = self._rows.get(row) or self._rows.setdefault(row, Line(Header(row)))
        down = self._columns.get(column) or self._columns.setdefault(column, Line(Header(column)))
        figures: list[Figure] = []
        taken: set[str] = set()
        for position in positions:
            observation = report.observations[position]
            figure = index.find(position, "value")
            if figure is not None:
                figure.tag = _find_tag(observation, taken)
                if not (figure.tag and figure.tag.startswith(_WITHIN)):
                    figures.append(figure)
                elif figures and figure.measure == "share":
                    self.beside[row, column] = figure
            elif observation.status in _HIDES_FIGURE or observation.bound is not None:
                across.blocked.add(column)
                down.blocked.add(row)
        if figures:
            across.cells[column] = down.cells[row] = tuple(figures)

    def _leave_out(self, indexes: Container[int]) -> None:
        for line in (*self._rows.values(), *self._columns.values()):
            for cross, cell in list(line.cells.items()):
                kept = tuple(one for one in cell if one.index not in indexes)
                if kept:
                    line.cells[cross] = kept
                else:
                    del line.cells[cross]

    def _find_repeats(self, report: Report) -> Iterator[tuple[int, Figure]]:
        """Figures of a row that goes on over the page and is printed again there.

        Yields the index of each figure printed again, with the figure as first printed. Columns
        whose figures go on (rather than being repeated) are told by most of them differing.
        """
        pairs: dict[int, list[tuple[Figure, Figure]]] = {}
        for before, after in self._find_continued(report):
            for cross, figures in after.cells.items():
                earlier = before.cells.get(cross, ())
                if len(figures) == len(earlier) == 1:
                    pairs.setdefault(cross, []).append((earlier[0], figures[0]))
        for found in pairs.values():
            same = sum(one.value == two.value for one, two in found)
            if same and 3 * same >= 2 * len(found):
                yield from ((two.index, one) for one, two in found)

    def _find_continued(self, report: Report) -> Iterator[tuple[Line, Line]]:
        """Rows of one name, one after the other, the second on a later page."""
        last: dict[tuple[str, str], tuple[int, Line]] = {}
        for index in sorted(self._rows):
            line = self._rows[index]
            figures = next(iter(line.cells.values()), ())
            if not figures:
                continue
            row = report.observations[figures[0].observation]
            name, page = (row.group, row.indicator), row.page or 0
            before = last.get(name)
            if before is not None and row.indicator and page > before[0]:
                yield before[1], line
            last[name] = (page, line)

    def shares_beside(self, line: Line, axis: Axis) -> Line:
        """The shares that stand in brackets beside the amounts of a line, as one of their own."""
        shares = Line(line.header)
        for cross in line.cells:
            place = (line.index, cross) if axis == "rows" else (cross, line.index)
            if place in self.beside:
                shares.cells[cross] = (self.beside[place],)
        return shares

    def lines(self, axis: Axis) -> list[Line]:
        """The lines along an axis, in order."""
        return self.rows if axis == "rows" else self.columns


def _find_tag(row: Observation, taken: set[str]) -> str:
    """What sets a figure of a cell apart from those before it; of-which figures say so."""
    tag = row.origin.qualifier
    if not tag and _OF_WHICH.match(row.indicator):
        tag = "うち"
    while tag in taken:
        tag += "'"
    taken.add(tag)
    return tag
