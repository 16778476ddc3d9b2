"""The document that started the project: exactly four findings, each with its working."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from report_builders import siryo6_report

from kenzan.audit import audit_report, with_conventions
from kenzan.audit.achievement import find_all_goals
from kenzan.audit.facts import Facts

if TYPE_CHECKING:
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.tables import Finding


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit_report(siryo6_report())


def find(result: AuditResult, rule: str) -> Finding:
    (finding,) = [one for one in result.findings if one.rule == rule]
    return finding


def test_exactly_four_findings(result: AuditResult) -> None:
    found = [(one.rule, one.severity) for one in result.findings]
    assert found == [
        ("KZ301", "error"),
        ("KZ302", "notice"),
        ("KZ303", "warning"),
        ("KZ501", "notice"),
    ]


def test_stray_digits_are_explained(result: AuditResult) -> None:
    finding = find(result, "KZ301")
    assert (finding.printed, finding.expected, finding.period) == ("（-173101）", "-173", "Ｒ３")
    assert finding.formula == "-173 − 0（前年度目標）"
    assert finding.repair == "-173 の後ろに 101 が残っている可能性"
    assert finding.confidence is not None
    assert finding.confidence > Decimal("0.9")
    assert finding.message_ja == (
        "-173 − 0（前年度目標）= -173。印刷は（-173101）。"
        f"-173 の後ろに 101 が残っている可能性（確信度 {finding.confidence}）"
    )
    assert finding.message_en == (
        "-173 − 0 (previous year's target) = -173; printed is （-173101）. "
        f"Stray digits 101 may have been left after -173 (confidence {finding.confidence})."
    )


def test_convention_with_its_support(result: AuditResult) -> None:
    stated = {
        one.scope: (one.title_ja, one.held, one.tested, one.certain)
        for one in result.conventions
        if one.relation == "delta"
    }
    assert stated == {
        "document": ("前年度目標との差", 39, 40, True),
        "measure:target": ("前年度目標との差", 24, 24, True),
        "measure:actual": ("前年度目標との差", 15, 16, True),
    }


def test_indicators_say_how_they_count(result: AuditResult) -> None:
    report = with_conventions(siryo6_report(), result)
    counted = {one.indicator: one.convention for one in report.indicators}
    assert counted.pop("ＳＰＣ（特定目的会社）の設立") == ""
    assert set(counted.values()) == {"前年度目標との差: 39/40"}


def test_goals_lead_upwards() -> None:
    goals = find_all_goals(Facts(siryo6_report()))
    assert {goal.direction for found in goals.values() for goal in found} == {"up"}


def test_goals_lead_nowhere_where_the_report_reads_them_another_way() -> None:
    report = siryo6_report()
    turned = tuple(replace(one, direction="down") for one in report.indicators)
    goals = find_all_goals(Facts(replace(report, indicators=turned)))
    assert {goal.direction for found in goals.values() for goal in found} == {"unknown"}


def test_baseline_pair_with_its_evidence(result: AuditResult) -> None:
    finding = find(result, "KZ303")
    assert (finding.printed, finding.expected, finding.measure) == ("74.3％", "73.4", "actual")
    assert "+6.6・+5.6 は 73.4 から計算すると合う" in finding.message_ja
    assert "34 が入れ替わっている" in finding.repair


def test_missing_sign(result: AuditResult) -> None:
    finding = find(result, "KZ302")
    assert (finding.indicator, finding.printed) == ("ブランド化したガラス商品数", "（33）")


def test_mixed_notation_names_the_forms(result: AuditResult) -> None:
    message = find(result, "KZ501").message_ja
    assert "「( )」32件 / 「（ ）」8件" in message
    assert "「+」31件 / 「＋」1件" in message


def test_every_sum_is_recorded(result: AuditResult) -> None:
    verdicts = [one.verdict for one in result.checks if one.rule == "KZ301"]
    assert (len(verdicts), verdicts.count("consistent")) == (40, 39)
    assert len(result.details) == len(result.checks)
    judged = [one for one in result.details if one.check.verdict == "inconsistent" and one.operands]
    assert {one.finding for one in judged} <= {one.id for one in result.findings}


def test_counts_add_up(result: AuditResult) -> None:
    counts = result.counts
    assert counts.figures == 99
    assert counts.checked == counts.consistent + counts.inconsistent
    assert counts.figures == counts.checked + counts.undecided + counts.unchecked
    assert counts.inconsistent == 2


def test_ids_stay_the_same(result: AuditResult) -> None:
    again = audit_report(siryo6_report())
    assert [one.id for one in again.findings] == [one.id for one in result.findings]
    assert len({one.id for one in result.findings}) == 4
    elsewhere = audit_report(siryo6_report("other.pdf"))
    assert not {one.id for one in elsewhere.findings} & {one.id for one in result.findings}
