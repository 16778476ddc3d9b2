"""SARIF and workflow annotations: findings alone, escaped, with stable fingerprints."""

from __future__ import annotations

import json

import pytest

from kenzan.export.github_annotations import render_annotations
from kenzan.export.sarif import render_sarif
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.report import Report
from kenzan.schemas.tables import DocumentRow, Finding

ROW = DocumentRow(
    document="a b.pdf", sha256="", bytes=1, kind="pdf", pages=1, status="done", kenzan_version="1"
)
TITLES = {"KZ301": ("増減が検算と合わない", "change does not recompute")}


def pair(severity: str = "error", message: str = "合わない", **facts):
    finding = Finding(
        id="abc",
        rule="KZ301",
        severity=severity,
        document="a b.pdf",
        message_ja=message,
        message_en="no match",
        **facts,
    )
    return Report(ROW), AuditResult(findings=(finding,))


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("notice", "note")]
)
def test_a_finding_becomes_a_result(severity, level):
    log = json.loads(render_sarif([pair(severity, page=3, x0=1.0)], TITLES))
    (run,) = log["runs"]
    (result,) = run["results"]
    assert log["version"] == "2.1.0"
    assert result["level"] == level
    assert result["message"]["text"] == "合わない"
    assert result["partialFingerprints"] == {"kenzanFinding/v1": "abc"}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "KZ301"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.pdf"
    assert result["locations"][0]["properties"] == {"page": 3, "x0": 1.0}


def test_lines_of_text_become_regions():
    log = json.loads(render_sarif([pair(line=12)], TITLES, "en"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 12}


def test_nothing_found_is_an_empty_run():
    assert json.loads(render_sarif([], TITLES))["runs"][0]["results"] == []


def test_an_annotation_cannot_break_out_of_its_line():
    text = render_annotations([pair(message="a\n::error::b 100%", page=2)])
    assert text == "::error file=a b.pdf,title=KZ301::a%0A::error::b 100%25 (p. 2)\n"


def test_an_annotation_of_a_text_names_its_line():
    assert "line=9" in render_annotations([pair("warning", line=9)], "en")
