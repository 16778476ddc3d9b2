"""Reports made by hand: from a table of text as a person would write it, or from the gold CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from kenzan.normalize.labels import fold_label
from kenzan.normalize.numbers import parse_cell
from kenzan.normalize.periods import parse_period
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.report import Header, Origin, Report, TableReading
from kenzan.schemas.tables import DocumentRow, Indicator, Narrative, Observation, Project

SIRYO6 = Path(__file__).parents[2] / "samples" / "siryo6.observations.csv"
MEASURES = {"目標": "target", "実績": "actual", "基準": "baseline"}


def document_row(name: str = "report.pdf") -> DocumentRow:
    return DocumentRow(
        document=name,
        sha256="",
        bytes=0,
        kind="text",
        pages=1,
        status="done",
        kenzan_version="0",
    )


def report_of(
    observations: list[Observation], narratives: list[Narrative] | None = None, **more: Any
) -> Report:
    """A report of these rows, its projects and indicators taken from them."""
    projects = {row.project: row.project_name for row in observations}
    units = {(row.project, row.indicator): row.unit for row in observations}
    name = observations[0].document if observations else "report.pdf"
    return Report(
        document_row(name),
        tuple(
            Project(document=name, project=key, project_name=text, kpi_status="tabulated")
            for key, text in projects.items()
        ),
        tuple(
            Indicator(document=name, project=project, indicator=indicator, unit=unit)
            for (project, indicator), unit in units.items()
        ),
        tuple(observations),
        tuple(narratives or ()),
        **more,
    )


def observe(text: str, **fields: Any) -> Observation:
    """An observation from a cell's text: ``8,016人 (-4,656)``, ``―``, or nothing."""
    entries = parse_cell(text)
    value = entries[0].number if entries else None
    change = entries[0].bracketed[0] if entries and entries[0].bracketed else None
    status = "reported" if value is not None else "not_reported"
    if text == "？":
        status = "unreadable"
    if value is not None and value.missing:
        status = value.missing
    return Observation(
        **{
            "document": "report.pdf",
            "unit": value.unit if value is not None else "",
            "value": value.value if value is not None else None,
            "delta": change.value if change is not None else None,
            "status": status,
            "value_raw": value.raw if value is not None else text,
            "delta_raw": _with_brackets(text, change.raw) if change is not None else "",
            **fields,
        }
    )


def _with_brackets(text: str, raw: str) -> str:
    at = text.index(raw)
    return text[at - 1 : at + len(raw) + 1] if text[at - 1 : at] in "(（" else raw


def kpi_report(table: str, narratives: list[dict[str, str]] | None = None) -> Report:
    """A report from lines of ``indicator | period | target | actual``.

    A blank indicator repeats the one above. A line ``## A`` starts another project and table.
    """
    rows: list[Observation] = []
    project, number, indicator = "A", 0, ""
    for line_number, line in enumerate(table.strip().splitlines()):
        if line.startswith("##"):
            project, number = line.strip("# "), number + 1
            continue
        name, period, *cells = [cell.strip() for cell in line.split("|")]
        indicator = name or indicator
        parsed = parse_period(period)
        for column, (measure, cell) in enumerate(zip(("target", "actual"), cells, strict=False)):
            place = Place(1, Box(100.0 * column, 20.0 * line_number, 100.0 * column + 90, 20.0))
            rows.append(
                observe(
                    cell,
                    project=project,
                    indicator=fold_label(indicator),
                    period=period,
                    fiscal_year=parsed.fiscal_year if parsed else None,
                    measure=measure,
                    measure_label={"target": "目標", "actual": "実績"}[measure],
                    origin=Origin(number, line_number, column, place, place),
                )
            )
    told = [
        Narrative(**{"document": "report.pdf", "project": "A", **one}) for one in narratives or []
    ]
    return report_of(rows, told)


def siryo6_report(name: str = "siryo6.pdf") -> Report:
    """The hand-keyed figures of 資料６ as a report, with its texts on targets."""
    rows = []
    tables: dict[str, int] = {}
    with SIRYO6.open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file)):
            table = tables.setdefault(row["project"], len(tables))
            rows.append(
                Observation(
                    document=name,
                    project=row["project"],
                    project_name=row["project_name"],
                    indicator=row["indicator"],
                    unit=row["unit"],
                    period=row["period"],
                    fiscal_year=int(row["fiscal_year"]) if row["fiscal_year"] else None,
                    measure=row["measure"],
                    measure_label={"target": "目標", "actual": "実績"}[row["measure"]],
                    value=Decimal(row["value"]) if row["value"] else None,
                    delta=Decimal(row["delta"]) if row["delta"] else None,
                    status=row["status"],
                    value_raw=row["value_raw"],
                    delta_raw=row["delta_raw"],
                    page=1,
                    line=position + 1,
                    origin=Origin(table, position, 0),
                )
            )
    return report_of(rows, list(_siryo6_narratives(name, rows)))


UNMET = {
    "A": ("ブランド化したガラス商品の販売額", "きららガラス未来館の来客数"),
    "B": ("観光客数",),
    "C": (
        "20～39歳の社会動態数（住民基本台帳）",
        "山口東京理科大学生の市内就職率",
        "山陽小野田市にずっと住みたいと感じる市民の割合",
    ),
}


def _siryo6_narratives(name: str, rows: list[Observation]) -> list[Narrative]:
    names = {row.indicator for row in rows}
    told = []
    for project, indicators in UNMET.items():
        for indicator in indicators:
            assert indicator in names
            for kind, text in (
                ("achievement", "現在のところ達成できてない。"),
                ("reason", "新型コロナウイルス感染症の影響により、目標未達となった。"),
            ):
                told.append(
                    Narrative(
                        document=name, project=project, indicator=indicator, kind=kind, text=text
                    )
                )
    return told


COLUMN_MEASURES = (
    ("構成比", "share"),
    ("増減率", "change_rate"),
    ("伸率", "change_rate"),
    ("対前年比", "change_rate"),
    ("率", "rate"),
    ("増減", "change"),
    ("比較", "change"),
    ("差引", "change"),
    ("補正額", "change"),
    ("目標", "target"),
    ("実績", "actual"),
    ("決算", "settlement"),
    ("予算", "budget"),
    ("補正前", "budget"),
    ("補正後", "budget"),
)


def rename(report: Report, name: str) -> Report:
    """The report under another file name."""
    rows = tuple(replace(row, document=name) for row in report.observations)
    return replace(report, document=document_row(name), observations=rows)


def join_reports(first: Report, second: Report) -> Report:
    """One document with the tables of both; the second one is moved behind the first."""
    shift = len(first.observations)
    moved = tuple(
        replace(
            table,
            cells={at: tuple(one + shift for one in found) for at, found in table.cells.items()},
        )
        for table in second.tables
    )
    return replace(
        first,
        observations=first.observations + second.observations,
        tables=first.tables + moved,
    )


def table_report(table: str, unit: str = "千円", *, number: int = 0, years: bool = False) -> Report:
    """A report of one table: a line of headers, then a line for each row, cells between ``|``.

    A header ``A / B`` stands under a heading; ``B = ①－②`` states a formula, ``B（①）`` a mark.
    Rows are put under others by full-width spaces; rows and columns named 計 are totals.
    A line ``-- page`` starts another page. With ``years`` the row labels are years. ``number`` is
    that of the table in its document.
    """
    page = number + 1
    lines = [line for line in table.strip("\n").splitlines() if line.strip()]
    columns = [
        _column(place, text, unit) for place, text in enumerate(lines[0].split("|")) if place
    ]
    rows: list[Header] = []
    observations: list[Observation] = []
    cells: dict[tuple[int, int], tuple[int, ...]] = {}
    outline: list[str] = []
    for place, line in enumerate(lines[1:], 1):
        if line.startswith("--"):
            page += 1
            continue
        label, *texts = line.split("|")
        level = (len(label) - len(label.lstrip("　 "))) if label.strip() else 0
        outline = [*outline[:level], fold_label(label)]
        rows.append(_row(place, outline, years=years))
        for column, text in zip(columns, texts, strict=False):
            found = list(_cell(text, rows[-1], column, page, number))
            if found:
                cells[place, column.index] = tuple(
                    range(len(observations), len(observations) + len(found))
                )
                observations += found
    reading = TableReading(
        number, number + 1, "", unit, "budget", tuple(rows), tuple(columns), cells, origin="ruled"
    )
    return report_of(observations, tables=(reading,))


def _column(place: int, text: str, unit: str) -> Header:
    label, _, formula = text.strip().partition(" = ")
    path = tuple(part.strip() for part in label.split(" / "))
    mark = next((char for char in label if char in "①②③④ＡＢＣ"), None)
    period = next((found for part in path for found in [_year(part)] if found), None)
    measure = next((name for word, name in COLUMN_MEASURES if word in path[-1]), "amount")
    percent = measure in {"share", "change_rate", "rate"}
    return Header(
        place,
        path,
        kind=_kind(path[-1]) if measure == "amount" else "part",
        fiscal_year=period,
        measure=measure,
        measure_label=path[-1],
        unit="%" if percent else _own_unit(path[-1]) or unit,
        mark=mark,
        formula=formula.replace("－", "-") or None,
    )


def _year(text: str) -> int | None:
    for length in range(len(text), 1, -1):
        period = parse_period(text[:length])
        if period is not None:
            return period.fiscal_year
    return None


def _own_unit(label: str) -> str:
    return label[label.index("(") + 1 : label.index(")")] if "(" in label else ""


def _row(place: int, outline: list[str], *, years: bool) -> Header:
    path = tuple(outline)
    if years:
        return Header(place, path, period=path[-1], fiscal_year=_year(path[-1]))
    return Header(place, path, level=len(path) - 1, kind=_kind(path[-1]))


def _kind(label: str) -> str:
    if label.strip("（(").startswith("うち"):
        return "of_which"
    if label.endswith("小計"):
        return "subtotal"
    return "total" if label.endswith(("計", "総数")) and not label.endswith("会計") else "part"


def _cell(text: str, row: Header, column: Header, page: int, number: int) -> list[Observation]:
    found = []
    for entry in parse_cell(text.strip()):
        value = entry.number
        box = Box(
            100.0 * column.index, 12.0 * number, 100.0 * column.index + 90, 12.0 * number + 10
        )
        found.append(
            Observation(
                document="report.pdf",
                group=" / ".join(row.path[:-1]),
                indicator=row.path[-1],
                unit=value.unit or column.unit or "",
                period="" if column.fiscal_year is None else column.path[0],
                fiscal_year=column.fiscal_year,
                measure=column.measure or "amount",
                measure_label=column.measure_label or "",
                value=value.value,
                status=value.missing or "reported",
                value_raw=value.raw,
                page=page,
                origin=Origin(number, row.index, column.index, Place(page, box), None, entry.label),
            )
        )
    return found
