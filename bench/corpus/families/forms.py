"""個票: a form per project, labels and values side by side, indicators ①②③ with their years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.author import Author, Grid
from bench.corpus.model import Block, Fact, Heading, Leeway, PageBreak
from bench.corpus.series import Series, achievement, draw_amounts, draw_series
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.words import IndicatorWord

_MARKS = "①②③④⑤"
_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What the forms of one document share. ``growth``: the years show what was added.

    ``layout``: ``block`` (name on a line of its own, years below), ``rows`` (name at the left
    of its rows), or ``headed`` (name in a heading over a table of its own).
    """

    years: tuple[int, ...]
    ordinal: str
    layout: str
    growth: bool
    total: bool
    measures: tuple[str, ...]
    labels: dict[str, str]
    start: str
    mark: str
    one_table: bool


def compose(author: Author) -> list[Block]:
    """A form for each of one to three projects, each on a page of its own or not."""
    draw = author.draw
    plan = _draw_plan(author)
    author.traits |= {"layout": plan.layout, "growth": str(plan.growth), "ordinal": plan.ordinal}
    blocks: list[Block] = []
    paged = draw.chance(0.5)
    for index in range(draw.between(1, 3)):
        if index and paged:
            blocks.append(PageBreak())
        blocks += _form(author, plan)
    return blocks


def _draw_plan(author: Author) -> Plan:
    draw = author.draw
    growth = draw.chance(0.3)
    measures = draw.one((("target", "actual"), ("target", "actual", "rate")))
    roles = {"target": "target", "actual": "actual", "rate": "achievement"}
    years = tuple(range(author.year - draw.between(2, 4) + 1, author.year + 1))
    return Plan(
        years=years,
        ordinal=draw.one(("ordinal", "year", "both")),
        layout=draw.one(("block", "rows", "headed")),
        growth=growth,
        total=growth or draw.chance(0.2),
        measures=measures[:2] if growth else measures,
        labels={measure: draw.header(roles[measure]) for measure in measures},
        start=draw.one(("事業開始前", "事業開始前", "当初", "基準値")),
        mark=draw.one(("指標{}", "KPI{}", "{}", "ＫＰＩ{}")),
        one_table=draw.chance(0.6),
    )


def _form(author: Author, plan: Plan) -> list[Block]:
    draw = author.draw
    name = draw.one(read_words("finance")["projects"])
    head = Grid()
    row = _put_facts(author, head, name)
    words = draw.indicators(draw.between(1, 3))
    if plan.one_table and plan.layout != "headed":
        for index, word in enumerate(words):
            row = _put_indicator(author, plan, (head, row), (name, _MARKS[index], word))
        return [Heading(f"事業名：{name}", 1), head.table(header_rows=0, rules=author.rules)]
    blocks: list[Block] = [
        Heading(f"事業名：{name}"),
        head.table(header_rows=0, rules=author.rules),
    ]
    for index, word in enumerate(words):
        grid = Grid()
        _put_indicator(author, plan, (grid, 0), (name, _MARKS[index], word))
        blocks += [Heading("重要業績評価指標", 2)] if index == 0 else []
        if plan.layout == "headed":
            blocks.append(Heading(_headed(author, plan, _MARKS[index], word), 2))
        blocks.append(grid.table(header_rows=0, rules=author.rules))
    return blocks


def _headed(author: Author, plan: Plan, mark: str, word: IndicatorWord) -> str:
    unit = author.notation.unit(word.unit)
    name = f"{plan.mark.format(mark)}：{word.name}"
    return f"{name}（単位：{unit}）" if unit else name


def _put_facts(author: Author, grid: Grid, name: str) -> int:
    """The upper part: who, when, how much, what for. Returns the next free row."""
    draw = author.draw
    years = f"{author.notation.year(author.year - 3)}～{author.notation.year(author.year + 1)}"
    grid.put((0, 0), "事業名", "label", (1, 2))
    grid.put((0, 2), name, "text", (1, _WIDTH - 2))
    pairs = [("担当課", draw.text("sections")), ("事業期間", years)]
    _put_pairs(grid, 1, [(label, (text,)) for label, text in pairs])
    unit = draw.one(("千円", "円"))
    (cost,) = draw_amounts(draw, [draw.uniform(2, 80)], 1000)
    label = draw.header("project_cost")
    grant = Decimal(int(cost / 2))
    money = []
    for text, value in ((label, cost), ("うち交付金充当額", grant)):
        fact = Fact(
            text,
            "amount",
            project_name=name,
            unit=unit,
            measure_label=text,
            value=value,
            leeway=Leeway(
                measures=("settlement", "budget", "other"),
                indicators=(text[2:],) if text[:2] == "うち" else (),
                years=tuple(range(2010, 2040)),
            ),
        )
        _, figure = author.figure(fact, unit=unit)
        money.append((text, (figure,)))
    _put_pairs(grid, 2, money)
    grid.put((3, 0), "事業概要", "label", (1, 2))
    grid.put((3, 2), draw.text("overviews"), "text", (1, _WIDTH - 2))
    return 4


def _put_pairs(grid: Grid, row: int, pairs: Sequence[tuple[str, tuple[object, ...]]]) -> None:
    for index, (label, parts) in enumerate(pairs):
        grid.put((row, index * 4), label, "label", (1, 2))
        grid.put((row, index * 4 + 2), parts, "text", (1, 2))


def _put_indicator(
    author: Author, plan: Plan, target: tuple[Grid, int], what: tuple[str, str, IndicatorWord]
) -> int:
    """One indicator: its name, a heading row of periods, a row for each measure."""
    grid, row = target
    name, mark, word = what
    series = draw_series(author.draw, word, plan.years, author.draw.between(0, 1))
    printed = plan.mark.format(mark)
    unit = author.notation.unit(word.unit)
    full = f"{word.name}（{unit}）" if unit else word.name
    if plan.layout == "block":
        grid.put((row, 0), printed, "label", (1, 2))
        grid.put((row, 2), full, "text", (1, _WIDTH - 2))
        top = row + 1
        grid.put((top, 0), "", "head", (1, 2))
    elif plan.layout == "headed":
        top = row
        grid.put((top, 0), "", "head", (1, 2))
    else:
        top = row
        grid.put((top, 0), f"{printed}\n{full}", "label", (1 + len(plan.measures), 1))
        grid.put((top, 1), "", "head")
    for offset, measure in enumerate(plan.measures, start=1):
        place, span = (
            ((top + offset, 0), (1, 2)) if plan.layout != "rows" else ((top + offset, 1), (1, 1))
        )
        grid.put(place, plan.labels[measure], "label", span)
    _put_periods(author, plan, (grid, top), (name, series))
    return top + 1 + len(plan.measures)


def _put_periods(
    author: Author, plan: Plan, target: tuple[Grid, int], what: tuple[str, Series]
) -> None:
    """The columns: before the start, each year, the sum. They share the width of the form."""
    grid, top = target
    name, series = what
    heads = [plan.start, *(_period(author, plan, index) for index in range(len(plan.years)))]
    if plan.growth:
        heads[1:] = [f"{head}\n増加分" for head in heads[1:]]
    if plan.total:
        heads.append("増加分の累計" if plan.growth else author.draw.header("cumulative"))
    spans = _shares(_WIDTH - 2, len(heads))
    facts: dict[tuple[str, int], int] = {}
    col = 2
    for index, head in enumerate(heads):
        grid.put((top, col), head, "head", (1, spans[index]))
        for offset, measure in enumerate(plan.measures, start=1):
            fact = _fact(author, plan, (name, series), (measure, index))
            place = (top + offset, col)
            if fact is None:
                grid.put(place, "", "figure", (1, spans[index]))
                continue
            number, figure = author.figure(fact)
            facts[measure, index] = number
            grid.put(place, (figure,), "figure", (1, spans[index]))
        col += spans[index]
    _relate(author, plan, facts)


def _shares(width: int, count: int) -> list[int]:
    """How many grid columns each of ``count`` periods gets; at least one each."""
    return [width * (i + 1) // count - width * i // count for i in range(count)]


def _period(author: Author, plan: Plan, index: int) -> str:
    ordinal = f"{index + 1}年目"
    year = author.notation.year(plan.years[index])
    return {"ordinal": ordinal, "year": year, "both": f"{ordinal}（{year}）"}[plan.ordinal]


def _fact(
    author: Author, plan: Plan, what: tuple[str, Series], place: tuple[str, int]
) -> Fact | None:
    """The fact of one cell; ``None`` where the form leaves the cell empty for good."""
    name, series = what
    measure, index = place
    value = _value(plan, series, measure, index)
    base = Fact(
        series.word.name,
        measure,
        project_name=name,
        measure_label=plan.labels[measure],
        unit="％" if measure == "rate" else series.word.unit,
        value=value,
        status="reported" if value is not None else "not_reported",
    )
    if index == 0:
        if measure == "rate" or (measure == "target" and plan.growth):
            return None
        leeway = Leeway(measures=("baseline",))
        return replace(base, period=plan.start, leeway=leeway)
    if index > len(plan.years):
        adds_up = plan.growth or not series.word.decimals
        if measure == "rate" or value is None or not adds_up:
            return None
        return replace(
            base,
            period="累計",
            leeway=Leeway(
                measures=("change",), periods=("", "増加分の累計", author.draw.header("cumulative"))
            ),
        )
    ordinal = plan.ordinal == "ordinal"
    year = plan.years[index - 1]
    leeway = Leeway(
        years=(None, year) if ordinal else (),
        periods=(f"{index}年目", author.notation.year(year)),
        measures=("change",) if plan.growth else (),
        label_matters=plan.growth,
    )
    return replace(
        base,
        period=_period(author, plan, index - 1),
        fiscal_year=None if ordinal else year,
        leeway=leeway,
    )


def _value(plan: Plan, series: Series, measure: str, index: int) -> Decimal | None:
    """Growth forms print differences from year to year and their sum."""
    if index == 0:
        return series.baseline if measure != "rate" else None
    if index > len(plan.years):
        return _sum(plan, series, measure)
    year = plan.years[index - 1]
    if measure == "rate":
        return achievement(series.actuals[year], series.targets[year])
    levels = series.targets if measure == "target" else series.actuals
    if not plan.growth:
        return levels[year]
    before = series.baseline if index == 1 else levels[plan.years[index - 2]]
    now = levels[year]
    return None if now is None or before is None else now - before


def _sum(plan: Plan, series: Series, measure: str) -> Decimal | None:
    values = [_value(plan, series, measure, index) for index in range(1, len(plan.years) + 1)]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and measure != "rate" else None


def _relate(author: Author, plan: Plan, facts: dict[tuple[str, int], int]) -> None:
    last = len(plan.years) + 1
    for measure in plan.measures:
        terms = [facts[measure, i] for i in range(1, last) if (measure, i) in facts]
        known = [fact for fact in terms if author.facts[fact].value is not None]
        if (measure, last) in facts:
            author.relate("total", facts[measure, last], known, convention="cumulative")
    for index in range(1, last):
        rate = facts.get(("rate", index))
        if rate is not None and author.facts[rate].value is not None:
            terms = [facts["actual", index], facts["target", index]]
            author.relate("rate", rate, terms, convention="actual/target", rounding="half_up")
