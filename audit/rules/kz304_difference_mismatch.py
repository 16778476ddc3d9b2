"""KZ304 差引が合わない / Difference does not recompute.

What it checks:
    A column or row that is the difference of two others (増減額, 比較, 差引).
Why it matters:
    The difference is what is debated; its sign (△) is one character and is easily lost.
Formula:
    difference = A - B; which lines, and which way round, is inferred from all of its figures.
Example:
    市税 6,538,777 - 6,360,900 = 177,877.
Leaves alone:
    Lines with a formula in the header (KZ103); columns where less than four in five rows follow.
Source:
    予算書 (比較), 決算書.
日本語:
    確かめること: 増減額・比較・差引の行や列が、もとの二つの数値の差と合うか。
    大切な理由: 議論されるのは差のほうです。△ は 1 文字なので、抜けやすい符号です。
    指摘しないもの: 見出しに計算式があるもの（KZ103）、5 行のうち 4 行以上が合うとは言えない列。
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
    """Every figure of a difference line."""
    yield from describe_rulings(facts, "difference")


RULE = Rule(
    id="KZ304",
    slug="difference-mismatch",
    title_ja="差引が合わない",
    title_en="Difference does not recompute",
    severity="error",
    check=check,
)
