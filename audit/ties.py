"""Ties between printed figures: one judged figure, and the ways it may follow from others."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import count_zeros
from kenzan.arithmetic.interval import Interval, Rounding, to_interval
from kenzan.arithmetic.relation import RoleName
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from kenzan.arithmetic.relation import Hypothesis, Relation
    from kenzan.audit.figures import Figure


_NAMELESS = RoleName("", "")


class Tie:
    """A figure and the figures that it should follow from, under one hypothesis.

    ``rounding`` is how the judged figure was rounded, if that is not its own way. ``names``
    overrides what the relation calls its roles, one name for each figure of a role. What it
    computes is kept, as figures never change.
    """

    __slots__ = (
        "_computed",
        "_holds",
        "_intervals",
        "_is_computed",
        "_value",
        "hypothesis",
        "judged",
        "names",
        "operands",
        "relation",
        "rounding",
    )

    def __init__(
        self,
        relation: Relation,
        hypothesis: Hypothesis,
        judged: Figure,
        operands: Mapping[str, tuple[Figure, ...]],
        rounding: Rounding | None = None,
        names: Mapping[str, tuple[RoleName, ...]] | None = None,
    ) -> None:
        self.relation = relation
        self.hypothesis = hypothesis
        self.judged = judged
        self.operands = operands
        self.rounding = rounding
        self.names = names or {}
        self._intervals: dict[str, list[Interval]] | None = None
        self._computed: Interval | None = None
        self._is_computed = False
        self._holds: bool | None = None
        self._value: Decimal | None = None

    def names_of(self, role: str) -> Iterable[RoleName]:
        """What to call the figures of a role, one by one."""
        return self.names.get(role) or repeat(self.relation.roles.get(role, _NAMELESS))

    def intervals(self) -> dict[str, list[Interval]]:
        """What each operand may stand for, by role."""
        if self._intervals is None:
            self._intervals = self._read_intervals()
        return self._intervals

    def _read_intervals(self) -> dict[str, list[Interval]]:
        return {
            role: [one.interval() for one in figures] for role, figures in self.operands.items()
        }

    def value(self) -> Decimal:
        """What the printed digits of the operands lead to.

        Raises:
            ZeroDivisionError: if a divisor is zero.
        """
        if self._value is None:
            values = {
                role: [one.value for one in figures] for role, figures in self.operands.items()
            }
            self._value = self.hypothesis.formula.value(values)
        return self._value

    def computed(self) -> Interval | None:
        """What the operands lead to; ``None`` if a divisor may be zero."""
        if not self._is_computed:
            # Most ties hold and are not looked at again: what went into them is not kept.
            self._computed = self._compute(self._intervals or self._read_intervals())
            self._is_computed = True
        return self._computed

    def _compute(self, intervals: Mapping[str, list[Interval]]) -> Interval | None:
        try:
            return self.hypothesis.formula.interval(intervals)
        except ZeroDivisionError:
            return None

    def holds(self) -> bool | None:
        """Whether what is printed can be what the operands lead to; ``None`` if not computable."""
        computed = self.computed()
        if self._holds is None and computed is not None:
            self._holds = computed.meets(self.judged.interval(self.rounding))
        return self._holds

    def nearly_holds(self, step: Decimal) -> bool:
        """Whether it would hold if the printed figure were ``step`` higher or lower."""
        computed = self.computed()
        if computed is None:
            return False
        printed = self.judged.interval(self.rounding)
        return Interval(printed.low - step, printed.high + step).meets(computed)

    def mode_of(self, figure: Figure) -> Rounding:
        """How one of its figures was rounded, as the tie has it."""
        if figure is self.judged and self.rounding and figure.mode is not Rounding.EXACT:
            return self.rounding
        return figure.mode

    def holds_with(self, figure: Figure, value: Decimal) -> bool | None:
        """Whether it would hold if one of its figures had another value."""
        interval = to_interval(value, self.mode_of(figure))
        if figure is self.judged:
            computed = self.computed()
            return None if computed is None else computed.meets(interval)
        changed = {
            role: [
                interval if one is figure else old for one, old in zip(figures, known, strict=True)
            ]
            for (role, figures), known in zip(
                self.operands.items(), self.intervals().values(), strict=True
            )
        }
        computed = self._compute(changed)
        return None if computed is None else computed.meets(self.judged.interval(self.rounding))

    def wanted(self, figure: Figure) -> Interval | None:
        """What one of its figures must be for the tie to hold; ``None`` if there is no answer."""
        if figure is self.judged:
            return self.computed()
        formula = self.hypothesis.formula
        roles = list(formula.roles())
        goal = self.judged.interval(self.rounding)
        for role, figures in self.operands.items():
            for place, one in enumerate(figures):
                if one is figure and roles.count(role) == 1:
                    try:
                        return formula.solve((role, place), goal, self.intervals())
                    except ZeroDivisionError:
                        return None
        return None

    @property
    def digits(self) -> int:
        """The digits of the judged figure, but for the zeros that all of its figures end in."""
        zeros = min(count_zeros(one.value) for one in self.figures())
        return max(len(self.judged.value.as_tuple().digits) - zeros, 1)

    def figures(self) -> Iterator[Figure]:
        """The judged figure, then the operands in the order of the formula."""
        yield self.judged
        for role in dict.fromkeys(self.hypothesis.formula.roles()):
            yield from self.operands[role]


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

    ``hypotheses`` names what stands at each place of ``Question.ties``. ``priors`` says for each
    how many telling cells it is worth that a header names the relation (構成比, 増減額, 合計).
    ``step`` is the last digit that its figures usually have, where authors adjust them by one.
    """

    relation: Relation
    scope: str
    hypotheses: tuple[Hypothesis, ...]
    questions: tuple[Question, ...]
    priors: tuple[int, ...] = ()
    step: Decimal | None = None

    def prior(self, hypothesis: int) -> int:
        """The prior of one hypothesis, in telling cells."""
        return self.priors[hypothesis] if self.priors else 0
