"""An assignment in the making, and what each further placing adds to its score."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import count_bits
from kenzan.interpret.linear import weights
from kenzan.interpret.linear.conventions import CONVENTIONS, References, credit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.linear.frame import Axes, Figure

Column = tuple[int, int]
"""An indicator and one of its measures."""


@dataclass(slots=True)
class State:
    """An assignment of the figures read so far.

    ``values`` and ``changes`` map slots to figures. ``block`` holds the columns that are being
    filled, ``row`` and ``at`` the last place in it, ``open`` the slots whose change may still
    come. ``credits`` is the evidence of the changes by measure and convention; ``present`` and
    ``absent`` count filled and empty cells by row and measure; ``marks`` are hashes of the
    content of each row; ``free`` holds the row behind the last figure of
    each column; ``credited`` is what the best conventions make of the credits. ``doubt``
    tells for slots (``~slot`` for its change) how far behind, at
    most, an assignment is that says something else there. ``junk`` are figures left without a
    place, each with the row they were in.
    """

    score: int
    values: dict[int, int]
    changes: dict[int, int]
    units: tuple[str | None, ...]
    credits: tuple[int, ...]
    present: tuple[int, ...]
    absent: tuple[int, ...]
    block: tuple[Column, ...] = ()
    row: int = -1
    at: int = -1
    open: tuple[int, ...] = ()
    opened: int = 0
    junk: tuple[tuple[int, int], ...] = ()
    marks: tuple[int, ...] = ()
    free: tuple[int, ...] = ()
    credited: int = 0
    doubt: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The score, changes credited to the conventions that suit them best."""
        return self.score + self.credited

    def fork(self) -> State:
        """A copy that can be changed."""
        return State(
            self.score, dict(self.values), dict(self.changes), self.units, self.credits,
            self.present, self.absent, self.block, self.row, self.at, self.open, self.opened,
            self.junk, self.marks, self.free, self.credited, dict(self.doubt),
        )  # fmt: skip


class Scorer:
    """Puts figures into slots and keeps the score of the evidence."""

    def __init__(self, axes: Axes, figures: Sequence[Figure]) -> None:
        self.axes, self.figures = axes, figures
        self.references = References(axes)
        self.width = len(axes.measures)
        self.rates = frozenset(k for k, name in enumerate(axes.measures) if name == "rate")
        values = sum(f.token.kind == "value" for f in figures)
        self.has_changes = (len(figures) - values) * 3 >= values
        self.late = frozenset(
            k for k, name in enumerate(axes.measures) if name in {"actual", "rate", "change"}
        )

    def start(self) -> State:
        """The empty assignment."""
        cells = self.axes.periods * self.width
        return State(
            0, {}, {}, (None,) * self.axes.indicators, (0,) * (self.width * CONVENTIONS),
            (0,) * cells, (0,) * cells, marks=(0,) * self.axes.periods,
            free=(0,) * (self.axes.indicators * self.width),
        )  # fmt: skip

    def value_cost(self, state: State, figure: Figure, column: Column, row: int) -> int | None:
        """What the figure's unit and size say about a slot; ``None`` if the slot is taken."""
        indicator, measure = column
        slot = self.axes.slot(indicator, row, measure)
        if slot in state.values:
            return None
        if figure.amount is None:
            return self._mark_cost(state, indicator, row, measure)
        cost = self._unit_cost(state.units[indicator], figure, measure)
        cost += self._partner_cost(state, slot) + self._regularity(state, figure, slot)
        if measure in self.rates:
            return cost + self._rate_cost(state, figure, slot - measure)
        if row == 0 and self.axes.baseline:
            return cost + self._pair_cost(state, figure, slot)
        return cost + self._size_cost(state, figure, slot)

    def _partner_cost(self, state: State, slot: int) -> int:
        """A figure beside a missing mark: target and actual are mostly both there or both not."""
        other = self._partner(slot)
        if other is None or other not in state.values or self._amount(state, other) is not None:
            return 0
        return weights.BESIDE_MARK

    def _partner(self, slot: int) -> int | None:
        """The slot of the actual that goes with a target, and the other way round."""
        pair = {self.references.target, self.references.actual}
        measure = slot % self.width
        if measure not in pair or len(pair) < 2:
            return None
        return slot - measure + (pair - {measure}).pop()

    def _regularity(self, state: State, figure: Figure, slot: int) -> int:
        """Targets are set at even steps, or kept; actuals hardly ever come out so."""
        if slot % self.width != self.references.target or self.late >= {self.references.target}:
            return 0
        before = self._amount(state, slot - self.width)
        first = self._amount(state, slot - 2 * self.width)
        if before is None or first is None or figure.amount is None:
            return 0
        if slot // self.width % self.axes.periods < 2:
            return 0
        step = figure.amount - before
        if step != before - first:
            return 0
        return min(weights.EVEN_STEP, 10 * _bits(figure, step))

    def _mark_cost(self, state: State, indicator: int, row: int, measure: int) -> int:
        """Missing marks come in company: under each other, side by side, or in a row."""
        slot = self.axes.slot(indicator, row, measure)
        near = [slot - self.width] if row else []
        near += [slot - measure + k for k in range(self.width) if k != measure]
        near += [self.axes.slot(i, row, measure) for i in range(self.axes.indicators)]
        if any(k in state.values and self._amount(state, k) is None for k in near):
            return weights.MARK_IN_COMPANY
        if measure in self.rates:
            return weights.MARK_OF_RATE
        last = row >= self.axes.periods - 2
        if measure in self.late:
            return weights.MARK_IN_COMPANY if last else weights.MARK_OF_ACTUAL
        return weights.MARK_OF_TARGET

    def _unit_cost(self, known: str | None, figure: Figure, measure: int) -> int:
        if measure in self.rates:
            return 0 if figure.unit in {"%", ""} else weights.UNIT_DIFFERS
        if known is None or known == figure.unit:
            return 0
        return weights.UNIT_DIFFERS if figure.unit else weights.UNIT_MISSING

    def _size_cost(self, state: State, figure: Figure, slot: int) -> int:
        """How far the figure is from its nearest neighbour above it or in its row."""
        above = state.values.get(slot - self.width)
        if figure.size is None or above is None or self.figures[above].size is None:
            return 0
        measure = slot % self.width
        row = slot - measure
        beside = (
            state.values.get(row + k)
            for k in range(self.width)
            if k != measure and k not in self.rates
        )
        near = [self.figures[k].size for k in (above, *beside) if k is not None]
        return weights.size_cost(min(abs(figure.size - size) for size in near if size is not None))

    def _rate_cost(self, state: State, figure: Figure, row: int) -> int:
        """Whether a rate is what its row's actual is of its target."""
        target = self._amount(state, row + self.references.target)
        actual = self._amount(state, row + self.references.actual)
        if target is None or actual is None or figure.amount is None:
            return 0
        if not target:
            return 0
        percent = actual / target * 100
        fits = abs(percent - figure.amount) <= Decimal(1).scaleb(-figure.decimals)
        return weights.RATE_FITS if fits else weights.RATE_DIFFERS

    def _amount(self, state: State, slot: int) -> Decimal | None:
        figure = state.values.get(slot)
        return None if figure is None else self.figures[figure].amount

    def _pair_cost(self, state: State, figure: Figure, slot: int) -> int:
        """Before a project starts many authors print the starting value in both columns."""
        partner = self._partner(slot)
        other = None if partner is None else state.values.get(partner)
        if other is None:
            return 0
        if figure.amount is None or self.figures[other].amount != figure.amount:
            return weights.BASELINE_DIFFERS
        return weights.BASELINE_EQUAL + 5 * _bits(figure, figure.amount)

    def put(self, state: State, figure: Figure, column: Column, row: int) -> None:
        """Put a value into a slot of a state that was forked for it."""
        indicator, measure = column
        slot = self.axes.slot(indicator, row, measure)
        state.values[slot] = figure.index
        if figure.amount is not None:
            self._mark(state, row, hash((slot, figure.amount)))
        at = indicator * self.width + measure
        if state.free[at] <= row:
            state.free = (*state.free[:at], row + 1, *state.free[at + 1 :])
        if state.units[indicator] is None and figure.unit and measure not in self.rates:
            units = list(state.units)
            units[indicator] = figure.unit
            state.units = tuple(units)
        self._count(state, row, measure, filled=True)
        for other, convention in self.references.users[slot]:
            if other in state.changes:
                self._credit(state, other, slot, convention)

    @staticmethod
    def _mark(state: State, row: int, content: int) -> None:
        state.marks = (*state.marks[:row], state.marks[row] ^ content, *state.marks[row + 1 :])

    def leave_empty(self, state: State, column: Column, row: int) -> None:
        """Note that a cell has no figure."""
        indicator, measure = column
        if measure in self.rates:
            actual = self.axes.slot(indicator, row, self.references.actual)
            if self._amount(state, actual) is None:
                state.score += weights.RATE_EMPTY
                return
        self._count(state, row, measure, filled=False)

    def _count(self, state: State, row: int, measure: int, *, filled: bool) -> None:
        at = row * self.width + measure
        present, absent = state.present[at], state.absent[at]
        share = self._empty_share(state, row, measure)
        state.score += weights.urn_cost(present, absent, share, filled)
        if filled:
            state.present = (*state.present[:at], present + 1, *state.present[at + 1 :])
        else:
            state.absent = (*state.absent[:at], absent + 1, *state.absent[at + 1 :])

    def _empty_share(self, state: State, row: int, measure: int) -> int:
        """How many in a thousand rows like this one have no figure of this measure.

        Actuals are not known yet in the last rows, and once they stop they stay away. Targets
        may be missing in the baseline row, or in all years but the last; they leave no gaps.
        """
        first = 1 if self.axes.baseline else 0
        late = measure in self.late
        if row < first:
            return weights.EMPTY_BASELINE[late]
        above = (row - 1) * self.width + measure
        gone = row > first and state.absent[above] > state.present[above]
        if late:
            left = min(self.axes.periods - 1 - row, len(weights.EMPTY_LATE) - 1)
            return weights.EMPTY_LATE_AGAIN if gone else weights.EMPTY_LATE[left]
        years = range(first * self.width + measure, (row + 1) * self.width, self.width)
        if any(state.present[k] for k in years):
            return weights.EMPTY_GAP
        return weights.EMPTY_AGAIN if gone else weights.EMPTY_START

    def key(self, state: State, *, by_rows: bool) -> tuple[object, ...]:
        """What two states share whose future is the same, whatever they did before.

        Rows order looks back on the first row, the row before and this one; columns order on all.
        """
        if not by_rows:
            return state.marks, state.block, state.row, state.at, state.open, state.free
        row, width = state.row, self.width
        near = (0, max(row - 1, 0), row)
        counts = tuple(
            state.absent[k] > state.present[k]
            for k in range(max(row - 1, 0) * width, max(row, 0) * width)
        )
        started = tuple(any(state.present[m::width]) for m in range(width))
        return (
            row, state.at, state.open, state.units, state.credits, counts, started,
            tuple(state.marks[k] for k in near),
            state.present[row * width : (row + 1) * width], len(state.junk),
        )  # fmt: skip

    def merge(self, kept: State, lost: State, gap: int) -> None:
        """Note in the better of two states where the other one, ``gap`` behind, differs."""
        for slot in kept.values.keys() | lost.values.keys():
            if self._label(kept.values.get(slot)) != self._label(lost.values.get(slot)):
                _lower(kept.doubt, slot, gap)
            elif self._label(kept.changes.get(slot)) != self._label(lost.changes.get(slot)):
                _lower(kept.doubt, ~slot, gap)
        for slot, behind in lost.doubt.items():
            _lower(kept.doubt, slot, gap + behind)

    def _label(self, figure: int | None) -> str:
        return "" if figure is None else self.figures[figure].token.label

    def finish(self, state: State) -> None:
        """Note every cell empty that neither holds a figure nor was noted before."""
        for at in range(len(state.present)):
            left = self.axes.indicators - state.present[at] - state.absent[at]
            for _ in range(left):
                self._count(state, at // self.width, at % self.width, filled=False)

    def attach(self, state: State, figure: Figure, slot: int) -> None:
        """Give a change to the value in a slot of a state that was forked for it."""
        state.changes[slot] = figure.index
        self._mark(state, self.axes.place(slot)[1], hash((~slot, figure.amount)))
        for convention, reference in enumerate(self.references.of[slot]):
            if reference is not None and reference in state.values:
                self._credit(state, slot, reference, convention)

    def _credit(self, state: State, slot: int, reference: int, convention: int) -> None:
        value = self.figures[state.values[slot]].amount
        base = self.figures[state.values[reference]].amount
        change = self.figures[state.changes[slot]].amount
        if value is None or base is None or change is None:
            return
        at = slot % self.width * CONVENTIONS + convention
        more = state.credits[at] + credit(value, base, change, convention)
        state.credits = (*state.credits[:at], more, *state.credits[at + 1 :])
        state.credited = sum(
            max(map(int.__add__, state.credits[k : k + CONVENTIONS], weights.CONVENTION_PRIOR))
            for k in range(0, len(state.credits), CONVENTIONS)
        )

    def unchanged_cost(self, state: State, slots: Sequence[int]) -> int:
        """The cost of values that stay without a change where others have one."""
        if not self.has_changes:
            return 0
        known = [s for s in slots if self.figures[state.values[s]].amount is not None]
        known = [s for s in known if s % self.width not in self.rates]
        if self.axes.baseline:
            known = [s for s in known if self.axes.place(s)[1] > 0]
        return weights.CHANGE_MISSING * len(known)


def _bits(figure: Figure, amount: Decimal) -> int:
    """The bits that it takes to hit an amount by chance, in the decimals of a figure."""
    return count_bits(amount, Decimal(1).scaleb(-max(figure.decimals, 0)))


def _lower(doubt: dict[int, int], slot: int, gap: int) -> None:
    if gap < doubt.get(slot, gap + 1):
        doubt[slot] = gap
