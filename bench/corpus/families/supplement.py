"""Supplementary budgets, execution of the budget, funds, tax collection: amounts along a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Block, Fact, Heading, Leeway, Table
from bench.corpus.notation import round_to
from bench.corpus.series import draw_amounts
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus.author import Author, Parts
    from bench.corpus.draw import Draw


@dataclass(slots=True)
class Row:
    """A line: its amounts and rates by role, its label and the labels over it."""

    name: str
    values: dict[str, Decimal]
    group: str = ""
    members: tuple[int, ...] = ()
    facts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its roles in order, how each is headed and measured, and what holds.

    ``flows`` gives for a role the roles it is the sum of, with their signs; ``ratios`` for a
    role the two it is the percentage of.
    """

    title: str
    items: tuple[str, ...]
    roles: tuple[str, ...]
    measures: dict[str, tuple[str, ...]]
    flows: dict[str, tuple[tuple[str, int], ...]]
    ratios: dict[str, tuple[str, str]]
    optional: tuple[str, ...] = ()


_EXPENDITURE = tuple(name for name, _ in read_words("finance")["expenditure_purpose"])
_AMOUNT = ("amount", "budget", "other")

KINDS = {
    "supplement": Kind(
        "補正予算",
        _EXPENDITURE,
        ("before", "supplement", "after"),
        {
            "before": ("budget", "amount"),
            "supplement": ("change", "amount", "budget"),
            "after": ("budget", "amount"),
        },
        {"after": (("before", 1), ("supplement", 1))},
        {},
    ),
    "execution": Kind(
        "歳出の執行状況",
        _EXPENDITURE,
        ("budget_available", "settlement", "unused", "execution"),
        {
            "budget_available": ("budget",),
            "settlement": ("settlement",),
            "unused": ("amount", "change", "other"),
            "execution": ("rate",),
        },
        {"unused": (("budget_available", 1), ("settlement", -1))},
        {"execution": ("settlement", "budget_available")},
        ("unused", "execution"),
    ),
    "collection": Kind(
        "市税の収納状況",
        tuple(tax["name"] for tax in read_words("finance")["tax"]),
        ("assessed", "collected", "written_off", "outstanding", "collection_rate"),
        {
            "assessed": _AMOUNT,
            "collected": ("settlement", *_AMOUNT, "actual"),
            "written_off": _AMOUNT,
            "outstanding": _AMOUNT,
            "collection_rate": ("rate",),
        },
        {"outstanding": (("assessed", 1), ("collected", -1), ("written_off", -1))},
        {"collection_rate": ("collected", "assessed")},
        ("written_off",),
    ),
    "funds": Kind(
        "基金の状況",
        tuple(read_words("finance")["funds"]),
        ("opening", "deposit", "withdrawal", "closing"),
        {
            "opening": ("amount", "other", "baseline", "actual"),
            "deposit": ("amount", "change", "other"),
            "withdrawal": ("amount", "change", "other"),
            "closing": ("amount", "other", "actual"),
        },
        {"closing": (("opening", 1), ("deposit", 1), ("withdrawal", -1))},
        {},
    ),
}


def compose(author: Author) -> list[Block]:
    """One or two kinds of table."""
    draw = author.draw
    blocks: list[Block] = []
    names = draw.some(sorted(KINDS), draw.between(1, 2))
    author.traits["kinds"] = "/".join(names)
    for number, name in enumerate(names, start=1):
        kind = KINDS[name]
        rows = _draw_rows(author, name, kind)
        year = author.notation.year(author.year)
        blocks.append(Heading(f"（{number}）{year}　{kind.title}"))
        blocks.append(_table(author, kind, rows))
    return blocks


def _draw_rows(author: Author, name: str, kind: Kind) -> list[Row]:
    draw = author.draw
    items = list(kind.items)
    if draw.chance(0.5):
        kept = set(draw.some(items, draw.between(3, len(items))))
        items = [item for item in items if item in kept]
    rows = [Row(item, _values(draw, name)) for item in items]
    total: dict[str, Decimal] = {}
    for role in kind.roles:
        if role not in kind.ratios:
            total[role] = sum((row.values[role] for row in rows), Decimal(0))
    rows.append(Row(draw.header("total"), total, members=tuple(range(len(rows)))))
    for row in rows:
        for role, (part, whole) in kind.ratios.items():
            row.values[role] = round_to(row.values[part] / row.values[whole] * 100, 1)
    return rows


def _values(draw: Draw, name: str) -> dict[str, Decimal]:
    return _VALUES[name](draw)


def _supplement(draw: Draw) -> dict[str, Decimal]:
    (before,) = draw_amounts(draw, [draw.uniform(2, 900)], 8000)
    touched = draw.chance(0.7)
    change = Decimal(int(before * draw.uniform(-0.08, 0.12))) if touched else Decimal(0)
    return {"before": before, "supplement": change, "after": before + change}


def _execution(draw: Draw) -> dict[str, Decimal]:
    (budget,) = draw_amounts(draw, [draw.uniform(2, 900)], 9000)
    spent = Decimal(int(budget * draw.uniform(0.82, 1)))
    return {"budget_available": budget, "settlement": spent, "unused": budget - spent}


def _collection(draw: Draw) -> dict[str, Decimal]:
    (assessed,) = draw_amounts(draw, [draw.uniform(20, 900)], 6000)
    lost = Decimal(int(assessed * draw.uniform(0, 0.004)))
    collected = Decimal(int(assessed * draw.uniform(0.93, 0.995)))
    rest = assessed - collected - lost
    return {
        "assessed": assessed,
        "collected": collected,
        "written_off": lost,
        "outstanding": rest,
    }


def _funds(draw: Draw) -> dict[str, Decimal]:
    (opening,) = draw_amounts(draw, [draw.uniform(2, 400)], 9000)
    deposit = Decimal(int(opening * draw.uniform(0, 0.2))) if draw.chance(0.8) else Decimal(0)
    withdrawal = Decimal(int(opening * draw.uniform(0, 0.3))) if draw.chance(0.6) else Decimal(0)
    closing = opening + deposit - withdrawal
    return {"opening": opening, "deposit": deposit, "withdrawal": withdrawal, "closing": closing}


_VALUES: dict[str, Callable[[Draw], dict[str, Decimal]]] = {
    "supplement": _supplement,
    "execution": _execution,
    "collection": _collection,
    "funds": _funds,
}


def _table(author: Author, kind: Kind, rows: Sequence[Row]) -> Table:
    draw = author.draw
    unit = draw.one(("千円", "千円", "円", "百万円"))
    roles = [role for role in kind.roles if role not in kind.optional or draw.chance(0.8)]
    columns: list[Column[Row]] = [
        Column((draw.header("item"),), lambda row: author.notation.label(row.name), "label")
    ]
    blank_zero = draw.chance(0.5)
    columns += [_column(author, kind, role, (unit, blank_zero)) for role in roles]
    percent = any(role in kind.ratios for role in roles)
    note = f"（単位：{unit}{'、％' if percent else ''}）"
    table = set_columns(author, columns, rows, unit_note=note)
    for row in rows:
        _relate(author, kind, row, rows)
    return table


def _column(author: Author, kind: Kind, role: str, how: tuple[str, bool]) -> Column[Row]:
    """A zero is printed as 0, or as a blank that is no figure and enters no relation."""
    unit, blank_zero = how
    label = author.draw.header(role)
    ratio = role in kind.ratios
    measures = kind.measures[role]
    printed = author.notation.year(author.year)

    def show(row: Row) -> Parts:
        value = row.values[role]
        blank = blank_zero and value == 0 and not ratio
        fact = Fact(
            row.name,
            measures[0],
            "",
            author.year,
            group=row.group,
            unit="％" if ratio else unit,
            measure_label=label,
            value=None if blank else value,
            status="not_reported" if blank else "reported",
            leeway=Leeway(
                measures=measures[1:],
                periods=(printed, label, "前年度末", "年度末", "年度当初"),
                years=(None, author.year - 1),
                label_matters=True,
            ),
        )
        if blank:
            author.facts.append(fact)
            return ("",)
        row.facts[role], figure = author.figure(fact)
        return (figure,)

    return Column((label,), show)


def _relate(author: Author, kind: Kind, row: Row, rows: Sequence[Row]) -> None:
    for role, fact in row.facts.items():
        if role in kind.flows and all(
            part in row.facts or not row.values[part] for part, _ in kind.flows[role]
        ):
            parts = [(part, sign) for part, sign in kind.flows[role] if part in row.facts]
            author.relate("flow", fact, [(row.facts[part], sign) for part, sign in parts])
        if role in kind.ratios and all(part in row.facts for part in kind.ratios[role]):
            terms = [row.facts[part] for part in kind.ratios[role]]
            author.relate(
                "rate", fact, terms, convention="/".join(kind.ratios[role]), rounding="half_up"
            )
        if row.members and role not in kind.ratios:
            terms = [rows[i].facts[role] for i in row.members if role in rows[i].facts]
            author.relate("total", fact, terms)
