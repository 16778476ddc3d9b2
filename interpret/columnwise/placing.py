"""Rows that lost cells: which columns their figures stand in, and which of them stay open."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.shapes import amount_of, infer_shape, shape_of
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.columnwise.bodies import Row
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.shapes import Shape

_MOST_CHOICES = 400
_CLEAR = 3
_LOST, _LOST_SOURCE = 6, 2
"""What an empty cell costs; most projects have no figure under most sources of money."""
_LATE = frozenset({"actual", "rate", "settlement", "change", "change_rate"})


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


def full_rows(rows: Sequence[Row], width: int) -> list[tuple[Decimal | None, ...]]:
    """The values of the rows that lost nothing."""
    full = (row.figures for row in rows if len(row.figures) == width)
    return [tuple(map(amount_of, figures)) for figures in full]


def find_merged_baseline(rows: Sequence[Row], columns: Sequence[Column]) -> bool | None:
    """Whether the state before the plan is one cell over all rows of an indicator.

    Only its first row then has a figure there: 基準値 before 目標, 実績 and 達成率. Where the other
    rows begin with the same figure as often as not it cannot be told: ``None``.
    """
    if not columns[0].baseline:
        return False
    deepest = max(len(row.stubs) for row in rows)
    heads = [k for k, row in enumerate(rows) if len(row.stubs) == deepest]
    others = [row for row in rows if len(row.stubs) < deepest]
    if len(heads) < 2 or not others or any(len(r.figures) >= len(columns) for r in others):
        return False
    pairs = [
        (amount_of(rows[k].figures[0]), amount_of(rows[k + 1].figures[0]))
        for k in heads
        if k + 1 < len(rows) and len(rows[k].figures) == len(columns)
    ]
    alike = sum(one == other for one, other in pairs)
    if 2 * alike == len(pairs) > 0:
        return None
    return 2 * alike <= len(pairs)


def place_row(
    row: Row,
    columns: Sequence[Column],
    differences: Sequence[tuple[int, int, int]],
    *,
    merged: bool | None,
) -> Placed:
    """The columns of a row; those that a credible rival disputes stay open."""
    width, count = len(columns), len(row.figures)
    if count == width:
        return Placed(tuple(range(width)))
    if merged:
        later = [(a - 1, b - 1, c - 1) for a, b, c in differences if min(a, b, c)]
        placed = place_row(row, columns[1:], later, merged=False)
        moved = tuple(None if place is None else place + 1 for place in placed.columns)
        return Placed(moved, frozenset(place + 1 for place in placed.doubtful))
    if merged is None or count > width or comb(width, count) > _MOST_CHOICES:
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
