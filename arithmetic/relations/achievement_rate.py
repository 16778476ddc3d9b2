"""達成率: how far a target was reached, in percent.

actual ÷ target where more is better; for targets that lead downwards target ÷ actual or
2 − actual ÷ target; measured from the baseline; against the last target; capped at 100. One paper
may do both, each indicator in its own direction: ``DOWNWARD`` holds what the last two ways do where
less is better.

Source: 行政評価シート, まち・ひと・しごと創生総合戦略 効果検証.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

if TYPE_CHECKING:
    from kenzan.arithmetic.expression import Expression

_HUNDRED = Constant(Decimal(100))
_UPWARD = Role("actual") / Role("target") * _HUNDRED
_TURNED = Role("target") / Role("actual") * _HUNDRED
_MIRRORED = (Constant(Decimal(2)) - Role("actual") / Role("target")) * _HUNDRED

DOWNWARD: dict[str, Expression] = {"by-direction": _TURNED, "by-direction-mirrored": _MIRRORED}
"""The formulas of those ways where less is better; elsewhere they are actual ÷ target."""

RELATION = Relation(
    name="achievement_rate",
    ja="達成率",
    en="achievement rate",
    hypotheses=(
        Hypothesis(
            "actual-over-target", "実績 ÷ 目標", "actual ÷ target",
            _UPWARD,
        ),
        Hypothesis(
            "from-baseline", "(実績 − 基準) ÷ (目標 − 基準)",
            "(actual − baseline) ÷ (target − baseline)",
            (Role("actual") - Role("baseline")) / (Role("target") - Role("baseline")) * _HUNDRED,
        ),
        Hypothesis(
            "target-over-actual", "目標 ÷ 実績", "target ÷ actual",
            _TURNED,
        ),
        Hypothesis(
            "two-minus", "2 − 実績 ÷ 目標", "2 − actual ÷ target",
            _MIRRORED,
        ),
        Hypothesis(
            "over-last-target", "実績 ÷ 最終目標", "actual ÷ last target",
            Role("actual") / Role("last_target") * _HUNDRED,
        ),
        Hypothesis(
            "from-baseline-to-last", "(実績 − 基準) ÷ (最終目標 − 基準)",
            "(actual − baseline) ÷ (last target − baseline)",
            (Role("actual") - Role("baseline")) / (Role("last_target") - Role("baseline"))
            * _HUNDRED,
        ),
        Hypothesis(
            "by-direction", "実績 ÷ 目標（減らす目標は 目標 ÷ 実績）",
            "actual ÷ target (target ÷ actual where less is better)",
            _UPWARD,
        ),
        Hypothesis(
            "by-direction-mirrored", "実績 ÷ 目標（減らす目標は 2 − 実績 ÷ 目標）",
            "actual ÷ target (2 − actual ÷ target where less is better)",
            _UPWARD,
        ),
    ),
    roles={
        "actual": RoleName("実績", "actual"),
        "target": RoleName("目標", "target"),
        "baseline": RoleName("基準", "baseline"),
        "last_target": RoleName("最終目標", "last target"),
    },
    roundings=(Rounding.HALF_UP, Rounding.TRUNCATED),
)  # fmt: skip
