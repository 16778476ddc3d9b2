"""KZ703 前年度の報告と値が異なる（改訂の可能性） / Restated between two reports.

What it checks:
    Actuals and settlements of one indicator and year that two reports of different years print.
Why it matters:
    A revision is no mistake, but a reader who joins the reports must know which figure is the
    later one; and a slip of the pen looks the same.
Formula:
    Both reports print the same figure. Indicators are linked by name, and by similar names of
    similar projects (the score is shown).
Example:
    R2 実績 8,016 in last year's report, 8,061 in this year's.
Leaves alone:
    Baselines and targets (KZ704); names that are not similar enough; figures in different units;
    reports that disagree in most of what both print, as those of two towns do.
Source:
    決算統計 検収調書 (prior-year column); COVID-19 dashboards (past values revised).
日本語:
    確かめること: 別の年度の二つの報告書に載っている、同じ指標・年度の実績（決算）が同じか。
    大切な理由: 後からの改訂は間違いではありません。ただし、報告書をつなげて使う人には、どちらが
        新しい値かが必要です。
    指摘しないもの: 目標・基準値（KZ704）、名前が十分に似ていない指標、単位の違う数値、共通する
        数値の大半が一致しない報告書どうし（別の団体の報告など）。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.restatements import describe_changes
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every actual that an earlier report prints as well."""
    yield from describe_changes(
        facts, {"actual", "settlement", "amount"}, "改訂の可能性", "a revision, or a slip"
    )


RULE = Rule(
    id="KZ703",
    slug="restated",
    title_ja="前年度の報告と値が異なる（改訂の可能性）",
    title_en="Restated between two reports",
    severity="notice",
    check=check,
)
