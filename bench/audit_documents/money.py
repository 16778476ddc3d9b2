"""Tables of money: budgets, corrections, funds, settlements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import LINES, WORDS, add_table, draw_amounts, draw_notation, round_to


def draw_outline(random: Random) -> tuple[list[tuple[tuple[str, ...], str]], list[list[int]]]:
    """Row labels with subtotals and a total, and for each row the leaf rows that it sums up."""
    names = random.sample(LINES, random.randint(4, 20))
    style = random.choice(["flat", "subtotals", "headings"])
    rows: list[tuple[tuple[str, ...], str]] = []
    sums: list[list[int]] = []
    if style == "flat":
        for name in names:
            rows.append(((name,), "part"))
            sums.append([])
    else:
        size = random.randint(2, 5)
        for start in range(0, len(names), size):
            group = names[start : start + size]
            if style == "headings":
                rows.append(((f"{start // size + 1}款",), "part"))
                sums.append(list(range(len(rows), len(rows) + len(group))))
            for name in group:
                path = (f"{start // size + 1}款", name)
                rows.append((path, "part"))
                sums.append([])
            if style == "subtotals":
                first = len(rows) - len(group)
                rows.append(((f"{start // size + 1}款", "小計"), "subtotal"))
                sums.append(list(range(first, first + len(group))))
    leaves = [place for place, parts in enumerate(sums) if not parts]
    rows.append((("合計",), "total"))
    sums.append(leaves)
    return rows, sums


def fill_outline(leaves: dict[int, Decimal], sums: Sequence[Sequence[int]]) -> list[Decimal]:
    return [
        sum((leaves[part] for part in parts), Decimal(0)) if parts else leaves[place]
        for place, parts in enumerate(sums)
    ]


def budget_report(random: Random) -> Report:
    """This year, last year, shares, difference and growth; exact in 千円 or rounded to 百万円."""
    draft = draw_notation(random)
    mode = random.choice([ROUND_HALF_UP, ROUND_HALF_UP, ROUND_DOWN])
    places = random.choice(["0.1", "0.1", "0.01"])
    rounded = random.random() < 0.3
    for _ in range(random.randint(1, 4)):
        rows, sums = draw_outline(random)
        size = 10 ** random.randint(4, 8)
        leaves = [place for place, parts in enumerate(sums) if not parts]
        years = []
        for _ in range(2):
            amounts = fill_outline(
                dict(zip(leaves, draw_amounts(random, len(leaves), size), strict=True)), sums
            )
            years.append(amounts)
        unit = "百万円" if rounded else "千円"
        shown = [
            [round_to(one / 1000, "1", ROUND_HALF_UP) if rounded else one for one in year]
            for year in years
        ]
        body = []
        for place, (path, kind) in enumerate(rows):
            now, before = years[0][place], years[1][place]
            change = now - before
            printed = round_to(change / 1000, "1", ROUND_HALF_UP) if rounded else change
            body.append(
                (
                    path,
                    kind,
                    [
                        shown[0][place],
                        round_to(now / years[0][-1] * 100, places, mode),
                        shown[1][place],
                        round_to(before / years[1][-1] * 100, places, mode),
                        printed,
                        round_to(change / before * 100, places, mode) if before else None,
                    ],
                )
            )
        columns = [
            (("令和8年度", "予算額"), "budget", unit, 2026),
            (("令和8年度", "構成比"), "share", "%", 2026),
            (("令和7年度", "予算額"), "budget", unit, 2025),
            (("令和7年度", "構成比"), "share", "%", 2025),
            (("比較", "増減額"), "change", unit, None),
            (("比較", "伸率"), "change_rate", "%", None),
        ]
        keep = (
            [0, 2, 4]
            + ([1, 3] if random.random() < 0.6 else [])
            + ([5] if random.random() < 0.7 else [])
        )
        keep.sort()
        add_table(
            draft,
            [columns[i] for i in keep],
            [(path, kind, [values[i] for i in keep]) for path, kind, values in body],
        )
    return draft.to_report()


def correction_report(random: Random) -> Report:
    """A supplementary budget: before, change, after, and where the money comes from."""
    draft = draw_notation(random)
    for _ in range(random.randint(1, 3)):
        rows, sums = draw_outline(random)
        leaves = [place for place, parts in enumerate(sums) if not parts]
        before = fill_outline(
            dict(zip(leaves, draw_amounts(random, len(leaves), 10**7), strict=True)), sums
        )
        parts = []
        for _ in range(4):
            drawn = [
                Decimal(random.randint(-20000, 60000)) if random.random() < 0.5 else Decimal(0)
                for _ in leaves
            ]
            parts.append(fill_outline(dict(zip(leaves, drawn, strict=True)), sums))
        change = [sum(column, Decimal(0)) for column in zip(*parts, strict=True)]
        body = [
            (
                path,
                kind,
                [
                    before[place],
                    change[place],
                    before[place] + change[place],
                    *(one[place] or None for one in parts),
                ],
            )
            for place, (path, kind) in enumerate(rows)
        ]
        columns = [
            (("補正前の額",), "budget", "千円", None),
            (("補正額",), "change", "千円", None),
            (("補正後の額",), "budget", "千円", None),
            *(
                (("補正額の財源内訳", name), "amount", "千円", None)
                for name in ("国県支出金", "地方債", "その他", "一般財源")
            ),
        ]
        if random.random() < 0.4:
            columns, body = columns[:3], [(path, kind, values[:3]) for path, kind, values in body]
        add_table(draft, columns, body)
    return draft.to_report()


def fund_report(random: Random) -> Report:
    """Balances with deposits and withdrawals, signed or by name, and a total."""
    draft = draw_notation(random)
    signed = random.random() < 0.5
    names = [f"{random.choice(WORDS)}基金{i}" for i in range(random.randint(4, 15))]
    rows = []
    for name in names:
        opening = Decimal(random.randint(100, 3_000_000))
        deposit = Decimal(random.choice([0, random.randint(1, 400_000)]))
        drawn = Decimal(random.choice([0, random.randint(1, int(opening))]))
        rows.append(
            (
                (name,),
                "part",
                [opening, deposit, -drawn if signed else drawn, opening + deposit - drawn],
            )
        )
    total = [sum((row[2][i] for row in rows), Decimal(0)) for i in range(4)]
    rows.append((("合計",), "total", total))
    columns = [
        (("令和2年度末現在高",), "amount", "千円", 2020),
        (("令和3年度", "積立額"), "amount", "千円", 2021),
        (("令和3年度", "取崩額"), "amount", "千円", 2021),
        (("令和3年度末現在高",), "amount", "千円", 2021),
    ]
    add_table(
        draft, columns, [(path, kind, [v or None for v in values]) for path, kind, values in rows]
    )
    return draft.to_report()


def settlement_report(random: Random) -> Report:
    """Budget, settlement and execution rate by line, with a total."""
    draft = draw_notation(random)
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    names = random.sample(LINES, random.randint(5, 16))
    rows = []
    for name in names:
        budget = Decimal(random.randint(20_000, 9_000_000))
        spent = (budget * Decimal(random.randint(400, 1000)) / 1000).quantize(Decimal(1))
        rows.append([(name,), "part", budget, spent])
    rows.append(
        [("合計",), "total", sum(row[2] for row in rows), sum(row[3] for row in rows)]  # type: ignore[misc]
    )
    columns = [
        (("予算現額",), "budget", "千円", None),
        (("支出済額",), "settlement", "千円", None),
        (("執行率",), "rate", "%", None),
    ]
    add_table(
        draft,
        columns,
        [
            (path, kind, [budget, spent, round_to(spent / budget * 100, "0.1", mode)])
            for path, kind, budget, spent in rows
        ],
    )
    return draft.to_report()
