"""Ways of rounding and of going on that are right and look wrong; nothing here may be accused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import LINES, WORDS, add_table, draw_notation, round_to

Cells = list[Decimal | None]
Row = tuple[tuple[str, ...], str, Cells]
_HUNDRED = Decimal(100)


def _whole(random: Random, low: int, high: int) -> Decimal:
    return Decimal(random.randint(low, high))


def half_even(random: Random) -> Report:
    """Rates rounded half to even, as spreadsheets' VBA and statistics programs do; many are ties."""
    draft = draw_notation(random)
    rows: list[Row] = []
    for name in random.sample(LINES, random.randint(6, 12)):
        whole = random.choice(
            [Decimal(80), Decimal(200), Decimal(400), Decimal(800), Decimal(1600)]
        )
        part = _whole(random, 1, int(whole))
        rate = round_to(part / whole * _HUNDRED, "0.1", ROUND_HALF_EVEN)
        rows.append(((name,), "part", [whole, part, rate]))
    columns = [
        (("計画数",), "target", "件", None),
        (("実績数",), "actual", "件", None),
        (("達成率",), "rate", "%", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def adjusted_shares(random: Random) -> Report:
    """Shares of which the largest was moved so that the column adds up to 100.0."""
    draft = draw_notation(random)
    count = random.randint(5, 12)
    amounts = [_whole(random, 1000, 900_000) for _ in range(count)]
    whole = sum(amounts, Decimal(0))
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    shares = [round_to(one / whole * _HUNDRED, "0.1", ROUND_HALF_UP) for one in amounts]
    if mode == ROUND_HALF_UP:
        shares[amounts.index(max(amounts))] += _HUNDRED - sum(shares, Decimal(0))
    rows: list[Row] = [
        ((name,), "part", [amount, share])
        for name, amount, share in zip(random.sample(LINES, count), amounts, shares, strict=True)
    ]
    rows.append((("合計",), "total", [whole, Decimal("100.0")]))
    columns = [(("R6予算額",), "budget", "千円", 2024), (("構成比",), "share", "%", None)]
    add_table(draft, columns, rows)
    return draft.to_report()


def whole_rates(random: Random) -> Report:
    """Rates and shares without decimals: a hundred figures of two digits say little."""
    draft = draw_notation(random)
    rows: list[Row] = []
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    for name in random.sample(LINES, random.randint(5, 12)):
        budget = _whole(random, 900, 900_000)
        spent = budget * _whole(random, 400, 1000) / 1000
        spent = spent.quantize(Decimal(1))
        rows.append(
            ((name,), "part", [budget, spent, round_to(spent / budget * _HUNDRED, "1", mode)])
        )
    sums = [sum((row[2][k] or Decimal(0) for row in rows), Decimal(0)) for k in range(2)]
    rate = round_to(sums[1] / sums[0] * _HUNDRED, "1", mode)
    rows.append((("合計",), "total", [*sums, rate]))
    columns = [
        (("予算現額",), "budget", "千円", 2023),
        (("支出済額",), "settlement", "千円", 2023),
        (("執行率",), "rate", "%", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def median_row(random: Random) -> Report:
    """Below the total stand the median, the largest and the smallest."""
    draft = draw_notation(random)
    names = [f"{name}支所" for name in random.sample(WORDS, random.choice([5, 7, 9]))]
    cells = [[_whole(random, 50, 900), _whole(random, 900, 2000)] for _ in names]
    rows: list[Row] = [((n,), "part", list(pair)) for n, pair in zip(names, cells, strict=True)]
    columns_of = [sorted(column) for column in zip(*cells, strict=True)]
    rows.append((("合計",), "total", [sum(one, Decimal(0)) for one in columns_of]))
    rows.append((("中央値",), "part", [one[len(one) // 2] for one in columns_of]))
    rows.append((("最大値",), "part", [one[-1] for one in columns_of]))
    rows.append((("最小値",), "part", [one[0] for one in columns_of]))
    columns = [(("相談件数",), "actual", "件", None), (("来庁者数",), "actual", "人", None)]
    add_table(draft, columns, rows)
    return draft.to_report()


def carried_over(random: Random) -> Report:
    """Years of 前年度繰越 + 歳入 - 歳出 = 翌年度繰越: each year opens with what the last one left."""
    draft = draw_notation(random)
    left = _whole(random, 10_000, 90_000)
    rows: list[Row] = []
    for year in range(2, 2 + random.randint(4, 6)):
        income, spent = _whole(random, 100_000, 900_000), _whole(random, 90_000, 100_000)
        spent += income - _whole(random, 80_000, 100_000)
        opening, left = left, left + income - spent
        rows.append(((f"令和{year}年度",), "part", [opening, income, spent, left]))
    names = (("前年度繰越金", "amount"), ("歳入額", "settlement"), ("歳出額", "settlement"))
    columns = [((name,), kind, "千円", None) for name, kind in (*names, ("翌年度繰越金", "amount"))]
    add_table(draft, columns, rows)
    return draft.to_report()


def reached_so_far(random: Random) -> Report:
    """Months with what came in and what has been reached; the total repeats the last of these."""
    draft = draw_notation(random)
    reached = Decimal(0)
    rows: list[Row] = []
    for month in range(4, 4 + random.randint(5, 8)):
        came = _whole(random, 100, 9000)
        reached += came
        rows.append(((f"{month}月",), "part", [came, reached]))
    rows.append((("計",), "total", [reached, reached]))
    columns = [(("受付件数",), "actual", "件", None), (("累計",), "actual", "件", None)]
    add_table(draft, columns, rows)
    return draft.to_report()


ROUNDINGS: dict[str, Callable[[Random], Report]] = {
    "half even": half_even,
    "adjusted shares": adjusted_shares,
    "whole rates": whole_rates,
    "median row": median_row,
    "carried over": carried_over,
    "reached so far": reached_so_far,
}
