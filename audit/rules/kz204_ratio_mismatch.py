"""KZ204 率が元の数値と合わない / Ratio does not recompute.

What it checks:
    A printed rate (執行率, 収納率, 進捗率), against the two lines of the table that it compares.
Why it matters:
    Execution rates decide on next year's budget.
Formula:
    part ÷ whole × 100, rounded half up or cut off; which lines are meant is inferred from all
    rows.
Example:
    執行率: 支出済額 9,950 ÷ 予算現額 10,000 × 100 = 99.5.
Leaves alone:
    Rates whose two lines are not in the table; wholes of 0.
Source:
    歳入歳出決算書 (執行率, 収入率).
日本語:
    確かめること: 執行率・収納率・進捗率などが、表にある二つの数値の割合と合うか。
    大切な理由: 執行率は翌年度の予算を左右します。
    指摘しないもの: もとになる二つの行や列が表にない率、分母が 0 のもの。
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
    """Every rate whose two lines stand in the table."""
    yield from describe_rulings(facts, "ratio")


RULE = Rule(
    id="KZ204",
    slug="ratio-mismatch",
    title_ja="率が元の数値と合わない",
    title_en="Ratio does not recompute",
    severity="error",
    check=check,
)
