"""Projects with their cost and where the money comes from; taxes and ratios over years."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Block, Fact, Heading, Leeway
from bench.corpus.notation import round_to
from bench.corpus.series import draw_amounts, draw_next, split_amount
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus.author import Author, Parts
    from bench.corpus.draw import Draw


@dataclass(slots=True)
class Row:
    """A line; ``values`` and ``facts`` by column key, ``members`` of a sum row by position."""

    name: str
    values: dict[str, Decimal]
    group: str = ""
    unit: str = ""
    members: tuple[int, ...] = ()
    facts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of amounts: its key, headings, period, measures (best first) and its label."""

    key: str
    path: tuple[str, ...]
    period: str
    year: int | None
    measures: tuple[str, ...]
    label: str
    periods: tuple[str, ...] = ()
    label_matters: bool = False
    years: tuple[int | None, ...] = ()


def compose(author: Author) -> list[Block]:
    """A list of projects, taxes by kind, or ratios and balances over years."""
    draw = author.draw
    makers = draw.some((_projects, _taxes, _ratios), draw.between(1, 2))
    blocks: list[Block] = []
    author.traits["tables"] = "/".join(maker.__name__.strip("_") for maker in makers)
    for maker in makers:
        blocks += maker(author)
    return blocks


def _column(author: Author, amounts: Amounts, unit: str) -> Column[Row]:
    """Prints the row's amount, a blank where it has none."""

    def show(row: Row) -> Parts:
        value = row.values.get(amounts.key)
        fact = Fact(
            row.name,
            amounts.measures[0],
            amounts.period,
            amounts.year,
            group=row.group,
            unit=row.unit or unit,
            measure_label=amounts.label,
            value=value,
            status="reported" if value is not None else "not_reported",
            leeway=Leeway(
                measures=amounts.measures[1:],
                periods=amounts.periods,
                label_matters=amounts.label_matters,
                years=amounts.years,
            ),
        )
        if value is None:
            author.facts.append(fact)
            return ("",)
        row.facts[amounts.key], figure = author.figure(fact)
        return (figure,)

    return Column(amounts.path, show)


def _projects(author: Author) -> list[Block]:
    draw, notation = author.draw, author.notation
    unit = draw.one(("千円", "千円", "円"))
    names = draw.some(read_words("finance")["projects"], draw.between(3, 16))
    if draw.chance(0.2):
        names = draw.some(read_words("finance")["projects"], 36)
    sources = read_words("finance")[draw.one(("funding", "funding_short"))]
    rows = [_project(draw, name, sources) for name in names]
    if draw.chance(0.6):
        rows.append(_sum_row(rows, draw.header("total")))
    label = draw.header("budget")
    this, last = notation.year(author.year), notation.year(author.year - 1)
    columns = _project_lead(author)
    columns += [
        _column(author, amounts, unit)
        for amounts in [
            Amounts("this", (f"{this}\n{label}",), this, author.year, ("budget", "amount"), label),
            Amounts(
                "last", (f"{last}\n{label}",), last, author.year - 1, ("budget", "amount"), label
            ),
        ]
    ]
    columns.append(_difference_column(author, unit))
    group = draw.header("funding")
    columns += [
        _column(
            author,
            Amounts(
                source,
                (group, source),
                "",
                author.year,
                ("amount", "budget", "other"),
                source,
                (this,),
                label_matters=True,
                years=(None,),
            ),
            unit,
        )
        for source in sources
    ]
    if draw.chance(0.6):
        columns.append(Column((draw.header("explanation"),), _explain(draw), "text"))
    table = set_columns(
        author, columns, rows, unit_note=f"（単位：{unit}）", repeat_header=draw.chance(0.7)
    )
    _relate_projects(author, rows, sources)
    return [Heading(f"主な事業（{this}）"), table]


def _explain(draw: Draw) -> Callable[[Row], str]:
    return lambda row: "" if row.members else draw.one(read_words("finance")["explanations"])


def _project_lead(author: Author) -> list[Column[Row]]:
    draw = author.draw
    columns: list[Column[Row]] = []
    if draw.chance(0.4):
        numbers = iter(range(1, 100))
        columns.append(
            Column(
                (draw.header("number"),),
                lambda row: "" if row.members else str(next(numbers)),
                "label",
            )
        )
    if draw.chance(0.4):
        columns.append(
            Column(
                (draw.header("section"),),
                lambda row: "" if row.members else draw.text("sections"),
                "text",
            )
        )
    columns.append(Column((draw.header("project"),), lambda row: row.name, "label"))
    return columns


def _project(draw: Draw, name: str, sources: Sequence[str]) -> Row:
    (last,) = draw_amounts(draw, [draw.uniform(2, 300)], 900)
    (this,) = draw_next(draw, [last])
    used = [source for source in sources[:-1] if draw.chance(0.4)] + [sources[-1]]
    parts = split_amount(draw, this, len(used))
    shares = {source: part for source, part in zip(used, parts, strict=True) if part}
    return Row(name, {"this": this, "last": last, "change": this - last, **shares})


def _sum_row(rows: Sequence[Row], name: str) -> Row:
    keys = {key: None for row in rows for key in row.values}
    values = {
        key: sum((row.values.get(key, Decimal(0)) for row in rows), Decimal(0)) for key in keys
    }
    return Row(name, values, members=tuple(range(len(rows))))


def _difference_column(author: Author, unit: str) -> Column[Row]:
    label = author.draw.header("change_amount")
    this, last = author.notation.year(author.year), author.notation.year(author.year - 1)
    return _column(
        author,
        Amounts(
            "change",
            (label,),
            "",
            None,
            ("change",),
            label,
            (this, last, label),
            years=(author.year, author.year - 1),
        ),
        unit,
    )


def _relate_projects(author: Author, rows: Sequence[Row], sources: Sequence[str]) -> None:
    for row in rows:
        facts = row.facts
        author.relate("difference", facts["change"], [facts["this"], (facts["last"], -1)])
        parts = [facts[source] for source in sources if source in facts]
        author.relate("total", facts["this"], parts, convention="funding")
        for key in facts if row.members else ():
            members = [rows[i].facts[key] for i in row.members if key in rows[i].facts]
            author.relate("total", facts[key], members)


def _taxes(author: Author) -> list[Block]:
    """Two levels of row labels, subtotals within each tax, the total; years as columns."""
    draw, notation = author.draw, author.notation
    years = tuple(range(author.year - draw.between(2, 4) + 1, author.year + 1))
    rows = _tax_rows(author, years)
    label = draw.header("settlement")
    columns: list[Column[Row]] = [
        Column((draw.header("item"),), lambda row: row.group or row.name, "label", merge=True),
        Column((), lambda row: row.name if row.group else "", "label", absorb=True),
    ]
    unit = draw.one(("千円", "百万円"))
    joined = draw.chance(0.5)
    for year in years:
        printed = notation.year(year)
        path = (f"{printed}\n{label}",) if joined else (printed, label)
        columns.append(
            _column(
                author,
                Amounts(str(year), path, printed, year, ("settlement", "amount", "actual"), label),
                unit,
            )
        )
    if draw.chance(0.6):
        columns.append(_growth_column(author, years))
    table = set_columns(author, columns, rows, unit_note=f"（単位：{unit}）")
    _relate_taxes(author, rows, years)
    return [Heading("市税収入の推移"), table]


def _tax_rows(author: Author, years: Sequence[int]) -> list[Row]:
    draw, rows = author.draw, []
    tops: list[int] = []
    for tax in read_words("finance")["tax"]:
        items = tax["items"]
        if not items:
            rows.append(Row(tax["name"], _tax_amounts(draw, tax["weight"], years)))
            tops.append(len(rows) - 1)
            continue
        first = len(rows)
        rows += [
            Row(name, _tax_amounts(draw, weight, years), tax["name"]) for name, weight in items
        ]
        subtotal = _sum_row(rows[first:], draw.header("subtotal"))
        subtotal.group, subtotal.members = tax["name"], tuple(range(first, len(rows)))
        rows.append(subtotal)
        tops.append(len(rows) - 1)
    total = _sum_row([rows[index] for index in tops], draw.header("total"))
    total.members = tuple(tops)
    return [*rows, total]


def _tax_amounts(draw: Draw, weight: float | Decimal, years: Sequence[int]) -> dict[str, Decimal]:
    amounts = draw_amounts(draw, [weight], 60000)
    values: dict[str, Decimal] = {}
    for year in years:
        values[str(year)] = amounts[0]
        amounts = draw_next(draw, amounts)
    return values


def _growth_column(author: Author, years: Sequence[int]) -> Column[Row]:
    label = author.draw.header("change_rate")
    last = str(years[-1])
    before = str(years[-2])
    printed = author.notation.year(years[-1])

    def show(row: Row) -> Parts:
        value = round_to((row.values[last] - row.values[before]) / row.values[before] * 100, 1)
        fact = Fact(
            row.name,
            "change_rate",
            group=row.group,
            unit="％",
            measure_label=label,
            value=value,
            leeway=Leeway(periods=(printed, label), years=(years[-1], years[-2])),
        )
        number, figure = author.figure(fact, unit="％")
        terms = [row.facts[last], row.facts[before]]
        author.relate("change_rate", number, terms, rounding="half_up")
        return (figure,)

    return Column((label,), show)


def _relate_taxes(author: Author, rows: Sequence[Row], years: Sequence[int]) -> None:
    for row in rows:
        for year in map(str, years) if row.members else ():
            terms = [rows[index].facts[year] for index in row.members]
            author.relate("total", row.facts[year], terms)


def _ratios(author: Author) -> list[Block]:
    """Ratios over years; no heading says what kind of figure they are."""
    draw, notation = author.draw, author.notation
    years = tuple(range(author.year - draw.between(2, 5) + 1, author.year + 1))
    chosen = draw.some(read_words("finance")["ratios"], draw.between(3, 7))
    rows = []
    for name, unit, low, high, decimals in chosen:
        values = {str(year): round_to(draw.uniform(low, high), decimals) for year in years}
        rows.append(Row(name, values, unit=unit))
    in_column = draw.chance(0.4)

    def name_of(row: Row) -> str:
        unit = notation.unit(row.unit)
        return f"{row.name}（{unit}）" if unit and not in_column else row.name

    columns: list[Column[Row]] = [Column((draw.header("item"),), name_of, "label")]
    if in_column:
        columns.append(
            Column((draw.header("unit"),), lambda row: notation.unit(row.unit) or "－", "label")
        )
    for year in years:
        printed = notation.year(year)
        columns.append(
            _column(
                author,
                Amounts(
                    str(year),
                    (printed,),
                    printed,
                    year,
                    ("actual", "other", "amount", "rate", "settlement"),
                    "",
                ),
                "",
            )
        )
    return [Heading("財政指標の推移"), set_columns(author, columns, rows)]
