"""KZ704 目標・基準値が前年度の報告と異なる / Target or baseline moved between two reports.

What it checks:
    Targets and baselines of one indicator and year that two reports of different years print.
Why it matters:
    A target that is lowered after the fact turns a miss into a success.
Formula:
    Both reports print the same target (baseline). Indicators are linked as in KZ703.
Example:
    R4 目標 15,672 in last year's report, 14,000 in this year's.
Leaves alone:
    Actuals (KZ703); figures in different units.
Source:
    genialtech (ties to last year's filing); 総合戦略 効果検証.
日本語:
    確かめること: 別の年度の二つの報告書に載っている、同じ指標・年度の目標・基準値が同じか。
    大切な理由: 目標を後から下げれば、未達が達成に変わります。
    指摘しないもの: 実績（KZ703）、単位の違う数値。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.restatements import describe_changes
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every target and baseline that an earlier report prints as well."""
    yield from describe_changes(
        facts,
        {"target", "baseline", "budget"},
        "目標等の変更の可能性",
        "the goal may have been moved",
    )


RULE = Rule(
    id="KZ704",
    slug="goal-moved",
    title_ja="目標・基準値が前年度の報告と異なる",
    title_en="Target or baseline moved between two reports",
    severity="notice",
    check=check,
)
