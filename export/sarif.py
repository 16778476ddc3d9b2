"""SARIF 2.1.0, for tools that show findings of continuous checks.

Only findings become results: many viewers show a result of kind ``pass`` as an alert. ``level``
is error, warning or note; ``partialFingerprints`` carry the finding's id, which stays the same
from run to run. Pages and boxes stand in the location's properties, since SARIF knows lines only.

Source: OASIS Static Analysis Results Interchange Format (SARIF) 2.1.0, sections 3.19, 3.27, 3.28.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kenzan import __version__
from kenzan.export.plain import render_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding

_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(
    pairs: Iterable[tuple[Report, AuditResult]],
    titles: Mapping[str, tuple[str, str]],
    lang: str = "ja",
    paths: Mapping[str, str] | None = None,
) -> str:
    """One SARIF log with one run.

    ``titles`` map a rule's id to its titles (ja, en), ``paths`` a document's name to the path
    that the tool reading the log will know it by.
    """
    findings = [finding for _, audit in pairs for finding in audit.findings]
    used = sorted({finding.rule for finding in findings})
    rules = [_rule(rule, titles.get(rule, (rule, rule))) for rule in used]
    run = {
        "tool": {
            "driver": {
                "name": "kenzan",
                "semanticVersion": __version__,
                "rules": rules,
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, used.index(finding.rule), lang, paths or {}) for finding in findings
        ],
    }
    return render_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(rule: str, titles: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": rule,
        "name": titles[1],
        "shortDescription": {"text": titles[0]},
        "properties": {"title_en": titles[1]},
    }


def _result(finding: Finding, index: int, lang: str, paths: Mapping[str, str]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message_ja if lang == "ja" else finding.message_en},
        "locations": [_location(finding, paths)],
        "partialFingerprints": {"kenzanFinding/v1": finding.id},
        "properties": {
            "printed": finding.printed,
            "expected": finding.expected,
            "formula": finding.formula,
            "indicator": finding.indicator,
            "period": finding.period,
        },
    }


def _location(finding: Finding, paths: Mapping[str, str]) -> dict[str, Any]:
    uri = quote(paths.get(finding.document, finding.document))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if finding.line is not None:
        physical["region"] = {"startLine": finding.line}
    place = {
        name: getattr(finding, name)
        for name in ("page", "x0", "top", "x1", "bottom")
        if getattr(finding, name) is not None
    }
    location: dict[str, Any] = {"physicalLocation": physical}
    return {**location, "properties": place} if place else location
