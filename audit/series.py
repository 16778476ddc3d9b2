"""The figures of one indicator in the order of time: what came before, what was aimed at."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.normalize.periods import parse_period
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

SeriesKey = tuple[str, str, str, tuple[int | None, ...]]
Slot = tuple[str, str, str]


@dataclass(slots=True)
class Moment:
    """One period of a series: which observation plays which measure.

    ``slots`` maps (measure, measure label, qualifier) to positions in ``Report.observations``.
    """

    label: str
    fiscal_year: int | None
    is_baseline: bool
    slots: dict[Slot, int] = field(default_factory=dict)

    def find(self, measure: str) -> int | None:
        """The only observation of this measure; ``None`` if there is none or more than one."""
        found = None
        for slot, position in self.slots.items():
            if slot[0] == measure:
                if found is not None:
                    return None
                found = position
        return found


@dataclass(slots=True)
class Series:
    """One indicator: its moments in the order of time, the baseline first."""

    key: SeriesKey
    moments: list[Moment] = field(default_factory=list)

    @property
    def baseline(self) -> Moment | None:
        """The moment before everything else, if the document gives one."""
        return next((moment for moment in self.moments if moment.is_baseline), None)


@lru_cache(maxsize=4096)
def is_baseline_label(label: str) -> bool:
    """Whether a period label means the time before the project (当初, 基準値, 現状値)."""
    period = parse_period(label)
    return period is not None and period.kind == "baseline"


def find_series(report: Report) -> list[Series]:
    """Group the observations of indicators into series.

    Observations of one name make one series over the whole document, so that a table which goes
    on over the page stays whole. Where that would put two figures into one place, the tables
    are kept apart, and then the rows of a table.
    """
    by_name: dict[SeriesKey, list[int]] = {}
    for position, row in enumerate(report.observations):
        key = (row.project, row.group, row.indicator, ())
        by_name.setdefault(key, []).append(position)
    return list(_split(report, by_name, depth=0))


def _split(report: Report, groups: dict[SeriesKey, list[int]], depth: int) -> Iterator[Series]:
    for key, positions in groups.items():
        series = _collect(report, key, positions)
        if series is not None:
            yield series
        elif depth < 2:
            finer: dict[SeriesKey, list[int]] = {}
            for position in positions:
                origin = report.observations[position].origin
                apart = origin.table if depth == 0 else origin.row
                finer.setdefault((*key[:3], (*key[3], apart)), []).append(position)
            yield from _split(report, finer, depth + 1)


def _collect(report: Report, key: SeriesKey, positions: Iterable[int]) -> Series | None:
    """One series of these observations; ``None`` if two of them want the same place."""
    moments: dict[tuple[int | None, str], Moment] = {}
    for position in positions:
        row = report.observations[position]
        moment = moments.setdefault(_moment_key(row), _start_moment(row))
        slot = (row.measure, row.measure_label, row.origin.qualifier)
        if slot in moment.slots:
            return None
        moment.slots[slot] = position
    return Series(key, _in_order(moments.values()))


def _moment_key(row: Observation) -> tuple[int | None, str]:
    if row.fiscal_year is not None and row.measure != "baseline":
        return row.fiscal_year, ""
    return None, row.period if row.measure != "baseline" else "baseline"


def _start_moment(row: Observation) -> Moment:
    baseline = row.measure == "baseline" or (
        row.fiscal_year is None and is_baseline_label(row.period)
    )
    return Moment(row.period, row.fiscal_year, baseline)


def _in_order(moments: Iterable[Moment]) -> list[Moment]:
    """The baseline, then years ascending; periods without a year stay where they were printed."""
    given = list(moments)
    dated = sorted(
        (one for one in given if one.fiscal_year is not None and not one.is_baseline),
        key=lambda one: one.fiscal_year or 0,
    )
    refill = iter(dated)
    rest = [
        next(refill) if one.fiscal_year is not None else one for one in given if not one.is_baseline
    ]
    return [one for one in given if one.is_baseline] + rest
