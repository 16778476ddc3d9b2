"""KZ205 構成比が端数調整されている / Shares adjusted so that they add up.

What it checks:
    Shares that are off by one last digit from what amount and total give.
Why it matters:
    Usual and harmless, but a reader who does the sum again should know that it was done on
    purpose.
Formula:
    |amount ÷ total × 100 - printed| is more than half a last digit and at most one and a half. One
    notice a table.
Example:
    環境性能割交付金 12,500 ÷ 25,840,000 × 100 = 0.048, printed 0.1.
Leaves alone:
    Shares that are off by more (KZ201); columns that do not follow.
Source:
    予算の概要 (構成比 made to add up to 100.0).
日本語:
    確かめること: 構成比が、計算した値と最後の桁で 1 だけ違うところ。表ごとに 1 件にまとめて示し
        ます。
    大切な理由: 合計を 100.0 にするための、よくある調整で、問題ではありません。ただし、計算し直
        す人には調整したことが分かったほうが親切です。
    指摘しないもの: それより大きく違う構成比（KZ201）、計算のしかたが決まらない列。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.grouping import describe_group, find_undecided, silent
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every table with adjusted shares."""
    for rulings in find_undecided(facts, "adjusted").values():
        head_ja = "構成比 {count} 件は端数調整とみられる（最後の 1 桁だけ異なる）"
        head_en = "{count} shares seem to be adjusted by their last digit"
        yield from describe_group(facts, silent(rulings), head_ja, head_en)


RULE = Rule(
    id="KZ205",
    slug="share-adjusted",
    title_ja="構成比が端数調整されている",
    title_en="Shares adjusted so that they add up",
    severity="notice",
    check=check,
)
