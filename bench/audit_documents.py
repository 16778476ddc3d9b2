"""Clean reports in many layouts, conventions and notations, consistent by construction.

Every figure is computed first and rounded as the layout says; nothing is read from a file. The
reports have the shape that interpretation gives them, so that the audit is measured by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.report import Header, Origin, Report, TableReading
from kenzan.schemas.tables import DocumentRow, Indicator, Observation, Project

WORDS = [
    "来客",
    "会員",
    "参加",
    "相談",
    "移住",
    "創業",
    "就職",
    "観光",
    "宿泊",
    "販売",
    "利用",
    "受講",
    "回答",
    "認定",
    "登録",
    "設置",
    "実施",
    "開催",
]
LINES = [
    "市税",
    "譲与税",
    "交付金",
    "分担金",
    "使用料",
    "国庫支出金",
    "県支出金",
    "財産収入",
    "寄附金",
    "繰入金",
    "繰越金",
    "諸収入",
    "市債",
    "人件費",
    "物件費",
    "扶助費",
    "補助費",
    "公債費",
    "積立金",
    "繰出金",
    "議会費",
    "総務費",
    "民生費",
    "衛生費",
    "労働費",
    "商工費",
    "土木費",
    "消防費",
    "教育費",
]


@dataclass
class Draft:
    """A report in the making: its observations and tables."""

    random: Random
    name: str = "clean.pdf"
    observations: list[Observation] = field(default_factory=list)
    tables: list[TableReading] = field(default_factory=list)
    minus: str = "△"
    wide: bool = False
    brackets: str = "()"
    plus: str = "+"
    table: int = 0

    def render(self, value: Decimal, *, sign: bool = False) -> str:
        """The figure as this author prints figures."""
        text = f"{abs(value):,f}"
        mark = self.minus if value < 0 else self.plus if sign else ""
        text = mark + text
        return text.translate(_WIDE) if self.wide else text

    def place(self, row: int, column: int, kind: int = 0) -> Place:
        left = 40.0 + 60 * column + 25 * kind
        top = 20.0 + 12 * row
        return Place(self.table + 1, Box(left, top, left + 20, top + 10))

    def add(self, row: int, column: int, value: Decimal | None, **fields: object) -> int:
        """One observation; a blank cell if there is no value."""
        delta = fields.pop("delta", None)
        where = self.place(row, column)
        unit = str(fields.get("unit", ""))
        tail = ("％" if unit == "%" else unit) if fields.pop("print_unit", False) else ""
        fields.setdefault("status", "reported" if value is not None else "not_reported")
        self.observations.append(
            Observation.model_validate(
                {
                    "document": self.name,
                    "value": value,
                    "delta": delta,
                    "value_raw": "" if value is None else self.render(value) + tail,
                    "delta_raw": ""
                    if delta is None
                    else self.brackets[0] + self.render(delta, sign=delta >= 0) + self.brackets[1],
                    "page": where.page,
                    "origin": Origin(self.table, row, column, where, self.place(row, column, 1)),
                    **fields,
                }
            )
        )
        return len(self.observations) - 1

    def to_report(self) -> Report:
        names = {row.project: row.project_name for row in self.observations}
        units = {(row.project, row.indicator): row.unit for row in self.observations}
        return Report(
            DocumentRow(
                document=self.name, sha256="", bytes=0, kind="pdf", pages=self.table + 1,
                status="done", kenzan_version="0",
            ),
            tuple(
                Project(document=self.name, project=key, project_name=name, kpi_status="tabulated")
                for key, name in names.items()
            ),
            tuple(
                Indicator(document=self.name, project=key[0], indicator=key[1], unit=unit)
                for key, unit in units.items()
            ),
            tuple(self.observations),
            tables=tuple(self.tables),
        )  # fmt: skip


_WIDE = str.maketrans("0123456789,.+-", "０１２３４５６７８９，．＋－")

DELTA_WAYS = (
    "previous-target",
    "previous-actual",
    "previous-same",
    "same-target",
    "baseline-target",
    "baseline-actual",
)


def _indicator(draft: Draft, years: int) -> tuple[str, str, Decimal, list[Decimal], list[Decimal]]:
    """Name, unit, baseline, targets and actuals of one indicator."""
    random = draft.random
    unit, step, size = random.choice(
        [
            ("人", "1", 20000),
            ("件", "1", 300),
            ("円", "1", 30_000_000),
            ("％", "0.1", 90),
            ("回", "1", 60),
        ]
    )
    places = Decimal(step)
    start = (Decimal(random.randint(size // 10, size)) * places / places).quantize(places)
    if unit == "％":
        start = (Decimal(random.randint(200, 900)) / 10).quantize(places)
    rise = max(start / 20, places)
    targets, actuals = [], []
    for year in range(years):
        aim = start + rise * (year + 1) * random.choice([1, 1, 1, 2])
        targets.append(aim.quantize(places, ROUND_HALF_UP))
        drift = Decimal(random.randint(-300, 300)) / 1000
        actuals.append((aim * (1 + drift)).quantize(places, ROUND_HALF_UP))
    name = random.choice(WORDS) + random.choice(WORDS) + "数" + str(random.randint(1, 999))
    return name, unit, start, targets, actuals


def kpi_report(random: Random) -> Report:
    """Years down, indicators across, each with target, actual and their changes in brackets."""
    draft = _notation(random)
    ways = (random.choice(DELTA_WAYS[:3]), random.choice(DELTA_WAYS))
    signed = random.random() < 0.8
    if not signed:
        draft.plus = ""
    for project in range(random.randint(1, 5)):
        years = random.randint(2, 7)
        for number in range(random.randint(1, 4)):
            _kpi_columns(draft, chr(65 + project), number, years, ways)
        draft.table += 1
    return draft.to_report()


def _notation(random: Random) -> Draft:
    draft = Draft(random)
    draft.wide = random.random() < 0.2
    draft.minus = "－" if draft.wide else random.choice(["-", "△", "▲"])
    draft.plus = "＋" if draft.wide else "+"
    draft.brackets = "（）" if draft.wide else "()"
    return draft


def _kpi_columns(
    draft: Draft, project: str, number: int, years: int, ways: tuple[str, str]
) -> None:
    name, unit, start, targets, actuals = _indicator(draft, years)
    known = years if draft.random.random() < 0.7 else years - 1
    folded = "%" if unit == "％" else unit
    common = {
        "project": project,
        "project_name": f"{project}事業",
        "indicator": name,
        "unit": folded,
        "print_unit": True,
    }
    before = {"target": start, "actual": start}
    for year in range(-1, years):
        period = "当初" if year < 0 else f"Ｒ{year + 2}"
        for column, measure in enumerate(("target", "actual")):
            value = start if year < 0 else (targets, actuals)[column][year]
            if measure == "actual" and year >= known:
                draft.add(
                    year + 1, 2 * number + column, None, period=period, fiscal_year=2020 + year,
                    measure=measure, measure_label="実績", **common,
                )  # fmt: skip
                continue
            delta = None
            if year >= 0:
                reference = {
                    "previous-target": before["target"],
                    "previous-actual": before["actual"],
                    "previous-same": before[measure],
                    "same-target": targets[year],
                    "baseline-target": start,
                    "baseline-actual": start,
                }[ways[column]]
                delta = value - reference
            draft.add(
                year + 1, 2 * number + column, value, delta=delta, period=period,
                fiscal_year=None if year < 0 else 2020 + year, measure=measure,
                measure_label="目標" if measure == "target" else "実績", **common,
            )  # fmt: skip
        if year >= 0:
            before = {"target": targets[year], "actual": actuals[year]}


Column = tuple[str, str, str, int | None]


def _table(
    draft: Draft,
    columns: Sequence[tuple[tuple[str, ...], str, str, int | None]],
    rows: Sequence[tuple[tuple[str, ...], str, Sequence[Decimal | None]]],
) -> None:
    """Put a table of figures into the draft: headers, rows, cells."""
    heads = tuple(
        Header(
            place + 1, path, measure=measure, measure_label=path[-1], unit=unit, fiscal_year=year,
            kind="total" if path[-1] == "計" else "part",
        )
        for place, (path, measure, unit, year) in enumerate(columns)
    )  # fmt: skip
    sides = tuple(
        Header(place + 1, path, level=len(path) - 1, kind=kind)  # type: ignore[arg-type]
        for place, (path, kind, _) in enumerate(rows)
    )
    cells = {}
    for place, (path, _, values) in enumerate(rows):
        for column, value in zip(heads, values, strict=True):
            if value is None:
                continue
            cells[place + 1, column.index] = (
                draft.add(
                    place + 1, column.index, value, group=" / ".join(path[:-1]), indicator=path[-1],
                    unit=column.unit, measure=column.measure, measure_label=column.measure_label,
                    fiscal_year=column.fiscal_year,
                    period="" if column.fiscal_year is None else f"R{column.fiscal_year - 2018}",
                ),
            )  # fmt: skip
    draft.tables.append(
        TableReading(draft.table, draft.table + 1, "", "千円", "budget", sides, heads, cells)
    )
    draft.table += 1


def _amounts(random: Random, count: int, size: int) -> list[Decimal]:
    return [Decimal(random.randint(size // 50, size)) for _ in range(count)]


def _outline(random: Random) -> tuple[list[tuple[tuple[str, ...], str]], list[list[int]]]:
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


def _fill(leaves: dict[int, Decimal], sums: Sequence[Sequence[int]]) -> list[Decimal]:
    return [
        sum((leaves[part] for part in parts), Decimal(0)) if parts else leaves[place]
        for place, parts in enumerate(sums)
    ]


def _rounded(value: Decimal, places: str, mode: str) -> Decimal:
    return value.quantize(Decimal(places), mode)


def budget_report(random: Random) -> Report:
    """This year, last year, shares, difference and growth; exact in 千円 or rounded to 百万円."""
    draft = _notation(random)
    mode = random.choice([ROUND_HALF_UP, ROUND_HALF_UP, ROUND_DOWN])
    places = random.choice(["0.1", "0.1", "0.01"])
    rounded = random.random() < 0.3
    for _ in range(random.randint(1, 4)):
        rows, sums = _outline(random)
        size = 10 ** random.randint(4, 8)
        leaves = [place for place, parts in enumerate(sums) if not parts]
        years = []
        for _ in range(2):
            amounts = _fill(
                dict(zip(leaves, _amounts(random, len(leaves), size), strict=True)), sums
            )
            years.append(amounts)
        unit = "百万円" if rounded else "千円"
        shown = [
            [_rounded(one / 1000, "1", ROUND_HALF_UP) if rounded else one for one in year]
            for year in years
        ]
        body = []
        for place, (path, kind) in enumerate(rows):
            now, before = years[0][place], years[1][place]
            change = now - before
            printed = _rounded(change / 1000, "1", ROUND_HALF_UP) if rounded else change
            body.append(
                (
                    path,
                    kind,
                    [
                        shown[0][place],
                        _rounded(now / years[0][-1] * 100, places, mode),
                        shown[1][place],
                        _rounded(before / years[1][-1] * 100, places, mode),
                        printed,
                        _rounded(change / before * 100, places, mode) if before else None,
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
        _table(
            draft,
            [columns[i] for i in keep],
            [(path, kind, [values[i] for i in keep]) for path, kind, values in body],
        )
    return draft.to_report()


def correction_report(random: Random) -> Report:
    """A supplementary budget: before, change, after, and where the money comes from."""
    draft = _notation(random)
    for _ in range(random.randint(1, 3)):
        rows, sums = _outline(random)
        leaves = [place for place, parts in enumerate(sums) if not parts]
        before = _fill(dict(zip(leaves, _amounts(random, len(leaves), 10**7), strict=True)), sums)
        parts = []
        for _ in range(4):
            drawn = [
                Decimal(random.randint(-20000, 60000)) if random.random() < 0.5 else Decimal(0)
                for _ in leaves
            ]
            parts.append(_fill(dict(zip(leaves, drawn, strict=True)), sums))
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
        _table(draft, columns, body)
    return draft.to_report()


def fund_report(random: Random) -> Report:
    """Balances with deposits and withdrawals, signed or by name, and a total."""
    draft = _notation(random)
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
    _table(
        draft, columns, [(path, kind, [v or None for v in values]) for path, kind, values in rows]
    )
    return draft.to_report()


def settlement_report(random: Random) -> Report:
    """Budget, settlement and execution rate by line, with a total."""
    draft = _notation(random)
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
    _table(
        draft,
        columns,
        [
            (path, kind, [budget, spent, _rounded(spent / budget * 100, "0.1", mode)])
            for path, kind, budget, spent in rows
        ],
    )
    return draft.to_report()


def trend_report(random: Random) -> Report:
    """Years across, each with an amount and its growth; a total line."""
    draft = _notation(random)
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
            cells += [value, None if rate is None else _rounded(rate, "0.1", ROUND_HALF_UP)]
        rows.append(((name,), "total" if name == "合計" else "part", cells))
    _table(draft, columns, rows)
    return draft.to_report()


def rate_report(random: Random) -> Report:
    """One indicator a row: target, actual and achievement rate for some years."""
    draft = _notation(random)
    mode = random.choice([ROUND_HALF_UP, ROUND_DOWN])
    years = random.randint(1, 4)
    columns = []
    for year in range(years):
        label = f"R{4 + year}"
        for name, measure, unit in (
            ("目標", "target", "人"),
            ("実績", "actual", "人"),
            ("達成率", "rate", "%"),
        ):
            columns.append(((label, name), measure, unit, 2022 + year))
    rows = []
    for number in range(random.randint(4, 15)):
        cells = []
        for _ in range(years):
            target = Decimal(random.randint(20, 30_000))
            actual = (target * Decimal(random.randint(400, 1400)) / 1000).quantize(Decimal(1))
            cells += [target, actual, _rounded(actual / target * 100, "0.1", mode)]
        rows.append(((f"{random.choice(WORDS)}者数{number}",), "part", cells))
    _table(draft, columns, rows)
    return draft.to_report()


def price_report(random: Random) -> Report:
    """Unit price, quantity and amount, with a total."""
    draft = _notation(random)
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
    _table(draft, columns, rows)
    return draft.to_report()


MAKERS: dict[str, Callable[[Random], Report]] = {
    "kpi": kpi_report,
    "budget": budget_report,
    "correction": correction_report,
    "fund": fund_report,
    "settlement": settlement_report,
    "trend": trend_report,
    "rate": rate_report,
    "price": price_report,
}
