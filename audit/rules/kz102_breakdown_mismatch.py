"""KZ102 内訳の合計が全体と合わない / Breakdown does not add up to the whole.

What it checks:
    Columns under one heading (財源内訳: 国, 県, 地方債, その他, 一般財源), against the column they
    break down.
Why it matters:
    A budget says where the money comes from. If the sources do not make up the cost, one of the
    two columns is not the one that was decided on.
Formula:
    whole = sum of the columns under the heading; blank cells count as nothing. Which column is the
    whole is inferred from all rows of the table.
Example:
    当初予算 主な継続事業 1: 188,089 = 21,756 + 166,333.
Leaves alone:
    Headings over several years; headings with a total of their own; differences within rounding.
Source:
    地方自治法施行規則 予算に関する説明書 (財源内訳).
日本語:
    確かめること: 「財源内訳」のように一つの見出しの下に並ぶ列（国・県・地方債・その他・一般財源
        など）の合計が、もとの列（事業費など）と合うか。空欄は 0 とみなします。
    大切な理由: 財源を足しても事業費にならないときは、どちらかの列が決定された額ではありません。
    指摘しないもの: 複数年度にまたがる見出し、独自の合計欄を持つ見出し、端数処理の範囲の差。
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
    """Every row of a table with a breakdown."""
    yield from describe_rulings(facts, "breakdown")


RULE = Rule(
    id="KZ102",
    slug="breakdown-mismatch",
    title_ja="内訳の合計が全体と合わない",
    title_en="Breakdown does not add up to the whole",
    severity="error",
    check=check,
)
