"""The printed figures of a report, as the audit sees them: value, precision, place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.interval import Interval, Rounding, find_step, to_interval
from kenzan.normalize.units import parse_unit
from kenzan.schemas.geometry import Box, Place

if TYPE_CHECKING:
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

Field = Literal["value", "delta"]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One printed figure: the value of an observation, or the change printed with it.

    ``step`` is the worth of the last printed digit. ``exact`` figures (people, items, yen) stand
    for themselves alone; others for everything that rounds to them.
    """

    index: int
    observation: int
    field: Field
    value: Decimal
    raw: str
    step: Decimal
    exact: bool

    def interval(self, rounding: Rounding = Rounding.HALF_UP) -> Interval:
        """What the figure may stand for under a way of rounding."""
        if self.exact:
            return Interval(self.value, self.value)
        return to_interval(self.value, rounding, self.step)


@lru_cache(maxsize=4096)
def is_exact_unit(unit: str) -> bool:
    """Whether figures in this unit are counted rather than rounded (人, 件, 円; not 千円, %)."""
    parsed = parse_unit(unit) if unit else None
    return parsed is not None and parsed.exact and parsed.scale == 1


def read_figures(report: Report) -> tuple[Figure, ...]:
    """All figures of the observations, in order: each value, then the change beside it.

    Figures with a bound (2,000人以上, 696～890) say less than a number; they are left out.
    """
    figures: list[Figure] = []
    for position, row in enumerate(report.observations):
        if row.bound is None and row.value is not None:
            step = find_step(row.value)
            exact = step == 1 and is_exact_unit(row.unit)
            figures.append(
                Figure(len(figures), position, "value", row.value, row.value_raw, step, exact)
            )
        if row.delta is not None:
            step = _delta_step(row)
            exact = step == 1 and is_exact_unit(row.unit)
            figures.append(
                Figure(len(figures), position, "delta", row.delta, row.delta_raw, step, exact)
            )
    return tuple(figures)


def _delta_step(row: Observation) -> Decimal:
    """A change of 0 carries the precision of the figure it stands beside: 10.0 (+0)."""
    step = find_step(row.delta or Decimal(0))
    if not row.delta and row.value is not None:
        return min(step, find_step(row.value))
    return step


def find_place(row: Observation, field: Field) -> Place | None:
    """Where a figure is printed: its own box if known, else that of its observation."""
    own = row.origin.delta_place if field == "delta" else row.origin.value_place
    if own is not None:
        return own
    if row.page is None:
        return None
    corners = (row.x0, row.top, row.x1, row.bottom)
    box = Box(*corners) if None not in corners else None  # type: ignore[arg-type]
    return Place(row.page, box, row.line)


class FigureIndex:
    """Finds the figure of an observation."""

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        self.figures = figures
        self._by_place = {(one.observation, one.field): one for one in figures}

    def find(self, observation: int, field: Field) -> Figure | None:
        """The figure; ``None`` if none is printed, or only a bound."""
        return self._by_place.get((observation, field))
