"""How reports and audits show themselves in a notebook: small HTML, everything escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_ROWS = 20
_COLORS = {"error": "#b3261e", "warning": "#8a5a00", "notice": "#3d5a80"}


def render_report(report: Report) -> str:
    """The document's title and its first figures."""
    columns = ("project", "indicator", "period", "measure", "value_raw", "delta_raw", "status")
    rows = [
        [str(getattr(row, column)) for column in columns] for row in report.observations[:_ROWS]
    ]
    more = len(report.observations) - len(rows)
    tail = f"<p>… +{more}</p>" if more > 0 else ""
    return _head(report) + _table(columns, rows) + tail


def render_audit(report: Report, result: AuditResult) -> str:
    """The conventions with their support, and all findings."""
    lines = [
        f"{convention.title_ja}: {convention.held}/{convention.tested}"
        for convention in result.conventions
    ]
    counts = result.counts
    lines.append(
        f"整合 {counts.consistent} · 不整合 {counts.inconsistent} · 判定不能 {counts.undecided}"
    )
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    columns = ("severity", "rule", "indicator", "period", "printed", "expected", "message_ja")
    rows = [[str(getattr(row, column)) for column in columns] for row in result.findings]
    return f"{_head(report)}<ul>{items}</ul>{_table(columns, rows)}"


def _head(report: Report) -> str:
    row = report.document
    facts = (
        f"事業 {len(report.projects)} · 指標 {len(report.indicators)}"
        f" · 数値 {len(report.observations)}"
    )
    return (
        f"<p><b>{escape(row.title or row.document)}</b><br>"
        f"{escape(row.document)} · {escape(row.kind)} · {facts}</p>"
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    color = _COLORS.get(text)
    style = f' style="color:{color};font-weight:bold"' if color else ""
    return f"<td{style}>{escape(text)}</td>"
