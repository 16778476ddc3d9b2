"""A stream of figures cut into parts of columns and of rows that together fill a table.

A program that prints a page by blocks fills each column from top to bottom, but goes through
them column by column, row by row, or a few columns row by row. So the state of a table half
filled is how far down each column is, and the next figures go on in one column, or in one row of
neighbouring columns that are equally full. What is cheapest is what keeps each figure like those
above it or beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.likeness import Likeness
from kenzan.interpret.blockwise.weights import load_weights
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.interpret.columnwise.entries import Entry

Part = tuple[str, int, int]
"""The last part laid: along a column from a row on, or along a row from a column to another."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Figures in the order of the text.

    ``breaks`` are the indexes of figures that labels stand before, ``blocks`` of those that a
    blank line stands before (none where every figure has blank lines around it). ``merged`` is how
    often each of the first figures is repeated, since one cell holds for so many rows (0: none is).
    """

    figures: tuple[Entry, ...]
    breaks: frozenset[int] = frozenset()
    blocks: frozenset[int] = frozenset()
    merged: int = 0

    def repeat(self, first: int, each: int) -> Stream:
        """The stream with each of its ``first`` figures ``each`` times."""
        more = first * (each - 1)
        repeated = (figure for figure in self.figures[:first] for _ in range(each))
        breaks, blocks = (
            frozenset(k + more for k in places if k >= first)
            for places in (self.breaks, self.blocks)
        )
        return Stream((*repeated, *self.figures[first:]), breaks, blocks, each)


@dataclass(frozen=True, slots=True)
class Tiling:
    """The columns of a table, each the indexes of its figures from the top, and their cost."""

    columns: tuple[tuple[int, ...], ...]
    cost: int

    @property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The rows, each the indexes of its figures from the left."""
        return tuple(zip(*self.columns, strict=True))


@dataclass(frozen=True, slots=True)
class _State:
    columns: tuple[tuple[int, ...], ...]
    cost: int
    part: Part
    turns: int = 0


def find_tilings(stream: Stream, rows: int, columns: int) -> list[Tiling]:
    """The ways to fill ``rows`` × ``columns`` cells with all figures, the cheapest first."""
    return _Tiler(stream, rows, columns).run()


def _key(state: _State, *, last: bool) -> tuple[object, ...]:
    """What states must share to go on alike; ways with more turns stay apart, for the sums."""
    return (state.columns,) if last else (*map(len, state.columns), state.part, state.turns)


def _choose(states: Iterable[_State], thin: int, times: int = 1) -> list[_State]:
    """The states to go on with: the cheapest ones and those that turned least.

    ``thin`` divides how many are kept: long streams take time enough with few.
    """
    search = load_weights()["search"]
    cheap = sorted(states, key=lambda state: state.cost)
    within = [s for s in cheap if s.cost <= cheap[0].cost + search["reach"]]
    plain = sorted(cheap, key=lambda state: (state.turns, state.cost))
    beam, plainest = search["beam"] * times // thin, search["plainest"] * times // thin
    chosen = {id(s): s for s in (*within[:beam], *plain[:plainest])}
    return list(chosen.values())


class _Tiler:
    def __init__(self, stream: Stream, rows: int, columns: int) -> None:
        self.stream, self.rows, self.width = stream, rows, columns
        self.weights = load_weights()["tiling"]
        self.count = len(stream.figures)
        self.unlike = Likeness(stream.figures).cost
        self.stops = sorted(stream.breaks | stream.blocks | {len(stream.figures)})

    def run(self) -> list[Tiling]:
        total = self.count
        thin = 1 + total // load_weights()["search"]["long"]
        waiting: list[dict[tuple[object, ...], _State]] = [{} for _ in range(total + 1)]
        waiting[0][()] = _State(((),) * self.width, 0, ("", 0, 0))
        for at in range(total):
            for state in _choose(waiting[at].values(), thin):
                for end, grown in self._grow(state, at):
                    held = waiting[end]
                    key = _key(grown, last=end == total)
                    if key not in held or grown.cost < held[key].cost:
                        held[key] = grown
            waiting[at].clear()
        done = _choose(waiting[total].values(), 1, 3)
        return [Tiling(state.columns, state.cost) for state in done]

    def _grow(self, state: _State, at: int) -> Iterator[tuple[int, _State]]:
        heights = [len(column) for column in state.columns]
        for c, height in enumerate(heights):
            if height == self.rows or (c and heights[c - 1] == height):
                continue
            for size in self._sizes(at, height):
                yield at + size, self._lay_column(state, at, c, size)
            last = c
            while last + 1 < self.width and heights[last + 1] == height:
                last += 1
                if at + last - c < self.count:
                    yield at + last - c + 1, self._lay_row(state, at, c, last)

    def _sizes(self, at: int, height: int) -> Iterator[int]:
        """How many figures of a column may come next: to its end, to its last row, to a break."""
        left = self.rows - height
        stop = next(stop for stop in self.stops if stop > at) - at
        for size in sorted({left, left - 1, min(stop, left)}):
            if 0 < size <= self.count - at:
                yield size

    def _lay_column(self, state: _State, at: int, c: int, size: int) -> _State:
        column, cost = state.columns[c], state.cost
        height = len(column)
        part = ("column", height, size)
        if part != state.part:
            cost += self.weights["new_part"] + self.weights["part_of_column"] * (size < self.rows)
        for k in range(size):
            above = column[-1] if k == 0 and column else at + k - 1 if k else None
            cost += self._cost(at + k, above, self._left(state, c, height + k))
        cost += self._inside(at, size)
        grown = (*column, *range(at, at + size))
        columns = (*state.columns[:c], grown, *state.columns[c + 1 :])
        return _State(columns, cost, part, state.turns + (part != state.part))

    def _lay_row(self, state: _State, at: int, first: int, last: int) -> _State:
        cost, part = state.cost, ("row", first, last)
        height = len(state.columns[first])
        cost += 0 if part == state.part else self.weights["new_part"]
        columns = list(state.columns)
        for k, c in enumerate(range(first, last + 1)):
            column = columns[c]
            left = self._left(state, c, height) if not k else at + k - 1
            cost += self._cost(at + k, column[-1] if column else None, left)
            columns[c] = (*column, at + k)
        cost += self._inside(at, last - first + 1)
        return _State(tuple(columns), cost, part, state.turns + (part != state.part))

    def _left(self, state: _State, c: int, row: int) -> int | None:
        beside = state.columns[c - 1] if c else ()
        return beside[row] if row < len(beside) else None

    def _inside(self, at: int, size: int) -> int:
        inside = range(at + 1, at + size)
        labels = sum(k in self.stream.breaks for k in inside)
        blanks = sum(k in self.stream.blocks for k in inside)
        return labels * self.weights["label_inside"] + blanks * self.weights["block_inside"]

    def _cost(self, figure: int, above: int | None, left: int | None) -> int:
        """How unlike a figure is to the one above it, or to the one beside it if that is less."""
        costs = [] if above is None else [self.unlike(figure, above)]
        if left is not None:
            costs.append(self.unlike(figure, left) + self.weights["beside"])
        return min(costs, default=0)
