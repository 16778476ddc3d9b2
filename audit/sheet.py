"""A table as the audit sees it: lines of figures along both axes.

A relation between columns is looked for between column lines and tested at every row; by symmetry
a relation between rows is looked for between row lines and tested at every column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import regex

from kenzan.arithmetic.relation import RoleName
from kenzan.schemas.report import Header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.schemas.report import Report, TableReading
    from kenzan.schemas.tables import Observation

Axis = Literal["rows", "columns"]
Key = tuple[int, str]
"""A crossing line, and the tag that sets several figures of one cell apart (empty if alone)."""

_NOT_ADDED = regex.compile(r"率|平均|単価|指数|倍率|順位|偏差|[%％]|当たり")
_OF_WHICH = regex.compile(r"^[（(]?\s*(?:うち|内数|再掲)")
_HIDES_FIGURE = {"withheld", "unreadable"}
_WITHIN = ("（ ）", "うち", "内数", "再掲", "内")


@dataclass(slots=True)
class Line:
    """One row or column with figures.

    ``cells`` maps a crossing index to the figures there; ``blocked`` are the crossings where
    something stands that is no figure to count with.
    """

    index: int
    header: Header
    cells: dict[int, tuple[Figure, ...]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    measure: str = ""
    unit: str = ""

    @property
    def label(self) -> str:
        """Its own label; empty if it has none."""
        return self.header.path[-1] if self.header.path else ""

    @property
    def adds(self) -> bool:
        """Whether its labels allow figures that add up: no rates, averages, prices, ranks."""
        return _NOT_ADDED.search(self.text) is None

    @property
    def text(self) -> str:
        """All its labels, outermost first."""
        return " ".join(self.header.path)

    @property
    def name(self) -> RoleName:
        """What to call a figure of this line in a formula."""
        return RoleName(self.label, self.label)


class Sheet:
    """One table: its lines along both axes. Only positions with figures count."""

    def __init__(self, report: Report, reading: TableReading, index: FigureIndex) -> None:
        self.reading = reading
        self.number = reading.number
        self.tags: dict[int, str] = {}
        self.measures: dict[int, str] = {}
        self.units: dict[int, str] = {}
        self._rows = {one.index: Line(one.index, one) for one in reading.rows}
        self._columns = {one.index: Line(one.index, one) for one in reading.columns}
        for (row, column), positions in reading.cells.items():
            self._place(report, index, row, column, positions)
        for line in (*self._rows.values(), *self._columns.values()):
            line.measure, line.unit = self._describe(report, line)
        self.repeats = dict(self._find_repeats(report))

    def _place(
        self, report: Report, index: FigureIndex, row: int, column: int, positions: tuple[int, ...]
    ) -> None:
        across = self._rows.setdefault(row, Line(row, Header(row)))
        down = self._columns.setdefault(column, Line(column, Header(column)))
        figures: list[Figure] = []
        taken: set[str] = set()
        for position in positions:
            observation = report.observations[position]
            figure = index.find(position, "value")
            if figure is not None:
                figures.append(figure)
                self.tags[figure.index] = _find_tag(observation, taken)
                self.measures[figure.index] = observation.measure
                self.units[figure.index] = observation.unit
            elif observation.status in _HIDES_FIGURE or observation.bound is not None:
                across.blocked.add(column)
                down.blocked.add(row)
        if figures:
            across.cells[column] = tuple(figures)
            down.cells[row] = tuple(figures)

    def _describe(self, report: Report, line: Line) -> tuple[str, str]:
        """The measure and the unit that all figures of a line share; empty if they differ."""
        rows = [
            report.observations[one.observation] for cell in line.cells.values() for one in cell
        ]
        return _shared(rows, "measure"), _shared(rows, "unit")

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

    @cached_property
    def rows(self) -> list[Line]:
        """Rows with figures, top to bottom."""
        return [self._rows[index] for index in sorted(self._rows) if self._rows[index].cells]

    @cached_property
    def columns(self) -> list[Line]:
        """Columns with figures, left to right."""
        found = self._columns
        return [found[index] for index in sorted(found) if found[index].cells]

    def lines(self, axis: Axis) -> list[Line]:
        """The lines along an axis, in order."""
        return self.rows if axis == "rows" else self.columns

    def keys(self, line: Line) -> Iterator[tuple[Key, Figure]]:
        """Every figure of a line that stands for its cell, or for a tagged part of it."""
        for cross, figures in line.cells.items():
            for figure in figures:
                if self.is_within(figure) or figure.index in self.repeats:
                    continue
                yield (cross, self.tags[figure.index]), figure

    def figures_at(self, line: Line, key: Key) -> tuple[Figure, ...]:
        """The figures of a line that belong to a key: those with its tag, or all if it has none."""
        cross, tag = key
        counted = tuple(
            one
            for one in line.cells.get(cross, ())
            if not self.is_within(one) and one.index not in self.repeats
        )
        if not tag:
            return counted
        return tuple(one for one in counted if self.tags[one.index] == tag)

    def is_within(self, figure: Figure) -> bool:
        """Whether a figure is part of the one printed beside it (うち, in brackets)."""
        tag = self.tags[figure.index]
        return bool(tag) and tag.startswith(_WITHIN)


def _find_tag(row: Observation, taken: set[str]) -> str:
    """What sets a figure of a cell apart from those before it; of-which figures say so."""
    tag = row.origin.qualifier
    if not tag and _OF_WHICH.search(row.indicator):
        tag = "うち"
    while tag in taken:
        tag += "'"
    taken.add(tag)
    return tag


def _shared(rows: list[Observation], name: str) -> str:
    values = {getattr(row, name) for row in rows}
    return values.pop() if len(values) == 1 else ""


def add_figures(figures: tuple[Figure, ...]) -> Decimal:
    """The sum on the printed digits."""
    return sum((one.value for one in figures[1:]), figures[0].value)
