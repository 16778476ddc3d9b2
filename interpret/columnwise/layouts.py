"""What a label over a table speaks of, and the layouts that labels may have."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.entries import Entry

STUB_ROLES = frozenset({"indicator", "group", "project", "period", "number", "unit", "direction"})
TAIL_ROLES = frozenset({"department", "grade", "text"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How the labels stand over the columns.

    ``titles`` stand over all, ``stubs`` over the labels, a path of labels over each column of
    figures, ``tail`` over what stands behind them.
    """

    stubs: tuple[Entry, ...]
    paths: tuple[tuple[Entry, ...], ...]
    tail: tuple[Entry, ...]
    titles: tuple[Entry, ...] = ()
    score: int = field(default=0, compare=False)

    @property
    def two_levels(self) -> bool:
        """Whether any column has a label over its label."""
        return any(len(path) > 1 for path in self.paths)

    def words(self) -> tuple[tuple[str, ...], ...]:
        """What stands over the columns, to compare layouts by."""
        return tuple(tuple(entry.text for entry in path) for path in self.paths)


def is_role(entry: Entry) -> bool:
    """Whether a label names what a column beside the figures holds: 区分, 単位, 担当課."""
    return entry.label.role in STUB_ROLES | TAIL_ROLES


def is_data(entry: Entry) -> bool:
    """Whether a label speaks of a year or a measure."""
    label = entry.label
    return (
        entry.names_column
        or label.relative is not None
        or label.period is not None
        or label.measure is not None
    )


def is_baseline(entry: Entry) -> bool:
    """Whether a label is of the state before the plan."""
    return entry.label.period is not None and entry.label.period.kind == "baseline"


def has_year(path: Sequence[Entry]) -> bool:
    """Whether labels name a year or a time counted from now."""
    return any(
        e.label.relative is not None or (e.label.period is not None and not is_baseline(e))
        for e in path
    )


def has_measure(path: Sequence[Entry]) -> bool:
    """Whether labels name what was measured."""
    return any(e.label.measure is not None for e in path)


def measure_of(path: Sequence[Entry]) -> str:
    """The innermost measure that labels name; empty if they name none."""
    named = [e.label.measure.measure for e in path if e.label.measure is not None]
    return named[-1] if named else ""


def is_complete(entry: Entry) -> bool:
    """Whether a label says year and measure: nothing is left for labels under it."""
    return has_year((entry,)) and has_measure((entry,)) and entry.kind != "period"
