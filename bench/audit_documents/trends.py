"""Years across, and prices times quantities."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import LINES, WORDS, add_table, draw_notation, round_to


def trend_report(random: Random) -> Report:
    """Years across, each with an amount and its growth; a total line."""
    draft = draw_notation(random)
    years = random.randint(4, 9)
    names = [f"{name}額" for name in random.sample(LINES, random.randint(2, 6))]
    series = []
    for _ in names:
        level = Decimal(random.randint(100_000, 9_000_000))
        values = []
        for _ in range(years):
            level = (level * Decimal(random.randint(850, 1150)) / 1000).quantize(Decimal(1))
            values.append(level)
        series.append(values)
    series.append([sum(column, Decimal(0)) for column in zip(*series, strict=True)])
    columns = []
    for year in range(years):
        label = f"平成{21 + year}年度"
        columns.append(((label, "金額"), "amount", "千円", 2009 + year))
        columns.append(((label, "対前年比"), "change_rate", "%", 2009 + year))
    rows = []
    for name, values in zip([*names, "合計"], series, strict=True):
        cells: list[Decimal | None] = []
        for year, value in enumerate(values):
            rate = (value / values[year - 1] - 1) * 100 if year else None
            cells += [value, None if rate is None else round_to(rate, "0.1", ROUND_HALF_UP)]
        rows.append(((name,), "total" if name == "合計" else "part", cells))
    add_table(draft, columns, rows)
    return draft.to_report()


def price_report(random: Random) -> Report:
    """Unit price, quantity and amount, with a total."""
    draft = draw_notation(random)
    rows = []
    for number in range(random.randint(4, 12)):
        price = Decimal(random.randint(8, 900) * 50)
        count = Decimal(random.randint(2, 90))
        rows.append(((f"{random.choice(WORDS)}費{number}",), "part", [price, count, price * count]))
    total = sum((row[2][2] for row in rows), Decimal(0))
    rows.append((("合計",), "total", [None, None, total]))
    columns = [
        (("単価",), "amount", "円", None),
        (("数量",), "amount", "人", None),
        (("金額",), "amount", "円", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()
