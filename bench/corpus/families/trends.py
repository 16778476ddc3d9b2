"""Years as rows and a quantity a column: balances with A−B, people and households, debt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.corpus.author import Grid
from bench.corpus.model import Block, Fact, Heading, Leeway, Paragraph
from bench.corpus.notation import round_to
from bench.corpus.series import draw_amounts
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bench.corpus.author import Author

_MEASURES = ("other", "actual", "settlement", "change", "rate", "share")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A column: its name as printed, the name itself, its unit, and what it is the result of."""

    printed: str
    name: str
    unit: str
    values: tuple[Decimal, ...]
    flow: tuple[tuple[int, int], ...] = ()


def compose(author: Author) -> list[Block]:
    """One table on money, one on people, or both."""
    draw = author.draw
    count = draw.between(3, 10)
    years = range(author.year - count + 1, author.year + 1)
    blocks: list[Block] = []
    makers = draw.some((_money, _people, _debt), draw.between(1, 2))
    author.traits["tables"] = "/".join(maker.__name__.strip("_") for maker in makers)
    for maker in makers:
        heading, unit, quantities = maker(author, count)
        blocks.append(Heading(heading))
        if draw.chance(0.3):
            blocks.append(Paragraph(draw.text("introductions")))
        blocks.append(_table(author, years, unit, quantities))
    return blocks


def _walk(author: Author, scale: int, count: int) -> tuple[Decimal, ...]:
    """Amounts that drift by a few percent a year."""
    values = draw_amounts(author.draw, [1], scale)
    for _ in range(count - 1):
        values.append(round_to(values[-1] * author.draw.uniform(0.96, 1.04), 0))
    return tuple(values)


def _money(author: Author, count: int) -> tuple[str, str, list[Quantity]]:
    """Revenue − expenditure = balance; the headings may say so in letters."""
    draw = author.draw
    unit = draw.one(("千円", "百万円"))
    outgo = _walk(author, 24000000 if unit == "千円" else 24000, count)
    income = tuple(value + max(1, int(value * draw.uniform(0.01, 0.06))) for value in outgo)
    rest = tuple(a - b for a, b in zip(income, outgo, strict=True))
    marked = draw.chance(0.5)
    names = ("歳入総額", "歳出総額", "差引額")
    marks = draw.one((("(A)", "(B)", "(A-B)"), ("①", "②", "①-②"))) if marked else ("", "", "")
    printed = [name + (f" {mark}" if mark else "") for name, mark in zip(names, marks, strict=True)]
    quantities = [
        Quantity(printed[0], names[0], unit, income),
        Quantity(printed[1], names[1], unit, outgo),
        Quantity(printed[2], names[2], unit, rest, ((0, 1), (1, -1))),
    ]
    return "決算収支の推移", unit, quantities


def _people(author: Author, count: int) -> tuple[str, str, list[Quantity]]:
    men = _walk(author, 26000, count)
    women = tuple(value + author.draw.between(-400, 2400) for value in men)
    total = tuple(a + b for a, b in zip(men, women, strict=True))
    old = tuple(round_to(author.draw.uniform(24, 44), 1) for _ in total)
    quantities = [
        Quantity("人口（人）", "人口", "人", total, ((1, 1), (2, 1))),
        Quantity("男（人）", "男", "人", men),
        Quantity("女（人）", "女", "人", women),
        Quantity("世帯数（世帯）", "世帯数", "世帯", _walk(author, 21000, count)),
        Quantity("高齢化率（％）", "高齢化率", "％", old),
    ]
    return "人口及び世帯数の推移", "", quantities


def _debt(author: Author, count: int) -> tuple[str, str, list[Quantity]]:
    unit = author.draw.one(("千円", "億円", "百万円"))
    scale = {"千円": 1, "百万円": 1000, "億円": 100000}[unit]
    rows = read_words("finance")["balances"][: author.draw.between(2, 5)]
    quantities = [
        Quantity(n, n, unit, _walk(author, int(high) // scale, count)) for n, high in rows
    ]
    return "市債残高及び基金残高の推移", unit, quantities


def _table(author: Author, years: range, unit: str, quantities: Sequence[Quantity]) -> Block:
    """Years down the page and quantities across, or the other way round."""
    grid, flipped = Grid(), author.draw.chance(0.35)
    corners = ("", "区分") if flipped else ("年度", "年度", "区分")
    corner = author.notation.label(author.draw.one(corners))
    names = [quantity.printed for quantity in quantities]
    labels = [author.notation.year(year) for year in years]
    across, down = (labels, names) if flipped else (names, labels)
    grid.put_headers([(corner,), *((text,) for text in across)])
    for row, text in enumerate(down, start=1):
        grid.put((row, 0), text, "label")
    for position, year in enumerate(years):
        facts = []
        for index, quantity in enumerate(quantities):
            fact = _fact(quantity, (labels[position], year), quantity.values[position], unit)
            number, figure = author.figure(fact)
            facts.append(number)
            place = (index + 1, position + 1) if flipped else (position + 1, index + 1)
            grid.put(place, (figure,), "figure")
        _relate(author, quantities, facts)
    note = f"（単位：{unit}）" if unit else ""
    return grid.table(rules=author.rules, unit_note=note)


def _fact(quantity: Quantity, when: tuple[str, int], value: Decimal, unit: str) -> Fact:
    """No heading says what kind of figure it is; a difference may be taken for a change."""
    names = [quantity.printed, *([""] if quantity.name == "差引額" else [])]
    return Fact(
        quantity.name,
        "amount" if unit else "actual",
        *when,
        unit=quantity.unit,
        value=value,
        leeway=Leeway(measures=("amount", *_MEASURES), indicators=tuple(names)),
    )


def _relate(author: Author, quantities: Sequence[Quantity], facts: Sequence[int]) -> None:
    for quantity, fact in zip(quantities, facts, strict=True):
        if quantity.flow:
            terms = [(facts[index], sign) for index, sign in quantity.flow]
            author.relate("flow", fact, terms)
