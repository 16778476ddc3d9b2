"""KZ201 構成比が金額と合わない / Share does not recompute.

What it checks:
    A printed share (構成比), against the amount and the total that it is the share of.
Why it matters:
    Shares tell the story of a budget; a share of the wrong row or year reads as well as the right
    one.
Formula:
    share = amount ÷ total × 100, rounded half up or cut off as the column shows. Amounts and total
    stand for everything that rounds to them.
Example:
    市税 6,538,777 ÷ 25,550,000 × 100 = 25.59, printed 25.6.
Leaves alone:
    Shares off by one last digit: authors move them so that a column adds up to 100.0 (KZ205);
    columns where less than four in five shares follow.
Source:
    GRIM (percentages with a known n); 予算の概要.
日本語:
    確かめること: 構成比が、金額 ÷ 合計 × 100 と合うか。四捨五入か切り捨てかは、列全体から推定し
        ます。
    大切な理由: 構成比は予算の説明の要です。別の行や別の年度の率が書かれていても、見た目では分か
        りません。
    指摘しないもの: 最後の桁が 1 だけ違うもの（合計を 100.0 にする端数調整。KZ205）、5 件のうち
        4 件以上が合うとは言えない列。
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
    """Every share with an amount and a total."""
    yield from describe_rulings(facts, "share")


RULE = Rule(
    id="KZ201",
    slug="share-mismatch",
    title_ja="構成比が金額と合わない",
    title_en="Share does not recompute",
    severity="error",
    check=check,
)
