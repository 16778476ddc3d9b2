"""A report in the making, and what its author does alike on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from kenzan.schemas.contract import read_row
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
            read_row(
                Observation,
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
                },
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


def draw_notation(random: Random) -> Draft:
    draft = Draft(random)
    draft.wide = random.random() < 0.2
    draft.minus = "－" if draft.wide else random.choice(["-", "△", "▲"])
    draft.plus = "＋" if draft.wide else "+"
    draft.brackets = "（）" if draft.wide else "()"
    return draft


Column = tuple[str, str, str, int | None]


def add_table(
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


def draw_amounts(random: Random, count: int, size: int) -> list[Decimal]:
    return [Decimal(random.randint(size // 50, size)) for _ in range(count)]


def round_to(value: Decimal, places: str, mode: str) -> Decimal:
    return value.quantize(Decimal(places), mode)
