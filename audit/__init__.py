"""The audit: which sums a document states, how its author counts, and what does not agree."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from decimal import Context, localcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.audit.across import link_edition, link_reports
from kenzan.audit.comparison import compare_report, is_more, join_results
from kenzan.audit.conventions import find_conventions, with_conventions
from kenzan.audit.editions import Edition, read_edition
from kenzan.audit.facts import Facts
from kenzan.audit.practices import find_practices
from kenzan.audit.precedents import Precedent, Ways, find_precedents, gather_precedents
from kenzan.audit.profile import Profile, read_profile
from kenzan.audit.registry import ACROSS, RULES, find_rule
from kenzan.audit.result import to_result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.audit.rule import Outcome, Rule
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

__all__ = [
    "ACROSS",
    "RULES",
    "Edition",
    "Precedent",
    "Profile",
    "Ways",
    "audit_report",
    "audit_reports",
    "compare_report",
    "find_precedents",
    "find_rule",
    "gather_precedents",
    "join_results",
    "lift_result",
    "link_edition",
    "read_edition",
    "read_profile",
    "with_conventions",
]

_WIDE = Context(prec=100)
"""Room for any figure that is read, moved by six places and told to six more: none is cut off."""


def audit_report(
    report: Report, *, profile: Profile | Path | str | None = None, practices: bool = False
) -> AuditResult:
    """Do every sum of a report again, under a profile or the path of one.

    ``practices``: say as well what the report shows to others of the same form.

    Raises:
        UsageError: if the profile cannot be read.
    """
    with _no_collection(), localcontext(_WIDE):
        facts = Facts(report, _to_profile(profile))
        result = _audit(facts)
        return replace(result, practices=find_practices(facts)) if practices else result


def audit_reports(
    reports: Sequence[Report], *, profile: Profile | Path | str | None = None
) -> list[AuditResult]:
    """Audit reports one by one and against each other: restated figures, moved targets.

    What an earlier report says otherwise is found in the result of the later one. Where a report
    shows too little of how it counts, others of the same form help out.

    Raises:
        UsageError: if the profile cannot be read.
    """
    chosen = _to_profile(profile)
    alone = [audit_report(one, profile=chosen, practices=True) for one in reports]
    everything = gather_precedents(
        (report.document.document, one)
        for report, result in zip(reports, alone, strict=True)
        for one in result.practices
    )
    results = []
    for report, first, earlier in zip(reports, alone, link_reports(reports), strict=True):
        lent = find_precedents(first.practices, everything)
        result = lift_result(report, first, lent, chosen) or first
        results.append(join_results(result, compare_report(report, result, earlier, chosen)))
    return results


def lift_result(
    report: Report,
    result: AuditResult,
    precedents: Mapping[str, Ways],
    profile: Profile | None = None,
) -> AuditResult | None:
    """The audit of a report with the help of others; ``None`` if that decides nothing more.

    What was decided without help stays as it is: if it would not, the help is not taken.
    """
    if not precedents:
        return None
    with _no_collection(), localcontext(_WIDE):
        helped = _audit(Facts(report, profile or Profile(), precedents=precedents))
    return replace(helped, practices=result.practices) if is_more(helped, result) else None


def _to_profile(profile: Profile | Path | str | None) -> Profile:
    if isinstance(profile, (str, Path)):
        return read_profile(Path(profile))
    return profile or Profile()


def _audit(facts: Facts) -> AuditResult:
    outcomes = [
        (rule, outcome)
        for rule in RULES
        if rule not in ACROSS and facts.profile.rules.speaks(rule.id)
        for outcome in _check(rule, facts)
    ]
    return to_result(facts, outcomes, find_conventions(facts))


def _check(rule: Rule, facts: Facts) -> Sequence[Outcome]:
    """What a rule says; its own doubts aside, nothing about figures that may be misread."""
    outcomes = rule.check(facts)
    return list(outcomes) if rule.id.startswith("KZ9") else facts.doubts.hold_back(outcomes)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the cycle collector: nearly all that an audit makes lives until its end, and then goes.

    On large reports it would go through everything again and again, for a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
