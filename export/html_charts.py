"""Small charts of an indicator over the years, as inline SVG: targets hollow, actuals filled."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.tables import Observation

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 260, 110, 8, 8, 14, 20
MOST_CHARTS = 60


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
    chosen = [row for row in observations if row.measure in ("target", "actual")]
    chosen.sort(key=lambda row: (row.project, row.group, row.indicator))
    for (project, _, indicator), rows in groupby(
        chosen, key=lambda row: (row.project, row.group, row.indicator)
    ):
        series = list(rows)
        periods = list(dict.fromkeys(row.period for row in series))
        if len(periods) >= 2 and any(row.value is not None for row in series):
            svg = "".join(_draw(series, periods))
            charts.append(Chart(project, indicator, series[0].unit, svg))
    return charts[:MOST_CHARTS]


def _draw(rows: list[Observation], periods: list[str]) -> Iterator[str]:
    values = [float(row.value) for row in rows if row.value is not None]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = (WIDTH - LEFT - RIGHT) / max(len(periods) - 1, 1)

    def at(row: Observation) -> tuple[float, float]:
        x = LEFT + step * periods.index(row.period)
        part = (float(row.value or 0) - low) / span
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - part)

    yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{_words(rows)}">'
    for position, period in enumerate(periods):
        anchor = "start" if position == 0 else "end" if position == len(periods) - 1 else "middle"
        x = LEFT + step * position
        yield f'<text x="{x:.1f}" y="{HEIGHT - 5}" text-anchor="{anchor}">{escape(period)}</text>'
    for measure, css in (("target", "t"), ("actual", "a")):
        points = [at(row) for row in rows if row.measure == measure and row.value is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        if len(points) > 1:
            yield f'<polyline class="{css}" points="{path}"/>'
        for x, y in points:
            yield f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>'
    yield "</svg>"


def _words(rows: list[Observation]) -> str:
    told = [
        f"{row.period} {row.measure_label or row.measure} {row.value_raw}"
        for row in rows
        if row.value is not None
    ]
    return escape("、".join(told), {'"': "&quot;"})
