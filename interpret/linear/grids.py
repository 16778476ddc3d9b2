"""A settled assignment as a grid: header rows, a row for each period, rows of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.frame import Axes
    from kenzan.interpret.linear.names import Name
    from kenzan.interpret.linear.texts import PlacedTexts
    from kenzan.interpret.linear.tokens import Token
    from kenzan.schemas.document import Line


class GridBuilder(Draft):
    """Collects cells row by row and remembers which tokens they took."""

    def __init__(self, lines: Sequence[Line], axes: Axes) -> None:
        self.axes, self.span = axes, len(axes.measures)
        super().__init__(lines, 1 + axes.indicators * self.span)
        self.used: set[int] = set()

    def _lines(self, tokens: Sequence[Token | None]) -> tuple[Line, ...]:
        taken = [token for token in tokens if token is not None]
        self.used.update(id(token) for token in taken)
        return self.cut(span for token in taken for span in token.spans)

    def add_header(self, names: Sequence[Name] | None, labels: Sequence[Token]) -> None:
        """The names over their measures, and the measure labels."""
        height = (names is not None) + bool(labels)
        if not height:
            return
        self.add(0, 0, (), (height, 1))
        for k, name in enumerate(names or ()):
            self.add(0, 1 + k * self.span, self._lines(name.pieces), (1, self.span))
        for col in range(1, self.width) if labels else ():
            label = labels[col - 1] if col - 1 < len(labels) else labels[(col - 1) % self.span]
            self.add(height - 1, col, self._lines([label]), (1, 1))
        self.rows = height

    def add_figures(self, label: Token, cells: Sequence[Sequence[Token]]) -> None:
        """A row of figures: for each column its value and its change."""
        self.add(self.rows, 0, self._lines([label]), (1, 1))
        for k, tokens in enumerate(cells):
            self.add(self.rows, 1 + k, self._lines(tokens), (1, 1))
        self.rows += 1

    def add_texts(self, placed: PlacedTexts) -> None:
        """A row of texts, each over the measures of its indicator."""
        self.add(self.rows, 0, self._lines([placed.row.label]), (1, 1))
        for k in range(self.axes.indicators):
            lines = self._lines(placed.texts.get(k, ()))
            self.add(self.rows, 1 + k * self.span, lines, (1, self.span))
        self.rows += 1
