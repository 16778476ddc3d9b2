"""One wide sheet a table as published: its headers over and before its figures.

A column whose figures carry a change in brackets becomes two: the figure, and the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.export.workbook_sheets import add_note, display_width
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.export.workbook_sheets import Book, Note
    from kenzan.schemas.report import Header, Report, TableReading
    from kenzan.schemas.tables import Observation

    Notes = dict[tuple[int, str], Note]

_TOP = 3  # title, place, an empty row
_NARROWEST_STUB, _WIDEST_STUB = 14, 42
_FIGURE_WIDTH, _CHANGE_WIDTH = 15, 13
_TITLE_HEIGHT, _LINE_HEIGHT = 24, 18
_CHANGE = "増減 change"
_RISES_SIGNED = "+"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: which column of the table, and which of its figures."""

    index: int
    path: tuple[str, ...]
    field: str

    @property
    def width(self) -> int:
        """In characters of half width."""
        return _FIGURE_WIDTH if self.field == "value" else _CHANGE_WIDTH


@dataclass(frozen=True, slots=True)
class _Span:
    """A header over neighbouring columns ``left`` to ``right`` (positions in the list)."""

    left: int
    right: int
    text: str


def has_figures(table: TableReading) -> bool:
    """Whether there is anything to show."""
    return any(table.cells.values())


def write_table(book: Book, name: str, table: TableReading, report: Report, notes: Notes) -> None:
    """Write one table into a sheet of its own: row after row, as constant memory wants it."""
    wide = _Wide(book, book.add_sheet(name, page_wide=True), table, report, notes)
    wide.write_title()
    wide.write_heads()
    wide.write_lines()


class _Wide:
    """The sheet of one table."""

    def __init__(
        self, book: Book, sheet: Any, table: TableReading, report: Report, notes: Notes
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._table = table
        self._report = report
        self._notes = notes
        used = [position for position, found in table.cells.items() if found]
        self._rows = _paths(table.rows, {row for row, _ in used})
        self._stubs = max(len(path) for path in self._rows.values())
        self._columns = self._split(_paths(table.columns, {col for _, col in used}))
        self._heads = max(len(column.path) for column in self._columns)

    def _split(self, paths: dict[int, tuple[str, ...]]) -> list[_Column]:
        """Columns of the sheet: a second one for the changes, where there are any."""
        columns = []
        for index, path in sorted(paths.items()):
            columns.append(_Column(index, path, "value"))
            if any(row.delta_raw for row in self._observations(index)):
                columns.append(_Column(index, (*path, _CHANGE), "delta"))
        return columns

    def _observations(self, column: int) -> Iterator[Observation]:
        for (_, col), found in self._table.cells.items():
            if col == column:
                yield from (self._report.observations[number] for number in found)

    def write_title(self) -> None:
        """What the table is, and where it stands."""
        table, document = self._table, self._report.document
        names = {row.project: row.project_name for row in self._report.projects}
        project = f"{table.project} {names.get(table.project, '')}".strip()
        title = " ".join(filter(None, (project, table.title))) or document.title
        unit = f"単位 unit: {table.unit}" if table.unit else ""
        place = " / ".join(filter(None, (document.document, f"p. {table.page}", unit)))
        self._sheet.set_row(0, _TITLE_HEIGHT)
        # Not through ``write``, which wraps: a title runs on over the columns beside it.
        self._sheet.write_string(0, 0, title, self._book.format("title"))
        self._book.write(self._sheet, (1, 0), place)

    def write_heads(self) -> None:
        """The levels of headers over the columns, each wide and high enough to be read."""
        for number in range(self._stubs):
            labels = [path[number] for path in self._rows.values() if number < len(path)]
            widest = max(map(display_width, labels), default=0) + 2
            width = min(max(widest, _NARROWEST_STUB), _WIDEST_STUB)
            self._sheet.set_column(number, number, width)
        for number, column in enumerate(self._columns, self._stubs):
            self._sheet.set_column(number, number, column.width)
        for level in range(self._heads):
            self._write_level(level)
        self._sheet.freeze_panes(_TOP + self._heads, self._stubs)

    def _write_level(self, level: int) -> None:
        row = _TOP + level
        form = self._book.format("head", wrap=True)
        spans = list(self._spans(level))
        lines = max(self._lines_of(span) for span in spans)
        self._sheet.set_row(row, _LINE_HEIGHT * lines)
        for number in range(self._stubs):
            self._sheet.write_blank(row, number, None, form)
        for span in spans:
            left, right = self._stubs + span.left, self._stubs + span.right
            if span.text and right > left:
                self._sheet.merge_range(row, left, row, right, "", form)
            for number in range(left, right + 1) if not span.text else ():
                self._sheet.write_blank(row, number, None, form)
            if span.text:
                self._sheet.write_string(row, left, span.text, form)

    def _spans(self, level: int) -> Iterator[_Span]:
        """Equal neighbours under the same header are one."""
        start = 0
        while start < len(self._columns):
            prefix = self._columns[start].path[: level + 1]
            end = start
            while end + 1 < len(self._columns) and (
                self._columns[end + 1].path[: level + 1] == prefix
            ):
                end += 1
            yield _Span(start, end, prefix[level] if level < len(prefix) else "")
            start = end + 1

    def _lines_of(self, span: _Span) -> int:
        room = sum(column.width for column in self._columns[span.left : span.right + 1]) - 1
        return -(-display_width(span.text) // room) or 1

    def write_lines(self) -> None:
        """The rows: labels, then figures."""
        first = _TOP + self._heads
        for row, (index, path) in enumerate(sorted(self._rows.items()), first):
            self._sheet.set_row(row, _LINE_HEIGHT)
            for number in range(self._stubs):
                label = path[number] if number < len(path) else ""
                self._book.write(self._sheet, (row, number), label, "head")
            for number, column in enumerate(self._columns, self._stubs):
                found = self._table.cells.get((index, column.index), ())
                self._write_cell((row, number), found, column.field)

    def _write_cell(self, at: tuple[int, int], found: Sequence[int], field: str) -> None:
        """One figure as a number; several in one cell, or none, as the characters printed."""
        notes = [self._notes[number, field] for number in found if (number, field) in self._notes]
        look = notes[0].look if notes else "cell"
        rows = [self._report.observations[number] for number in found]
        value = getattr(rows[0], field) if len(rows) == 1 else None
        if value is not None:
            tail = rows[0].unit if field == "value" else _RISES_SIGNED
            self._book.write_figure(self._sheet, at, value, look, tail)
        else:
            raw = "\n".join(getattr(entry, f"{field}_raw") for entry in rows)
            self._book.write(self._sheet, at, raw.strip("\n"), look)
        if notes:
            add_note(self._sheet, at, "\n".join(note.text for note in notes))


def _paths(headers: Sequence[Header], used: set[int]) -> dict[int, tuple[str, ...]]:
    """The labels of each row or column that holds figures; its number where it has none."""
    known = {header.index: header.path for header in headers}
    return {index: tuple(known.get(index) or (str(index + 1),)) for index in used}
