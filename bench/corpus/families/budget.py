"""Budget and settlement tables: two years compared, shares, changes, growth, totals that foot."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Block, Fact, Heading, Leeway, Paragraph, Table
from bench.corpus.notation import round_to
from bench.corpus.series import draw_amounts, draw_next
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.author import Author, Parts
    from bench.corpus.draw import Draw

_MARKS = (("(A)", "(B)", "(A-B)"), ("　Ａ", "　Ｂ", "　Ａ－Ｂ"), ("①", "②", "①-②"))
_SCALES = {"円": 1000, "千円": 1, "万円": 0.1, "百万円": 0.001}


@dataclass(slots=True)
class Row:
    """A line of the table. ``children`` are positions of the rows it is the sum of."""

    name: str
    group: str = ""
    mark: str = ""
    this: Decimal = Decimal(0)
    last: Decimal = Decimal(0)
    children: tuple[int, ...] = ()
    facts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which figures are shown and how they are headed.

    ``kind`` is budget or settlement; ``years`` how the two years are named; ``two_level``
    whether the year stands over amount and share.
    """

    kind: str
    label: str
    years: tuple[tuple[str, int], tuple[str, int]]
    two_level: bool
    share: str
    change: str
    change_rate: str
    unit: str
    numbered: bool
    marks: tuple[str, str, str]


def compose(author: Author) -> list[Block]:
    """One to three tables: 歳入, 歳出 by purpose or nature, accounts."""
    draw = author.draw
    plan = _draw_plan(author)
    author.traits |= {"kind": plan.kind, "two_level": str(plan.two_level)}
    kinds = draw.some(("歳入", "歳出（目的別）", "歳出（性質別）", "会計別"), draw.between(1, 3))
    blocks: list[Block] = []
    if draw.chance(0.4):
        blocks.append(Paragraph(draw.text("introductions")))
    for number, kind in enumerate(kinds, start=1):
        blocks.append(Heading(f"{number}　{kind}の状況"))
        rows = _draw_rows(author, kind, plan.unit)
        blocks.append(_table(author, plan, rows))
    return blocks


def _draw_plan(author: Author) -> Plan:
    draw, notation = author.draw, author.notation
    kind = draw.one(("budget", "settlement"))
    label = draw.header(kind)
    relative = draw.chance(0.25)
    this = "本年度" if relative else notation.year(author.year)
    last = "前年度" if relative else notation.year(author.year - 1)
    change = draw.header("change_amount") if draw.chance(0.85) else ""
    return Plan(
        kind=kind,
        label=label,
        years=((this, author.year), (last, author.year - 1)),
        two_level=draw.chance(0.5),
        share=draw.header("share") if draw.chance(0.6) else "",
        change=change,
        change_rate=draw.header("change_rate") if change and draw.chance(0.75) else "",
        unit=draw.one(("千円", "千円", "百万円", "円", "万円")),
        numbered=draw.chance(0.35),
        marks=draw.one(_MARKS) if draw.chance(0.25) else ("", "", ""),
    )


def _draw_rows(author: Author, kind: str, unit: str) -> list[Row]:
    """Leaves with their groups and subtotals, and the grand total last."""
    words = read_words("finance")
    groups: list[tuple[str, Sequence[tuple[str, Decimal]]]]
    if kind == "歳入" and author.draw.chance(0.6):
        groups = [("自主財源", words["revenue_own"]), ("依存財源", words["revenue_dependent"])]
    elif kind == "歳入":
        groups = [("", words["revenue_own"] + words["revenue_dependent"])]
    elif kind == "歳出（性質別）":
        groups = [
            ("義務的経費", words["expenditure_mandatory"]),
            ("投資的経費", words["expenditure_investment"]),
            ("その他の経費", words["expenditure_other"]),
        ]
    elif kind == "会計別":
        groups = [("", words["accounts"])]
    else:
        groups = [("", words["expenditure_purpose"])]
    return foot_rows(author, groups, unit)


def foot_rows(
    author: Author, groups: Sequence[tuple[str, Sequence[tuple[str, Decimal]]]], unit: str
) -> list[Row]:
    """Rows with random amounts; a subtotal behind each named group; the total at the end.

    Now and then a row tells what part of the row above it is (うち), and is in no sum.
    """
    draw, rows = author.draw, []
    scale = max(30, int(draw.between(40000, 420000) * _SCALES[unit]))
    tops: list[int] = []
    parts = read_words("finance")["parts"] if draw.chance(0.3) else {}
    for group, items in groups:
        first, members = len(rows), []
        last = draw_amounts(draw, [weight for _, weight in items], scale)
        for number, (item, old, new) in enumerate(
            zip(items, last, draw_next(draw, last), strict=True), start=first + 1
        ):
            rows.append(Row(item[0], group, str(number), new, old))
            members.append(len(rows) - 1)
            if item[0] in parts and draw.chance(0.6):
                rows.append(_part(draw, rows[-1], parts[item[0]]))
        if group:
            rows.append(_sum(rows, tuple(members), draw.header("subtotal"), group))
            tops.append(len(rows) - 1)
        else:
            tops += members
    rows.append(_sum(rows, tuple(tops), draw.header("total"), ""))
    return rows


def _part(draw: Draw, whole: Row, name: str) -> Row:
    """A row that says what part of the row above it is."""
    share = draw.uniform(0.3, 0.9)
    this, last = (
        max(Decimal(1), round_to(amount * share, 0)) for amount in (whole.this, whole.last)
    )
    return Row(f"うち{name}", whole.group, "", this, last)


def _sum(rows: Sequence[Row], members: tuple[int, ...], name: str, group: str) -> Row:
    this = sum((rows[index].this for index in members), Decimal(0))
    last = sum((rows[index].last for index in members), Decimal(0))
    return Row(name, group, "", this, last, members)


def _table(author: Author, plan: Plan, rows: list[Row]) -> Table:
    draw = author.draw
    columns = [*_lead(author, plan, rows), *_figures(author, plan, rows)]
    if draw.chance(0.2):
        columns.append(
            Column(
                (draw.header("remarks"),),
                lambda _: draw.one(read_words("finance")["explanations"]),
                "text",
            )
        )
    note = f"（単位：{plan.unit}{'、％' if plan.share or plan.change_rate else ''}）"
    table = set_columns(author, columns, rows, unit_note=note, repeat_header=draw.chance(0.7))
    relate_rows(author, rows)
    return table


def relate_rows(author: Author, rows: Sequence[Row]) -> None:
    """Note that sum rows are the sums of their members, and shares those of the last row."""
    for row in rows:
        for name, fact in row.facts.items():
            if row.children and name in ("this", "last", "change"):
                terms = [rows[child].facts[name] for child in row.children]
                author.relate("total", fact, terms)
            if name.startswith("share "):
                amount = name.removeprefix("share ")
                terms = [row.facts[amount], rows[-1].facts[amount]]
                author.relate("share", fact, terms, rounding="half_up")


def _lead(author: Author, plan: Plan, rows: Sequence[Row]) -> list[Column[Row]]:
    """The row labels: numbered, grouped in a merged column, or spread over the width."""
    draw, notation = author.draw, author.notation
    heading = draw.header("item")
    grouped = any(row.group for row in rows)

    def name(row: Row) -> str:
        numbered = plan.numbered and not grouped and row.mark
        label = notation.label(row.name)
        return f"{row.mark}　{label}" if numbered else label

    columns: list[Column[Row]] = []
    if grouped:
        columns.append(
            Column(
                (heading,),
                lambda row: row.group or name(row),
                "label",
                merge=True,
                vertical=draw.chance(0.4),
            )
        )
        columns.append(Column((), lambda row: name(row) if row.group else "", "label", absorb=True))
    else:
        columns.append(Column((heading,), name, "label"))
    return columns


def _figures(author: Author, plan: Plan, rows: Sequence[Row]) -> list[Column[Row]]:
    columns: list[Column[Row]] = []
    total = rows[-1]
    for name, (printed, year) in zip(("this", "last"), plan.years, strict=True):
        when = (printed, year)
        columns.append(_amount_column(author, plan, name, when))
        if plan.share and (plan.two_level or name == "this"):
            columns.append(_share_column(author, plan, (name, total), when))
    if author.draw.chance(0.2) and not plan.share:
        columns.reverse()
    if plan.change:
        columns += _change_columns(author, plan)
    return columns


def _amount_column(author: Author, plan: Plan, name: str, when: tuple[str, int]) -> Column[Row]:
    printed, year = when
    label = plan.label + plan.marks[name == "last"]
    path = (printed, label) if plan.two_level else (f"{printed}\n{label}",)

    def show(row: Row) -> Parts:
        value = row.this if name == "this" else row.last
        fact = Fact(
            row.name,
            plan.kind,
            printed,
            year,
            group=row.group,
            unit=plan.unit,
            measure_label=plan.label,
            value=value,
            leeway=Leeway(measures=("amount",), indicators=_names(row)),
        )
        row.facts[name], figure = author.figure(fact)
        return (figure,)

    return Column(path, show)


def _share_column(
    author: Author, plan: Plan, what: tuple[str, Row], when: tuple[str, int]
) -> Column[Row]:
    name, total = what
    printed, year = when
    path = (printed, plan.share) if plan.two_level else (plan.share,)

    def show(row: Row) -> Parts:
        amount = getattr(row, name)
        value = round_to(amount / getattr(total, name) * 100, 1)
        fact = Fact(
            row.name,
            "share",
            printed,
            year,
            group=row.group,
            unit="％",
            measure_label=plan.share,
            value=value,
            leeway=Leeway(periods=("",) if not plan.two_level else (), indicators=_names(row)),
        )
        row.facts["share " + name], figure = author.figure(fact)
        return (figure,)

    return Column(path, show)


def _change_columns(author: Author, plan: Plan) -> list[Column[Row]]:
    columns = [_change_column(author, plan)]
    if plan.change_rate:
        columns.append(_change_rate_column(author, plan))
    return columns


def _names(row: Row) -> tuple[str, ...]:
    """What else the row may be called: うち may be cut off, or stay."""
    return (row.name.removeprefix("うち"),) if row.name.startswith("うち") else ()


def _change_leeway(plan: Plan, row: Row) -> Leeway:
    (this, year), (last, before) = plan.years
    return Leeway(
        periods=(this, "比較", plan.change, plan.change_rate, last),
        years=(None, year, before),
        indicators=_names(row),
    )


def _change_column(author: Author, plan: Plan) -> Column[Row]:
    def show(row: Row) -> Parts:
        fact = Fact(
            row.name,
            "change",
            group=row.group,
            unit=plan.unit,
            measure_label=plan.change,
            value=row.this - row.last,
            leeway=_change_leeway(plan, row),
        )
        row.facts["change"], figure = author.figure(fact)
        terms = [row.facts["this"], (row.facts["last"], -1)]
        author.relate("difference", row.facts["change"], terms)
        return (figure,)

    label = plan.change + plan.marks[2]
    path = ("比較", label) if plan.two_level and plan.change_rate else (label,)
    return Column(path, show)


def _change_rate_column(author: Author, plan: Plan) -> Column[Row]:
    def show(row: Row) -> Parts:
        value = round_to((row.this - row.last) / row.last * 100, 1)
        fact = Fact(
            row.name,
            "change_rate",
            group=row.group,
            unit="％",
            measure_label=plan.change_rate,
            value=value,
            leeway=_change_leeway(plan, row),
        )
        row.facts["change_rate"], figure = author.figure(fact)
        terms = [row.facts["this"], row.facts["last"]]
        author.relate("change_rate", row.facts["change_rate"], terms, rounding="half_up")
        return (figure,)

    path = ("比較", plan.change_rate) if plan.two_level else (plan.change_rate,)
    return Column(path, show)
