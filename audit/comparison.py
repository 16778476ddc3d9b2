"""A report held against earlier ones: what that adds to the audit of the report by itself.

Kept apart, so that a batch can read and audit report by report, and compare them when all are in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.audit.facts import Facts
from kenzan.audit.profile import Profile
from kenzan.audit.registry import ACROSS
from kenzan.audit.result import count_figures, to_result
from kenzan.schemas.audit import AuditResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kenzan.audit.across import Earlier
    from kenzan.schemas.report import Report


def compare_report(
    report: Report,
    result: AuditResult,
    earlier: Mapping[int, Earlier],
    profile: Profile | None = None,
) -> AuditResult:
    """What earlier reports add to the ``result`` of a report: restated figures, moved goals.

    The counts are those of the report with all that is added; see ``join_results``.
    """
    if not earlier:
        return AuditResult()
    facts = Facts(report, profile or Profile(), earlier)
    outcomes = [
        (rule, outcome)
        for rule in ACROSS
        if facts.profile.rules.speaks(rule.id)
        for outcome in facts.doubts.hold_back(rule.check(facts))
    ]
    added = to_result(facts, outcomes)
    return replace(added, counts=count_figures(facts, (*result.details, *added.details)))


def join_results(result: AuditResult, added: AuditResult) -> AuditResult:
    """The audit of a report by itself with what the comparison added."""
    if not added.checks:
        return result
    return replace(
        result,
        checks=(*result.checks, *added.checks),
        findings=(*result.findings, *added.findings),
        details=(*result.details, *added.details),
        counts=added.counts,
    )


def is_more(helped: AuditResult, alone: AuditResult) -> bool:
    """Whether an audit decides more than another of the same report, and nothing otherwise."""
    before, after = _decided(alone), _decided(helped)
    loud = {one.id for one in alone.findings if one.severity != "notice"}
    return before < after and loud <= {one.id for one in helped.findings}


def _decided(result: AuditResult) -> Counter[tuple[object, ...]]:
    """The checks that came to a verdict, but for the working behind them."""
    return Counter(
        (one.rule, one.project, one.group, one.indicator, one.period, one.measure_label,
         one.printed, one.verdict)
        for one in result.checks
        if one.verdict != "undecided"
    )  # fmt: skip
