"""Columns of baselines beside rows of measures: 現状値 over 目標 and 実績 of every indicator.

One figure for all rows of an indicator stands at the top or the middle of its cell, and so beside
a measure that it is none of. Where the rows have a figure each, they say what it is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.view import View

_FEWEST = 2
"""Indicators with one baseline for several rows, from which on that is how the column is meant."""


def settle_baselines(view: View, cols: Iterable[Meaning], rows: Sequence[Meaning]) -> None:
    """Let a column of baselines stand by itself where no indicator has two figures in it."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in rows:
        if row.measure is not None and row.names:
            groups[row.names].append(row.index)
    several = [set(indexes) for indexes in groups.values() if len(indexes) > 1]
    for col in cols:
        if _names_baseline(col):
            filled = {s.row for s in view.starting_in(col.index) if s.content.figures}
            counts = [len(filled & group) for group in several]
            col.alone = sum(counts) >= _FEWEST and max(counts) == 1
            col.measure = (col.measure or "baseline") if col.alone else col.measure


def _names_baseline(col: Meaning) -> bool:
    started = col.period is not None and col.period.kind == "baseline"
    return col.measure == "baseline" or (started and col.measure in {None, "actual"})
