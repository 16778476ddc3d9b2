"""One indicator a row: number, policy, name, unit, baseline, yearly figures, rate, grade, notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Block, Fact, Heading, Leeway, Paragraph, Table
from bench.corpus.series import Series, achievement, draw_series
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from bench.corpus.author import Author, Parts

_GRADES = (
    ("Ａ", "Ｂ", "Ｃ", "Ｄ"),
    ("◎", "○", "△", "×"),
    ("順調", "概ね順調", "遅れ"),
    ("達成", "未達成"),
)
_YEAR_STYLES = ("actuals", "actuals_joined", "by_year", "by_measure", "latest")


@dataclass(slots=True)
class Row:
    """One indicator, and the facts already printed on its row, by measure and year."""

    number: int
    policy: str
    series: Series
    note: str = ""
    note_at: str = "name"
    gap: int | None = None
    facts: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What all rows share: which columns there are, and how they are headed."""

    years: tuple[int, ...]
    base_year: int
    goal_year: int
    unit_in: str
    style: str
    policies: str
    base_year_in: str
    goal: bool
    rate: str
    change: str


def compose(author: Author) -> list[Block]:
    """A list of indicators, now and then long enough to run over pages."""
    draw = author.draw
    plan = _draw_plan(author)
    author.traits |= {"years": plan.style, "unit_in": plan.unit_in, "policies": plan.policies}
    long = draw.chance(0.25)
    rows = _draw_rows(author, plan, draw.between(24, 60) if long else draw.between(3, 14))
    blocks: list[Block] = []
    if draw.chance(0.6):
        blocks.append(Paragraph(draw.text("introductions")))
    blocks.append(Heading(draw.one(("指標の進捗状況", "成果指標一覧", "数値目標の達成状況"))))
    blocks.append(_table(author, plan, rows))
    return blocks


def _draw_plan(author: Author) -> Plan:
    draw = author.draw
    count = draw.between(1, 5)
    style = draw.one(_YEAR_STYLES) if count > 1 else "latest"
    years = (
        (author.year,)
        if style == "latest"
        else tuple(
            range(author.year - min(count, 3 if style.startswith("by") else 5) + 1, author.year + 1)
        )
    )
    return Plan(
        years=years,
        base_year=years[0] - draw.between(1, 3),
        goal_year=author.year + draw.between(1, 4),
        unit_in=draw.one(("number", "number", "label", "label", "column", "column", "above")),
        style=style,
        policies=draw.one(("none", "none", "column", "column", "banner")),
        base_year_in=draw.one(("none", "header", "header", "cell")),
        goal=style in ("actuals", "actuals_joined", "latest"),
        rate=draw.one(("none", "goal", "goal"))
        if not style.startswith("by")
        else draw.one(("none", "year")),
        change=draw.header("change_amount") if len(years) > 1 and draw.chance(0.2) else "",
    )


def _draw_rows(author: Author, plan: Plan, count: int) -> list[Row]:
    draw = author.draw
    names = draw.some(read_words("prose")["policies"], 6)
    policies = [f"{number} {name}" for number, name in enumerate(names, start=1)]
    words = draw.indicators(999)
    if plan.unit_in == "above":
        words = [word for word in words if word.unit == "％"]
    words = words[:count]
    rows = []
    for index, word in enumerate(words):
        policy = policies[index * len(policies) // len(words)] if plan.policies != "none" else ""
        pending = 1 if draw.chance(0.1) and len(plan.years) > 1 else 0
        row = Row(index + 1, policy, draw_series(draw, word, plan.years, pending))
        if draw.chance(0.08):
            row.note = f"※{draw.between(1, 3)}"
            row.note_at = draw.one(("name", "name", "figure"))
        if plan.style.startswith("actuals") and len(plan.years) > 2 and draw.chance(0.06):
            row.gap = draw.one(plan.years[:-1])
        rows.append(row)
    return rows


def _table(author: Author, plan: Plan, rows: list[Row]) -> Table:
    draw = author.draw
    columns = _lead_columns(author, plan)
    baseline = [_baseline_column(author, plan)] if draw.chance(0.85) else []
    goal = [_goal_column(author, plan)] if plan.goal else []
    years = _year_columns(author, plan)
    columns += baseline + (goal + years if draw.chance(0.4) else years + goal)
    if plan.change:
        columns.append(_change_column(author, plan))
    if plan.rate == "goal":
        columns.append(_rate_column(author, plan))
    columns += _tail_columns(author)
    notes = tuple(
        f"{mark}　{draw.text('notes')}" for mark in sorted({row.note for row in rows} - {""})
    )
    banner = (lambda row: row.policy) if plan.policies == "banner" else None
    repeated = draw.chance(0.7)
    above = f"（単位：{author.notation.percent}）" if plan.unit_in == "above" else ""
    return set_columns(
        author, columns, rows, banner, notes=notes, unit_note=above, repeat_header=repeated
    )


def _lead_columns(author: Author, plan: Plan) -> list[Column[Row]]:
    draw, notation = author.draw, author.notation
    columns: list[Column[Row]] = []
    if draw.chance(0.6):
        columns.append(Column((draw.header("number"),), lambda row: str(row.number), "label"))
    if plan.policies == "column":
        columns.append(
            Column(
                (notation.label(draw.header("policy")),),
                lambda row: row.policy,
                "label",
                merge=True,
            )
        )

    def name(row: Row) -> str:
        word = row.series.word
        in_label = plan.unit_in == "label" and word.unit
        unit = f"（{notation.unit(word.unit)}）" if in_label else ""
        return word.name + unit + (row.note if row.note_at == "name" else "")

    columns.append(Column((draw.header("indicator"),), name, "label"))
    if plan.unit_in == "column":
        columns.append(
            Column(
                (notation.label(draw.header("unit")),),
                lambda row: notation.unit(row.series.word.unit) or "－",
                "label",
            )
        )
    return columns


def _fact(row: Row, measure: str, value: Decimal | None) -> Fact:
    return Fact(
        row.series.word.name,
        measure,
        group=row.policy,
        unit=row.series.word.unit,
        value=value,
        status="reported" if value is not None else "not_reported",
    )


def _printed_unit(plan: Plan, row: Row) -> str:
    return row.series.word.unit if plan.unit_in == "number" else ""


def _baseline_column(author: Author, plan: Plan) -> Column[Row]:
    label = author.draw.header("baseline")
    year = author.notation.year(plan.base_year)
    headed = plan.base_year_in == "header"
    heading = author.draw.one((f"{label}\n（{year}）", f"{label}（{year}）")) if headed else label

    def show(row: Row) -> Parts:
        fact = replace(
            _fact(row, "baseline", row.series.baseline),
            period=label,
            measure_label=label,
            leeway=Leeway(
                measures=("actual",) if label == "現状値" else (),
                periods=("", year, f"{label}({year})"),
                years=(None, plan.base_year),
            ),
        )
        _, figure = author.figure(fact, unit=_printed_unit(plan, row))
        return (figure, f"\n({year})") if plan.base_year_in == "cell" else (figure,)

    return Column((heading,), show)


def _goal_column(author: Author, plan: Plan) -> Column[Row]:
    label = author.draw.header("target")
    year = author.notation.year(plan.goal_year)
    heading = author.draw.one((f"{label}（{year}）", f"{label}\n（{year}）", f"{year}\n{label}"))

    def show(row: Row) -> Parts:
        last = row.series.targets[plan.years[-1]]
        fact = replace(
            _fact(row, "target", last),
            period=year,
            fiscal_year=plan.goal_year,
            measure_label=label,
        )
        number, figure = author.figure(fact, unit=_printed_unit(plan, row))
        row.facts["goal", 0] = number
        return (figure,)

    return Column((heading,), show)


def _year_columns(author: Author, plan: Plan) -> list[Column[Row]]:
    labels = {
        "target": author.notation.label(author.draw.header("target")),
        "actual": author.notation.label(author.draw.header("actual")),
        "rate": author.draw.header("achievement"),
    }
    if plan.style.startswith("by"):
        measures = ["target", "actual"] + (["rate"] if plan.rate == "year" else [])
        pairs = [(year, measure) for year in plan.years for measure in measures]
        if plan.style == "by_measure":
            pairs.sort(key=lambda pair: measures.index(pair[1]))
    else:
        pairs = [(year, "actual") for year in plan.years]
    return [_year_column(author, plan, year, (measure, labels[measure])) for year, measure in pairs]


def _year_column(author: Author, plan: Plan, year: int, role: tuple[str, str]) -> Column[Row]:
    measure, label = role
    printed = author.notation.year(year)
    path: tuple[str, ...] = {
        "actuals": (label, printed),
        "by_measure": (label, printed),
        "by_year": (printed, label),
        "actuals_joined": (f"{printed}\n{label}",),
        "latest": (f"{label}（{printed}）",),
    }[plan.style]
    return Column(path, _year_printer(author, plan, year, (measure, label)))


def _year_printer(
    author: Author, plan: Plan, year: int, role: tuple[str, str]
) -> Callable[[Row], Parts]:
    measure, label = role

    def show(row: Row) -> Parts:
        gap = year == row.gap
        value = None if gap else _year_value(row.series, measure, year)
        fact = replace(
            _fact(row, measure, value),
            period=author.notation.year(year),
            fiscal_year=year,
            measure_label=label,
        )
        unit = _printed_unit(plan, row)
        if measure == "rate":
            fact = replace(fact, unit="％")
            unit = "％"
        if gap:
            fact = replace(fact, status="not_applicable")
        number, figure = author.figure(fact, unit=unit)
        row.facts[measure, year] = number
        if measure == "rate" and value is not None:
            terms = [row.facts["actual", year], row.facts["target", year]]
            author.relate("rate", number, terms, convention="actual/target", rounding="half_up")
        noted = row.note_at == "figure" and year == plan.years[-1] and value is not None
        return (figure, row.note) if noted and measure == "actual" else (figure,)

    return show


def _year_value(series: Series, measure: str, year: int) -> Decimal | None:
    actual, target = series.actuals[year], series.targets[year]
    if measure == "target":
        return target
    if measure == "actual":
        return actual
    return achievement(actual, target)


def _change_column(author: Author, plan: Plan) -> Column[Row]:
    """The newest actual less the one before it."""
    last, before = plan.years[-1], plan.years[-2]
    newest = author.notation.year(last)

    def show(row: Row) -> Parts:
        now, then = row.series.actuals[last], row.series.actuals[before]
        known = now is not None and then is not None and before != row.gap
        fact = replace(
            _fact(row, "change", now - then if known else None),
            measure_label=plan.change,
            leeway=Leeway(periods=(newest, plan.change), years=(last, before)),
        )
        number, figure = author.figure(fact, unit=_printed_unit(plan, row), signed=True)
        if known:
            terms = [row.facts["actual", last], (row.facts["actual", before], -1)]
            author.relate("difference", number, terms)
        return (figure,)

    return Column((plan.change,), show)


def _rate_column(author: Author, plan: Plan) -> Column[Row]:
    """Achievement of the goal by the newest year; its heading names no year."""
    label = author.draw.header("achievement")
    unit_in_head = author.draw.chance(0.5)
    year = plan.years[-1]
    newest = author.notation.year(year)

    def show(row: Row) -> Parts:
        actual, goal = row.series.actuals[year], row.series.targets[year]
        value = achievement(actual, goal)
        fact = replace(
            _fact(row, "rate", value),
            unit="％",
            measure_label=label,
            leeway=Leeway(
                periods=(newest, label, author.notation.year(plan.goal_year)),
                years=(None, year, plan.goal_year),
            ),
        )
        number, figure = author.figure(fact, unit="" if unit_in_head else "％")
        if value is not None:
            actual_fact = row.facts["actual", year]
            terms = [actual_fact, row.facts["goal", 0]]
            author.relate("rate", number, terms, convention="actual/goal", rounding="half_up")
        return (figure,)

    return Column((f"{label}（{author.notation.percent}）" if unit_in_head else label,), show)


def _tail_columns(author: Author) -> list[Column[Row]]:
    draw = author.draw
    grades = draw.one(_GRADES)
    columns: list[Column[Row]] = []
    if draw.chance(0.5):
        columns.append(Column((draw.header("grade"),), lambda _: draw.one(grades), "text"))
    if draw.chance(0.5):
        columns.append(Column((draw.header("section"),), lambda _: draw.text("sections"), "text"))
    if draw.chance(0.4):
        columns.append(
            Column(
                (draw.header("remarks"),),
                lambda _: draw.text("notes") if draw.chance(0.3) else "",
                "text",
            )
        )
    return columns
