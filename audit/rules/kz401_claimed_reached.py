"""KZ401 達成とあるが目標に達していない / Claimed reached, but the figures say not.

What it checks:
    A text (達成状況) that claims a target was reached, against target and actual of the year.
Why it matters:
    The claim is what most readers take away; the figures beside it are what can be checked.
Formula:
    actual >= target where the targets lead upwards from the baseline, actual <= target where they
    lead downwards. The text speaks of its own year, else of the latest year with an actual.

Example:
    目標 100人, 実績 85人, 達成状況「目標を達成した」.
Leaves alone:
    Hedged texts (概ね, 見込み); indicators whose targets do not show which way is better.
Source:
    statcheck: a decision that the figures would flip is a class of its own.
日本語:
    確かめること: 「達成した」という記述が、その年度の目標と実績に合っているか。
    大切な理由: 多くの人は文章のほうを読みます。確かめられるのは、隣の数値です。
    指摘しないもの: 「概ね」「見込み」などのぼかした表現、目標が増加と減少のどちらを目指すのか分
        からない指標。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.claim_rules import check_claims
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every text that claims a target was reached."""
    yield from check_claims(facts, "reached")


RULE = Rule(
    id="KZ401",
    slug="claimed-reached",
    title_ja="達成とあるが目標に達していない",
    title_en="Claimed reached, but the figures say not",
    severity="warning",
    check=check,
)
