"""KZ101 合計が内訳と合わない / Total does not add up.

What it checks:
    A figure in a total line (小計, 計, 合計, 総計, heading rows), against the lines it adds up.
Why it matters:
    Totals are quoted without their parts. A slip in either of them shows only when somebody adds
    up the column again, and where rows and columns cross it shows which figure it is.
Formula:
    total = sum of its parts. Which lines are its parts is inferred: its own group, all since the
    last total, subtotals and the rest, the lines below a heading, some of the lines above. Each
    printed part stands for [x - s/2, x + s/2]; counts and yen stand for themselves.
Example:
    予算書 1.市民税 小計 1,972,388 = 76,781 + 1,870,137 + 15,091 + 10,379.
Leaves alone:
    うち rows, rates, averages, unit prices; totals that follow no structure (純計); rows printed
    again on the next page; differences within rounding.
Source:
    XBRL Calculations 1.1; Accurate Digits (foot and cross-foot).
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
    """Every line that is the sum of others."""
    yield from describe_rulings(facts, "total")


RULE = Rule(
    id="KZ101",
    slug="total-mismatch",
    title_ja="合計が内訳と合わない",
    title_en="Total does not add up",
    severity="error",
    check=check,
)
