"""The summary on top of a report page: the verdict, the figures, how the document counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.errors import retell_error
from kenzan.export.conventions import tell_conventions
from kenzan.export.html_table import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

_VERDICTS = ("consistent", "inconsistent", "undecided")


def describe_summary(
    report: Report,
    audit: AuditResult,
    marks: Sequence[Mark],
    titles: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    """What the template needs above the findings."""
    conventions = tell_conventions(audit.conventions)
    return {
        "counts": audit.counts,
        "verdict": describe_verdict(audit),
        "partial": [retell_error(report.document.error, lang) for lang in ("ja", "en")],
        "tiles": _tiles(audit),
        "conventions": [told for told in conventions if not told.places],
        "local_conventions": [told for told in conventions if told.places],
        "measures": WORDS["measure"],
        "projects": _projects(report, audit, marks),
        "rules": _rules(audit, titles),
        "sums": {name: sum(c.verdict == name for c in audit.checks) for name in _VERDICTS},
    }


def describe_verdict(audit: AuditResult) -> dict[str, str]:
    """The whole outcome in a few words, with a sign and a style."""
    tally = [finding.severity for finding in audit.findings]
    errors, warnings = tally.count("error"), tally.count("warning")
    if errors or warnings:
        ja = [f"不整合 {errors} 件"] * bool(errors) + [f"要確認 {warnings} 件"] * bool(warnings)
        en = [f"{errors} inconsistent"] * bool(errors)
        en += [f"{warnings} to be looked at"] * bool(warnings)
        css, sign = ("error", "✕") if errors else ("warning", "!")
        return {
            "css": css,
            "sign": sign,
            "ja": f"{'、'.join(ja)}があります",
            "en": ", ".join(en),
        }
    if not audit.counts.figures:
        return {
            "css": "notice",
            "sign": "–",
            "ja": "KPI・評価・予算などの数値の表は見つかりませんでした",
            "en": "No table of KPI, evaluation or budget figures was found",
        }
    if not audit.counts.checked:
        return {
            "css": "notice",
            "sign": "–",
            "ja": "検算できる数値がありませんでした",
            "en": "There was nothing that could be checked",
        }
    return {
        "css": "none",
        "sign": "✓",
        "ja": "検算した範囲で不整合はありません",
        "en": "No disagreement among the figures checked",
    }


def _tiles(audit: AuditResult) -> list[dict[str, Any]]:
    """The figures by what became of them; those after the second add up to the first."""
    counts = audit.counts
    tiles = (
        ("", "", "読み取った数値", "figures read", counts.figures),
        ("", "", "検算した数値", "checked", counts.checked),
        ("consistent", "✓", "合う", "agree", counts.consistent),
        ("inconsistent", "✕", "合わない", "do not agree", counts.inconsistent),
        ("attention", "?", "判定できない", "undecided", counts.undecided),
        ("unchecked", "–", "対象外", "not checkable", counts.unchecked),
    )
    total = counts.figures or 1
    return [
        {
            "css": css,
            "sign": sign,
            "ja": ja,
            "en": en,
            "count": f"{count:,}",
            "percent": f"{100 * count / total:.2f}" if css and count else "",
        }
        for css, sign, ja, en, count in tiles
    ]


def _projects(report: Report, audit: AuditResult, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    owners = [row.project for row in report.observations]
    return [
        {
            "key": project.project,
            "name": project.project_name,
            "omitted": project.kpi_status == "omitted",
            "reason": project.omitted_reason,
            "figures": sum(owners[mark.observation] == project.project for mark in marks),
            "findings": sum(finding.project == project.project for finding in audit.findings),
        }
        for project in report.projects
    ]


def _rules(audit: AuditResult, titles: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    tally: dict[str, dict[str, int]] = {}
    for check in audit.checks:
        counts = tally.setdefault(check.rule, dict.fromkeys(_VERDICTS, 0))
        counts[check.verdict] += 1
    return [
        {"id": rule, "title": titles.get(rule, ("", "")), **counts}
        for rule, counts in sorted(tally.items())
    ]
