"""Labels of rows whose words come again and again (目標, 実績, 達成率): one label for each run."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from kenzan.extract.aligned_pieces import height_of
from kenzan.extract.aligned_slots import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AGAIN = 2
"""Rows at least that have the words of the row a run above."""
_OFF = 0.35
"""Share of the distance of two rows by which a label may be off the top or middle of its run."""
_FULL = 3.0
"""Em of white at most between a line that goes on below and the column to its right."""
Run = tuple[int, int]
"""First and last row."""


def merge_runs(slots: list[Slot], heights: Sequence[float], figures: int) -> tuple[list[Slot], int]:
    """The slots, with what stands before a column of such words merged to a label for each run.

    ``heights`` are those of the rows, ``figures`` is the first column of figures. The number is
    that of the columns of labels merged. A turn of the page may cut the first run and the last.
    """
    for col in range(1, figures):
        words = [""] * len(heights)
        for slot in slots:
            if slot.col == col and slot.rowspan == 1:
                words[slot.row] = "".join(piece.text for piece in slot.pieces)
        period = find_period(words)
        if period:
            runs = _choose_runs(slots, col, period, heights)
            return (_merged(slots, col, runs), col) if runs else (slots, 0)
    return slots, 0


def find_period(words: Sequence[str]) -> int:
    """After how many rows the words come again; 0 if they do not all the way down.

    >>> find_period(["目標", "実績", "率", "目標", "実績"])
    3
    """
    for period in range(2, len(words) - _AGAIN + 1):
        first = words[:period]
        distinct = all(first) and len(set(first)) == period
        if distinct and all(a == b for a, b in zip(words, words[period:], strict=False)):
            return period
    return 0


def _choose_runs(
    slots: Sequence[Slot], before: int, period: int, heights: Sequence[float]
) -> list[Run]:
    """The runs by where their labels stand; none if the rows have labels of their own."""
    labels: dict[int, list[float]] = defaultdict(list)
    for slot in slots:
        if slot.col < before:
            labels[slot.row] += [height_of(piece.line) for piece in slot.pieces]
    cuts = [list(_runs_from(phase, period, len(heights))) for phase in range(period)]
    cuts.sort(key=lambda runs: sum(last - first + 1 < period for first, last in runs))
    chosen = next((runs for runs in cuts if _are_labelled_alike(runs, labels, heights)), cuts[0])
    all_labelled = len(labels) == len(heights)
    return [] if all_labelled and not _go_on(slots, before, chosen) else chosen


def _go_on(slots: Sequence[Slot], before: int, runs: Sequence[Run]) -> bool:
    """Whether no label within a run is one by itself, but goes on the one above: full or (人)."""
    lefts: dict[int, float] = {}
    for slot in slots:
        lefts[slot.col] = min(lefts.get(slot.col, inf), *(piece.x0 for piece in slot.pieces))
    place = {(slot.row, slot.col): slot for slot in slots if slot.col < before}
    firsts = {first for first, _ in runs}
    for (row, col), slot in place.items():
        above, piece = place.get((row - 1, col)), slot.pieces[0]
        if row in firsts or above is None or piece.in_brackets:
            continue
        if above.pieces[-1].x1 < lefts.get(col + 1, inf) - _FULL * (piece.line.size or 10.0):
            return False
    return True


def _runs_from(phase: int, period: int, rows: int) -> Iterator[Run]:
    """The runs if the first of them that is whole begins at row ``phase``."""
    starts = [0] * (phase > 0) + [*range(phase, rows, period)]
    for start, following in pairwise([*starts, rows]):
        yield start, following - 1


def _are_labelled_alike(
    runs: Sequence[Run], labels: dict[int, list[float]], heights: Sequence[float]
) -> bool:
    """Whether the labels of all runs begin at their first row, or those of whole ones are midway.

    Of a run that is cut the label may stand on the other page; one at its first row does not.
    """
    slack = _OFF * min((lower - upper for upper, lower in pairwise(heights)), default=0.0)
    period = max(last - first + 1 for first, last in runs)
    at_top = at_middle = True
    for index, (first, last) in enumerate(runs):
        rows = [row for row in range(first, last + 1) if row in labels]
        if rows and rows[-1] - rows[0] >= len(rows):
            return False
        found = [y for row in rows for y in labels[row]]
        whole = last - first + 1 == period
        if not found:
            at_top &= not index
            at_middle &= not whole
            continue
        middle = (heights[first] + heights[last]) / 2
        at_top &= abs(min(found) - heights[first]) <= slack
        at_middle &= not whole or abs((min(found) + max(found)) / 2 - middle) <= slack
    return at_top or at_middle


def _merged(slots: Sequence[Slot], before: int, runs: Sequence[Run]) -> list[Slot]:
    spans = {row: run for run in runs for row in range(run[0], run[1] + 1)}
    merged: dict[tuple[int, int], Slot] = {}
    kept = []
    for slot in sorted(slots, key=lambda slot: slot.row):
        if slot.col >= before:
            kept.append(slot)
            continue
        first, last = spans[slot.row]
        whole = Slot(first, slot.col, last - first + 1, slot.colspan)
        merged.setdefault((first, slot.col), whole).pieces += slot.pieces
    return kept + list(merged.values())
