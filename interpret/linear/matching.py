"""Which name belongs to which columns, where text gives names and columns apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear.vocabulary import unit_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.names import Name
    from kenzan.interpret.linear.search import Search
    from kenzan.interpret.linear.state import State

_BESIDE = 60
"""The one name that stands between the columns before and these."""
_NAMED_LATER = -40
_SWAPPED_ALIKE, _SWAPPED_UNLIKE = -70, -12
"""Two columns in the order that their names are not in.

Programs that read a page column by column take the block first whose middle is higher, and only
then the one on the left: columns that are filled alike keep their order, others may not.
"""


class Matcher:
    """Scores the naming of the indicators that the search opened one after the other."""

    def __init__(self, names: Sequence[Name], lines: Sequence[int]) -> None:
        """``lines`` holds the line of every figure of the search."""
        self.names = [name.text for name in names]
        self.starts = [name.pieces[0].line for name in names]
        self.lines = lines

    def score(self, search: Search, state: State, order: Sequence[int]) -> int:
        """Tenths of bits for indicator k having the name ``order[k]``."""
        openings = self._openings(search, state)
        total = sum(unit_score(self.names[name], state.units[k]) for k, name in enumerate(order))
        total += sum(self._beside(openings, k, name) for k, name in enumerate(order))
        shapes = [_shape(search, state, k) for k in range(len(order))]
        for k in range(len(order)):
            for later in range(k + 1, len(order)):
                if order[later] < order[k]:
                    alike = shapes[k] == shapes[later]
                    total += _SWAPPED_ALIKE if alike else _SWAPPED_UNLIKE
        return total

    def _openings(self, search: Search, state: State) -> list[int]:
        """The line on which the first figure of each indicator stands."""
        first = [10**9] * search.axes.indicators
        for slot, figure in state.values.items():
            indicator = search.axes.place(slot)[0]
            first[indicator] = min(first[indicator], self.lines[figure])
        return first

    def _beside(self, openings: Sequence[int], k: int, name: int) -> int:
        before = max((line for line in openings if line < openings[k]), default=-1)
        between = [n for n, line in enumerate(self.starts) if before < line < openings[k]]
        if between == [name]:
            return _BESIDE
        return _NAMED_LATER if self.starts[name] > openings[k] else 0


def _shape(search: Search, state: State, indicator: int) -> frozenset[tuple[int, int, bool]]:
    """Which rows and measures of an indicator hold figures, and which of them changes."""
    axes = search.axes
    places = ((axes.place(slot), slot in state.changes) for slot in state.values)
    return frozenset((p, m, changed) for (i, p, m), changed in places if i == indicator)
