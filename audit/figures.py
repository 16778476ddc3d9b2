"""The printed figures of a report, as the audit sees them: value, precision, place."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.evidence import count_bits
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
    ``tag`` sets several figures of one table cell apart.
    """

    __slots__ = (
        "_bits",
        "_interval",
        "_text",
        "field",
        "index",
        "measure",
        "mode",
        "observation",
        "raw",
        "step",
        "tag",
        "unit",
        "value",
    )

    def __init__(self, index: int, observation: int, field: Field, row: Observation) -> None:
        self.index = index
        self.observation = observation
        self.field: Field = field
        value = row.value if field == "value" else row.delta
        self.value = value if value is not None else _ZERO
        self.raw = row.value_raw if field == "value" else row.delta_raw
        self.step = find_step(self.value) if field == "value" else _delta_step(row)
        self.measure: str = row.measure
        self.unit = row.unit
        self.tag = ""
        self.mode = Rounding.HALF_UP
        if self.step == 1 and is_exact_unit(row.unit):
            self.mode = Rounding.EXACT
        elif row.measure == "share":
            self.mode = Rounding.ANY
        self._interval: Interval | None = None
        self._bits: int | None = None
        self._text: str | None = None

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

    @property
    def bits(self) -> int:
        """What it takes to hit the figure by chance."""
        if self._bits is None:
            self._bits = count_bits(self.value, self.step)
        return self._bits

    @property
    def text(self) -> str:
        """The value with its digits grouped: -333,404."""
        if self._text is None:
            self._text = format(self.value, ",f")
        return self._text


_ZERO = Decimal(0)


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
        if row.value is not None and row.bound is None:
            figures.append(Figure(len(figures), position, "value", row))
        if row.delta is not None:
            figures.append(Figure(len(figures), position, "delta", row))
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
        self._by_field: dict[Field, dict[int, Figure]] = {"value": {}, "delta": {}}
        for one in figures:
            self._by_field[one.field][one.observation] = one

    def find(self, observation: int, field: Field) -> Figure | None:
        """The figure; ``None`` if none is printed, or only a bound."""
        return self._by_field[field].get(observation)
