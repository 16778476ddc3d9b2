"""Ties between printed figures: one judged figure, and the ways it may follow from others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Interval, Rounding

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping
    from decimal import Decimal

    from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName
    from kenzan.audit.figures import Figure


@dataclass(frozen=True, slots=True, eq=False)
class Tie:
    """A figure and the figures that it should follow from, under one hypothesis.

    ``names`` overrides what the relation calls its roles, one name for each figure of a role.
    """

    relation: Relation
    hypothesis: Hypothesis
    judged: Figure
    operands: Mapping[str, tuple[Figure, ...]]
    rounding: Rounding = Rounding.HALF_UP
    names: Mapping[str, tuple[RoleName, ...]] = field(default_factory=dict)

    def computed(self, changed: Mapping[int, Decimal] | None = None) -> Interval | None:
        """What the operands lead to; ``None`` if a divisor may be zero.

        ``changed`` maps indexes of figures to other values, to see what a correction would do.
        """
        intervals = {
            role: [_interval(figure, self.rounding, changed) for figure in figures]
            for role, figures in self.operands.items()
        }
        try:
            return self.hypothesis.formula.interval(intervals)
        except ZeroDivisionError:
            return None

    def holds(self, changed: Mapping[int, Decimal] | None = None) -> bool | None:
        """Whether what is printed can be what the operands lead to; ``None`` if not computable."""
        computed = self.computed(changed)
        if computed is None:
            return None
        return computed.meets(_interval(self.judged, self.rounding, changed))

    def wanted(self, figure: Figure) -> Interval | None:
        """What one of its figures must be for the tie to hold; ``None`` if there is no answer."""
        if figure is self.judged:
            return self.computed()
        intervals = {
            role: [one.interval(self.rounding) for one in figures]
            for role, figures in self.operands.items()
        }
        goal = self.judged.interval(self.rounding)
        for role, figures in self.operands.items():
            for place, one in enumerate(figures):
                if one is figure:
                    try:
                        return self.hypothesis.formula.solve((role, place), goal, intervals)
                    except ZeroDivisionError:
                        return None
        return None

    def figures(self) -> Iterator[Figure]:
        """The judged figure, then the operands in the order of the formula."""
        yield self.judged
        for role in self.hypothesis.formula.roles():
            yield from self.operands[role]


def _interval(
    figure: Figure, rounding: Rounding, changed: Mapping[int, Decimal] | None
) -> Interval:
    if changed and figure.index in changed:
        figure = replace(figure, value=changed[figure.index])
    return figure.interval(rounding)


@dataclass(frozen=True, slots=True)
class Question:
    """A figure to be checked, with one tie per hypothesis of its pool (``None``: not possible).

    ``table`` and ``line`` say where it belongs when conventions differ inside a document.
    """

    judged: Figure
    ties: tuple[Tie | None, ...]
    table: Hashable = None
    line: Hashable = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions of one relation that are taken to follow one convention.

    ``hypotheses`` names what stands at each place of ``Question.ties``. ``prior`` counts the
    telling cells that a header which names the relation is worth (構成比, 増減額).
    """

    relation: Relation
    scope: str
    hypotheses: tuple[Hypothesis, ...]
    questions: tuple[Question, ...]
    prior: int = 0
