"""Figures of the same kind: how large a figure usually is, and whether it can be negative."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.audit.figures import Figure
    from kenzan.schemas.report import Report

_ENOUGH = 3
"""With so many of its own indicator those of its column are not asked."""


class Peers:
    """Finds figures of the same kind."""

    def __init__(self, report: Report, figures: Sequence[Figure]) -> None:
        self._rows = report.observations
        self._figures = figures

    def find(self, figure: Figure) -> Sequence[Figure]:
        """Those of the same indicator if there are some, else those of the column."""
        row = self._rows[figure.observation]
        key = (row.project, row.group, row.indicator, row.unit, figure.field)
        named = [one for one in self._by_name[key] if one is not figure]
        if len(named) >= _ENOUGH or row.origin.table is None:
            return named
        column = self._by_column[row.origin.table, row.origin.col, row.unit, figure.field]
        return [one for one in column if one is not figure]

    @cached_property
    def _by_name(self) -> dict[tuple[str, str, str, str, str], list[Figure]]:
        found: dict[tuple[str, str, str, str, str], list[Figure]] = defaultdict(list)
        for one in self._figures:
            row = self._rows[one.observation]
            found[row.project, row.group, row.indicator, row.unit, one.field].append(one)
        return found

    @cached_property
    def _by_column(self) -> dict[tuple[int | None, int | None, str, str], list[Figure]]:
        found: dict[tuple[int | None, int | None, str, str], list[Figure]] = defaultdict(list)
        for one in self._figures:
            row = self._rows[one.observation]
            found[row.origin.table, row.origin.col, row.unit, one.field].append(one)
        return found
