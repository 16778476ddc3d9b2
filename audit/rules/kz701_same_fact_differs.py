"""KZ701 同じ数値が二か所で異なる / The same fact differs in two places.

What it checks:
    Figures of one indicator, year and measure that stand in two tables of a document.
Why it matters:
    A summary and the table it sums up are often made by different hands, and one of them is
    corrected later.
Formula:
    Both figures are the same. Two tables are compared if at least four telling figures of them
    agree, and then four in five must.
Example:
    市税 令和8年度 予算額 6,538,777 in the table by source and in the table by kind.
Leaves alone:
    Names that stand for something else in every table (その他, 計); names printed twice in one
    table; tables that agree in little.
Source:
    Accurate Digits (internal consistency); genialtech (FS / FN match).
日本語:
    確かめること: 一つの文書の二つの表に載っている、同じ指標・年度・種別の数値が同じか。
    大切な理由: 総括表と明細表は別の人が作ることが多く、片方だけが後で直されることがあります。
    指摘しないもの: 「その他」「計」のように表ごとに指すものが違う名前、一つの表に二度出てくる名
        前、ほとんど一致しない表どうし。
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
    """Every figure that is printed in two tables."""
    yield from describe_rulings(facts, "same_fact")


RULE = Rule(
    id="KZ701",
    slug="same-fact-differs",
    title_ja="同じ数値が二か所で異なる",
    title_en="The same fact differs in two places",
    severity="warning",
    check=check,
)
