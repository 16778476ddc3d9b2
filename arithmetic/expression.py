"""Formulas over named roles: computed on values or intervals, solved for one figure, written out.

One tree serves all three, so that what is written is what was computed.

    >>> change = Role("current") - Role("previous_target")
    >>> change.value({"current": (Decimal(-173),), "previous_target": (Decimal(0),)})
    Decimal('-173')
    >>> change.render({"current": ("-173",), "previous_target": ("0（前年度目標）",)})
    '-173 − 0（前年度目標）'
"""

# ruff: noqa: D102, ARG002 - methods are documented once, on Expression; leaves ignore some of
# what inner nodes need.

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Interval
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Values = Mapping[str, Sequence[Decimal]]
    Intervals = Mapping[str, Sequence[Interval]]
    Texts = Mapping[str, Sequence[str]]
    Position = tuple[str, int]

_ZERO = Decimal(0)


class Expression(ABC):
    """A formula. Every role stands in it once, so that it can be solved for any figure."""

    __slots__ = ()

    @abstractmethod
    def value(self, values: Values) -> Decimal:
        """Computed on the printed digits.

        Raises:
            ZeroDivisionError: if a divisor is zero.
        """

    @abstractmethod
    def interval(self, intervals: Intervals) -> Interval:
        """Computed on what the figures may stand for.

        Raises:
            ZeroDivisionError: if a divisor may be zero.
        """

    @abstractmethod
    def roles(self) -> Iterator[str]:
        """The names of its roles, from left to right."""

    @abstractmethod
    def solve(self, wanted: Position, goal: Interval, intervals: Intervals) -> Interval:
        """What the figure at ``wanted`` (role, place in it) must be for the result to be ``goal``.

        Raises:
            ZeroDivisionError: if there is no bounded answer.
        """

    @abstractmethod
    def render(self, texts: Texts) -> str:
        """Written out with the given text for each figure."""

    def is_sum(self, texts: Texts) -> bool:
        """Whether it is written as a sum, so that it wants brackets inside other formulas."""
        return False

    def write(self, texts: Texts) -> str:
        """As ``render``, by a template where it can be."""
        return self.render(texts)

    def __add__(self, other: Expression) -> Expression:
        return Sum(self, other)

    def __sub__(self, other: Expression) -> Expression:
        return Difference(self, other)

    def __mul__(self, other: Expression) -> Expression:
        return Product(self, other)

    def __truediv__(self, other: Expression) -> Expression:
        return Quotient(self, other)


@dataclass(frozen=True, slots=True)
class Role(Expression):
    """A figure, named by the part it plays; the sum of all of them if it has several."""

    name: str

    def value(self, values: Values) -> Decimal:
        figures = values[self.name]
        return figures[0] if len(figures) == 1 else sum(figures, _ZERO)

    def interval(self, intervals: Intervals) -> Interval:
        figures = intervals[self.name]
        return figures[0] if len(figures) == 1 else add_up(figures)

    def roles(self) -> Iterator[str]:
        yield self.name

    def solve(self, wanted: Position, goal: Interval, intervals: Intervals) -> Interval:
        others = [one for i, one in enumerate(intervals[self.name]) if i != wanted[1]]
        return goal - add_up(others) if others else goal

    def render(self, texts: Texts) -> str:
        return " + ".join(texts[self.name]).replace(" + -", " − ") or "0"

    def is_sum(self, texts: Texts) -> bool:
        figures = texts[self.name]
        return len(figures) > 1 or (len(figures) == 1 and figures[0].startswith("-"))


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number that belongs to the formula itself."""

    number: Decimal
    _point: Interval = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_point", Interval.point(self.number))

    def value(self, values: Values) -> Decimal:
        return self.number

    def interval(self, intervals: Intervals) -> Interval:
        return self._point

    def roles(self) -> Iterator[str]:
        return iter(())

    def solve(self, wanted: Position, goal: Interval, intervals: Intervals) -> Interval:
        raise KeyError(wanted)

    def render(self, texts: Texts) -> str:
        return format(self.number, "f")


@dataclass(frozen=True, slots=True)
class _Pair(Expression):
    left: Expression
    right: Expression
    _template: str = field(default="", init=False, repr=False, compare=False)

    def write(self, texts: Texts) -> str:
        """As ``render``, but by a template where every role is one figure without a minus sign."""
        plain = {}
        for role, found in texts.items():
            if len(found) != 1 or found[0].startswith("-"):
                return self.render(texts)
            plain[role] = found[0]
        if not self._template:
            template = self.render({role: (f"{{{role}}}",) for role in self.roles()})
            object.__setattr__(self, "_template", template)
        return self._template.format_map(plain)

    def roles(self) -> Iterator[str]:
        yield from self.left.roles()
        yield from self.right.roles()

    def solve(self, wanted: Position, goal: Interval, intervals: Intervals) -> Interval:
        if wanted[0] in self.left.roles():
            left = self._left_for(goal, self.right.interval(intervals))
            return self.left.solve(wanted, left, intervals)
        right = self._right_for(goal, self.left.interval(intervals))
        return self.right.solve(wanted, right, intervals)

    @abstractmethod
    def _left_for(self, goal: Interval, right: Interval) -> Interval:
        """The left side, given the result and the right side."""

    @abstractmethod
    def _right_for(self, goal: Interval, left: Interval) -> Interval:
        """The right side, given the result and the left side."""

    def _join(self, texts: Texts, sign: str, *, left: bool, right: bool) -> str:
        one, two = self.left.render(texts), self.right.render(texts)
        one = f"({one})" if left and self.left.is_sum(texts) else one
        two = f"({two})" if right and self.right.is_sum(texts) else two
        return f"{one} {sign} {two}"


@dataclass(frozen=True, slots=True)
class Sum(_Pair):
    """left + right."""

    def value(self, values: Values) -> Decimal:
        return self.left.value(values) + self.right.value(values)

    def interval(self, intervals: Intervals) -> Interval:
        return self.left.interval(intervals) + self.right.interval(intervals)

    def _left_for(self, goal: Interval, right: Interval) -> Interval:
        return goal - right

    def _right_for(self, goal: Interval, left: Interval) -> Interval:
        return goal - left

    def render(self, texts: Texts) -> str:
        return self._join(texts, "+", left=False, right=False).replace("+ -", "− ")

    def is_sum(self, texts: Texts) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Difference(_Pair):
    """left − right."""

    def value(self, values: Values) -> Decimal:
        return self.left.value(values) - self.right.value(values)

    def interval(self, intervals: Intervals) -> Interval:
        return self.left.interval(intervals) - self.right.interval(intervals)

    def _left_for(self, goal: Interval, right: Interval) -> Interval:
        return goal + right

    def _right_for(self, goal: Interval, left: Interval) -> Interval:
        return left - goal

    def render(self, texts: Texts) -> str:
        return self._join(texts, "−", left=False, right=True)

    def is_sum(self, texts: Texts) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Product(_Pair):
    """left × right."""

    def value(self, values: Values) -> Decimal:
        return self.left.value(values) * self.right.value(values)

    def interval(self, intervals: Intervals) -> Interval:
        return self.left.interval(intervals) * self.right.interval(intervals)

    def _left_for(self, goal: Interval, right: Interval) -> Interval:
        return goal / right

    def _right_for(self, goal: Interval, left: Interval) -> Interval:
        return goal / left

    def render(self, texts: Texts) -> str:
        return self._join(texts, "×", left=True, right=True)


@dataclass(frozen=True, slots=True)
class Quotient(_Pair):
    """left ÷ right."""

    def value(self, values: Values) -> Decimal:
        divisor = self.right.value(values)
        if divisor == _ZERO:
            raise ZeroDivisionError
        return self.left.value(values) / divisor

    def interval(self, intervals: Intervals) -> Interval:
        return self.left.interval(intervals) / self.right.interval(intervals)

    def _left_for(self, goal: Interval, right: Interval) -> Interval:
        return goal * right

    def _right_for(self, goal: Interval, left: Interval) -> Interval:
        return left / goal

    def render(self, texts: Texts) -> str:
        return self._join(texts, "÷", left=True, right=True)


def add_up(figures: Sequence[Interval]) -> Interval:
    """The sum of any number of intervals; 0 of none."""
    lows, highs, low_open, high_open = _ZERO, _ZERO, False, False
    for low, high, opens_low, opens_high in figures:
        lows, highs = lows + low, highs + high
        low_open, high_open = low_open or opens_low, high_open or opens_high
    return Interval(lows, highs, low_open, high_open)
