"""The printed figures of a report, as the audit sees them: value, precision, place."""

from __future__ import annotations

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


class Figure:
    """One printed figure: the value of an observation, or the change printed with it.

    ``step`` is the worth of the last printed digit. ``mode`` says how it came to its digits: exact
    for what is counted (people, items, yen), rounded half up until the document shows otherwise.
    """

    __slots__ = ("_interval", "field", "index", "mode", "observation", "raw", "step", "value")

    def __init__(
        self, index: int, observation: int, field: Field, printed: tuple[Decimal, str, Decimal]
    ) -> None:
        self.index = index
        self.observation = observation
        self.field: Field = field
        self.value, self.raw, self.step = printed
        self.mode = Rounding.HALF_UP
        self._interval: Interval | None = None

    def set_mode(self, mode: Rounding) -> None:
        """Say how the figure came to its digits. To be done before anything is computed with it."""
        self.mode = mode
        self._interval = None

    def interval(self, rounding: Rounding | None = None) -> Interval:
        """What the figure may stand for, under its own way of rounding or another one."""
        if rounding is not None and self.mode is not Rounding.EXACT and rounding is not self.mode:
            return to_interval(self.value, rounding, self.step)
        if self._interval is None:
            self._interval = to_interval(self.value, self.mode, self.step)
        return self._interval


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
        exact = is_exact_unit(row.unit)
        if row.bound is None and row.value is not None:
            step = find_step(row.value)
            printed = (row.value, row.value_raw, step)
            figures.append(Figure(len(figures), position, "value", printed))
            if exact and step == 1:
                figures[-1].mode = Rounding.EXACT
            elif row.measure == "share":
                figures[-1].mode = Rounding.ANY
        if row.delta is not None:
            step = _delta_step(row)
            figures.append(
                Figure(len(figures), position, "delta", (row.delta, row.delta_raw, step))
            )
            if exact and step == 1:
                figures[-1].mode = Rounding.EXACT
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
