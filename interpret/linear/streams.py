"""From a region to what the search works on: axes, steps, positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.linear.frame import Axes, Figure, Step
from kenzan.interpret.linear.pieces import Gap
from kenzan.interpret.linear.positions import Positions, TabStops, find_positions
from kenzan.interpret.linear.regions import is_broken_figure
from kenzan.normalize.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.linear.regions import Region
    from kenzan.interpret.linear.tokens import Token
    from kenzan.schemas.document import Line

_MOST_INDICATORS = 12
_MOST_PERIODS = 40
_PLAIN = "value"


def infer_axes(region: Region) -> Axes | None:
    """The axes that labels and figures of a region agree on; ``None`` if they do not."""
    labels = [token.label for token in region.header]
    fullest = _fullest_row(region) if region.order == "rows" else 0
    cycle = _cycle(labels) if region.order == "rows" else _distinct_cycle(labels)
    if cycle is None:
        return None
    if not labels:
        cycle, indicators = 1, fullest
    else:
        indicators = len(labels) // cycle
    if region.order == "rows" and fullest > indicators * cycle and fullest % cycle == 0:
        indicators = fullest // cycle
    if not 0 < indicators <= _MOST_INDICATORS or not 1 < len(region.periods) <= _MOST_PERIODS:
        return None
    order = measure_order(region)[:cycle] if labels else []
    kinds = {token.label: token.measure for token in region.header}
    measures = tuple(kinds[label] for label in order) or (_PLAIN,)
    return Axes(indicators, len(region.periods), measures, _has_baseline(region))


def measure_order(region: Region) -> list[str]:
    """The labels of the measures of one indicator, in the order in which they usually follow.

    In columns order labels may come apart, or swapped: each pair is ordered as it mostly is, and
    target, actual, rate where that is a tie.
    """
    labels = [token.label for token in region.header]
    if region.order == "rows":
        return labels[: _cycle(labels)]
    kinds = {token.label: token.measure for token in region.header}
    usual = sorted(dict.fromkeys(labels), key=lambda k: _USUAL.get(kinds[k], len(_USUAL)))
    after: Counter[tuple[str, str]] = Counter()
    for k, label in enumerate(labels):
        for later in labels[k + 1 : k + len(usual)]:
            after[label, later] += 1
    wins = {k: sum(after[k, o] > after[o, k] for o in usual) for k in usual}
    return sorted(usual, key=lambda k: -wins[k])


_USUAL = {"baseline": 0, "target": 1, "actual": 2, "rate": 3}


def _has_baseline(region: Region) -> bool:
    period = parse_period(region.periods[0].label)
    return period is not None and period.kind == "baseline"


def _cycle(labels: Sequence[str]) -> int | None:
    """The shortest run of labels that the header repeats; the whole header if nothing repeats."""
    for size in range(1, len(labels) + 1):
        if len(labels) % size == 0 and all(
            label == labels[k % size] for k, label in enumerate(labels)
        ):
            return size
    return None if labels else 1


def _distinct_cycle(labels: Sequence[str]) -> int | None:
    """The number of different labels if all of them stand equally often."""
    counts = Counter(labels)
    return len(counts) if counts and len(set(counts.values())) == 1 else None


def _fullest_row(region: Region) -> int:
    """The number of values that most rows have, counting only numbers seen at least twice."""
    counts: list[int] = []
    for token in region.stream:
        if token.kind == "period":
            counts.append(0)
        elif token.kind == "value" and counts:
            counts[-1] += 1
    common = Counter(counts).most_common()
    repeated = [count for count, times in common if times > 1 and count]
    return max(repeated, default=max(counts, default=0))


def _to_figure(token: Token, index: int) -> Figure:
    number = token.number
    value = number.value if number is not None else None
    return Figure(
        token=token,
        index=index,
        amount=value,
        unit=number.unit if number is not None else "",
        decimals=number.decimals if number is not None else 0,
        size=_size(value),
        gap=token.gap,
    )


def _size(value: Decimal | None) -> int | None:
    return int(abs(value).log10() * 100) if value else None


def to_steps(region: Region) -> list[Step]:
    """The stream as the search reads it, with what lies ahead counted for every figure."""
    steps: list[Step] = []
    labels = {label: k for k, label in enumerate(measure_order(region))}
    rows = {id(token): k for k, token in enumerate(region.periods)}
    index = 0
    line = figures_line = -1
    for token in region.stream:
        if token.is_figure:
            figure = _to_figure(token, index)
            gap = max(figure.gap, Gap.LINE) if token.line != line else figure.gap
            begins = token.line != figures_line
            steps.append(Step(figure=replace(figure, gap=gap, begins=begins)))
            index += 1
            figures_line = token.line
        elif token.kind == "period" and region.order == "rows" and id(token) in rows:
            steps.append(Step(row=rows[id(token)]))
        elif token.kind == "measure" and region.order == "columns":
            steps.append(Step(measures=(labels[token.label],)))
        elif token.kind == "text" and region.order == "columns" and not is_broken_figure(token):
            steps.append(Step(named=token in region.names))
        elif token.kind == "text":
            steps.append(Step(stray=True))
        line = token.line
    return _look_ahead(steps)


def _look_ahead(steps: list[Step]) -> list[Step]:
    values = changes = beside = 0
    line = -1
    seen: list[Step] = []
    for step in reversed(steps):
        figure = step.figure
        if figure is None:
            values = changes = 0
            seen.append(step)
            continue
        is_change = figure.token.kind == "delta"
        beside = beside if figure.token.line == line else 0
        line = figure.token.line
        ahead = replace(figure, values_after=values, deltas_after=changes, values_on_line=beside)
        seen.append(Step(figure=ahead))
        values += not is_change
        beside += not is_change
        changes = changes + 1 if is_change else 0
    return seen[::-1]


def positions_of(
    region: Region, axes: Axes, steps: Sequence[Step], lines: Sequence[Line]
) -> Positions | TabStops | None:
    """Where the columns stand, if the text keeps positions."""
    if region.order == "columns":
        return None
    return find_positions(steps, axes.indicators * len(axes.measures), lines)
