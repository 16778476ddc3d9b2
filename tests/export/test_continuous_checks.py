"""SARIF and workflow annotations: findings alone, escaped, with stable fingerprints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kenzan.batch.inputs import SUFFIXES
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


# What the official schema allows in the objects used here, all of which are closed.
# Source: OASIS SARIF 2.1.0 (errata 01), definitions run, toolComponent, reportingDescriptor,
# result, location and physicalLocation.
ALLOWED = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "columnKind", "results", "properties"},
    "driver": {"name", "semanticVersion", "rules", "informationUri"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "helpUri", "properties"},
    "result": {
        "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties"
    },
    "location": {"id", "physicalLocation", "properties"},
    "physical": {"artifactLocation", "region", "properties"},
}  # fmt: skip


def test_a_log_holds_nothing_that_the_schema_does_not_allow():
    log = json.loads(render_sarif([pair(line=1, page=1), pair("notice")], TITLES))
    (run,) = log["runs"]
    results = run["results"]
    places = [place for result in results for place in result["locations"]]
    assert set(log) <= ALLOWED["log"]
    assert set(run) <= ALLOWED["run"]
    assert set(run["tool"]["driver"]) <= ALLOWED["driver"]
    assert all(set(rule) <= ALLOWED["rule"] for rule in run["tool"]["driver"]["rules"])
    assert all(set(result) <= ALLOWED["result"] for result in results)
    assert all(set(place) <= ALLOWED["location"] for place in places)
    assert all(set(place["physicalLocation"]) <= ALLOWED["physical"] for place in places)
    assert {result["level"] for result in results} <= {"none", "note", "warning", "error"}
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}


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


def test_the_hook_is_given_every_kind_of_file_that_folders_are_searched_for():
    hook = Path(__file__).parents[2].joinpath(".pre-commit-hooks.yaml").read_text("utf-8")
    pattern = re.search(r"^  files: (.+)$", hook, re.MULTILINE)[1]
    names = {f"report{suffix}" for suffix in SUFFIXES} | {"REPORT.PDF"}
    assert {name for name in names if not re.search(pattern, name)} == set()
    assert not re.search(pattern, "notes.md")
