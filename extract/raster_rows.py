"""The rows of a table on a raster: which lines carry a row, and where all else belongs.

Text knows no heights, only the order of its lines. Lines of figures are the rows; a piece on any
other line stands between two of them. Each column is then shared out over the rows as a whole:
its cells begin on their row or stand in the middle of the rows they span.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.aligned_slots import Slot
from kenzan.extract.columns import width_of
from kenzan.extract.raster_cells import Wanted, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.extract.raster_columns import Raster, Spot

Spots = list["Spot"]
Ranked = tuple[float, "Spot"]

_LABELLED = 0.5
"""Share of the lines of figures from which on a row has a label beside its figures."""
_NUMBERED = re.compile(
    r"(?:[0-9０-９]{1,2}(?![歳才人日年月回次級割か台件時週期種])|[(（][0-9０-９]{1,2}[)）]|[①-⑳])"
    r"[.．、]?[ \u3000]?[^\W\d_]{2}"
)
"""A label with a number of its own, and not with one that counts something (３歳児健診)."""
_HELD = 0.15
"""How much nearer a line is to the row above if changes of that row follow it."""
_KINDS = 6
"""Different words at most in a column of words that come again and again."""
_SUBTOTAL = re.compile(r"[(（]?小[ \u3000]*計[)）]?")
_UPRIGHT = 4
"""Letters at least of words set upright."""
_MOSTLY = 0.6
"""Share of the pieces of their column."""
_FULL = 0.85
"""Share of its column's width from which on a label may have been wrapped."""


class Layout:
    """The lines of a table's body and which of them are rows."""

    def __init__(self, lines: Sequence[Spots], raster: Raster) -> None:
        self.lines = [line for line in lines if line]
        self.raster = raster
        numeric = raster.numeric
        self.numeric = set(numeric)
        self.labels = range(numeric[0]) if numeric else range(len(raster))
        if not self.labels:
            self.labels = range(1)
        last = max(numeric, default=0)
        self.names = {col for col in range(len(raster)) if col < last and col not in self.numeric}
        self.names |= set(self.labels)
        self.anchors = self._find_anchors()

    def _find_anchors(self) -> list[int]:
        """Indices of the lines that are rows."""
        strong = [i for i, line in enumerate(self.lines) if self._is_strong(line)]
        weak = [i for i, line in enumerate(self.lines) if self._is_weak(line)]
        if len(strong) < _LABELLED * (len(strong) + len(weak)):
            return sorted({*strong, *weak})
        usual = sorted(self._count(i) for i in strong)[len(strong) // 2] if strong else 0
        full = [i for i in weak if self._count(i) >= 2 and 2 * self._count(i) > usual]
        rows = self._without_middles(sorted({*strong, *full}))
        return sorted({*rows, *self._headings(set(rows))})

    def _without_middles(self, rows: list[int]) -> list[int]:
        """Without lines half way between two rows, of what stands in cells that span both."""
        found = set(rows)
        return [i for i in rows if not (i - 1 in found and i + 1 in found and self._spans(i))]

    def _spans(self, index: int) -> bool:
        """Whether a line close between two others has figures only where both have none.

        Both have a word in a column of names where it has none: 目標, 実績.
        """
        above, line, below = self.lines[index - 1 : index + 2]
        if below[0].y - above[0].y > 2:
            return False
        own = {spot.first for spot in line}
        upper, lower = ({spot.first for spot in other} for other in (above, below))
        bare = self.names & upper & lower - own
        return bool(bare) and not own & self.numeric & (upper | lower)

    def _is_strong(self, line: Spots) -> bool:
        """Whether a line has something in a column of figures, and a label."""
        return any(s.first in self.names for s in line) and any(
            s.first in self.numeric for s in line
        )

    def _is_weak(self, line: Spots) -> bool:
        figures = [s for s in line if s.first in self.numeric and s.piece.figure]
        bare = not any(s.first in self.names for s in line)
        return bare and not all(s.piece.bracketed for s in figures)

    def _count(self, index: int) -> int:
        return sum(s.first in self.numeric and s.piece.figure for s in self.lines[index])

    def _headings(self, rows: set[int]) -> list[int]:
        """Lines of a label alone that are rows of their own: neither wrapped nor set half way."""
        return [i for i in range(len(self.lines) - 1) if i not in rows and self._heads(i, rows)]

    def _heads(self, index: int, rows: set[int]) -> bool:
        line = self.lines[index]
        if len(line) > 1 or line[0].first not in self.labels or line[0].piece.lone:
            return False
        if self._is_banner(line[0]):
            return True
        if not index or index - 1 not in rows or index + 1 not in rows:
            return False
        above, below = self.lines[index - 1], self.lines[index + 1]
        col = line[0].first
        upper = next((s for s in above if s.first == col), None)
        if upper is None or all(s.first != col for s in below):
            return False
        return not self._goes_on(upper, line[0]) and below[0].y - line[0].y <= 1

    def _is_banner(self, spot: Spot) -> bool:
        """Whether a label runs over several columns, or is numbered where others are not."""
        if spot.last > spot.first:
            return True
        if not _NUMBERED.match(spot.piece.text):
            return False
        others = self.raster.columns[spot.first].pieces
        return 3 * sum(bool(_NUMBERED.match(p.text)) for p in others) < len(others)

    def _goes_on(self, upper: Spot, lower: Spot) -> bool:
        """Whether a label below may be the rest of the one above."""
        column = self.raster.columns[upper.first]
        wide = column.x1 - column.x0
        return lower.piece.bracketed or upper.piece.x1 - column.x0 >= _FULL * wide

    def ranks(self) -> list[float]:
        """For each line the row it is, or half way between two rows.

        It is nearer to the one of them from which no empty line parts it.
        """
        ranks: list[float] = []
        row = -1
        ys = [line[0].y for line in self.lines]
        anchors = set(self.anchors)
        for i in range(len(self.lines)):
            if i in anchors:
                row += 1
                ranks.append(float(row))
                continue
            ranks.append(row + 0.5 + self._lean(i, ys, anchors))
        return ranks

    def _lean(self, index: int, ys: Sequence[int], anchors: set[int]) -> float:
        up = down = index
        while up >= 0 and up not in anchors:
            up -= 1
        while down < len(ys) and down not in anchors:
            down += 1
        apart_above = any(b - a > 1 for a, b in pairwise(ys[max(up, 0) : index + 1]))
        apart_below = any(b - a > 1 for a, b in pairwise(ys[index : down + 1]))
        later = [s.piece for line in self.lines[index + 1 : down] for s in line]
        held = any(piece.bracketed and piece.figure for piece in later)
        return 0.1 * (apart_above - apart_below) - _HELD * held


def arrange(lines: Sequence[Spots], raster: Raster) -> tuple[int, list[Slot]]:
    """How many rows there are, and what stands in them."""
    layout = Layout(lines, raster)
    count = len(layout.anchors)
    placed: dict[int, list[Ranked]] = {}
    for rank, line in zip(layout.ranks(), layout.lines, strict=True):
        for spot in line:
            placed.setdefault(spot.first, []).append((rank, spot))
    closed = {row for row, i in enumerate(layout.anchors) if len(layout.lines[i]) == 1}
    before, periods = _find_periods(placed, layout.labels, count)
    slots: list[Slot] = []
    borders: set[int] = set()
    spans = set(periods)
    for col in sorted(placed):
        wanted = Wanted(count, col in layout.numeric, col in layout.labels, borders, spans)
        wanted.closed = closed
        wanted.width = max(width_of(spot.piece.text) for _, spot in placed[col])
        if wanted.is_label:
            wanted.beside = _rows_with(placed, layout.labels, col)
            wanted.stepped = wanted.beside.isdisjoint(int(rank) for rank, _ in placed[col])
        if col < before:
            wanted.only = periods
        elif wanted.is_label and _is_upright(placed[col]):
            wanted.only = _find_sums(placed, layout.labels, col, count)
        for first, last, spots in share_out(placed[col], wanted):
            slots.append(_to_slot(first, last, spots, col))
            if wanted.is_label:
                borders.add(first)
                spans.add((first, last))
    return count, slots


def _to_slot(first: int, last: int, spots: Sequence[Spot], col: int) -> Slot:
    reach = max(spot.last for spot in spots) - col + 1
    return Slot(first, col, last - first + 1, reach, [spot.piece for spot in spots])


def _rows_with(placed: dict[int, list[Ranked]], labels: range, but: int) -> frozenset[int]:
    """Rows that have a label in another column."""
    return frozenset(
        int(rank)
        for col in labels
        if col != but
        for rank, _ in placed.get(col, ())
        if rank == int(rank)
    )


def _is_upright(column: Sequence[Ranked]) -> bool:
    """Whether most of a column are single letters, of words set upright beside their rows."""
    letters = sum(spot.piece.lone for _, spot in column)
    return letters >= _UPRIGHT and letters >= _MOSTLY * len(column)


def _find_sums(
    placed: dict[int, list[Ranked]], labels: range, but: int, count: int
) -> list[tuple[int, int]]:
    """Each run of rows that ends with a sum of its own, and every row after the last of them."""
    sums = sorted(
        int(rank)
        for col in labels
        if col != but
        for rank, spot in placed.get(col, ())
        if rank == int(rank) and _SUBTOTAL.fullmatch(spot.piece.text)
    )
    if not sums:
        return []
    starts = [0, *(row + 1 for row in sums)]
    rest = [(row, row) for row in range(starts[-1], count)]
    return [*zip(starts, sums, strict=False), *rest]


def _find_periods(
    placed: dict[int, list[Ranked]], labels: range, count: int
) -> tuple[int, list[tuple[int, int]]]:
    """A column of words that come again and again (目標, 実績), and each run of rows with them."""
    for col in labels[1:]:
        words = _words(placed.get(col, ()), count)
        kinds = {word: i for i, word in enumerate(dict.fromkeys(words))}
        if "" in kinds or not 2 <= len(kinds) <= _KINDS or 2 * len(kinds) > count:
            continue
        if any(a == b for a, b in pairwise(words)):
            continue
        starts = [0, *(i for i in range(1, count) if kinds[words[i]] < kinds[words[i - 1]])]
        return col, [(a, b - 1) for a, b in pairwise([*starts, count])]
    return 0, []


def _words(column: Sequence[Ranked], count: int) -> list[str]:
    words = [""] * count
    for rank, spot in column:
        if rank == int(rank) and 0 <= rank < count:
            words[int(rank)] += "".join(spot.piece.text.split())
    return words
