"""The report as linear text: what a PDF's text layer gives when all geometry is lost.

Cells are wrapped as their width had it; a row's cells follow each other, on one line where they
have one line each, one below the other where not. ``marks`` are the hints of one producer: a line
that ends a paragraph ends in a blank, an empty cell leaves one at the start of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.kpi_reports.model import Cell, KpiReport, Project

_PAGE = 46
"""Characters of prose on a line."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cell as its printed lines; empty if nothing is in it."""

    lines: tuple[str, ...]


def render_text(report: KpiReport, *, marks: bool = True) -> str:
    """The whole report; a form feed stands between projects."""
    pages = []
    for number, one in enumerate(report.projects):
        lines = [report.label, report.title] if number == 0 else [report.label]
        pages.append("\n".join([*(f"{line} " for line in lines), *_project(one, report)]))
    text = "\n\f".join(pages) + "\n"
    return text if marks else "\n".join(line.strip() for line in text.split("\n"))


def _project(one: Project, report: KpiReport) -> Iterator[str]:
    yield f"{one.letter} {one.name} "
    yield "（１）事業内容 "
    yield from _paragraph(one.overview, _PAGE)
    for period, items in one.plans:
        yield f"{period} {items[0]} "
        yield from (f"{item} " for item in items[1:])
    yield "（２）重要業績評価指標(ＫＰＩ) "
    if one.omitted:
        yield f"{one.omitted} "
        return
    width = max(8, 36 // len(one.kpis))
    yield from _row([tuple(_wrap(kpi.name, width)) for kpi in one.kpis])
    yield " ".join(["目標 実績"] * len(one.kpis)) + " "
    for place, period in enumerate(report.periods):
        cells = [cell for kpi in one.kpis for cell in kpi.cells[2 * place : 2 * place + 2]]
        yield from _row([(period,), *(_lines(cell) for cell in cells)])
    for label, texts in (
        (("達成", "状況"), [kpi.status_text for kpi in one.kpis]),
        (("未達", "理由"), [kpi.reason for kpi in one.kpis]),
    ):
        yield from _row([label, *(tuple(_wrap(text, width)) for text in texts)])


def _lines(cell: Cell) -> tuple[str, ...]:
    return tuple(filter(None, (cell.value_raw, cell.delta_raw)))


def _row(cells: list[tuple[str, ...]]) -> Iterator[str]:
    """Cells side by side as long as they have one line; the others end the line they begin on."""
    line = ""
    for lines in cells:
        if not lines:
            line += " "
            continue
        line += f"{lines[0]} "
        if len(lines) > 1:
            yield (
                line
                if lines[0].endswith("円")
                else line.rstrip(" ") + (" " if _closes(lines) else "")
            )
            yield from lines[1:-1]
            line = ""
            yield f"{lines[-1]} "
    if line:
        yield line


def _closes(lines: tuple[str, ...]) -> bool:
    """Whether the second line is a paragraph of its own: a change below its figure."""
    return len(lines) == 2 and lines[1][:1] in "(（"


def _paragraph(text: str, width: int) -> Iterator[str]:
    *lines, last = _wrap(text, width)
    yield from lines
    yield f"{last} "


def _wrap(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]
