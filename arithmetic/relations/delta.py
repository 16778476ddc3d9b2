"""増減: a change printed beside a figure, or in a column of its own in a table of indicators.

What it is measured against differs between authors, and between targets and actuals of one
author: the previous year's figure of the same kind, the previous year's target, the baseline,
the target of the same year, a plan. A figure in brackets may also be last year's figure itself.

Source: 資料６ (previous year's target); evaluation sheets of several municipalities.
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

_CURRENT = Role("current")

RELATION = Relation(
    name="delta",
    ja="増減",
    en="change",
    hypotheses=(
        Hypothesis(
            "previous-same",
            "前年度の値との差",
            "difference from the previous year's figure",
            _CURRENT - Role("previous_same"),
        ),
        Hypothesis(
            "previous-actual",
            "前年度実績との差",
            "difference from the previous year's actual",
            _CURRENT - Role("previous_actual"),
        ),
        Hypothesis(
            "previous-target",
            "前年度目標との差",
            "difference from the previous year's target",
            _CURRENT - Role("previous_target"),
        ),
        Hypothesis(
            "same-target",
            "当年度目標との差",
            "difference from the same year's target",
            _CURRENT - Role("same_target"),
        ),
        Hypothesis(
            "baseline-target",
            "当初（基準）の目標との差",
            "difference from the baseline target",
            _CURRENT - Role("baseline_target"),
        ),
        Hypothesis(
            "baseline-actual",
            "当初（基準）の実績との差",
            "difference from the baseline actual",
            _CURRENT - Role("baseline_actual"),
        ),
        Hypothesis(
            "same-plan",
            "計画値との差",
            "difference from the plan",
            _CURRENT - Role("same_plan"),
        ),
        Hypothesis(
            "previous-value",
            "前年度の値の併記",
            "the previous year's figure itself",
            Role("previous_same"),
        ),
    ),
    roles={
        "current": RoleName("", ""),
        "previous_same": RoleName("前年度", "previous year"),
        "previous_actual": RoleName("前年度実績", "previous year's actual"),
        "previous_target": RoleName("前年度目標", "previous year's target"),
        "same_target": RoleName("当年度目標", "same year's target"),
        "baseline_target": RoleName("当初目標", "baseline target"),
        "baseline_actual": RoleName("当初実績", "baseline actual"),
        "same_plan": RoleName("計画", "plan"),
    },
)
