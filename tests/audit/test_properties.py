"""What must hold whatever the document: consistent ones stay silent, notation changes nothing."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kenzan.audit import audit_report
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

BENCH = Path(__file__).parents[2] / "bench"
seeds = st.integers(0, 10_000)
quick = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def bench() -> Any:
    """The makers of clean reports and the slips of the accuracy bench."""
    sys.path.insert(0, str(BENCH))
    try:
        return {name: import_module(name) for name in ("audit_documents", "audit_slips")}
    finally:
        sys.path.remove(str(BENCH))


def make(bench: Any, layout: str, seed: int) -> Report:
    return bench["audit_documents"].MAKERS[layout](Random(seed))


TRAPS = (
    "rounded totals",
    "unknown sex",
    "average row",
    "partial sums",
    "several answers",
    "per head",
    "points",
    "running target",
    "restated",
    "half even",
    "adjusted shares",
    "whole rates",
    "median row",
    "carried over",
    "reached so far",
)
LAYOUTS = ("kpi", "budget", "correction", "fund", "settlement", "trend", "rate", "price")


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=seeds)
@quick
def test_consistent_documents_are_not_accused(bench: Any, layout: str, seed: int) -> None:
    result = audit_report(make(bench, layout, seed))
    assert [one.message_ja for one in result.findings if one.severity != "notice"] == []
    assert not [one for one in result.checks if one.verdict == "inconsistent"]


@pytest.mark.parametrize("trap", TRAPS)
@given(seed=seeds)
@quick
def test_traps_are_not_accused(bench: Any, trap: str, seed: int) -> None:
    result = audit_report(bench["audit_documents"].TRAPS[trap](Random(seed)))
    assert [one.message_ja for one in result.findings if one.severity != "notice"] == []


@pytest.mark.parametrize(
    ("trap", "rule"), [("half even", "KZ203"), ("carried over", "KZ306"), ("whole rates", "KZ204")]
)
@given(seed=seeds)
@quick
def test_traps_are_seen_through(bench: Any, trap: str, rule: str, seed: int) -> None:
    """What looks wrong is not merely passed over: it is checked, and holds."""
    result = audit_report(bench["audit_documents"].TRAPS[trap](Random(seed)))
    verdicts = {one.verdict for one in result.checks if one.rule == rule}
    assert verdicts == {"consistent"}


@pytest.mark.parametrize("kind", ["one change", "two rates", "one total"])
@given(seed=seeds)
@quick
def test_too_few_figures_are_left_undecided(bench: Any, kind: str, seed: int) -> None:
    result = audit_report(bench["audit_documents"].FEW[kind](Random(seed)))
    assert result.counts.inconsistent == 0
    assert not [one for one in result.findings if one.severity != "notice"]


def verdicts(result: AuditResult) -> list[tuple[str, str, str, str, str]]:
    return [
        (one.rule, one.indicator, one.period, one.measure, one.verdict)
        for one in result.checks
        if one.formula
    ]


def spoilt(bench: Any, layout: str, seed: int) -> Report:
    """A report with one slip in it, so that verdicts of every kind are there."""
    from kenzan.audit.facts import Facts

    report = make(bench, layout, seed)
    random = Random(seed)
    found = bench["audit_slips"].inject_slip(report, Facts(report), random, "transposed")
    return report if found is None else found.report


def map_rows(report: Report, change: Any) -> Report:
    rows = tuple(replace(row, **change(row)) for row in report.observations)
    return replace(report, observations=rows)


@pytest.mark.parametrize("layout", ["kpi", "correction", "fund"])
@given(seed=seeds)
@example(seed=3211)
@quick
def test_scaling_all_figures_changes_no_verdict(bench: Any, layout: str, seed: int) -> None:
    """Ten times all figures that are counted or in 千円; percentages are left out."""
    report = spoilt(bench, layout, seed)
    if any(row.unit == "%" for row in report.observations):
        return

    def tenfold(row: Any) -> dict[str, Any]:
        return {
            name: value * 10
            for name in ("value", "delta")
            if (value := getattr(row, name)) is not None
        }

    before, after = audit_report(report), audit_report(map_rows(report, tenfold))
    broken = [one for one in verdicts(before) if one[-1] == "inconsistent"]
    assert [one for one in verdicts(after) if one[-1] == "inconsistent"] == broken


@given(seed=seeds)
@quick
def test_order_of_projects_changes_no_verdict(bench: Any, seed: int) -> None:
    report = spoilt(bench, "kpi", seed)
    projects = sorted({row.project for row in report.observations}, reverse=True)
    rows = tuple(row for key in projects for row in report.observations if row.project == key)
    turned = audit_report(replace(report, observations=rows))
    assert sorted(verdicts(turned)) == sorted(verdicts(audit_report(report)))


WIDE = str.maketrans("0123456789,.()+-", "０１２３４５６７８９，．（）＋－")


@pytest.mark.parametrize("layout", ["kpi", "budget"])
@given(seed=seeds)
@quick
def test_width_of_characters_changes_no_verdict(bench: Any, layout: str, seed: int) -> None:
    report = spoilt(bench, layout, seed)

    def widen(row: Any) -> dict[str, str]:
        names = ("value_raw", "delta_raw")
        return {name: getattr(row, name).translate(WIDE) for name in names}

    wide = audit_report(map_rows(report, widen))
    assert verdicts(wide) == verdicts(audit_report(report))


def western(row: Any) -> dict[str, str]:
    return {"period": row.period if row.fiscal_year is None else f"{row.fiscal_year}年度"}


@given(seed=seeds)
@quick
def test_era_or_western_year_changes_no_verdict(bench: Any, seed: int) -> None:
    report = spoilt(bench, "kpi", seed)
    changed = audit_report(map_rows(report, western))
    kept = [(rule, indicator, verdict) for rule, indicator, _, _, verdict in verdicts(changed)]
    first = verdicts(audit_report(report))
    assert kept == [(rule, indicator, verdict) for rule, indicator, _, _, verdict in first]


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", "")) for found in NUMBER.findall(fold(text))}


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=seeds)
@quick
def test_messages_quote_the_numbers_that_were_used(bench: Any, layout: str, seed: int) -> None:
    """Every operand of the check behind an error stands in its message, and so does its figure."""
    report = spoilt(bench, layout, seed)
    result = audit_report(report)
    details = {one.finding: one for one in result.details if one.operands and one.finding}
    for finding in result.findings:
        if finding.severity != "error" or finding.id not in details:
            continue
        spoken = [one for one in result.details if one.finding == finding.id and one.operands]
        quoted = numbers_in(finding.message_ja)
        assert any(_used(report, one) <= quoted for one in spoken)
        assert any(_used(report, one) <= numbers_in(finding.message_en) for one in spoken)


def _used(report: Report, detail: Any) -> set[Decimal]:
    """The figures of a check: those it used, and the one it judged."""
    used = (detail.judged, *detail.operands)
    return {abs(getattr(report.observations[one.observation], one.field)) for one in used}


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=seeds)
@quick
def test_counts_add_up(bench: Any, layout: str, seed: int) -> None:
    counts = audit_report(spoilt(bench, layout, seed)).counts
    assert counts.checked == counts.consistent + counts.inconsistent
    assert counts.figures == counts.checked + counts.undecided + counts.unchecked
