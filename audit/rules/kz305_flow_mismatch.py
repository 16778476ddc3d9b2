"""KZ305 補正前・補正額・補正後が合わない / Before plus change is not after.

What it checks:
    The amount after a correction (補正後, 計), against the amount before it and the correction.
Why it matters:
    A supplementary budget is decided on as a change; what it leads to must follow from it.
Formula:
    after = before + change; a blank change counts as nothing.
Example:
    16 国庫支出金: 14,341,064 + 352,174 = 14,693,238.
Leaves alone:
    Figures in brackets (of which); tables without a column for the change.
Source:
    地方自治法施行規則 予算の様式 (補正).
日本語:
    確かめること: 補正前の額 + 補正額 が、補正後の額（計）と合うか。空欄の補正額は 0 とみなしま
        す。
    大切な理由: 補正予算は補正額で議決されます。その結果の額が合っていなければなりません。
    指摘しないもの: かっこ書きの数値（うち数）、補正額の列がない表。
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
    """Every amount after a change."""
    yield from describe_rulings(facts, "flow")


RULE = Rule(
    id="KZ305",
    slug="flow-mismatch",
    title_ja="補正前・補正額・補正後が合わない",
    title_en="Before plus change is not after",
    severity="error",
    check=check,
)
