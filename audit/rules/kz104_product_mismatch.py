"""KZ104 数量と単価の積が金額と合わない / Amount is not quantity times unit price.

What it checks:
    An amount, against the quantity and the unit price printed in the same row.
Why it matters:
    Estimates are revised in one of three columns and forgotten in the others.
Formula:
    amount = unit price × quantity, or a thousandth of it where amounts are printed in 千円.
Example:
    委託料 12人 × 5,000円 = 60,000円.
Leaves alone:
    Tables without columns for both (単価, 数量, 人数, 件数).
Source:
    予算見積書, 積算内訳書.
日本語:
    確かめること: 同じ行の数量 × 単価が金額と合うか（金額が千円単位の場合も考えます）。
    大切な理由: 積算を見直したとき、三つの列のうち一つだけを直して残りを直し忘れることがありま
        す。
    指摘しないもの: 数量と単価の両方の列（単価・数量・人数・件数など）がない表。
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
    """Every row with a unit price, a quantity and an amount."""
    yield from describe_rulings(facts, "product")


RULE = Rule(
    id="KZ104",
    slug="product-mismatch",
    title_ja="数量と単価の積が金額と合わない",
    title_en="Amount is not quantity times unit price",
    severity="error",
    check=check,
)
