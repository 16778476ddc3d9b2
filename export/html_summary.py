"""The summary on top of a report page: the verdict, the figures, how the document counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.audit import AuditResult, Convention
    from kenzan.schemas.report import Report

_MEASURES = {"target": ("目標", "targets"), "actual": ("実績", "actuals")}
_VERDICTS = ("consistent", "inconsistent", "undecided")


def describe_summary(
    report: Report,
    audit: AuditResult,
    marks: Sequence[Mark],
    titles: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    """What the template needs above the findings."""
    conventions = describe_conventions(audit.conventions)
    return {
        "counts": audit.counts,
        "verdict": describe_verdict(audit),
        "tiles": _tiles(audit),
        "conventions": [item for item in conventions if not item["scope"]],
        "local_conventions": [item for item in conventions if item["scope"]],
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
        ("", "", "印字された数値", "figures printed", counts.figures),
        ("", "", "検算した数値", "checked", counts.checked),
        ("consistent", "✓", "整合", "consistent", counts.consistent),
        ("inconsistent", "✕", "不整合", "inconsistent", counts.inconsistent),
        ("attention", "?", "判定不能", "undecided", counts.undecided),
        ("unchecked", "–", "確かめる式なし", "in no sum", counts.unchecked),
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


def describe_conventions(conventions: Sequence[Convention]) -> list[dict[str, Any]]:
    """Each convention once, with its tallies by measure behind it."""
    shown: list[dict[str, Any]] = []
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for convention in conventions:
        key = (convention.relation, convention.hypothesis)
        measure = _MEASURES.get(convention.scope.removeprefix("measure:"))
        if measure and key in known:
            known[key]["parts"].append((*measure, f"{convention.held}/{convention.tested}"))
            continue
        names = ("title_ja", "title_en", "held", "tested", "certain")
        scope = "" if convention.scope == "document" or measure else convention.scope
        shown.append({name: getattr(convention, name) for name in names} | {"scope": scope})
        shown[-1]["parts"] = []
        known.setdefault(key, shown[-1])
    return _merge_tables(shown)


def _merge_tables(conventions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tables that count alike as one entry, with how many tables they are."""
    merged: dict[tuple[str, str, bool], dict[str, Any]] = {}
    for item in conventions:
        found = merged.setdefault(
            (item["title_ja"], item["title_en"], bool(item["scope"])), {**item, "tables": 0}
        )
        if found["tables"]:
            found["held"] += item["held"]
            found["tested"] += item["tested"]
            found["certain"] |= item["certain"]
        found["tables"] += 1
    return list(merged.values())


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
