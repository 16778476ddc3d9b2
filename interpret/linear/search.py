"""The search: which figure of the stream stands in which cell.

A beam search over assignments. The stream is read once; every state has placed all figures so
far. Rows order and columns order differ only in where a state may put the next figure: behind the
last one in the row that a label opened, or in a block of columns that it walks through by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.linear import weights
from kenzan.interpret.linear.pieces import Gap
from kenzan.interpret.linear.positions import Positions
from kenzan.interpret.linear.state import Column, Scorer, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.linear.frame import Axes, Figure, Step
    from kenzan.interpret.linear.positions import TabStops

_BEAM = {True: 120, False: 120}
_REACH = {True: 200, False: 120}
"""States kept at most, and how far (tenths of bits) they may be behind the best one, in rows and
in columns order. The right assignment was never seen more than 70 behind, nor below the 15th.
"""
DOUBT = 60
"""Differences from states further behind than this are not worth noting."""


class Search:
    """One table's search; ``run`` gives complete assignments, the best first."""

    def __init__(
        self, axes: Axes, steps: Sequence[Step], positions: Positions | TabStops | None
    ) -> None:
        self.axes, self.steps, self.positions = axes, steps, positions
        self.figures = [step.figure for step in steps if step.figure is not None]
        self.scorer = Scorer(axes, self.figures)
        self.all_columns: tuple[Column, ...] = tuple(
            (i, m) for i in range(axes.indicators) for m in range(len(axes.measures))
        )
        self.marks = _uses_marks(self.figures)
        self.by_rows = any(step.row is not None for step in steps)
        self.floating = self.by_rows and _has_floating_labels(steps, len(self.all_columns))
        self.seen = -1
        self.strays: set[int] = set()
        self.most, self.reach = _BEAM[self.by_rows], _REACH[self.by_rows]
        self.labels: tuple[int, ...] = ()
        self.named = False
        self.least = 0

    def run(self) -> list[State]:
        """Complete assignments within reach of the best."""
        beam = [self.scorer.start()]
        for step in self.steps:
            beam = self._advance(beam, step)
        for state in beam:
            state.score += self.scorer.unchanged_cost(state, state.open)
            self.scorer.finish(state)
        return self._prune(beam)

    def _advance(self, beam: list[State], step: Step) -> list[State]:
        figure = step.figure
        if figure is None:
            if step.row is not None:
                return list(self._read_label(beam, step.row))
            if step.stray:
                self.strays |= {self.seen, self.seen + self.floating}
            self.labels += step.measures
            self.named = self.named or step.named
            return beam
        grown: list[State] = []
        change = figure.token.kind == "delta"
        self.least = (beam[0].total if beam else 0) - self.reach
        for state in beam:
            if change:
                grown += self._attach(state, figure)
            elif self.by_rows:
                grown += self._place_in_row(state, figure)
                if self.floating and state.row == self.seen < self.axes.periods - 1:
                    grown += self._place_before_label(state, figure)
            else:
                grown += self._continue_block(state, figure)
                grown += self._open_block(state, figure)
        self.labels, self.named = (), False
        return self._prune(grown)

    def _prune(self, states: list[State]) -> list[State]:
        """The best states, one for each future, with the doubts that their rivals cast."""
        ranked = sorted(((s.total, -k) for k, s in enumerate(states)), reverse=True)
        kept: dict[tuple[object, ...], tuple[int, State]] = {}
        for total, k in ranked:
            if total < ranked[0][0] - self.reach or len(kept) == self.most:
                break
            state = states[-k]
            key = self.scorer.key(state, by_rows=self.by_rows)
            if key not in kept:
                kept[key] = total, state
            elif kept[key][0] - total < DOUBT:
                self.scorer.merge(kept[key][1], state, kept[key][0] - total)
        return [state for _, state in kept.values()]

    def _grow(
        self, state: State, figure: Figure, column: Column, row: int, cost: int,
        passed: Sequence[tuple[Column, int]] = (),
    ) -> State | None:  # fmt: skip
        """The state with the figure put into a cell; ``None`` if taken or hopeless.

        ``passed`` are the cells (column, row) left empty on the way to it.
        """
        more = self.scorer.value_cost(state, figure, column, row)
        if more is None or state.total + cost + more < self.least:
            return None
        grown = state.fork()
        grown.score += cost + more
        for skipped, at in passed:
            self.scorer.leave_empty(grown, skipped, at)
        self.scorer.put(grown, figure, column, row)
        grown.open = (*state.open, self.axes.slot(column[0], row, column[1]))
        grown.row = row
        return grown

    def _drop(self, state: State, figure: Figure) -> State:
        grown = state.fork()
        grown.score += weights.JUNK
        grown.junk = (*state.junk, (figure.index, state.row))
        return grown

    # rows order

    def _read_label(self, beam: Sequence[State], row: int) -> Iterator[State]:
        """The label of a row: it opens the row, or stands in the middle of its figures."""
        self.seen = row
        for state in beam:
            if not self.floating or state.row == row - 1:
                yield self._open_row(state, row)
            elif state.row == row:
                yield state

    def _place_before_label(self, state: State, figure: Figure) -> Iterator[State]:
        """Open the next row although its label is still to come."""
        if figure.gap >= Gap.LINE:
            opened = self._open_row(state, state.row + 1)
            opened.score += weights.ROW_BEFORE_LABEL
            yield from self._place_in_row(opened, figure)

    def _open_row(self, state: State, row: int) -> State:
        opened = state.fork()
        self._close(opened)
        opened.block, opened.row, opened.at = self.all_columns, row, -1
        opened.opened = self.axes.indicators
        return opened

    def _close(self, state: State) -> None:
        """Leave a row: what is empty in it stays empty, what has no change gets none."""
        for column in state.block if self.by_rows else ():
            if self.axes.slot(column[0], state.row, column[1]) not in state.values:
                self.scorer.leave_empty(state, column, state.row)
        state.score += self.scorer.unchanged_cost(state, state.open)
        state.open = ()

    def _place_in_row(self, state: State, figure: Figure) -> Iterator[State]:
        if not state.block:
            yield self._drop(state, figure)
            return
        columns = len(self.all_columns)
        by_line = self.floating or isinstance(self.positions, Positions)
        last = columns - (figure.values_on_line if by_line else figure.values_after)
        again = isinstance(self.positions, Positions) and figure.begins
        for at in range(0 if again else state.at + 1, last):
            cost = self._mark_cost(figure, at - state.at - 1)
            cost += self.positions.cost(figure, at) if self.positions else 0
            cost += weights.COLUMN_AGAIN if at <= state.at else 0
            grown = self._grow(state, figure, self.all_columns[at], state.row, cost)
            if grown is not None:
                grown.at = at
                yield grown
        if last <= (0 if again else state.at + 1):
            yield self._drop(state, figure)

    def _mark_cost(self, figure: Figure, skipped: int) -> int:
        if not self.marks or figure.gap < Gap.LINE:
            return 0
        if figure.token.lead and not skipped:
            return weights.LEAD_IGNORED
        return weights.LEAD_ABSENT if skipped and not figure.token.lead else 0

    # columns order

    def _continue_block(self, state: State, figure: Figure) -> Iterator[State]:
        if not state.block:
            return
        cost = weights.BLOCK_IGNORES_LABELS if self.labels else 0
        cost += weights.REUSE_AFTER_NAME if self.named else 0
        cost += weights.ACROSS_BLANK if figure.gap >= Gap.BLANK else 0
        same_line = figure.gap < Gap.LINE
        for row in range(state.row, min(state.row + 3, self.axes.periods)):
            ahead = row != state.row
            more = cost + (weights.ROW_SPLIT_ON_LINE if ahead and same_line else 0)
            for at in range(0 if ahead else state.at + 1, len(state.block)):
                passed = self._passed(state, row, at)
                grown = self._grow(state, figure, state.block[at], row, more, passed)
                if grown is None:
                    continue
                if ahead:
                    grown.score += self.scorer.unchanged_cost(state, state.open)
                    grown.open = grown.open[-1:]
                grown.at = at
                yield grown

    def _passed(self, state: State, row: int, at: int) -> list[tuple[Column, int]]:
        """The empty cells that a walk through the block passes over on its way."""
        block, width = state.block, len(state.block)
        cells = (
            (block[k % width], k // width)
            for k in range(state.row * width + state.at + 1, row * width + at)
        )
        return [
            (column, passed)
            for column, passed in cells
            if self.axes.slot(column[0], passed, column[1]) not in state.values
        ]

    def _open_block(self, state: State, figure: Figure) -> Iterator[State]:
        base = self._opening_cost(figure) + self.scorer.unchanged_cost(state, state.open)
        for indicator in range(min(state.opened + 1, self.axes.indicators)):
            cost = base + self._name_cost(new=indicator == state.opened)
            for block, row in self._blocks(state, indicator):
                for late in range(min(2, self.axes.periods - row)):
                    more = cost + self._label_cost(block) + late * weights.LATE_ROW
                    grown = self._grow(state, figure, block[0], row + late, more)
                    if grown is None:
                        continue
                    grown.block, grown.at, grown.open = block, 0, grown.open[-1:]
                    grown.opened = max(state.opened, indicator + 1)
                    yield grown

    def _opening_cost(self, figure: Figure) -> int:
        if self.labels or self.named:
            return weights.BLOCK_AT_LABEL
        if figure.gap >= Gap.BLANK:
            return weights.BLOCK_AT_BLANK
        return weights.BLOCK_AT_LINE if figure.gap >= Gap.LINE else weights.BLOCK_INSIDE_LINE

    def _name_cost(self, *, new: bool) -> int:
        if new:
            return 0 if self.named or self.labels else weights.NEW_WITHOUT_NAME
        return weights.REUSE_AFTER_NAME if self.named else 0

    def _label_cost(self, block: tuple[Column, ...]) -> int:
        if len(set(self.labels)) == 1 and len(self.axes.measures) > 1:
            fits = {measure for _, measure in block} == set(self.labels)
            return 0 if fits else weights.BLOCK_WRONG_MEASURE
        order = [measure for _, measure in block]
        return weights.BLOCK_UNUSUAL_ORDER if order != sorted(order) else 0

    def _blocks(self, state: State, indicator: int) -> Iterator[tuple[tuple[Column, ...], int]]:
        """Blocks of an indicator that have room, with the first free row of their columns."""
        measures = range(len(self.axes.measures))
        first = indicator * len(measures)
        free = state.free[first : first + len(measures)]
        if len(free) > 1 and len(set(free)) == 1 and free[0] < self.axes.periods:
            for order in {tuple(measures), self._labelled_order()}:
                yield tuple((indicator, m) for m in order), free[0]
        for m in measures:
            if free[m] < self.axes.periods:
                yield ((indicator, m),), free[m]

    def _labelled_order(self) -> tuple[int, ...]:
        """The measures in the order of the labels just read, if those name each once."""
        width = len(self.axes.measures)
        last = self.labels[-width:]
        return last if len(set(last)) == width else tuple(range(width))

    # changes

    def _attach(self, state: State, figure: Figure) -> Iterator[State]:
        anywhere = isinstance(self.positions, Positions)
        room = len(state.open) - (0 if anywhere else figure.deltas_after)
        for k in range(room):
            slot = state.open[k]
            grown = state.fork()
            grown.score += self._change_cost(state, figure, slot, 0 if anywhere else k)
            grown.open = (*(state.open[:k] if anywhere else ()), *state.open[k + 1 :])
            self.scorer.attach(grown, figure, slot)
            yield grown
        if room <= 0:
            yield self._drop(state, figure)

    def _change_cost(self, state: State, figure: Figure, slot: int, skipped: int) -> int:
        value = self.figures[state.values[slot]]
        cost = self.scorer.unchanged_cost(state, state.open[:skipped])
        if value.amount is None:
            cost += weights.CHANGE_OF_MISSING
        if slot % len(self.axes.measures) in self.scorer.rates:
            cost += weights.CHANGE_OF_RATE
        if isinstance(self.positions, Positions):
            return cost + self.positions.pair_cost(figure, value)
        if figure.gap < Gap.WEAK and slot != state.open[-1]:
            cost += weights.BLOCK_INSIDE_LINE
        if self.axes.baseline and self.axes.place(slot)[1] == 0:
            cost += weights.CHANGE_AT_BASELINE
        return cost


def _uses_marks(figures: Sequence[Figure]) -> bool:
    """Whether the producer marks the ends of paragraphs with blanks."""
    ends = sum(figure.token.closed for figure in figures)
    return ends * 3 >= len(figures) > 0


def _has_floating_labels(steps: Sequence[Step], columns: int) -> bool:
    """Whether rows have figures before their labels: more stand between two than fit a row."""
    count = 0
    for step in steps:
        if step.row is not None:
            count = 0
        elif step.figure is not None and step.figure.token.kind == "value":
            count += 1
        if count > columns:
            return True
    return steps[0].row is None
