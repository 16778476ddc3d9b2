"""KZ301 増減が検算と合わない / Delta does not recompute.

What it checks:
    The change printed beside a figure, against the figures it is the difference of.
Why it matters:
    Readers take the change for the progress made. A slip in it survives proof-reading, as nobody
    does the subtraction again.
Formula:
    What the change is measured against is inferred from the document: the previous year's actual
    or target, the baseline, the target of the same year, a plan. Under the convention that fits
    best, current - reference must meet what is printed: x stands for [x - s/2, x + s/2], s the
    worth of its last printed digit; people, items and yen stand for themselves.

Example:
    資料６ Ｃ 20～39歳の社会動態数 Ｒ３: -173人（-173101）. All other changes of the document are
    measured against the previous year's target, and -173 - 0 = -173: stray digits 101.
Leaves alone:
    Documents with too few changes to tell the convention; changes that another convention
    with about the same support explains; changes without a reference; differences within rounding.
Source:
    XBRL Calculations 1.1 (intervals); statcheck (recomputing from what else is printed).
日本語:
    確かめること: 数値に添えられた増減が、比べる相手との差と合うか。何と比べた増減か（前年度の実
        績、前年度の目標、当初、同じ年度の目標など）は、文書全体の数値から推定します。
    大切な理由: 増減は、進み具合としてそのまま読まれます。引き算をし直す人はいないので、写し間違
        いは校正でも残ります。
    指摘しないもの: 増減が少なく数え方を決められない文書、別の数え方でも同じくらい説明できる増
        減、比べる相手のない増減、端数処理の範囲の差。
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
    """Every printed change that has something to be measured against."""
    yield from describe_rulings(facts, "delta")


RULE = Rule(
    id="KZ301",
    slug="delta-mismatch",
    title_ja="増減が検算と合わない",
    title_en="Delta does not recompute",
    severity="error",
    check=check,
)
