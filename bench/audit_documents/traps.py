"""What looks like an error and is none: nothing in these reports may be accused.

Every trap stands beside sums that hold, so that the audit has reason to look.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.report import Report

from .draft import LINES, WORDS, add_table, draw_notation, round_to

Cells = list[Decimal | None]
Row = tuple[tuple[str, ...], str, Cells]
_HUNDRED = Decimal(100)


def _whole(random: Random, low: int, high: int) -> Decimal:
    return Decimal(random.randint(low, high))


def rounded_totals(random: Random) -> Report:
    """Amounts of yen in 千円 or 百万円: every figure is rounded or cut off for itself."""
    draft = draw_notation(random)
    scale = random.choice([1000, 1_000_000])
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    unit = "千円" if scale == 1000 else "百万円"
    count = random.randint(4, 14)
    yen = [[_whole(random, scale, 9000 * scale) for _ in range(3)] for _ in range(count)]
    yen.append([sum(column, Decimal(0)) for column in zip(*yen, strict=True)])
    names = [*random.sample(LINES, count), "合計"]
    rows: list[Row] = []
    for name, cells in zip(names, yen, strict=True):
        printed: Cells = [(one / scale).quantize(Decimal(1), mode) for one in cells]
        change = ((cells[0] - cells[1]) / scale).quantize(Decimal(1), mode)
        rows.append(((name,), "total" if name == "合計" else "part", [*printed, change]))
    columns = [((f"R{year}決算額",), "settlement", unit, 2018 + year) for year in (6, 5, 4)]
    add_table(draft, [*columns, (("増減額",), "change", unit, None)], rows)
    return draft.to_report()


def unknown_sex(random: Random) -> Report:
    """男 and 女 do not make up the total: 不詳 is not printed. Rows still add up."""
    draft = draw_notation(random)
    rows: list[Row] = []
    sums = [Decimal(0)] * 3
    for number in range(random.randint(4, 10)):
        men, women = _whole(random, 90, 900), _whole(random, 90, 900)
        cells = [men + women + random.choice([0, 3, 5, 9, 12]), men, women]
        sums = [one + two for one, two in zip(sums, cells, strict=True)]
        rows.append(((f"{number * 10}歳代",), "part", list(cells)))
    rows.append((("総数",), "total", list(sums)))
    columns = [((name,), "actual", "人", None) for name in ("総数", "男", "女")]
    add_table(draft, columns, rows)
    return draft.to_report()


def average_row(random: Random) -> Report:
    """The last line is an average, and the rate of the total line is no sum of rates."""
    draft = draw_notation(random)
    names = [f"{name}小学校" for name in random.sample(WORDS, random.randint(4, 8))]
    cells = [[_whole(random, 50, 900), _whole(random, 900, 2000)] for _ in names]
    rows: list[Row] = [
        ((name,), "part", [*pair, round_to(pair[0] / pair[1] * 100, "0.1", ROUND_HALF_UP)])
        for name, pair in zip(names, cells, strict=True)
    ]
    sums = [sum(column, Decimal(0)) for column in zip(*cells, strict=True)]
    total_rate = round_to(sums[0] / sums[1] * 100, "0.1", ROUND_HALF_UP)
    rows.append((("合計",), "total", [*sums, total_rate]))
    means = [round_to(one / len(names), "1", ROUND_HALF_UP) for one in sums]
    mean_rate = round_to(
        sum((row[2][2] or Decimal(0) for row in rows[:-1]), Decimal(0)) / len(names),
        "0.1",
        ROUND_HALF_UP,
    )
    rows.append((("平均",), "part", [*means, mean_rate]))
    columns = [
        (("利用者数",), "actual", "人", None),
        (("対象者数",), "actual", "人", None),
        (("利用率",), "rate", "%", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def partial_sum(random: Random) -> Report:
    """小計 of some columns only, 再掲 and うち rows that are no parts of the total."""
    draft = draw_notation(random)
    rows: list[Row] = []
    sums = [Decimal(0)] * 4
    for name in random.sample(LINES, random.randint(4, 9)):
        one, two, other = (_whole(random, 100, 90_000) for _ in range(3))
        cells = [one, two, one + two, other]
        sums = [a + b for a, b in zip(sums, cells, strict=True)]
        rows.append(((name,), "part", list(cells)))
        if random.random() < 0.3:
            part: Cells = [_cut(random, one) for one in cells[:2]]
            rows.append(((f"うち{random.choice(WORDS)}分",), "of_which", [*part, None, None]))
    rows.append((("合計",), "total", list(sums)))
    rows.append((("（再掲）一部事務組合分",), "of_which", [_cut(random, one) for one in sums]))
    columns = [((name,), "amount", "千円", None) for name in ("委託料", "負担金", "計", "人件費")]
    add_table(draft, columns, rows)
    return draft.to_report()


def _cut(random: Random, value: Decimal) -> Decimal:
    return (value * random.randint(10, 90) / 100).quantize(Decimal(1))


def many_answers(random: Random) -> Report:
    """複数回答: shares of different questions, of the number of answering people, over 100 in all."""
    draft = draw_notation(random)
    asked = _whole(random, 300, 2500)
    rows: list[Row] = []
    for number in range(random.randint(4, 9)):
        count = _whole(random, 20, int(asked))
        share = round_to(count / asked * 100, "0.1", ROUND_HALF_UP)
        rows.append(((f"選択肢{number + 1}",), "part", [count, share]))
    rows.append((("回答者数",), "total", [asked, _HUNDRED.quantize(Decimal("0.1"))]))
    columns = [(("件数",), "actual", "人", None), (("割合",), "share", "%", None)]
    add_table(draft, columns, rows)
    return draft.to_report()


def per_head(random: Random) -> Report:
    """Amounts, people, and the amount a head: neither adds up nor averages."""
    draft = draw_notation(random)
    rows: list[Row] = []
    sums = [Decimal(0)] * 2
    for name in random.sample(WORDS, random.randint(4, 9)):
        amount, people = _whole(random, 9_000_000, 900_000_000), _whole(random, 300, 9000)
        sums = [sums[0] + amount, sums[1] + people]
        each = round_to(amount / people, "1", ROUND_DOWN)
        rows.append(((f"{name}町",), "part", [amount, people, each]))
    each = round_to(sums[0] / sums[1], "1", ROUND_DOWN)
    rows.append((("合計",), "total", [*sums, each]))
    columns = [
        (("税額",), "amount", "円", None),
        (("人口",), "amount", "人", None),
        (("一人当たり税額",), "amount", "円", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def points_and_percent(random: Random) -> Report:
    """Rates of two years, their difference in points, and indexes beside growth."""
    draft = draw_notation(random)
    rows: list[Row] = []
    for number in range(random.randint(4, 10)):
        before, now = (_whole(random, 200, 950) / 10 for _ in range(2))
        index = round_to(now / before * 100, "0.1", ROUND_HALF_UP)
        rows.append(
            ((f"{random.choice(WORDS)}率{number}",), "part", [before, now, now - before, index])
        )
    columns = [
        (("R5実績",), "actual", "%", 2023),
        (("R6実績",), "actual", "%", 2024),
        (("増減（ポイント）",), "change", "%", None),
        (("対前年度比",), "change_rate", "%", None),
    ]
    add_table(draft, columns, rows)
    return draft.to_report()


def yearly_and_running(random: Random) -> Report:
    """Actuals of each year beside a target for all years together, rates of the last of them."""
    draft = draw_notation(random)
    years = random.randint(3, 5)
    rows: list[Row] = []
    for number in range(random.randint(3, 9)):
        values = [_whole(random, 20, 900) for _ in range(years)]
        goal = _whole(random, 400, 5000)
        rate = round_to(sum(values, Decimal(0)) / goal * 100, "0.1", ROUND_HALF_UP)
        rows.append(((f"{random.choice(WORDS)}件数{number}",), "part", [*values, goal, rate]))
    columns = [((f"R{3 + year}", "実績"), "actual", "件", 2021 + year) for year in range(years)]
    columns.append((("目標値（累計）",), "target", "件", None))
    columns.append((("達成率",), "rate", "%", None))
    add_table(draft, columns, rows)
    return draft.to_report()


def restated_year(random: Random) -> Report:
    """Last year's column was restated in the next table: (組替後) figures that differ."""
    draft = draw_notation(random)
    names = random.sample(LINES, random.randint(4, 9))
    last = [_whole(random, 1000, 900_000) for _ in names]
    for shift in (0, 1):
        values = [one + (_whole(random, -90, 90) if shift else 0) for one in last]
        nexts = [_whole(random, 1000, 900_000) for _ in names]
        rows: list[Row] = [
            ((name,), "part", [new, old, new - old])
            for name, new, old in zip(names, nexts, values, strict=True)
        ]
        sums = [sum((row[2][k] or Decimal(0) for row in rows), Decimal(0)) for k in range(3)]
        rows.append((("合計",), "total", list(sums)))
        label = "R6予算額" if not shift else "R6予算額（組替後）"
        columns = [
            ((f"R{7 + shift}予算額",), "budget", "千円", 2025 + shift),
            ((label,), "budget", "千円", 2024 + shift),
            (("増減額",), "change", "千円", None),
        ]
        add_table(draft, columns, rows)
        last = nexts
    return draft.to_report()


TRAPS: dict[str, Callable[[Random], Report]] = {
    "rounded totals": rounded_totals,
    "unknown sex": unknown_sex,
    "average row": average_row,
    "partial sums": partial_sum,
    "several answers": many_answers,
    "per head": per_head,
    "points": points_and_percent,
    "running target": yearly_and_running,
    "restated": restated_year,
}
