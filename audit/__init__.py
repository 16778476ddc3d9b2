"""The audit: which sums a document states, how its author counts, and what does not agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.audit.conventions import find_conventions, with_conventions
from kenzan.audit.facts import Facts
from kenzan.audit.profile import Profile, read_profile
from kenzan.audit.registry import RULES, find_rule
from kenzan.audit.result import to_result

if TYPE_CHECKING:
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report

__all__ = ["RULES", "Profile", "audit_report", "find_rule", "read_profile", "with_conventions"]


def audit_report(report: Report, *, profile: Profile | Path | str | None = None) -> AuditResult:
    """Do every sum of a report again, under a profile or the path of one.

    Raises:
        UsageError: if the profile cannot be read.
    """
    if isinstance(profile, (str, Path)):
        profile = read_profile(Path(profile))
    profile = profile or Profile()
    facts = Facts(report, profile)
    outcomes = [
        (rule, outcome)
        for rule in RULES
        if profile.rules.speaks(rule.id)
        for outcome in rule.check(facts)
    ]
    return to_result(facts, outcomes, find_conventions(facts))
