"""All rules, one line each, in the order of their ids. Ids are never reused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.rules.kz301_delta_mismatch import RULE as KZ301
from kenzan.audit.rules.kz302_sign_missing import RULE as KZ302
from kenzan.audit.rules.kz303_baseline_pair import RULE as KZ303
from kenzan.audit.rules.kz401_claimed_reached import RULE as KZ401
from kenzan.audit.rules.kz402_claimed_unmet import RULE as KZ402
from kenzan.audit.rules.kz403_reason_missing import RULE as KZ403
from kenzan.audit.rules.kz501_mixed_notation import RULE as KZ501
from kenzan.audit.rules.kz503_unit_differs import RULE as KZ503
from kenzan.audit.rules.kz903_unreadable_figure import RULE as KZ903

if TYPE_CHECKING:
    from kenzan.audit.rule import Rule

RULES: tuple[Rule, ...] = (KZ301, KZ302, KZ303, KZ401, KZ402, KZ403, KZ501, KZ503, KZ903)


def find_rule(rule_id: str) -> Rule | None:
    """The rule with this id, whatever the case; ``None`` if there is none."""
    return next((rule for rule in RULES if rule.id == rule_id.upper()), None)
