"""One self-contained HTML page for a document: findings, pages with boxes, charts, data.

No script, font or picture comes from elsewhere: the page carries a policy that forbids it, and
works from a mailed attachment. All text from the document is escaped by the template engine.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kenzan.export.figure_marks import find_marks
from kenzan.export.html_charts import draw_charts
from kenzan.export.html_findings import describe_findings
from kenzan.export.html_pages import describe_pages
from kenzan.export.html_table import render_rows, table_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import jinja2

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.view import PageView

_MEASURES = {"target": ("目標", "targets"), "actual": ("実績", "actuals")}
_STATES = ("consistent", "inconsistent", "attention", "unchecked")


def render_html(
    report: Report,
    audit: AuditResult,
    pages: Iterable[PageView] = (),
    *,
    lang: str = "ja",
    titles: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """The whole page. ``pages`` are what to show of the document; ``titles`` name the rules.

    ``titles`` maps a rule's id to its title in Japanese and English.
    """
    views = list(pages)
    marks = find_marks(report, audit)
    script = _resource("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return load_template("report.html.j2").render(
        lang=lang,
        css=load_css(),
        script=script,
        script_hash=f"sha256-{digest}",
        document=report.document,
        title=report.document.title or report.document.document,
        verdict=_verdict(audit),
        counts=audit.counts,
        tiles=_tiles(audit),
        **_bar(marks),
        conventions=_conventions(audit),
        projects=_projects(report, audit),
        rules=_rules(audit, titles or {}),
        findings=describe_findings(audit, views, marks),
        pages=describe_pages(views, marks),
        charts=draw_charts(report.observations),
        columns=table_columns(),
        rows=render_rows(report.observations, marks),
    )


def _verdict(audit: AuditResult) -> dict[str, str]:
    errors = sum(finding.severity == "error" for finding in audit.findings)
    warnings = sum(finding.severity == "warning" for finding in audit.findings)
    if errors:
        return {
            "css": "error",
            "sign": "✕",
            "ja": f"不整合が {errors} 件あります",
            "en": f"{errors} inconsistent figure{'s' if errors > 1 else ''}",
        }
    if warnings:
        return {
            "css": "warning",
            "sign": "!",
            "ja": f"要確認が {warnings} 件あります",
            "en": f"{warnings} to be looked at",
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
    counts = audit.counts
    return [
        {"css": "", "ja": "読み取った数値", "en": "figures read", "count": counts.figures},
        {"css": "", "ja": "検算した数値", "en": "checked", "count": counts.checked},
        {"css": "consistent", "ja": "整合", "en": "consistent", "count": counts.consistent},
        {"css": "inconsistent", "ja": "不整合", "en": "inconsistent", "count": counts.inconsistent},
        {"css": "attention", "ja": "判定不能", "en": "undecided", "count": counts.undecided},
        {
            "css": "unchecked",
            "ja": "検算の対象外",
            "en": "not checkable",
            "count": counts.unchecked,
        },
    ]


def _bar(marks: Sequence[Mark]) -> dict[str, Any]:
    total = len(marks) or 1
    tally = {state: sum(mark.state == state for mark in marks) for state in _STATES}
    return {
        "bar": [
            {"css": state, "percent": f"{100 * count / total:.2f}"}
            for state, count in tally.items()
            if count
        ],
        "bar_words": ", ".join(f"{state} {count}" for state, count in tally.items()),
    }


def _conventions(audit: AuditResult) -> list[dict[str, Any]]:
    """Each convention once, with its tallies by measure behind it."""
    shown: list[dict[str, Any]] = []
    for convention in audit.conventions:
        measure = _MEASURES.get(convention.scope.removeprefix("measure:"))
        wider = next(
            (
                item
                for item in shown
                if (item["relation"], item["hypothesis"])
                == (convention.relation, convention.hypothesis)
            ),
            None,
        )
        if measure and wider:
            wider["parts"].append((*measure, f"{convention.held}/{convention.tested}"))
        else:
            names = ("relation", "hypothesis", "title_ja", "title_en", "held", "tested", "certain")
            facts = {name: getattr(convention, name) for name in names}
            scope = "" if convention.scope == "document" or measure else convention.scope
            shown.append({**facts, "scope": scope, "parts": []})
    return shown


def _projects(report: Report, audit: AuditResult) -> list[dict[str, Any]]:
    return [
        {
            "key": project.project,
            "name": project.project_name,
            "omitted": project.kpi_status == "omitted",
            "figures": sum(
                row.project == project.project and row.value is not None
                for row in report.observations
            ),
            "findings": sum(finding.project == project.project for finding in audit.findings),
        }
        for project in report.projects
    ]


def _rules(audit: AuditResult, titles: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    tally: dict[str, dict[str, int]] = {}
    for check in audit.checks:
        counts = tally.setdefault(check.rule, {"consistent": 0, "inconsistent": 0, "undecided": 0})
        counts[check.verdict] += 1
    return [
        {
            "id": rule,
            "title_ja": titles.get(rule, ("", ""))[0],
            "title_en": titles.get(rule, ("", ""))[1],
            **counts,
        }
        for rule, counts in sorted(tally.items())
    ]


@cache
def _resource(name: str) -> str:
    return (files("kenzan.export") / "templates" / name).read_text(encoding="utf-8")


def load_css() -> Any:
    """The styles of all pages, as markup."""
    import markupsafe

    return markupsafe.Markup(_resource("report.css"))  # noqa: S704  our own file


@cache
def load_template(name: str) -> jinja2.Template:
    """A page's template; everything put into it is escaped."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.from_string(_resource(name))
