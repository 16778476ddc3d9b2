"""Columns of which one is the difference of two others, and whether their labels say so.

A table of two years mostly prints how far the newer one exceeds the older one. So the figures
tell which column holds the changes, whatever header was found for them.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = tuple[Decimal | None, ...]
Difference = tuple[int, int, int]
_AMOUNTS = frozenset({"budget", "settlement", "target", "actual"})
_WIDEST, _FEWEST_ROWS = 12, 3


def find_differences(rows: Sequence[Values], width: int) -> list[Difference]:
    """Columns (a, b, c) of which a - b = c holds in nearly all of these full rows."""
    if width > _WIDEST or len(rows) < _FEWEST_ROWS:
        return []
    return [places for places in permutations(range(width), 3) if _holds(rows, places)]


def _holds(rows: Sequence[Values], places: Difference) -> bool:
    told = hits = 0
    for row in rows:
        a, b, c = (row[k] for k in places)
        if a is None or b is None or c is None or not (a or b):
            continue
        told += 1
        hits += a - b == c
    return told >= _FEWEST_ROWS and hits * 10 >= told * 8


def contradict(measures: Sequence[str], rows: Sequence[Values]) -> bool:
    """Whether a column that is to hold changes holds amounts, or the changes stand elsewhere.

    ``measures`` are what the labels of the columns say, ``rows`` the values of full rows.
    """
    named = {k for k, measure in enumerate(measures) if measure == "change"}
    if not named and "change_rate" not in measures:
        return False
    differences = find_differences(rows, len(measures))
    changes = _find_changes(rows, differences)
    told = {place for places in differences for place in places}
    if changes and all(measures[k] in _AMOUNTS for k in changes):
        return True
    return bool(changes and named) and (not named & changes or bool((named & told) - changes))


def _find_changes(rows: Sequence[Values], differences: Sequence[Difference]) -> set[int]:
    """The columns that hold the smaller part of a difference: a change, not an amount before it."""
    sizes = [
        sum((abs(v) for v in column if v is not None), Decimal())
        for column in zip(*rows, strict=True)
    ]
    return {c for _, b, c in differences if sizes[c] < sizes[b]}
