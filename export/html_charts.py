"""Small charts of an indicator over the years, as inline SVG: targets hollow, actuals filled."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kenzan.schemas.tables import Observation

WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 300, 160, 26, 22, 38
MOST_CHARTS = 60
_MOST_LABELS = 7
_LABEL_ROOM = 11.0


@dataclass(frozen=True, slots=True)
class Chart:
    """One indicator's drawing with the words that say the same."""

    project: str
    indicator: str
    unit: str
    svg: str


def draw_charts(observations: Sequence[Observation]) -> list[Chart]:
    """A chart for every indicator with targets or actuals in at least two periods."""
    charts: list[Chart] = []
    by_indicator: dict[tuple[str, str, str], list[Observation]] = {}
    for row in observations:
        if row.measure in ("target", "actual"):
            by_indicator.setdefault((row.project, row.group, row.indicator), []).append(row)
    for (project, _, indicator), series in by_indicator.items():
        periods = _in_order(series)
        told = [row for row in series if row.value is not None]
        if len(periods) >= 2 and told:
            svg = "".join(_Drawing(told, periods).lines())
            charts.append(Chart(project, indicator, series[0].unit, svg))
    return charts[:MOST_CHARTS]


def _in_order(rows: Sequence[Observation]) -> list[str]:
    """The periods as printed, by their year; those without one stay where they stand."""
    years = {row.period: row.fiscal_year for row in rows}
    if all(year is not None for year in years.values()):
        return sorted(years, key=lambda period: years[period] or 0)
    return list(years)


class _Drawing:
    """Places on the drawing for one indicator's figures."""

    def __init__(self, rows: Sequence[Observation], periods: list[str]) -> None:
        self._rows = rows
        self._periods = periods
        values = [float(row.value) for row in rows if row.value is not None]
        self._low, self._high = min(values), max(values)
        self._step = (WIDTH - 2 * SIDE) / max(len(periods) - 1, 1)

    def lines(self) -> Iterator[str]:
        """The pieces of the drawing, in order."""
        yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{self._words()}">'
        yield from self._axis()
        for measure, css in (("target", "t"), ("actual", "a")):
            yield from self._series(measure, css)
        yield from self._labels()
        yield "</svg>"

    def _x(self, position: int) -> float:
        return SIDE + self._step * position

    def _y(self, value: float) -> float:
        span = (self._high - self._low) or 1.0
        part = (value - self._low) / span if self._high > self._low else 0.5
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - part)

    def _at(self, row: Observation) -> tuple[float, float]:
        return self._x(self._periods.index(row.period)), self._y(float(row.value or 0))

    def _axis(self) -> Iterator[str]:
        if self._low < 0 < self._high:
            y = self._y(0)
            yield f'<line class="zero" x1="4" x2="{WIDTH - 4}" y1="{y:.1f}" y2="{y:.1f}"/>'
        every = -(-len(self._periods) // _MOST_LABELS)
        for position, period in enumerate(self._periods):
            x = self._x(position)
            yield f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - 20}"/>'
            if position % every == 0:
                text = escape(period[:10])
                yield f'<text x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{text}</text>'

    def _series(self, measure: str, css: str) -> Iterator[str]:
        rows = [row for row in self._rows if row.measure == measure]
        points = [
            self._at(row) for row in sorted(rows, key=lambda x: self._periods.index(x.period))
        ]
        if len(points) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<polyline class="{css}" points="{path}"/>'
        for x, y in points:
            yield f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="3.4"/>'

    def _labels(self) -> Iterator[str]:
        """The figures themselves, where each period has room: the upper above, the lower below."""
        if len(self._periods) > _MOST_LABELS:
            return
        for period in self._periods:
            rows = [row for row in self._rows if row.period == period]
            rows.sort(key=lambda row: row.value or 0, reverse=True)
            said: set[Decimal | None] = set()
            for row, below in zip(rows, (False, True), strict=False):
                if row.value in said:
                    continue
                said.add(row.value)
                x, y = self._at(row)
                y += _LABEL_ROOM + 2 if below else -6
                css = "t" if row.measure == "target" else "a"
                yield (
                    f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">'
                    f"{_short(row.value)}</text>"
                )

    def _words(self) -> str:
        told = [
            f"{row.period} {row.measure_label or row.measure} {row.value_raw}" for row in self._rows
        ]
        return escape(unicodedata.normalize("NFC", "、".join(told)), {'"': "&quot;"})


def _short(value: Decimal | None) -> str:
    """A figure that fits beside its point: 万 and 億 instead of long rows of digits."""
    if value is None:
        return ""
    for size, name in ((10**8, "億"), (10**4, "万")):
        if abs(value) >= size * 10:
            digits = f"{value / size:,.1f}"
            return digits.removesuffix(".0") + name
    return f"{value:,f}"
