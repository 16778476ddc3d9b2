"""Indicators with a row each for target, actual and rate; years as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.corpus.author import Author, Grid
from bench.corpus.model import Block, Fact, Heading, Leeway, Paragraph, Table
from bench.corpus.series import Series, achievement, draw_series

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """What all rows share. ``lead`` counts the columns before the years."""

    years: tuple[int, ...]
    measures: tuple[str, ...]
    labels: dict[str, str]
    unit_in: str
    numbered: bool
    baseline: str
    baseline_spans: bool
    section: bool

    @property
    def lead(self) -> int:
        return 2 + self.numbered + (self.unit_in == "column")


def compose(author: Author) -> list[Block]:
    """One table, or one for each of a few policies under its own heading."""
    draw = author.draw
    plan = _draw_plan(author)
    author.traits |= {"unit_in": plan.unit_in, "measures": "/".join(plan.measures)}
    blocks: list[Block] = []
    for number in range(1, draw.between(1, 3) + 1):
        blocks.append(Heading(f"{number}　{draw.text('policies')}"))
        if draw.chance(0.4):
            blocks.append(Paragraph(draw.text("overviews")))
        many = draw.chance(0.15)
        count = draw.between(10, 22) if many else draw.between(1, 6)
        blocks.append(_table(author, plan, count))
    return blocks


def _draw_plan(author: Author) -> Plan:
    draw = author.draw
    years = tuple(range(author.year - draw.between(2, 5) + 1, author.year + 1))
    order = draw.one((("target", "actual"), ("target", "actual", "rate"), ("actual", "target")))
    roles = {"target": "target", "actual": "actual", "rate": "achievement"}
    return Plan(
        years=years,
        measures=order,
        labels={measure: draw.header(roles[measure]) for measure in order},
        unit_in=draw.one(("number", "label", "column")),
        numbered=draw.chance(0.4),
        baseline=draw.header("baseline") if draw.chance(0.5) else "",
        baseline_spans=draw.chance(0.6),
        section=draw.chance(0.3),
    )


def _table(author: Author, plan: Plan, count: int) -> Table:
    draw, grid = author.draw, Grid()
    heads = [(draw.header("number"),)] if plan.numbered else []
    heads.append((draw.header("indicator"),))
    if plan.unit_in == "column":
        heads.append((draw.header("unit"),))
    heads.append((draw.header("measure_column"),))
    if plan.baseline:
        heads.append((plan.baseline,))
    heads += [(author.notation.year(year),) for year in plan.years]
    if plan.section:
        heads.append((draw.header("section"),))
    row = grid.put_headers(heads)
    for index, word in enumerate(draw.indicators(count)):
        series = draw_series(draw, word, plan.years, draw.between(0, 1))
        _put_indicator(author, plan, grid, (row, index + 1), series)
        row += len(plan.measures)
    return grid.table(header_rows=1, rules=author.rules, repeat_header=draw.chance(0.7))


def _put_indicator(
    author: Author, plan: Plan, grid: Grid, place: tuple[int, int], series: Series
) -> None:
    row, number = place
    height, word, col = len(plan.measures), series.word, 0
    unit = author.notation.unit(word.unit)
    if plan.numbered:
        grid.put((row, 0), str(number), "label", (height, 1))
        col = 1
    name = f"{word.name}\n（{unit}）" if plan.unit_in == "label" and unit else word.name
    grid.put((row, col), name, "label", (height, 1))
    if plan.unit_in == "column":
        grid.put((row, col + 1), unit or "－", "label", (height, 1))
    facts: dict[tuple[str, int], int] = {}
    for offset, measure in enumerate(plan.measures):
        label = plan.labels[measure]
        printed = f"{label}（{author.notation.percent}）" if measure == "rate" else label
        grid.put((row + offset, plan.lead - 1), printed, "label")
        for position, year in enumerate(plan.years):
            where = (row + offset, plan.lead + bool(plan.baseline) + position)
            _put_figure(author, plan, (grid, where, facts), (series, measure, year))
    if plan.baseline:
        _put_baseline(author, plan, (grid, row), series)
    if plan.section:
        col = plan.lead + bool(plan.baseline) + len(plan.years)
        grid.put((row, col), author.draw.text("sections"), "text", (height, 1))


def _put_figure(
    author: Author,
    plan: Plan,
    target: tuple[Grid, tuple[int, int], dict[tuple[str, int], int]],
    what: tuple[Series, str, int],
) -> None:
    grid, where, facts = target
    series, measure, year = what
    value = _value(series, measure, year)
    pending = measure != "target" and series.actuals[year] is None
    fact = replace(
        _fact(series, measure, value),
        period=author.notation.year(year),
        fiscal_year=year,
        measure_label=plan.labels[measure],
        status="reported" if value is not None else "not_reported" if pending else "not_applicable",
    )
    unit = series.word.unit if plan.unit_in == "number" and measure != "rate" else ""
    number, figure = author.figure(fact, unit=unit)
    facts[measure, year] = number
    grid.put(where, (figure,), "figure")
    if measure == "rate" and value is not None:
        terms = [facts["actual", year], facts["target", year]]
        author.relate("rate", number, terms, convention="actual/target", rounding="half_up")


def _value(series: Series, measure: str, year: int) -> Decimal | None:
    if measure == "target":
        return series.targets[year]
    if measure == "actual":
        return series.actuals[year]
    return achievement(series.actuals[year], series.targets[year])


def _fact(series: Series, measure: str, value: Decimal | None) -> Fact:
    unit = "％" if measure == "rate" else series.word.unit
    return Fact(series.word.name, measure, unit=unit, value=value)


def _put_baseline(author: Author, plan: Plan, target: tuple[Grid, int], series: Series) -> None:
    """The baseline spans the indicator's rows, or stands on the row of the actuals alone."""
    grid, row = target
    either = plan.baseline == "現状値" or not plan.baseline_spans
    leeway = Leeway(periods=("",), measures=("actual",) if either else ())
    fact = replace(
        _fact(series, "baseline", series.baseline),
        period=plan.baseline,
        measure_label=plan.baseline,
        leeway=leeway,
    )
    unit = series.word.unit if plan.unit_in == "number" else ""
    _, figure = author.figure(fact, unit=unit)
    height = len(plan.measures)
    if plan.baseline_spans:
        grid.put((row, plan.lead), (figure,), "figure", (height, 1))
        return
    for offset, measure in enumerate(plan.measures):
        parts = (figure,) if measure == "actual" else ("",)
        grid.put((row + offset, plan.lead), parts, "figure")
