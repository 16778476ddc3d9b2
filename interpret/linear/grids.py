"""A settled assignment as a grid: header rows, a row for each period, rows of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.document import Cell, Grid, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.frame import Axes
    from kenzan.interpret.linear.names import Name
    from kenzan.interpret.linear.pieces import Span
    from kenzan.interpret.linear.texts import PlacedTexts
    from kenzan.interpret.linear.tokens import Token


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


class GridBuilder:
    """Collects cells row by row and remembers which tokens they took."""

    def __init__(self, lines: Sequence[Line], axes: Axes) -> None:
        self.lines, self.axes = lines, axes
        self.span = len(axes.measures)
        self.width = 1 + axes.indicators * self.span
        self.cells: list[Cell] = []
        self.rows = 0
        self.used: set[int] = set()

    def _lines(self, tokens: Sequence[Token | None]) -> tuple[Line, ...]:
        taken = [token for token in tokens if token is not None]
        self.used.update(id(token) for token in taken)
        spans = _merge([span for token in taken for span in token.spans], self.lines)
        return tuple(cut_line(self.lines[span.line], span) for span in spans)

    def add_header(self, names: Sequence[Name] | None, labels: Sequence[Token]) -> None:
        """The names over their measures, and the measure labels."""
        height = (names is not None) + bool(labels)
        if not height:
            return
        self.cells.append(Cell(0, 0, rowspan=height))
        for k, name in enumerate(names or ()):
            self.cells.append(
                Cell(0, 1 + k * self.span, colspan=self.span, lines=self._lines(name.pieces))
            )
        for col in range(1, self.width) if labels else ():
            label = labels[col - 1] if col - 1 < len(labels) else labels[(col - 1) % self.span]
            self.cells.append(Cell(height - 1, col, lines=self._lines([label])))
        self.rows = height

    def add_figures(self, label: Token, cells: Sequence[Sequence[Token]]) -> None:
        """A row of figures: for each column its value and its change."""
        self.cells.append(Cell(self.rows, 0, lines=self._lines([label])))
        for k, tokens in enumerate(cells):
            self.cells.append(Cell(self.rows, 1 + k, lines=self._lines(tokens)))
        self.rows += 1

    def add_texts(self, placed: PlacedTexts) -> None:
        """A row of texts, each over the measures of its indicator."""
        self.cells.append(Cell(self.rows, 0, lines=self._lines([placed.row.label])))
        for k in range(self.axes.indicators):
            lines = self._lines(placed.texts.get(k, ()))
            self.cells.append(Cell(self.rows, 1 + k * self.span, colspan=self.span, lines=lines))
        self.rows += 1

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


def _merge(spans: list[Span], lines: Sequence[Line]) -> list[Span]:
    """Neighbouring spans of one line as one, with the blanks between them."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if (
            last
            and last.line == span.line
            and not lines[span.line].text[last.end : span.start].strip()
        ):
            merged[-1] = type(span)(span.line, last.start, span.end)
        else:
            merged.append(span)
    return merged
