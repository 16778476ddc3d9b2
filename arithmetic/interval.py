"""Printed figures as intervals, and interval arithmetic in ``Decimal``.

A printed 5.6 stands for [5.55, 5.65) if it was rounded half up, for [5.6, 5.7) if it was
truncated, for 5.6 alone if it is exact. Two figures agree when their intervals meet.

Source: XBRL Calculations 1.1 (REC 2023-02-22), section on rounding and truncation.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import StrEnum
from typing import NamedTuple

_DOWN = Context(prec=34, rounding=ROUND_FLOOR)
_UP = Context(prec=34, rounding=ROUND_CEILING)
_ZERO = Decimal(0)


class Rounding(StrEnum):
    """How a figure came to its printed digits; ``ANY`` allows half up and truncated alike."""

    EXACT = "exact"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    TRUNCATED = "truncated"
    ANY = "any"


class Interval(NamedTuple):
    """All values between ``low`` and ``high``; an open end does not belong to it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """The value itself, without slack."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether it holds one value only."""
        return self.low == self.high

    def holds(self, value: Decimal) -> bool:
        """Whether a value belongs to it."""
        above = value > self.low or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def meets(self, other: Interval) -> bool:
        """Whether some value belongs to both."""
        low, high, low_open, high_open = self
        least, most, least_open, most_open = other
        if high <= least:
            return high == least and not (high_open or least_open)
        return most > low or (most == low and not (most_open or low_open))

    def intersection(self, other: Interval) -> Interval | None:
        """The values in both; ``None`` if there are none."""
        if not self.meets(other):
            return None
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(
            _DOWN.add(self.low, other.low),
            _UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        low, high, low_open, high_open = self
        least, most, least_open, most_open = other
        return Interval(
            _DOWN.subtract(low, most),
            _UP.subtract(high, least),
            low_open or most_open,
            high_open or least_open,
        )

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        """The products; ends count as closed unless both factors are positive."""
        low, high, low_open, high_open = self
        least, most, least_open, most_open = other
        if low >= _ZERO and least >= _ZERO:
            return Interval(
                _DOWN.multiply(low, least),
                _UP.multiply(high, most),
                bool((low_open or least_open) and low and least),
                high_open or most_open,
            )
        if least == most:
            ends = (low, high) if least >= _ZERO else (high, low)
            return Interval(_DOWN.multiply(ends[0], least), _UP.multiply(ends[1], least))
        corners = [(a, b) for a in (low, high) for b in (least, most)]
        return Interval(
            min(_DOWN.multiply(a, b) for a, b in corners),
            max(_UP.multiply(a, b) for a, b in corners),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients.

        Raises:
            ZeroDivisionError: if the divisor may be zero.
        """
        low, high, low_open, high_open = self
        least, most, least_open, most_open = other
        if least <= _ZERO <= most:
            raise ZeroDivisionError
        if low >= _ZERO and least > _ZERO:
            return Interval(
                _DOWN.divide(low, most),
                _UP.divide(high, least),
                bool((low_open or most_open) and low),
                high_open or least_open,
            )
        corners = [(a, b) for a in (low, high) for b in (least, most)]
        return Interval(
            min(_DOWN.divide(a, b) for a, b in corners),
            max(_UP.divide(a, b) for a, b in corners),
        )


def find_step(value: Decimal) -> Decimal:
    """The worth of the last printed digit: 0.1 for 5.6, 1 for 120."""
    if value.same_quantum(_ONE):  # most figures, and without taking them to pieces
        return _ONE
    exponent = value.as_tuple().exponent
    return _ONE.scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else _ONE


_ONE = Decimal(1)
_HALF = Decimal("0.5")


def to_interval(
    value: Decimal, rounding: Rounding = Rounding.HALF_UP, step: Decimal | None = None
) -> Interval:
    """The values that a printed figure may stand for.

    Ties go away from zero when rounded half up; truncation goes towards zero, so that a printed 0
    stands for everything between -1 and 1. ``step`` is the worth of the last digit if it is not
    the last one printed.
    """
    if rounding is Rounding.EXACT:
        return Interval(value, value)
    step = find_step(value) if step is None else step
    if rounding is Rounding.TRUNCATED:
        return _truncated(value, step)
    half = _HALF if step is _ONE else step * _HALF
    if rounding is Rounding.HALF_UP:
        return Interval(value - half, value + half, value <= _ZERO, value >= _ZERO)
    if rounding is Rounding.ANY:
        above = step if value >= _ZERO else half
        below = step if value <= _ZERO else half
        return Interval(value - below, value + above)
    odd = (value / step) % 2 != _ZERO
    return Interval(value - half, value + half, odd, odd)


def _truncated(value: Decimal, step: Decimal) -> Interval:
    if value > _ZERO:
        return Interval(value, value + step, low_open=False, high_open=True)
    if value < _ZERO:
        return Interval(value - step, value, low_open=True, high_open=False)
    return Interval(-step, step, low_open=True, high_open=True)
