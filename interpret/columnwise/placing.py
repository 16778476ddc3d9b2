"""Rows that lost cells: which columns their figures stand in, and which of them stay open."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, permutations
from math import comb
from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.shapes import amount_of, infer_shape, shape_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.bodies import Row
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.shapes import Shape

_MOST_CHOICES = 400
_CLEAR = 3
_LOST, _LOST_SOURCE = 6, 2
"""What an empty cell costs; most projects have no figure under most sources of money."""
_LATE = frozenset({"actual", "rate", "settlement", "change", "change_rate"})
_WIDEST_FOR_SUMS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: its shape, its measure, whether it is the state before the plan."""

    shape: Shape
    measure: str = ""
    baseline: bool = False
    dated: bool = False
    funding: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Columns of the figures of one row; ``None`` for a figure whose column is open."""

    columns: tuple[int | None, ...]
    doubtful: frozenset[int] = frozenset()


def infer_shapes(runs: Sequence[Sequence[Entry]], width: int) -> list[Shape]:
    """The shapes of the columns, from the rows that lost nothing."""
    full = [run for run in runs if len(run) == width]
    return [infer_shape([run[k] for run in full]) for k in range(width)]


def find_differences(rows: Sequence[Row], width: int) -> list[tuple[int, int, int]]:
    """Columns (a, b, c) of which a - b = c holds in nearly all full rows."""
    if width > _WIDEST_FOR_SUMS:
        return []
    full = [[amount_of(f) for f in row.figures] for row in rows if len(row.figures) == width]
    if len(full) < 3:
        return []
    return [
        places
        for places in permutations(range(width), 3)
        if places[1] != places[2] and _holds(full, places)
    ]


def _holds(rows: Sequence[Sequence[Decimal | None]], places: tuple[int, int, int]) -> bool:
    told = hits = 0
    for row in rows:
        a, b, c = (row[k] for k in places)
        if a is None or b is None or c is None or not (a or b):
            continue
        told += 1
        hits += a - b == c
    return told > 2 and hits * 10 >= told * 8


def find_changes(
    rows: Sequence[Row], differences: Sequence[tuple[int, int, int]]
) -> frozenset[int]:
    """The columns that hold the smaller part of a difference: a change, not an amount before it."""
    width = 1 + max((max(places) for places in differences), default=-1)
    sizes = [Decimal()] * width
    for row in rows:
        if len(row.figures) >= width:
            for k, figure in enumerate(row.figures[:width]):
                sizes[k] += abs(amount_of(figure) or Decimal())
    return frozenset(c for _, b, c in differences if sizes[c] < sizes[b])


def has_merged_baseline(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether the state before the plan is one cell over all rows of an indicator.

    Only its first row then has a figure there: 基準値 before 目標, 実績 and 達成率.
    """
    if not columns[0].baseline:
        return False
    deepest = max(len(row.stubs) for row in rows)
    heads = [k for k, row in enumerate(rows) if len(row.stubs) == deepest]
    others = [row for row in rows if len(row.stubs) < deepest]
    if len(heads) < 2 or not others or any(len(r.figures) >= len(columns) for r in others):
        return False
    return not any(
        amount_of(rows[k].figures[0]) == amount_of(rows[k + 1].figures[0])
        for k in heads
        if k + 1 < len(rows) and len(rows[k].figures) == len(columns)
    )


def place_row(
    row: Row,
    columns: Sequence[Column],
    differences: Sequence[tuple[int, int, int]],
    *,
    merged: bool,
) -> Placed:
    """The columns of a row; those that a credible rival disputes stay open."""
    width, count = len(columns), len(row.figures)
    if count == width:
        return Placed(tuple(range(width)))
    if merged and count == width - 1:
        return Placed(tuple(range(1, width)))
    if count > width or comb(width, count) > _MOST_CHOICES:
        return Placed((None,) * count, frozenset(range(width)))
    scored = sorted(
        (
            (_score(row, places, columns, differences), places)
            for places in combinations(range(width), count)
        ),
        reverse=True,
    )
    best, chosen = scored[0]
    rivals = [places for score, places in scored[1:] if best - score < _CLEAR]
    settled = tuple(
        place if all(rival[k] == place for rival in rivals) else None
        for k, place in enumerate(chosen)
    )
    disputed = {p for places in (chosen, *rivals) for p in places} - set(settled)
    return Placed(settled, frozenset(p for p in disputed if p is not None))


def _score(
    row: Row,
    places: Sequence[int],
    columns: Sequence[Column],
    differences: Sequence[tuple[int, int, int]],
) -> int:
    score = sum(
        _fit(figure, columns[place]) for figure, place in zip(row.figures, places, strict=True)
    )
    lost = [k for k in range(len(columns)) if k not in places]
    values = dict(zip(places, map(amount_of, row.figures), strict=True))
    score += sum(_difference(values, found) for found in differences)
    return score - _cost_of_losing(lost, row, columns)


def _fit(figure: Entry, column: Column) -> int:
    shape, usual = shape_of(figure), column.shape
    if not shape.known or not usual.known:
        return 0
    score = 0 if shape.decimals == usual.decimals else -4
    if usual.unit and shape.unit != usual.unit:
        score -= 3
    return score


def _difference(values: dict[int, Decimal | None], found: tuple[int, int, int]) -> int:
    """A difference speaks for the places of its three figures, or against them."""
    a, b, c = (values.get(k) for k in found)
    if a is None or b is None or c is None:
        return 0
    return 5 if a - b == c else -8


def _cost_of_losing(lost: Sequence[int], row: Row, columns: Sequence[Column]) -> int:
    """What has no figure: years to come of an actual, a target of the state before the plan."""
    own = row.leaf.label.measure
    cost = 0
    width = len(columns)
    for k in lost:
        measure = own.measure if own is not None else columns[k].measure
        later = [j for j in range(k + 1, width) if columns[j].measure == columns[k].measure]
        to_come = measure in _LATE and columns[k].dated and all(j in lost for j in later)
        unplanned = columns[k].baseline and measure in {"target", "rate"}
        if to_come or unplanned:
            cost += 1
        else:
            cost += _LOST_SOURCE if columns[k].funding else _LOST
    return cost
