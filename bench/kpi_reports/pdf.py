"""The report as PDF: ruled tables as a word processor sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

if TYPE_CHECKING:
    from pathlib import Path

    from bench.kpi_reports.model import Cell, KpiReport, Project

_FONT = "HeiseiMin-W3"
_GRID: list[Any] = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def render_pdf(report: KpiReport, path: Path) -> None:
    """Write the report; its font is one that every viewer brings along, not embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    flow: list[Any] = [_text(report.label, 2), _text(report.title, 1)]
    for place, one in enumerate(report.projects):
        flow += [PageBreak()] if place else []
        flow += _project(one, report)
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=50, rightMargin=50).build(flow)


def _text(words: str, alignment: int = 0, size: float = 9) -> Paragraph:
    style = ParagraphStyle(
        "text",
        fontName=_FONT,
        fontSize=size,
        leading=size + 2,
        wordWrap="CJK",
        alignment=alignment,
    )
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), style)


def _project(one: Project, report: KpiReport) -> list[Any]:
    plans = [[_text(period), [_text(item) for item in items]] for period, items in one.plans]
    flow: list[Any] = [
        _text(f"{one.letter} {one.name}"),
        _text("（１）事業内容"),
        _text(one.overview),
        Spacer(0, 8),
        Table(plans, colWidths=[50, 440], style=TableStyle(_GRID)),
        Spacer(0, 8),
        _text("（２）重要業績評価指標(ＫＰＩ)"),
    ]
    return [*flow, _text(one.omitted) if one.omitted else _table(one, report)]


def _table(one: Project, report: KpiReport) -> Table:
    count = len(one.kpis)
    size = 9 if count < 3 else 7.5 if count < 4 else 6
    rows: list[list[Any]] = [
        ["", *(part for kpi in one.kpis for part in (_text(kpi.name), ""))],
        ["", *[_text("目標", 1), _text("実績", 1)] * count],
    ]
    for place, period in enumerate(report.periods):
        cells = [cell for kpi in one.kpis for cell in kpi.cells[2 * place : 2 * place + 2]]
        rows.append([_text(period, 1), *(_figure(cell, size) for cell in cells)])
    for label, texts in (
        ("達成状況", [kpi.status_text for kpi in one.kpis]),
        ("未達理由", [kpi.reason for kpi in one.kpis]),
    ):
        rows.append([_text(label), *(part for text in texts for part in (_text(text), ""))])
    style = [*_GRID, ("SPAN", (0, 0), (0, 1))]
    for at in range(count):
        style += [("SPAN", (2 * at + 1, row), (2 * at + 2, row)) for row in (0, -2, -1)]
    widths = [46, *[450 / (2 * count)] * (2 * count)]
    return Table(
        rows,
        colWidths=widths,
        style=TableStyle(
            [*style, ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
        ),
    )


def _figure(cell: Cell, size: float) -> list[Paragraph]:
    return [_text(part, 2, size) for part in (cell.value_raw, cell.delta_raw) if part]
