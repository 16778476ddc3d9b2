"""Where on the line figures stand: display columns or points, as soft evidence for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear import weights
from kenzan.interpret.linear.tokens import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.frame import Figure, Step


class Positions:
    """The columns of a table as its fullest lines show them.

    ``edges`` are the left and right ends of each column; ``tabs`` its number of tab stops.
    """

    def __init__(self, edges: list[tuple[float, float]], tabs: list[int]) -> None:
        self.edges, self.tabs = edges, tabs

    def cost(self, figure: Figure, at: int) -> int:
        """The cost of putting a figure into a column that it does not stand under."""
        if self.tabs:
            return (
                0
                if figure.token.tabs == self.tabs[at] or not figure.token.tabs
                else weights.TAB_DIFFERS
            )
        if not self.edges:
            return 0
        nearest = min(range(len(self.edges)), key=lambda k: self._distance(figure, k))
        if nearest == at:
            return 0
        best, here = self._distance(figure, nearest), self._distance(figure, at)
        return weights.COLUMN_DIFFERS if here > best + 2 else 0

    def _distance(self, figure: Figure, at: int) -> float:
        left, right = self.edges[at]
        token = figure.token
        return min(
            abs(token.left - left),
            abs(token.right - right),
            abs(token.left + token.right - left - right) / 2,
        )

    def pair_cost(self, change: Figure, value: Figure) -> int:
        """The cost of a change that stands nowhere near under its value."""
        if self.tabs or not self.edges:
            return 0
        a, b = change.token, value.token
        if a.line == b.line or (a.left <= b.right + 1 and b.left <= a.right + 1):
            return 0
        return weights.COLUMN_DIFFERS


def find_positions(steps: Sequence[Step], columns: int) -> Positions | None:
    """The columns as the rows with a figure in every column show them; ``None`` if none does."""
    rows = [row for row in _lines_of_values(steps) if len(row) == columns]
    tabs = [row for row in rows if row[0].token.tabs]
    if tabs:
        return Positions([], [figure.token.tabs for figure in tabs[0]])
    spread = [row for row in rows if _is_spread(row)]
    if not spread:
        return None
    edges = [
        (min(f.token.left for f in column), max(f.token.right for f in column))
        for column in zip(*spread, strict=True)
    ]
    return Positions(edges, [])


def _lines_of_values(steps: Sequence[Step]) -> list[list[Figure]]:
    lines: dict[int, list[Figure]] = {}
    for step in steps:
        if step.figure is not None and step.figure.token.kind == "value":
            lines.setdefault(step.figure.token.line, []).append(step.figure)
    return list(lines.values())


def _is_spread(row: Sequence[Figure]) -> bool:
    """Whether positions on this line mean anything: wide gaps, or points on a page."""
    wide = sum(figure.gap == Gap.WIDE for figure in row[1:])
    return wide * 2 >= len(row) - 1 and row[-1].token.right > 0 and len(row) > 1
