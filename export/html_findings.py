"""The findings as they are shown: what, where, a piece of the page, the sum with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.export.html_pieces import cut_piece
from kenzan.export.html_working import split_sum, to_chips
from kenzan.export.message import show_expected, sort_message
from kenzan.schemas.geometry import Box
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.export.html_working import Chip
    from kenzan.schemas.audit import AuditResult, CheckDetail
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding
    from kenzan.schemas.view import PageView

_ORDER = {"error": 0, "warning": 1, "notice": 2}
# Pieces cost space: with very many findings, the later ones lead to the page alone.
MOST_PIECES = 150


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: its pictures, its marks, and the figures a link can lead to."""

    views: Mapping[int, PageView]
    marks: Sequence[Mark]
    anchors: set[str]


def describe_findings(
    report: Report, audit: AuditResult, shown: Shown, titles: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """What the template needs of every finding, the gravest first."""
    details = {detail.finding: detail for detail in audit.details if detail.finding}
    names = {project.project: project.project_name for project in report.projects}
    ordered = sorted(audit.findings, key=lambda item: (_ORDER[item.severity], item.page or 0))
    return [
        {
            "number": number,
            "finding": finding,
            "expected": show_expected(finding.expected, finding.printed),
            "title": titles.get(finding.rule, (finding.rule, finding.rule)),
            "project": f"{finding.project} {names.get(finding.project, '')}".strip(),
            "where": _where(finding),
            **_describe(finding, details.get(finding.id), report, shown, with_piece=number),
        }
        for number, finding in enumerate(ordered, 1)
    ]


def _where(finding: Finding) -> list[str]:
    parts = (finding.group, finding.indicator, finding.period, finding.measure_label)
    return [part for part in parts if part]


def _describe(
    finding: Finding, detail: CheckDetail | None, report: Report, shown: Shown, with_piece: int
) -> dict[str, Any]:
    chips = to_chips(detail.operands if detail else (), shown.anchors)
    says = {
        lang: _sort(getattr(finding, f"message_{lang}"), finding, chips, lang)
        for lang in ("ja", "en")
    }
    linked = {part.letter for part in says["ja"]["working"] if part.letter}
    return {
        "says": says,
        "chips": [chip for chip in chips if chip.letter not in linked],
        "anchor": _anchor(finding, detail, shown),
        "place": {lang: _place(finding, report, lang) for lang in ("ja", "en")},
        "piece": (
            _piece(finding, detail, chips, report, shown) if with_piece <= MOST_PIECES else {}
        ),
    }


def _sort(message: str, finding: Finding, chips: Sequence[Chip], lang: str) -> dict[str, Any]:
    """The sentences of a message, each where a reader looks for it."""
    sorted_ = sort_message(message, finding.printed, japanese=lang == "ja")
    return {
        "working": split_sum(sorted_.working, chips) if sorted_.working else [],
        "slip": sorted_.slip,
        "rest": sorted_.rest,
    }


def _anchor(finding: Finding, detail: CheckDetail | None, shown: Shown) -> str:
    """The box of the figure a finding is about; empty if it is about none in particular."""
    if detail and detail.judged:
        anchor = f"{detail.judged.observation}-{detail.judged.field}"
    else:
        same = (mark for mark in shown.marks if finding.printed and mark.finding == finding.id)
        anchor = next((f"{mark.observation}-{mark.field}" for mark in same), "")
    return anchor if anchor in shown.anchors else ""


def _place(finding: Finding, report: Report, lang: str) -> str:
    if finding.page is None:
        return "文書全体" if lang == "ja" else "the whole document"
    sheet = report.document.kind in ("xlsx", "xls")
    if lang == "ja":
        page = f"シート {finding.page}" if sheet else f"{finding.page} ページ"
        return page if finding.line is None else f"{page} {finding.line} 行目"
    page = f"{'sheet' if sheet else 'page'} {finding.page}"
    return page if finding.line is None else f"{page}, line {finding.line}"


def _piece(
    finding: Finding,
    detail: CheckDetail | None,
    chips: Sequence[Chip],
    report: Report,
    shown: Shown,
) -> dict[str, Any]:
    """A piece of the page with the figure and those used; nothing where there is no picture."""
    figure = _box_of(finding)
    view = shown.views.get(finding.page or 0)
    if figure is None or view is None or not view.image or not finding.printed:
        return {}
    used = [
        (chip.letter, operand.place.box)
        for chip, operand in zip(chips, detail.operands if detail else (), strict=True)
        if operand.place and operand.place.box and operand.place.page == finding.page
    ]
    return cut_piece(view, figure, used, _table_of(finding.page, figure, report))


def _table_of(page: int | None, figure: Box, report: Report) -> Box | None:
    """The table of a page that holds a figure."""
    return next(
        (
            table.box
            for table in report.tables
            if table.page == page and table.box and table.box.contains(*figure.center)
        ),
        None,
    )


def _box_of(finding: Finding) -> Box | None:
    if finding.x0 is None or finding.top is None or finding.x1 is None or finding.bottom is None:
        return None
    return Box(finding.x0, finding.top, finding.x1, finding.bottom)
