"""What bracketed changes say about places: value minus reference, under each convention.

The convention of a table is unknown while its figures are being placed, so every assignment is
credited with the convention that suits it best, measure by measure.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS, count_bits

if TYPE_CHECKING:
    from kenzan.interpret.linear.frame import Axes

CONVENTIONS = 7
MISS = -10 * ERROR_BITS
"""What a change that does not fit costs, in tenths of bits."""


class References:
    """Which slots a change can be measured against, and which changes a slot is a reference of."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.target = self._first("target", 0)
        self.actual = self._first("actual", self.target)
        self.of: list[tuple[int | None, ...]] = [self._references(s) for s in range(axes.size)]
        self.users: list[list[tuple[int, int]]] = [[] for _ in range(axes.size)]
        for slot, references in enumerate(self.of):
            for convention, reference in enumerate(references):
                if reference is not None:
                    self.users[reference].append((slot, convention))

    def _first(self, measure: str, default: int) -> int:
        measures = self.axes.measures
        return measures.index(measure) if measure in measures else default

    def _references(self, slot: int) -> tuple[int | None, ...]:
        indicator, period, measure = self.axes.place(slot)
        at = self.axes.slot
        if self.axes.measures[measure] == "rate":
            return (None,) * CONVENTIONS
        same = at(indicator, period, self.target) if measure != self.target else None
        if period == 0:
            return (None, None, None, None, None, same, None)
        last = at(indicator, period - 1, measure)
        return (
            last,
            at(indicator, period - 1, self.target),
            at(indicator, period - 1, self.actual),
            at(indicator, 0, self.target),
            at(indicator, 0, self.actual),
            same,
            last,
        )


@lru_cache(maxsize=65536)
def credit(value: Decimal, reference: Decimal, change: Decimal, convention: int) -> int:
    """Tenths of bits that a change speaks for a value and its reference being where they are.

    A change printed with fewer decimals than its figures may be off by its last digit; a printed
    0 may not.
    """
    computed = reference if convention == CONVENTIONS - 1 else value - reference
    step = Decimal(1).scaleb(_exponent(change))
    coarser = min(_exponent(value), _exponent(reference)) < _exponent(change)
    slack = step if coarser and change else Decimal(0)
    if abs(computed - change) > slack:
        return MISS
    return 10 * count_bits(change, step)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
