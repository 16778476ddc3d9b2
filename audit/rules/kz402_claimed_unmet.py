"""KZ402 未達とあるが目標に達している / Claimed unmet, but the figures say reached.

What it checks:
    A text (達成状況) that says a target was not reached, against target and actual of the year.
Why it matters:
    Either the text was carried over from last year, or one of the two figures is not the one the
    writer had before them.
Formula:
    actual < target where the targets lead upwards from the baseline, actual > target where they
    lead downwards. The text speaks of its own year, else of the latest year with an actual.

Example:
    目標 100人, 実績 120人, 達成状況「現在のところ達成できていない」.
Leaves alone:
    Hedged texts (概ね, 見込み); indicators whose targets do not show which way is better.
Source:
    statcheck: a decision that the figures would flip is a class of its own.
日本語:
    確かめること: 「達成していない」という記述が、その年度の目標と実績に合っているか。
    大切な理由: 前年度の文章が残っているか、目標・実績のどちらかが、書いた人の見ていた数値と違う
        可能性があります。
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
    """Every text that says a target was not reached."""
    yield from check_claims(facts, "unmet")


RULE = Rule(
    id="KZ402",
    slug="claimed-unmet",
    title_ja="未達とあるが目標に達している",
    title_en="Claimed unmet, but the figures say reached",
    severity="warning",
    check=check,
)
