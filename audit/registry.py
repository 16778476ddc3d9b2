"""All rules, one line each, in the order of their ids. Ids are never reused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.rules.kz101_total_mismatch import RULE as KZ101
from kenzan.audit.rules.kz102_breakdown_mismatch import RULE as KZ102
from kenzan.audit.rules.kz103_formula_mismatch import RULE as KZ103
from kenzan.audit.rules.kz104_product_mismatch import RULE as KZ104
from kenzan.audit.rules.kz105_cumulative_mismatch import RULE as KZ105
from kenzan.audit.rules.kz106_rounding_difference import RULE as KZ106
from kenzan.audit.rules.kz201_share_mismatch import RULE as KZ201
from kenzan.audit.rules.kz202_change_rate_mismatch import RULE as KZ202
from kenzan.audit.rules.kz203_achievement_rate_mismatch import RULE as KZ203
from kenzan.audit.rules.kz204_ratio_mismatch import RULE as KZ204
from kenzan.audit.rules.kz205_share_adjusted import RULE as KZ205
from kenzan.audit.rules.kz206_impossible_percentage import RULE as KZ206
from kenzan.audit.rules.kz301_delta_mismatch import RULE as KZ301
from kenzan.audit.rules.kz302_sign_missing import RULE as KZ302
from kenzan.audit.rules.kz303_baseline_pair import RULE as KZ303
from kenzan.audit.rules.kz304_difference_mismatch import RULE as KZ304
from kenzan.audit.rules.kz305_flow_mismatch import RULE as KZ305
from kenzan.audit.rules.kz306_balance_mismatch import RULE as KZ306
from kenzan.audit.rules.kz401_claimed_reached import RULE as KZ401
from kenzan.audit.rules.kz402_claimed_unmet import RULE as KZ402
from kenzan.audit.rules.kz403_reason_missing import RULE as KZ403
from kenzan.audit.rules.kz404_grade_out_of_line import RULE as KZ404
from kenzan.audit.rules.kz501_mixed_notation import RULE as KZ501
from kenzan.audit.rules.kz502_misplaced_grouping import RULE as KZ502
from kenzan.audit.rules.kz503_unit_differs import RULE as KZ503
from kenzan.audit.rules.kz504_scale_jump import RULE as KZ504
from kenzan.audit.rules.kz601_period_missing import RULE as KZ601
from kenzan.audit.rules.kz602_period_doubled import RULE as KZ602
from kenzan.audit.rules.kz603_era_mismatch import RULE as KZ603
from kenzan.audit.rules.kz701_same_fact_differs import RULE as KZ701
from kenzan.audit.rules.kz702_prose_differs import RULE as KZ702
from kenzan.audit.rules.kz703_restated import RULE as KZ703
from kenzan.audit.rules.kz704_goal_moved import RULE as KZ704
from kenzan.audit.rules.kz705_reprint_differs import RULE as KZ705
from kenzan.audit.rules.kz901_line_unread import RULE as KZ901
from kenzan.audit.rules.kz902_engines_disagree import RULE as KZ902
from kenzan.audit.rules.kz903_unreadable_figure import RULE as KZ903
from kenzan.audit.rules.kz904_damaged_text import RULE as KZ904

if TYPE_CHECKING:
    from kenzan.audit.rule import Rule

RULES: tuple[Rule, ...] = (
    KZ101,
    KZ102,
    KZ103,
    KZ104,
    KZ105,
    KZ106,
    KZ201,
    KZ202,
    KZ203,
    KZ204,
    KZ205,
    KZ206,
    KZ301,
    KZ302,
    KZ303,
    KZ304,
    KZ305,
    KZ306,
    KZ401,
    KZ402,
    KZ403,
    KZ404,
    KZ501,
    KZ502,
    KZ503,
    KZ504,
    KZ601,
    KZ602,
    KZ603,
    KZ701,
    KZ702,
    KZ703,
    KZ704,
    KZ705,
    KZ901,
    KZ902,
    KZ903,
    KZ904,
)

ACROSS: tuple[Rule, ...] = (KZ703, KZ704)
"""Those of the rules that look at earlier reports as well."""


def find_rule(rule_id: str) -> Rule | None:
    """The rule with this id, whatever the case; ``None`` if there is none."""
    return next((rule for rule in RULES if rule.id == rule_id.upper()), None)
