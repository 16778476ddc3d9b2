"""How reports and audits show themselves in a notebook: small HTML, everything escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kenzan.export.conventions import tell_conventions
from kenzan.export.html_summary import describe_verdict
from kenzan.terminal.coverage_view import coverage_lines
from kenzan.terminal.finding_view import order_findings, severity_of
from kenzan.terminal.language import find_language
from kenzan.terminal.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.export.conventions import Told
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_ROWS = 20
_MOST_CONVENTIONS = 8
_COLORS = {"error": "#b3001e", "warning": "#8a5200", "notice": "#5b636d", "none": "#00694f"}
_LEFT = "text-align:left;vertical-align:top"


def render_report(report: Report) -> str:
    """The document's title and its first figures."""
    words = Words(find_language([]))
    columns = ("project", "indicator", "period", "measure", "value_raw", "delta_raw", "status")
    rows = [
        [_cell(str(getattr(row, column))) for column in columns]
        for row in report.observations[:_ROWS]
    ]
    more = len(report.observations) - len(rows)
    tail = f"<p>{words.say('audit.and_more', count=more)}</p>" if more > 0 else ""
    return _head(report, words) + _table(columns, rows) + tail


def render_audit(report: Report, result: AuditResult) -> str:
    """The verdict, how the document counts, and all findings, the gravest first."""
    words = Words(find_language([]))
    verdict = describe_verdict(result)
    checked = f"{words.say('audit.checked')}: {', '.join(coverage_lines(result.counts, words))}"
    told = tell_conventions(result.conventions)[:_MOST_CONVENTIONS]
    lines = [checked, *(_convention(one, words) for one in told)]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    shown = f"{verdict['sign']} {words.pick(verdict['ja'], verdict['en'])}"
    return (
        f"{_head(report, words)}<p>{_strong(shown, verdict['css'])}</p>"
        f"<ul>{items}</ul>{_findings(result, words)}"
    )


def _convention(told: Told, words: Words) -> str:
    return f"{words.pick(told.title_ja, told.title_en)}: {told.held}/{told.tested}"


def _findings(result: AuditResult, words: Words) -> str:
    if not result.findings:
        return ""
    columns = ("severity", "rule", "indicator", "period", "printed", "expected", "message")
    rows = []
    for finding in order_findings(result.findings):
        message = words.pick(finding.message_ja, finding.message_en)
        severity = words.name("severity", severity_of(finding))
        texts = (finding.rule, finding.indicator, finding.period, finding.printed, finding.expected)
        cells = [_cell(text) for text in (*texts, message)]
        rows.append([f'<td style="{_LEFT}">{_strong(severity, finding.severity)}</td>', *cells])
    return _table(columns, rows)


def _head(report: Report, words: Words) -> str:
    row = report.document
    facts = words.say(
        "audit.read_counts",
        projects=len(report.projects),
        indicators=len(report.indicators),
        figures=len(report.observations),
    )
    return (
        f"<p><b>{escape(row.title or row.document)}</b><br>"
        f"{escape(row.document)} · {escape(facts)}</p>"
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th style="{_LEFT}">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    return f'<td style="{_LEFT}">{escape(text)}</td>'


def _strong(text: str, kind: str) -> str:
    return f'<b style="color:{_COLORS[kind]}">{escape(text)}</b>'
