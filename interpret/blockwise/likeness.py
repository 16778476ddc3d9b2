"""How unlike two figures are: units, decimals, size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.weights import load_weights
from kenzan.interpret.columnwise.shapes import amount_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.interpret.columnwise.entries import Entry

_NEAR, _DECADE = 30, 100
"""Hundredths of powers of ten: figures of one kind are often within a factor of two."""


class Likeness:
    """Compares the figures of one stream by their indexes."""

    def __init__(self, figures: Sequence[Entry]) -> None:
        self.shapes = [shape_of(figure) for figure in figures]
        self.sizes = [_size(figure) for figure in figures]
        self.weights = load_weights()["tiling"]
        self.known: dict[tuple[int, int], int] = {}

    def cost(self, a: int, b: int) -> int:
        """The cost of two figures standing above or beside each other, in tenths of bits."""
        known = self.known.get((a, b))
        if known is None:
            known = self.known[a, b] = self._compare(a, b)
        return known

    def spread(self, lines: Iterable[Sequence[int]]) -> int:
        """How far the figures of each line are from the one in the middle of their sizes."""
        middles = ((line, self._middle(line)) for line in lines)
        return sum(self.cost(k, middle) for line, middle in middles for k in line)

    def _middle(self, line: Sequence[int]) -> int:
        return sorted(line, key=lambda k: (self.sizes[k] or 0, k))[len(line) // 2]

    def _compare(self, a: int, b: int) -> int:
        one, other = self.shapes[a], self.shapes[b]
        if not one.known or not other.known:
            return 0
        cost = self.weights["unit_differs"] * (one.unit != other.unit)
        cost += self.weights["decimals_differ"] * (one.decimals != other.decimals)
        return cost + self._compare_sizes(self.sizes[a], self.sizes[b])

    def _compare_sizes(self, a: int | None, b: int | None) -> int:
        if a is None or b is None:
            return 0
        apart = abs(a - b)
        near = self.weights["factor_of_two"] * min(apart, _NEAR) // _NEAR
        return near + self.weights["power"] * max(apart - _NEAR, 0) // _DECADE


def _size(figure: Entry) -> int | None:
    """The power of ten of a figure in hundredths; ``None`` for 0 and for marks."""
    amount = amount_of(figure)
    return int(abs(amount).log10() * _DECADE) if amount else None
