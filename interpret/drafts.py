"""A grid while it is put together from parts of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.document import Cell, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.interpret.linear.pieces import Span


def cut_line(line: Line, span: Span) -> Line:
    """The part of a line that a span covers, with its own place."""
    place = line.place_of(span.start, span.end)
    return Line(
        text=line.text[span.start : span.end],
        page=line.page,
        box=place.box,
        number=line.number,
        x0s=line.x0s[span.start : span.end] if line.x0s else (),
        x1s=line.x1s[span.start : span.end] if line.x1s else (),
        size=line.size,
        vertical=line.vertical,
    )


class Draft:
    """Cells collected row by row; ``rows`` counts those that are complete."""

    def __init__(self, lines: Sequence[Line], width: int) -> None:
        self.lines, self.width = lines, width
        self.cells: list[Cell] = []
        self.rows = 0

    def add(self, row: int, col: int, lines: tuple[Line, ...], size: tuple[int, int]) -> None:
        """A cell of so many rows and columns."""
        self.cells.append(Cell(row, col, *size, lines=lines))

    def cut(self, spans: Iterable[Span]) -> tuple[Line, ...]:
        """Parts of lines, those with nothing but blanks between them as one."""
        merged: list[Span] = []
        for span in spans:
            last = merged[-1] if merged else None
            if last is not None and self._touch(last, span):
                merged[-1] = type(span)(span.line, last.start, span.end)
            else:
                merged.append(span)
        return tuple(cut_line(self.lines[span.line], span) for span in merged)

    def _touch(self, last: Span, span: Span) -> bool:
        between = self.lines[span.line].text[last.end : span.start]
        return last.line == span.line and not between.strip()

    def build(self, source: Sequence[Line]) -> Grid:
        """The grid, on the page where it begins."""
        return Grid(
            page=source[0].page,
            rows=self.rows,
            cols=self.width,
            cells=tuple(self.cells),
            origin="recovered",
            source=tuple(source),
        )
