"""How documents count: conventions per document, per table, per indicator; honest doubt."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from report_builders import kpi_report, siryo6_report, table_report

from kenzan.arithmetic.interval import Rounding
from kenzan.audit import audit_report, with_conventions
from kenzan.audit.facts import Facts

if TYPE_CHECKING:
    from kenzan.schemas.audit import AuditResult, Convention


def convention(result: AuditResult, scope: str = "document") -> Convention:
    (found,) = [one for one in result.conventions if one.relation == "delta" and one.scope == scope]
    return found


def years(name: str, start: int, targets: list[int], actuals: list[int], way: str) -> str:
    """A series whose changes are measured in one way."""
    lines = [f"{name} | 当初 | {start:,}人 | {start:,}人"]
    before = (start, start)
    for year, (target, actual) in enumerate(zip(targets, actuals, strict=True), 2):
        reference = {
            "previous-target": before[0],
            "previous-actual": before[1],
            "baseline": start,
            "same-target": target,
        }[way]
        aim = before[0] if way == "same-target" else reference
        lines.append(
            f"     | Ｒ{year} | {target:,}人 ({target - aim:+,}) "
            f"| {actual:,}人 ({actual - reference:+,})"
        )
        before = (target, actual)
    return "\n".join(lines)


TARGETS, ACTUALS = [1200, 1350, 1500, 1777], [1111, 1402, 1333, 1951]


@pytest.mark.parametrize(
    ("way", "title"),
    [
        ("previous-target", "前年度目標との差"),
        ("previous-actual", "前年度実績との差"),
    ],
)
def test_one_convention_for_the_document(way: str, title: str) -> None:
    result = audit_report(kpi_report(years("来客数", 1000, TARGETS, ACTUALS, way)))
    found = convention(result)
    assert (found.title_ja, found.held, found.tested, found.certain) == (title, 8, 8, True)
    assert result.counts.inconsistent == 0


def test_conventions_that_say_the_same_of_every_cell_are_one() -> None:
    """Every target was met to the unit: last year's target is last year's actual."""
    result = audit_report(kpi_report(years("来客数", 1000, TARGETS, TARGETS, "previous-actual")))
    assert convention(result).certain
    assert convention(result).held == convention(result).tested == 8


def test_a_table_that_counts_otherwise_has_its_own_convention() -> None:
    usual = "\n".join(
        years(f"{name}数", start, TARGETS, ACTUALS, "previous-target")
        for name, start in (("来客", 1000), ("会員", 900), ("参加", 800))
    )
    other = years("相談数", 700, [810, 930, 1090, 1300], [777, 1001, 951, 1444], "previous-actual")
    report = kpi_report(f"{usual}\n## B\n{other}")
    result = audit_report(report)
    assert result.counts.inconsistent == 0
    assert {one.title_ja for one in result.conventions if one.scope.startswith("table:")} == {
        "前年度実績との差"
    }
    stated = {one.indicator: one.convention for one in with_conventions(report, result).indicators}
    assert stated["来客数"].startswith("前年度目標との差")
    assert stated["相談数"].startswith("前年度実績との差")


def test_targets_and_actuals_may_count_differently() -> None:
    table = years("来客数", 1000, TARGETS, ACTUALS, "same-target")
    result = audit_report(kpi_report(table))
    assert convention(result, "measure:target").title_ja == "前年度の値との差" or convention(
        result, "measure:target"
    ).title_ja == ("前年度目標との差")
    assert convention(result, "measure:actual").title_ja == "当年度目標との差"
    assert result.counts.inconsistent == 0


def test_a_guess_at_last_years_actual_would_be_wrong() -> None:
    """siryo6: the reader's guess fits 9 of 16 and would raise false alarms; kenzan raises none."""
    facts = Facts(siryo6_report())
    actual = [
        one
        for one in facts.answers
        if one.pool.relation.name == "delta" and one.pool.scope == "actual"
    ]
    names = [one.name for one in actual[0].pool.hypotheses]
    tallies = dict(zip(names, actual[0].tallies, strict=True))
    assert (tallies["previous-actual"].held, tallies["previous-actual"].tested) == (9, 16)
    assert (tallies["previous-target"].held, tallies["previous-target"].tested) == (15, 16)
    assert sum(one.breaks for one in actual) == 1


def test_too_few_figures_are_undecided() -> None:
    table = """
来客数 | 当初 | 100人 | 100人
       | Ｒ２ | 110人 (+10) | 108人 (+3)
"""
    result = audit_report(kpi_report(table))
    assert result.findings == ()
    assert {one.verdict for one in result.checks if one.rule == "KZ301"} >= {"undecided"}


BUDGET = """
区分   | R8予算額  | R7予算額  | 増減額
市税   | {0[0]} | 6,360,900 | {0[1]}
交付税 | 4,950,000 | 4,850,000 | 100,000
国庫   | 5,421,431 | 4,719,723 | 701,708
市債   | 1,197,600 | 1,895,000 | △697,400
諸収入 | 431,361   | 709,787   | △278,426
使用料 | 784,458   | 802,509   | △18,051
合計   | 19,323,627 | 19,337,919 | △14,292
"""


def test_a_value_is_blamed_where_row_and_column_break() -> None:
    result = audit_report(table_report(BUDGET.format(("6,583,777", "177,877"))))
    (finding,) = [one for one in result.findings if one.severity == "error"]
    assert (finding.indicator, finding.printed, finding.expected) == (
        "市税",
        "6,583,777",
        "6538777",
    )
    assert "他の検算 1 件もこれで合う" in finding.message_ja
    linked = [one for one in result.details if one.finding == finding.id]
    assert {one.check.rule for one in linked} == {"KZ101", "KZ304"}


def test_without_other_evidence_both_figures_are_named() -> None:
    table = """
区分   | R8予算額  | R7予算額  | 増減額
市税   | 6,538,777 | 6,360,900 | 177,877
交付税 | 4,950,000 | 4,850,000 | 100,000
国庫   | 5,421,431 | 4,719,723 | 701,708
市債   | 1,197,600 | 1,895,000 | △697,400
県     | 2,353,192 | 2,353,219 | 27
"""
    result = audit_report(table_report(table))
    (finding,) = [one for one in result.findings if one.severity == "error"]
    assert "または" in finding.message_ja or finding.confidence is not None


def test_precision_of_units() -> None:
    exact = Facts(table_report(BUDGET.format(("6,538,777", "177,877"))))
    assert exact.rulings
    percent = Facts(siryo6_report())
    assert percent.rulings
    modes = {one.unit: one.mode for one in percent.figures}
    assert modes["人"] is Rounding.EXACT
    assert modes["%"] is Rounding.HALF_UP


def test_confidence_lies_between_nought_and_one() -> None:
    for finding in audit_report(siryo6_report()).findings:
        assert finding.confidence is None or Decimal(0) <= finding.confidence <= 1
