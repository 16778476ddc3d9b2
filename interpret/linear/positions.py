"""Where on the line figures stand: display columns or points, as soft evidence for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear import weights
from kenzan.interpret.linear.pieces import Gap
from kenzan.interpret.linear.rulers import Extent, Ruler, find_ruler
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.frame import Figure, Step
    from kenzan.interpret.linear.tokens import Token
    from kenzan.schemas.document import Line


@dataclass(frozen=True, slots=True)
class Positions:
    """The columns of a table as its fullest lines show them: their extents by a ruler."""

    ruler: Ruler
    edges: tuple[Extent, ...]

    def cost(self, figure: Figure, at: int) -> int:
        """The cost of putting a figure into a column that it does not stand under."""
        distances = [self._distance(figure.token, edge) for edge in self.edges]
        nearest = min(distances)
        return weights.COLUMN_DIFFERS if distances[at] > nearest + 2 else 0

    def _distance(self, token: Token, edge: Extent) -> float:
        left, right = self.ruler.extent(token)
        a, b = edge
        return min(abs(left - a), abs(right - b), abs(left + right - a - b) / 2)

    def pair_cost(self, change: Figure, value: Figure) -> int:
        """The cost of a change that stands nowhere near under its value."""
        if change.token.line == value.token.line:
            return 0
        left, right = self.ruler.extent(change.token)
        a, b = self.ruler.extent(value.token)
        return 0 if left <= b + 1 and a <= right + 1 else weights.COLUMN_DIFFERS

    def group(self, size: int) -> list[Extent]:
        """The extents of groups of ``size`` columns."""
        return [
            (self.edges[k][0], self.edges[k + size - 1][1]) for k in range(0, len(self.edges), size)
        ]


@dataclass(frozen=True, slots=True)
class TabStops:
    """The columns of a table whose cells are separated by tab stops."""

    stops: tuple[int, ...]

    def cost(self, figure: Figure, at: int) -> int:
        """The cost of putting a figure into a column that it is not in by its tab stops."""
        token = figure.token
        return weights.TAB_DIFFERS if token.tabs and token.tabs != self.stops[at] else 0


def find_positions(
    steps: Sequence[Step], columns: int, lines: Sequence[Line]
) -> Positions | TabStops | None:
    """The columns as the rows with a figure in every column show them; ``None`` if none does."""
    rows = [row for row in _lines_of_values(steps) if len(row) == columns]
    tabs = [row for row in rows if row[0].tabs]
    if tabs:
        return TabStops(tuple(token.tabs for token in tabs[0]))
    spread = [row for row in rows if _is_spread(row, lines)]
    if not spread:
        return None
    ruler = find_ruler(lines, spread)
    edges = []
    for column in zip(*spread, strict=True):
        extents = [ruler.extent(token) for token in column]
        edges.append((min(a for a, _ in extents), max(b for _, b in extents)))
    return Positions(ruler, tuple(edges))


def _lines_of_values(steps: Sequence[Step]) -> list[list[Token]]:
    lines: dict[int, list[Token]] = {}
    for step in steps:
        if step.figure is not None and step.figure.token.kind == "value":
            lines.setdefault(step.figure.token.line, []).append(step.figure.token)
    return list(lines.values())


def _is_spread(row: Sequence[Token], lines: Sequence[Line]) -> bool:
    """Whether positions on this line mean anything: wide gaps, or points on a page."""
    if len(row) < 2:
        return False
    if lines[row[0].line].box is not None:
        return bool(lines[row[0].line].x0s)
    return sum(token.gap == Gap.WIDE for token in row[1:]) * 2 >= len(row) - 1
