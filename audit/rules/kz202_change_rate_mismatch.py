"""KZ202 増減率が金額と合わない / Change rate does not recompute.

What it checks:
    A printed change rate (増減率, 伸率, 対前年比), against the two amounts it compares.
Why it matters:
    The rate is what headlines quote. A rate with the wrong sign or base turns the story round.
Formula:
    (current ÷ base - 1) × 100, change ÷ base × 100, or current ÷ base × 100 (an index); rounded
    half up or cut off. Base and way are inferred from all rates of the table, or of the document
    where each year has a rate of its own.
Example:
    総計 平成22年度: (5,910,340 ÷ 5,352,612 - 1) × 100 = 10.42, printed 10.4％増.
Leaves alone:
    Bases of 0 and changes of sign; rows whose rates follow other figures than those beside them
    (地財計画: rates of the national plan).
Source:
    予算の概要, 地方交付税の推移.
日本語:
    確かめること: 増減率・伸び率・対前年比が、比べている二つの金額と合うか。基準の年や計算のしか
        たは、表全体から推定します。
    大切な理由: 増減率は見出しや報道に使われる数値です。符号や基準を取り違えると、話が逆になりま
        す。
    指摘しないもの: 基準が 0 のものや符号が変わるもの、隣の金額とは別の数値の率を載せている行
        （地方財政計画の伸び率など）。
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
    """Every change rate with the two amounts it compares."""
    yield from describe_rulings(facts, "change_rate", "growth")


RULE = Rule(
    id="KZ202",
    slug="change-rate-mismatch",
    title_ja="増減率が金額と合わない",
    title_en="Change rate does not recompute",
    severity="error",
    check=check,
)
