"""KZ203 達成率が目標と実績に合わない / Achievement rate does not recompute.

What it checks:
    A printed achievement rate (達成率), against target and actual of its year.
Why it matters:
    Grades and budgets follow the rate, not the figures.
Formula:
    actual ÷ target × 100; for targets that lead downwards target ÷ actual or 2 - actual ÷ target;
    (actual - baseline) ÷ (target - baseline); actual ÷ last target. Rounded half up or cut off,
    and possibly capped at 100. Inferred for the document, and for an indicator that differs.
Example:
    実績 85人 ÷ 目標 100人 × 100 = 85.0%.
Leaves alone:
    Rates without target or actual; targets of 0; too few rates to tell the way.
Source:
    行政評価シート; 長与町, 多摩市 (grading rules differ).
日本語:
    確かめること: 達成率が、その年度の目標と実績から計算した値と合うか。計算のしかた（実績 ÷ 目
        標、低いほど良い指標、基準値からの進み具合など）は文書ごとに推定します。
    大切な理由: 評価や予算は、もとの数値ではなく達成率で決まることが多いためです。
    指摘しないもの: 目標または実績のないもの、目標が 0 のもの、計算のしかたを決めるには達成率が
        少なすぎるもの。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.equation import describe_rulings
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every achievement rate with a target and an actual."""
    yield from describe_rulings(facts, "achievement_rate")


RULE = Rule(
    id="KZ203",
    slug="achievement-rate-mismatch",
    title_ja="達成率が目標と実績に合わない",
    title_en="Achievement rate does not recompute",
    severity="error",
    check=check,
)
