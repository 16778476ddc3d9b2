"""One column of a table shared out over its rows: the cheapest way to make cells of its pieces."""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_texts import is_ordinal
from kenzan.extract.columns import width_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kenzan.extract.raster_columns import Spot

Ranked = tuple[float, "Spot"]
Cells = list[tuple[int, int, list["Spot"]]]

_TALLEST = 40
"""Rows that one cell may span."""
_LARGEST = 200_000
"""Rows times pieces from which on a column is not weighed but read as it stands."""
_EMPTY = 0.6
_SPAN = 0.12
"""Of each further row of a label."""
_SPAN_FIGURE = 0.45
"""The same for other columns, which span rows seldom."""
_BARE = 0.7
"""Of each further row that has no other label."""
_WRAP = 0.15
_TORN = 0.5
"""Of a text that goes on in the line of another row."""
_CROSSED = 1.5
"""Of a border of the columns before that a cell runs over."""
_BELONGS = 0.3
"""Ranks below a row up to which a piece belongs to it and to no later one."""
_CLOSED = 2.0
"""Of more than the heading itself in the row of a heading."""
_UNEVEN = 1.0
"""Of each line by which a letter of a word set upright stands further from the next."""
_SHORT = 1.0
"""Of a line of a label that goes on below though there was room left in it."""
_ROOM = 4
"""Half-width columns that a wrapped line may be shorter than the longest: a word, a bracket."""
_MARK_ALONE = 3.0
"""Of the mark of an item (指標①) in a cell without its name."""
_CHANGE_FIRST = 0.6
"""Of a cell that begins with a change in brackets."""


@dataclass(slots=True)
class Wanted:
    """What is known of a column before it is shared out over ``count`` rows.

    ``borders`` are rows at which cells of the columns before begin, ``spans`` the rows those
    cells take; ``beside`` are the rows with a label in another column, ``closed`` those that are
    a heading of one line. ``only`` are the rows of every cell, if they are settled. ``stepped``
    says that none of its labels has another beside it: each level of names has rows of its own.
    ``width`` is that of its longest line, in half-width columns.
    """

    count: int
    is_numeric: bool
    is_label: bool
    borders: Collection[int] = ()
    spans: Collection[tuple[int, int]] = ()
    beside: Collection[int] = ()
    closed: Collection[int] = ()
    only: Sequence[tuple[int, int]] = field(default=())
    stepped: bool = False
    width: int = 0


def share_out(column: Sequence[Ranked], wanted: Wanted) -> Cells:
    """The cells of a column, top down: first row, last row, what stands in it."""
    column = sorted(column, key=lambda item: item[0])
    plain = _as_it_stands(column, wanted.count)
    exact = all(rank == int(rank) for rank, _ in column)
    alone = wanted.is_numeric or wanted.stepped or len(plain) == wanted.count
    settled = exact and alone and not wanted.only
    if settled or len(column) * wanted.count > _LARGEST:
        return plain
    ways = [_Weighing(column, wanted, centered=way).cells() for way in (False, True)]
    (top, cells), (middle, centered) = ways
    return centered if middle < top - 1e-9 else cells


def _as_it_stands(column: Sequence[Ranked], count: int) -> Cells:
    cells: dict[int, list[Spot]] = {}
    for rank, spot in column:
        cells.setdefault(min(max(int(rank), 0), count - 1), []).append(spot)
    return [(row, row, spots) for row, spots in sorted(cells.items())]


class _Weighing:
    """The search for the cheapest cells; ``centered`` if texts stand in the middle of theirs."""

    def __init__(self, column: Sequence[Ranked], wanted: Wanted, *, centered: bool) -> None:
        self.column = column
        self.wanted = wanted
        self.centered = centered
        self.ends = dict(wanted.only)

    def cells(self) -> tuple[float, Cells]:
        """The least cost, and the cells that have it."""
        count, total = self.wanted.count, len(self.column)
        best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(count + 1)]
        best[0][0] = (0.0, 0, 0)
        for row in range(count):
            for at, (cost, _, _) in list(best[row].items()):
                for last in self._lasts(row):
                    for end in self._takes(at, last):
                        new = cost + self._cost(row, last, at, end)
                        known = best[last + 1].get(end)
                        if known is None or new < known[0] - 1e-9:
                            best[last + 1][end] = (new, row, at)
        if total not in best[count]:
            return float("inf"), _as_it_stands(self.column, count)
        return best[count][total][0], self._trace(best)

    def _trace(self, best: Sequence[dict[int, tuple[float, int, int]]]) -> Cells:
        cells: Cells = []
        row, end = self.wanted.count, len(self.column)
        while row:
            _, first, at = best[row][end]
            if end > at:
                cells.append((first, row - 1, [spot for _, spot in self.column[at:end]]))
            row, end = first, at
        return cells[::-1]

    def _lasts(self, row: int) -> Iterator[int]:
        if self.wanted.only:
            if row in self.ends:
                yield self.ends[row]
            return
        yield from range(row, min(row + _TALLEST, self.wanted.count))

    def _takes(self, at: int, last: int) -> Iterator[int]:
        """How far into the pieces a cell may reach: none left behind, none from far below."""
        total = len(self.column)
        if last == self.wanted.count - 1:
            yield total
            return
        must = at
        while must < total and self.column[must][0] < last + _BELONGS:
            must += 1
        end = must
        while end < total and self.column[end][0] <= last + 1 - _BELONGS:
            end += 1
        yield from range(must, end + 1)

    def _cost(self, first: int, last: int, at: int, end: int) -> float:
        wanted = self.wanted
        if at == end:
            if wanted.only:
                return 1.0
            return (_EMPTY if wanted.is_label else 0.05) if first == last else 9.0
        cost = self._misfit(first, last, at, end)
        if any(row in wanted.closed for row in range(first, last + 1)):
            inexact = any(rank != int(rank) for rank, _ in self.column[at:end])
            cost += _CLOSED * (inexact or last > first)
        if first < last and not wanted.only:
            cost += self._span_cost(first, last)
        return cost + self._text_cost(at, end)

    def _misfit(self, first: int, last: int, at: int, end: int) -> float:
        upper, lower = self.column[at][0], self.column[end - 1][0]
        if not self.centered:
            off = abs(upper - first)
            return 1.5 * off
        off = abs((upper + lower) / 2 - (first + last) / 2)
        return 0.5 * off if off <= 0.5 else 0.25 + 2 * (off - 0.5)

    def _span_cost(self, first: int, last: int) -> float:
        wanted = self.wanted
        if not wanted.is_label:
            return 0.1 if (first, last) in wanted.spans else _SPAN_FIGURE * (last - first)
        rows = range(first + 1, last + 1)
        cost = _SPAN * len(rows) + _CROSSED * sum(row in wanted.borders for row in rows)
        return cost + _BARE * sum(row not in wanted.beside for row in range(first, last + 1))

    def _text_cost(self, at: int, end: int) -> float:
        ranks = [rank for rank, _ in self.column[at:end]]
        marked = self._is_mark(at)
        exact = sum(rank == int(rank) for rank in ranks) - marked
        cost = _WRAP * (len(ranks) - 1) + _TORN * max(exact - 1, 0)
        if marked and end == at + 1 < len(self.column) and not self._is_mark(end):
            cost += _MARK_ALONE
        cost += _UNEVEN * self._unevenness(at, end) + _SHORT * self._count_short(at, end)
        first = self.column[at][1].piece
        later = any(not spot.piece.bracketed for _, spot in self.column[at + 1 : end])
        return cost + (_CHANGE_FIRST if first.bracketed and (later or end - at == 1) else 0.0)

    def _count_short(self, at: int, end: int) -> int:
        """How many lines of a label end early with more of it below, though not in brackets."""
        if not self.wanted.is_label:
            return 0
        pieces = [spot.piece for _, spot in self.column[at:end]]
        return sum(
            width_of(upper.text) < self.wanted.width - _ROOM
            for upper, lower in pairwise(pieces)
            if not (upper.lone or lower.in_brackets or is_ordinal(upper.text))
        )

    def _unevenness(self, at: int, end: int) -> int:
        """By how many lines the letters of a word set upright stand further apart than others."""
        spots = [spot for _, spot in self.column[at:end]]
        if len(spots) < 3 or not all(spot.piece.lone for spot in spots):
            return 0
        gaps = [lower.y - upper.y for upper, lower in pairwise(spots)]
        return max(gaps) - min(gaps)

    def _is_mark(self, at: int) -> bool:
        """Whether a piece is but the mark of an item (指標①), whose name stands below it."""
        return is_ordinal(self.column[at][1].piece.text)
