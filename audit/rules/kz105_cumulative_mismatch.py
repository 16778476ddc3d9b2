"""KZ105 累計が各年度の値と合わない / Cumulative total does not add up.

What it checks:
    A running total (累計), against the years that it covers or the running total before it.
Why it matters:
    A running total carries every slip of its past; corrections of earlier years often miss it.
Formula:
    total = last total + this year; or the sum of all years, with or without the baseline; or the
    latest figure, where the yearly figures are running totals themselves. Inferred for the
    document.
Example:
    累計 515 = 120 + 180 + 215.
Leaves alone:
    Running totals whose years are not all printed; falls that are due to withdrawals.
Source:
    総合戦略 効果検証シート; data of COVID-19 dashboards (withdrawn cases).
日本語:
    確かめること: 累計が、対象となる各年度の値の合計、または前回の累計＋今年度の値と合うか。
    大切な理由: 累計には過去の誤差が残り続けます。前の年度を訂正したのに累計に反映されない例もよ
        くあります。
    指摘しないもの: すべての年度が載っていない累計、取下げなどによる減少。
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
    """Every running total."""
    yield from describe_rulings(facts, "cumulative")


RULE = Rule(
    id="KZ105",
    slug="cumulative-mismatch",
    title_ja="累計が各年度の値と合わない",
    title_en="Cumulative total does not add up",
    severity="error",
    check=check,
)
