"""What one report of a yearly series prints, found again by name, year and measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.series import is_baseline_label
from kenzan.normalize.labels import label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

    Name = tuple[str, str, str]
    Point = tuple[int | None, str]
    Print = tuple[str, Point, str, Decimal | None]

SETTLED = ("actual", "settlement")
PLANNED = ("budget", "amount")


@dataclass(frozen=True, slots=True)
class Edition:
    """One report: ``index`` gives positions in it by name, then by year and measure.

    ``rows`` holds the observations at those positions, ``year`` the latest that it speaks for.
    """

    document: str
    year: int
    index: Mapping[Name, Mapping[Point, int]]
    rows: Mapping[int, Observation]

    def prints(self) -> Iterator[tuple[Name, Print]]:
        """What it prints for each name: enough to know the figure again in another report."""
        for name, points in self.index.items():
            for point, position in points.items():
                row = self.rows[position]
                yield name, (name[2], point, row.unit, row.value)


def read_edition(report: Report) -> Edition:
    """The index of a report; what it prints twice under one name and year is left out."""
    found: dict[Name, dict[Point, int]] = {}
    doubled: set[tuple[Name, Point]] = set()
    for position, row in enumerate(report.observations):
        point = _point(row)
        if row.value is None or point is None or row.origin.qualifier:
            continue
        name = (label_key(row.project_name), label_key(row.group), label_key(row.indicator))
        points = found.setdefault(name, {})
        if point in points:
            doubled.add((name, point))
        points[point] = position
    for name, point in doubled:
        del found[name][point]
    rows = {at: report.observations[at] for points in found.values() for at in points.values()}
    return Edition(report.document.document, find_latest_year(report), found, rows)


def find_latest_year(report: Report) -> int:
    """The latest fiscal year with an actual, else with an amount of money; 0 if there is none.

    Goals say nothing about it: a plan of years ago may hold those of years to come.
    """
    for measures in (SETTLED, PLANNED):
        years = (
            row.fiscal_year for row in report.observations if row.measure in measures and row.value
        )
        latest = max((year for year in years if year is not None), default=0)
        if latest:
            return latest
    return 0


def _point(row: Observation) -> Point | None:
    """The year and measure of a figure; baselines have no year but their own."""
    if row.measure == "baseline" or (row.fiscal_year is None and is_baseline_label(row.period)):
        return None, f"baseline {row.measure}"
    return None if row.fiscal_year is None else (row.fiscal_year, row.measure)
