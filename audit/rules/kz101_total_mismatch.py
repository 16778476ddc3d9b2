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
日本語:
    確かめること: 小計・計・合計・総計などの行や列の数値が、その内訳を足した値と合うか。どの行が
        内訳かは、表全体の数値から推定します。
    大切な理由: 合計は内訳なしで引用されます。写し間違いは、列を足し直さない限り気付かれません。
        縦と横の合計が交わる表では、どの数値がおかしいかまで分かります。
    指摘しないもの: 「うち」書きの行、率・平均・単価、内訳の決まらない合計（純計など）、次のペー
        ジに再掲された行、端数処理の範囲の差。
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
