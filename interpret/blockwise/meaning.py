"""Whether the header and the sums of a table say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.weights import load_weights
from kenzan.interpret.columnwise.layouts import measure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.blockwise.axes import Axes
    from kenzan.interpret.blockwise.sums import Sums
    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.layouts import Layout

Columns = tuple[tuple[int, ...], ...]
_RATES = frozenset({"rate", "share", "change_rate"})
_LEAST_ROWS = 3
"""Fewer rows do not tell whether a difference that the header names is one."""


def judge(layout: Layout, sums: Sums, rows: int) -> int:
    """What it says for a layout that the sums bear out what it names, in tenths of bits."""
    weights = load_weights()["labels"]
    score = 0
    for verdict in _verdicts(layout, sums):
        told = verdict or (verdict is not None and rows >= _LEAST_ROWS)
        score += (weights["borne_out"] if verdict else -weights["not_borne_out"]) * told
    return score


def is_borne_out(layout: Layout, sums: Sums, axes: Axes) -> bool:
    """Whether what the labels say of differences and totals is so."""
    if len(axes.rows) >= _LEAST_ROWS and False in _verdicts(layout, sums):
        return False
    if axes.kinds[-1] == "total" and len(axes.rows) >= _LEAST_ROWS:
        added = [k for k, path in enumerate(layout.paths) if measure_of(path) not in _RATES]
        if 2 * len(sums.totals.intersection(added)) < len(added):
            return False
    return True


def is_plain(columns: Columns) -> bool:
    """Whether the text goes through whole columns, or whole rows, one after the other."""
    by_columns = [k for column in columns for k in column]
    by_rows = [k for row in zip(*columns, strict=True) for k in row]
    return sorted(by_columns) in (by_columns, by_rows)


def _verdicts(layout: Layout, sums: Sums) -> list[bool | None]:
    """Of each column that compares others whether it does; ``None`` if that cannot be told."""
    measures = [measure_of(path) for path in layout.paths]
    years = [_year(path) for path in layout.paths]
    found: list[bool | None] = []
    for k, measure in enumerate(measures):
        if measure == "change":
            found.append(_judge_change(k, sums, years))
        elif measure == "change_rate":
            found.append(_judge_change_rate(k, sums, years, measures))
        elif measure == "rate":
            found.append(any(c == k for _, _, c in sums.rates) or None)
    return found


def is_baseline(path: Sequence[Entry]) -> bool:
    """Whether a column holds the state before the plan."""
    periods = (entry.label.period for entry in path)
    return measure_of(path) == "baseline" or any(
        p is not None and p.kind == "baseline" for p in periods
    )


def _year(path: Sequence[Entry]) -> int | None:
    for entry in path:
        period = entry.label.period
        if period is not None and period.fiscal_year is not None:
            return period.fiscal_year
        if entry.label.relative is not None:
            return entry.label.relative
    return None


def _newer(a: int, b: int, years: Sequence[int | None]) -> bool | None:
    one, other = years[a], years[b]
    return None if one is None or other is None else one > other


def _judge_change(k: int, sums: Sums, years: Sequence[int | None]) -> bool | None:
    """A change is what is left of the newer year without the older one, and the smaller part."""
    parts = [triple for triple in sums.triples if k in triple[1:]]
    if not parts:
        return False
    whole, one, other = parts[0]
    if _newer(whole, one if other == k else other, years) is False:
        return False
    return k == other


def _judge_change_rate(
    k: int, sums: Sums, years: Sequence[int | None], measures: Sequence[str]
) -> bool | None:
    found = [
        (a, b) for a, b, c in sums.changes if c == k and "change" not in {measures[a], measures[b]}
    ]
    if not found:
        return None if measures.count("change_rate") > 1 else False
    return any(_newer(a, b, years) is not False for a, b in found)
