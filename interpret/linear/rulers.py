"""How far right pieces stand on their line: in points, characters or half-width columns.

Programs that keep columns with blanks count a full-width character as one column or as two;
which one a text follows shows in where its figures line up.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.tokens import Token
    from kenzan.schemas.document import Line

Metric = Literal["given", "character", "width"]
Extent = tuple[float, float]
"""Left and right end."""

_TAB = 8
_BETTER = 1.5
"""How much better, in columns, another ruler than the given one must be for each column."""


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Half-width columns that a character takes. Source: Unicode Standard Annex 11."""
    if char.isascii():
        return 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def display_width(text: str) -> int:
    """Half-width columns that a text takes."""
    return sum(map(char_width, text))


class Ruler:
    """Measures where pieces stand, by one way of counting."""

    def __init__(self, lines: Sequence[Line], metric: Metric) -> None:
        self.lines, self.metric = lines, metric
        self._ends: dict[int, list[int]] = {}

    def extent(self, token: Token) -> Extent:
        """Left and right end of what of a piece is on its first line."""
        first = token.spans[0]
        last = [span for span in token.spans if span.line == first.line][-1]
        if self.metric == "character":
            return first.start, last.end
        line = self.lines[first.line]
        if self.metric == "given":
            return line.x0s[first.start], line.x1s[last.end - 1]
        ends = self._ends.get(first.line)
        if ends is None:
            widths = accumulate(line.text, _advance, initial=0)
            ends = self._ends[first.line] = list(widths)
        return ends[first.start], ends[last.end]

    def extents(self, run: Sequence[Token]) -> Extent:
        """From the left end of the first piece to the right end of the last."""
        return self.extent(run[0])[0], self.extent(run[-1])[1]


def _advance(x: int, char: str) -> int:
    return x + (_TAB - x % _TAB if char == "\t" else char_width(char))


def find_ruler(lines: Sequence[Line], rows: Sequence[Sequence[Token]]) -> Ruler:
    """The ruler under which the columns of these rows line up best; the given one in doubt."""
    tokens = [token for row in rows for token in row]
    metrics: tuple[Metric, ...] = ("width", "character")
    if all(lines[token.line].x0s for token in tokens):
        metrics = ("given", *metrics)
    if all(lines[token.line].box is not None for token in tokens):
        metrics = ("given",)
    rulers = [Ruler(lines, metric) for metric in metrics]
    doubt = _BETTER * len(rows[0])
    return min(rulers, key=lambda ruler: _spread(ruler, rows) + doubt * (ruler is not rulers[0]))


def _spread(ruler: Ruler, rows: Sequence[Sequence[Token]]) -> float:
    """How badly columns line up: by their left ends, right ends or middles, whichever is best."""
    total = 0.0
    for column in zip(*rows, strict=True):
        extents = [ruler.extent(token) for token in column]
        edges = (
            [a for a, _ in extents],
            [b for _, b in extents],
            [(a + b) / 2 for a, b in extents],
        )
        total += min(max(edge) - min(edge) for edge in edges)
    return total
