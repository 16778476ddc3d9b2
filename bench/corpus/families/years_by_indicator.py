"""Years as rows, indicators as column groups with target and actual, the change in brackets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.corpus.author import Author, Grid, Parts
from bench.corpus.model import Block, Fact, Heading, Paragraph, Table, Term
from bench.corpus.notation import widen
from bench.corpus.series import Series, achievement, draw_series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bench.corpus.words import IndicatorWord

CONVENTIONS = ("previous_target", "previous_actual", "baseline", "same_year_target")
_KEYS = ("Ａ", "A", "１", "1", "①", "事業")


@dataclass(frozen=True, slots=True)
class Plan:
    """What all KPI tables of one document share."""

    years: tuple[int, ...]
    convention: str
    deltas: bool
    unit_in: str
    actual_first: bool
    rate: bool
    pending: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: an indicator's targets, actuals or rates."""

    series: Series
    measure: str
    label: str
    base: Fact


def compose(author: Author) -> list[Block]:
    """Sections of a document, each a project with its KPI table; some say 省略 instead."""
    draw = author.draw
    plan = _draw_plan(author)
    author.traits["convention"] = plan.convention if plan.deltas else "none"
    style = draw.one(_KEYS)
    count = draw.between(1, 4)
    blocks: list[Block] = []
    for index in range(count):
        key, printed = _project_key(style, index)
        name = draw.text("project_heads") + draw.text("project_tails")
        blocks.append(Heading(f"{printed}　{name}" if printed else f"【{name}】"))
        blocks += [Heading("（１）事業内容", 2), Paragraph(draw.text("overviews"))]
        if draw.chance(0.4):
            blocks.append(_yearly_plans(author, plan))
        blocks.append(Heading("（２）重要業績評価指標（ＫＰＩ）", 2))
        if index and draw.chance(0.15):
            blocks.append(Paragraph(draw.text("omitted")))
        else:
            blocks.append(_kpi_table(author, plan, key, name))
    return blocks


def _draw_plan(author: Author) -> Plan:
    draw = author.draw
    years = draw.between(2, 7)
    return Plan(
        years=tuple(range(author.year - years + 1, author.year + 1)),
        convention=draw.one(CONVENTIONS),
        deltas=draw.chance(0.75),
        unit_in=draw.one(("number", "number", "header")),
        actual_first=draw.chance(0.15),
        rate=draw.chance(0.2),
        pending=draw.between(0, 1),
    )


def _project_key(style: str, index: int) -> tuple[str, str]:
    """The key in the data, and the key as printed."""
    if style in ("Ａ", "A"):
        letter = "ABCDEFG"[index]
        return letter, widen(letter) if style == "Ａ" else letter
    number = str(index + 1)
    if style == "①":
        return "①②③④⑤"[index], "①②③④⑤"[index]
    if style == "事業":
        return number, f"事業{widen(number)}"
    return number, widen(number) if style == "１" else f"{number}."


def _yearly_plans(author: Author, plan: Plan) -> Table:
    grid = Grid()
    for row, year in enumerate(plan.years):
        lines = author.draw.some(["・" + author.draw.text("plans") for _ in range(3)], 2)
        grid.put((row, 0), author.notation.year(year), "label")
        grid.put((row, 1), "\n".join(lines))
    return grid.table(header_rows=0, rules=author.rules)


def _kpi_table(author: Author, plan: Plan, key: str, name: str) -> Table:
    draw, grid = author.draw, Grid()
    words = draw.indicators(draw.between(1, 4 if plan.rate else 5))
    columns: list[Column] = []
    for word in words:
        columns += _columns(author, plan, word, key, name)
    depth = grid.put_headers(
        [(_head(author, plan, column.series.word), column.label) for column in columns],
        col=1,
        merged=draw.chance(0.9),
    )
    grid.put((0, 0), author.notation.label(author.draw.header("corner")), "head", (depth, 1))
    baseline = author.draw.header("baseline_row")
    grid.put((depth, 0), baseline, "label")
    facts = [_baseline(author, plan, column, baseline) for column in columns]
    _put_row(grid, depth, [(figure,) for _, figure in facts])
    rows = _year_rows(author, plan, columns, [number for number, _ in facts])
    for offset, (year, cells) in enumerate(zip(plan.years, rows, strict=True), start=depth + 1):
        grid.put((offset, 0), author.notation.year(year), "label")
        _put_row(grid, offset, cells)
    if draw.chance(0.5):
        _status_rows(author, plan, grid, columns)
    return grid.table(header_rows=depth, rules=author.rules)


def _head(author: Author, plan: Plan, word: IndicatorWord) -> str:
    if plan.unit_in == "header" and word.unit:
        return f"{word.name}（{author.notation.unit(word.unit)}）"
    return word.name


def _columns(author: Author, plan: Plan, word: IndicatorWord, key: str, name: str) -> list[Column]:
    series = draw_series(author.draw, word, plan.years, plan.pending)
    base = Fact(word.name, "target", project=key, project_name=name, unit=word.unit)
    order = ["target", "actual"] if not plan.actual_first else ["actual", "target"]
    if plan.rate:
        order.append("rate")
    roles = {"target": "target", "actual": "actual", "rate": "achievement"}
    labels = {
        measure: author.notation.label(author.draw.header(roles[measure])) for measure in order
    }
    return [
        Column(series, measure, labels[measure], replace(base, measure=measure))
        for measure in order
    ]


def _put_row(grid: Grid, row: int, cells: Sequence[Parts]) -> None:
    for col, parts in enumerate(cells, start=1):
        grid.put((row, col), parts, "figure")


def _baseline(author: Author, plan: Plan, column: Column, label: str) -> tuple[int, object]:
    """The figure of the row before the first year: the same under target and actual."""
    known = column.measure != "rate"
    fact = replace(
        column.base,
        period=label,
        measure_label=column.label,
        value=column.series.baseline if known else None,
        status="reported" if known else "not_applicable",
    )
    return author.figure(fact, unit=_unit(plan, column) if known else "")


def _unit(plan: Plan, column: Column) -> str:
    if column.measure == "rate":
        return "％"
    return column.series.word.unit if plan.unit_in == "number" else ""


def _year_rows(
    author: Author, plan: Plan, columns: Sequence[Column], first: Sequence[int]
) -> list[list[Parts]]:
    """The cells of each year, with the changes that the convention asks for."""
    by_column = [_column_cells(author, plan, column) for column in columns]
    facts = [
        [base, *(number for number, _ in cells)]
        for base, cells in zip(first, by_column, strict=True)
    ]
    rows: list[list[Parts]] = []
    for position in range(len(plan.years)):
        row: list[Parts] = []
        for index, column in enumerate(columns):
            number, parts = by_column[index][position]
            if plan.deltas and author.facts[number].value is not None:
                other = _reference(plan, columns, facts, (index, position))
                parts = (*parts, *_delta(author, plan, number, other))
            if column.measure == "rate":
                _relate_rate(author, columns, facts, (index, position))
            row.append(parts)
        rows.append(row)
    return rows


def _column_cells(author: Author, plan: Plan, column: Column) -> list[tuple[int, Parts]]:
    cells: list[tuple[int, Parts]] = []
    for year in plan.years:
        value = _value(column, year)
        fact = replace(
            column.base,
            period=author.notation.year(year),
            fiscal_year=year,
            measure_label=column.label,
            unit="％" if column.measure == "rate" else column.base.unit,
            value=value,
            status="reported" if value is not None else "not_reported",
        )
        number, figure = author.figure(fact, unit=_unit(plan, column))
        cells.append((number, (figure,)))
    return cells


def _value(column: Column, year: int) -> Decimal | None:
    series = column.series
    if column.measure == "target":
        return series.targets[year]
    if column.measure == "actual" or series.actuals[year] is None:
        return series.actuals[year]
    return achievement(series.actuals[year], series.targets[year])


def _reference(
    plan: Plan,
    columns: Sequence[Column],
    facts: Sequence[Sequence[int]],
    place: tuple[int, int],
) -> int | None:
    """The fact that a change is measured against; rates have none."""
    index, position = place
    column = columns[index]
    if column.measure == "rate":
        return None
    if plan.convention == "baseline":
        return facts[index][0]
    wanted = {"previous_actual": "actual"}.get(plan.convention, "target")
    sibling = next(
        number
        for number, other in enumerate(columns)
        if other.series is column.series and other.measure == wanted
    )
    if column.measure == "target" and wanted == "actual":
        sibling = index
    same_year = plan.convention == "same_year_target" and column.measure == "actual"
    return facts[sibling][position + 1 if same_year else position]


def _delta(author: Author, plan: Plan, number: int, other: int | None) -> Parts:
    if other is None:
        return ()
    value, reference = author.facts[number].value, author.facts[other].value
    if value is None or reference is None:
        return ()
    author.relate("delta", Term(number, "delta"), [number, (other, -1)], convention=plan.convention)
    return author.change(number, value - reference)


def _relate_rate(
    author: Author,
    columns: Sequence[Column],
    facts: Sequence[Sequence[int]],
    place: tuple[int, int],
) -> None:
    index, position = place
    siblings = {
        column.measure: facts[number][position + 1]
        for number, column in enumerate(columns)
        if column.series is columns[index].series
    }
    if author.facts[siblings["rate"]].value is None:
        return
    author.relate(
        "rate",
        siblings["rate"],
        [siblings["actual"], siblings["target"]],
        convention="actual/target",
        rounding="half_up",
    )


def _status_rows(author: Author, plan: Plan, grid: Grid, columns: Sequence[Column]) -> None:
    row = max(cell.row + cell.rowspan for cell in grid.cells)
    width = 3 if plan.rate else 2
    grid.put((row, 0), "達成\n状況", "label")
    grid.put((row + 1, 0), "未達\n理由", "label")
    for start in range(0, len(columns), width):
        met = author.draw.chance(0.4)
        status = author.draw.text("statuses_met" if met else "statuses_unmet")
        grid.put((row, start + 1), status, "text", (1, width))
        grid.put(
            (row + 1, start + 1), "" if met else author.draw.text("reasons"), "text", (1, width)
        )
