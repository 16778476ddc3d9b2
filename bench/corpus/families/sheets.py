"""事務事業評価シート: indicators with target and actual, cost and funding by year, one big form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.corpus.author import Author, Grid
from bench.corpus.model import Block, Fact, Heading, Leeway, PageBreak, Paragraph
from bench.corpus.series import Series, draw_amounts, draw_series, split_amount
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bench.corpus.model import Table

_LEAD = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """``budget``: the last year is not settled yet; ``joined``: one grid holds all parts."""

    years: tuple[int, ...]
    budget: bool
    labels: dict[str, str]
    unit: str
    joined: bool
    upright: bool

    @property
    def width(self) -> int:
        return _LEAD + len(self.years)


def compose(author: Author) -> list[Block]:
    """A sheet for each of one or two projects."""
    draw = author.draw
    plan = Plan(
        years=tuple(range(author.year - draw.between(2, 4) + 1, author.year + 1)),
        budget=draw.chance(0.6),
        labels={role: draw.header(role) for role in ("target", "actual", "settlement", "budget")},
        unit=draw.one(("千円", "千円", "円")),
        joined=draw.chance(0.5),
        upright=draw.chance(0.5),
    )
    author.traits |= {"joined": str(plan.joined), "budget": str(plan.budget)}
    blocks: list[Block] = []
    for index, name in enumerate(draw.some(read_words("finance")["projects"], draw.between(1, 2))):
        blocks += [PageBreak()] if index else []
        blocks += _sheet(author, plan, name)
    return blocks


def _sheet(author: Author, plan: Plan, name: str) -> list[Block]:
    """Either one grid, or a grid for each part under a heading of its own."""
    parts = (_put_about, _put_indicators, _put_costs)
    if plan.joined:
        grid, row = Grid(), 0
        for put in parts:
            row = put(author, plan, (grid, row), name)
        return [grid.table(header_rows=0, rules=author.rules)]
    blocks: list[Block] = []
    titles = ("１　事業の概要", "２　指標の推移", f"３　事業費の推移（単位：{plan.unit}）")
    for title, put in zip(titles, parts, strict=True):
        grid = Grid()
        put(author, plan, (grid, 0), name)
        blocks += [Heading(title, 1), _finish(author, grid)]
    return [*blocks, Paragraph(author.draw.text("introductions"))]


def _finish(author: Author, grid: Grid) -> Table:
    headed = any(cell.row == 0 and cell.kind == "head" for cell in grid.cells)
    return grid.table(header_rows=1 if headed else 0, rules=author.rules)


def _put_about(author: Author, plan: Plan, target: tuple[Grid, int], name: str) -> int:
    grid, row = target
    draw = author.draw
    lines = (
        ("事業名", name),
        ("担当課", draw.text("sections")),
        ("目的", draw.text("overviews")),
        ("実施方法", draw.one(("直営", "一部委託", "全部委託", "補助・負担"))),
    )
    for offset, (label, text) in enumerate(lines):
        grid.put((row + offset, 0), label, "label", (1, _LEAD))
        grid.put((row + offset, _LEAD), text, "text", (1, plan.width - _LEAD))
    return row + len(lines)


def _put_indicators(author: Author, plan: Plan, target: tuple[Grid, int], name: str) -> int:
    """活動指標 and 成果指標, a row each for target and actual."""
    grid, row = target
    draw = author.draw
    heads = [("指標名",), ("単位",), ("区分",), *((author.notation.year(y),) for y in plan.years)]
    for col, (text,) in enumerate(heads):
        grid.put((row, col), text, "head")
    row += 1
    for word in draw.indicators(draw.between(1, 4)):
        series = draw_series(draw, word, plan.years, int(plan.budget))
        grid.put((row, 0), word.name, "label", (2, 1))
        grid.put((row, 1), author.notation.unit(word.unit) or "－", "label", (2, 1))
        for offset, measure in enumerate(("target", "actual")):
            grid.put((row + offset, 2), plan.labels[measure], "label")
            for position, year in enumerate(plan.years):
                fact = _indicator(author, plan, (series, measure), (name, year))
                _, figure = author.figure(fact)
                grid.put((row + offset, _LEAD + position), (figure,), "figure")
        row += 2
    return row


def _indicator(
    author: Author, plan: Plan, what: tuple[Series, str], where: tuple[str, int]
) -> Fact:
    series, measure = what
    name, year = where
    value = series.targets[year] if measure == "target" else series.actuals[year]
    return Fact(
        series.word.name,
        measure,
        author.notation.year(year),
        year,
        project_name=name,
        unit=series.word.unit,
        measure_label=plan.labels[measure],
        value=value,
        status="reported" if value is not None else "not_reported",
    )


def _put_costs(author: Author, plan: Plan, target: tuple[Grid, int], name: str) -> int:
    """Cost, its funding below it, staff, and the sum of cost and staff."""
    grid, row = target
    grid.put((row, 0), f"（{plan.unit}）" if plan.joined else "区分", "head", (1, _LEAD))
    for position, year in enumerate(plan.years):
        printed = f"{author.notation.year(year)}\n{_kind(plan, position)[1]}"
        grid.put((row, _LEAD + position), printed, "head")
    sources = read_words("finance")["funding"]
    grid.put((row + 1, 0), "事業費", "label", (1, _LEAD))
    grid.put((row + 2, 0), "財源内訳", "label", (len(sources), 1), vertical=plan.upright)
    for offset, source in enumerate(sources):
        grid.put((row + 2 + offset, 1), source, "label", (1, 2))
    below = row + 2 + len(sources)
    grid.put((below, 0), "人件費", "label", (1, _LEAD))
    grid.put((below + 1, 0), "総事業費", "label", (1, _LEAD))
    for position in range(len(plan.years)):
        _put_year(author, plan, (grid, row), (name, position, sources))
    return below + 2


def _kind(plan: Plan, position: int) -> tuple[str, str]:
    """The measure of a year's column and its label."""
    last = position == len(plan.years) - 1
    measure = "budget" if plan.budget and last else "settlement"
    return measure, plan.labels[measure]


def _put_year(
    author: Author,
    plan: Plan,
    target: tuple[Grid, int],
    what: tuple[str, int, Sequence[str]],
) -> None:
    grid, row = target
    project, position, sources = what
    draw = author.draw
    cost, staff = draw_amounts(draw, [draw.uniform(2, 90), draw.uniform(1, 12)], 900)
    parts = split_amount(draw, cost, len(sources))
    values = [
        ("事業費", "", cost),
        *((s, "財源内訳", p) for s, p in zip(sources, parts, strict=True)),
    ]
    values += [("人件費", "", staff), ("総事業費", "", cost + staff)]
    facts: list[int] = []
    for offset, (label, group, value) in enumerate(values, start=1):
        number, figure = author.figure(
            _cost(author, plan, (label, group, value), (project, position))
        )
        facts.append(number)
        grid.put((row + offset, _LEAD + position), (figure,), "figure")
    author.relate("total", facts[0], facts[1 : 1 + len(sources)], convention="funding")
    author.relate("total", facts[-1], [facts[0], facts[-2]])


def _cost(
    author: Author, plan: Plan, what: tuple[str, str, Decimal], where: tuple[str, int]
) -> Fact:
    label, group, value = what
    name, position = where
    measure, printed = _kind(plan, position)
    year = plan.years[position]
    return Fact(
        label,
        measure,
        author.notation.year(year),
        year,
        project_name=name,
        group=group,
        unit=plan.unit,
        measure_label=printed,
        value=value,
        leeway=Leeway(measures=("amount",)),
    )
