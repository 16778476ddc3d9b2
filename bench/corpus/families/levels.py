"""第１表 歳入歳出予算: 款 over 項, each with its amount; now and then wide digits and no rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Beside, Block, Fact, Heading, Leeway, Table
from bench.corpus.notation import widen
from bench.corpus.series import draw_amounts, split_amount
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.author import Author, Parts


@dataclass(slots=True)
class Row:
    """A 款 (level 0), one of its 項 (level 1), or the total (level 2)."""

    level: int
    number: int
    name: str
    chapter: str
    amount: Decimal
    members: tuple[int, ...] = ()
    fact: int = -1


@dataclass(frozen=True, slots=True)
class Plan:
    """``style``: a column for each level, one column with indents, or numbered ones."""

    style: str
    unit: str
    label: str
    numbered: bool
    spread: bool
    marks: dict[str, str] = field(default_factory=dict)


def compose(author: Author) -> list[Block]:
    """Revenue and expenditure one below the other, or side by side on a wide page."""
    draw = author.draw
    plan = Plan(
        style=draw.one(("columns", "columns", "indent")),
        unit=draw.one(("千円", "千円", "円")),
        label=draw.one(("金額", "予算額", "本年度予算額", "金　額")),
        numbered=draw.chance(0.6),
        spread=draw.chance(0.3),
    )
    author.traits |= {"style": plan.style, "numbered": str(plan.numbered)}
    beside = draw.chance(0.3)
    if beside:
        author.traits["beside"] = "yes"
        author.rules = "full"
    sides = [_side(author, plan, name, 5 if beside else 99) for name in ("歳入", "歳出")]
    year = author.notation.year(author.year)
    heading = Heading(f"第１表　{year}　歳入歳出予算")
    if beside:
        return [heading, Beside(*sides)]
    return [heading, *sides]


def _side(author: Author, plan: Plan, name: str, most: int) -> Table:
    """One table of at most ``most`` 款, so that two of them fit a page side by side."""
    chapters = read_words("finance")["chapters"][name][-most:]
    rows = _draw_rows(author, chapters, f"{name}合計")
    columns = [*_labels(plan), Column((plan.label,), lambda row: _amount(author, plan, row))]
    caption = author.draw.one((f"（{name}）", f"【{name}】", f"１　{name}"))
    note = f"（単位：{plan.unit}）"
    table = set_columns(author, columns, rows, unit_note=note, caption=caption)
    for row in rows:
        if row.members:
            author.relate("total", row.fact, [rows[index].fact for index in row.members])
    return table


def _draw_rows(
    author: Author, chapters: Sequence[tuple[str, Sequence[str]]], total: str
) -> list[Row]:
    draw = author.draw
    rows: list[Row] = []
    tops: list[int] = []
    for number, (chapter, sections) in enumerate(chapters, start=1):
        if draw.chance(0.15):
            continue
        (amount,) = draw_amounts(draw, [draw.uniform(1, 400)], 9000)
        kept = [section for section in sections if draw.chance(0.8)] or list(sections[:1])
        parts = [part + 1 for part in split_amount(draw, amount, len(kept))]
        tops.append(len(rows))
        members = tuple(range(len(rows) + 1, len(rows) + 1 + len(kept)))
        rows.append(Row(0, number, chapter, "", sum(parts, Decimal(0)), members))
        rows += [
            Row(1, index, section, chapter, part)
            for index, (section, part) in enumerate(zip(kept, parts, strict=True), start=1)
        ]
    whole = sum((rows[index].amount for index in tops), Decimal(0))
    rows.append(Row(2, 0, total, "", whole, tuple(tops)))
    return rows


def _labels(plan: Plan) -> list[Column[Row]]:
    def name(row: Row) -> str:
        text = "　".join(row.name) if plan.spread and len(row.name) < 5 else row.name
        if not plan.numbered or not row.number:
            return text
        return f"{widen(str(row.number))}　{text}" if row.level == 0 else f"{row.number} {text}"

    if plan.style == "indent":
        return [Column(("款　項",), lambda row: "　　" * (row.level % 2) + name(row), "label")]
    return [
        Column(("款",), lambda row: name(row) if row.level != 1 else "", "label"),
        Column(("項",), lambda row: name(row) if row.level == 1 else "", "label"),
    ]


def _amount(author: Author, plan: Plan, row: Row) -> Parts:
    year = author.notation.year(author.year)
    fact = Fact(
        row.name,
        "budget",
        "",
        author.year,
        group=row.chapter,
        unit=plan.unit,
        measure_label=plan.label,
        value=row.amount,
        leeway=Leeway(measures=("amount", "other"), periods=(year, "本年度"), years=(None,)),
    )
    row.fact, figure = author.figure(fact)
    return (figure,)
