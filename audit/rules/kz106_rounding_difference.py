"""KZ106 端数の差がある / Sums are off by a rounding difference.

What it checks:
    Sums of exact figures that are off by no more than rounding could explain.
Why it matters:
    Where all other sums of a unit come out to the last digit, one that does not was probably
    rounded on its own, or typed.
Formula:
    A unit is taken to be exact if its sums come out to the last digit more often than rounded
    figures could. Sums that are off by at most half a last digit for each figure are collected,
    one notice a table.
Example:
    経費 4,642,715, the four columns of the row add up to 4,642,714.
Leaves alone:
    Units whose sums are off here and there; tables with a note on rounding (端数, 四捨五入).
Source:
    XBRL Calculations 1.1 (rounding); notes on rounding in 予算書.
日本語:
    確かめること: ほかの計算が最後の桁まで合っている単位で、端数の分だけ合わない計算がないか。表
        ごとに 1 件にまとめて示します。
    大切な理由: ほかがすべてぴったり合う中で端数の差があるのは、そこだけ別に丸めたか、手で入力し
        た可能性があります。
    指摘しないもの: 端数の差があちこちにある単位、端数処理の注記（四捨五入など）がある表。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.audit.grouping import describe_group, find_undecided, silent
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome

_NOTE = re.compile(r"端数|四捨五入|一致しない|合わない")


def check(facts: Facts) -> Iterator[Outcome]:
    """Every table with sums that are off by a last digit or so."""
    noted = find_noted_pages(facts)
    for table, rulings in find_undecided(facts, "rounding").items():
        page = facts.row(rulings[0].answer.question.judged).page
        if page not in noted and table is not None:
            head_ja = "合計や差引が端数だけ合わない箇所が {count} 件"
            head_en = "{count} sums are off by a rounding difference"
            yield from describe_group(facts, silent(rulings), head_ja, head_en)


def find_noted_pages(facts: Facts) -> set[int]:
    """The pages that say themselves that sums may be off."""
    pages = {place.page for text, place in facts.report.prose if _NOTE.search(text)}
    noted = (one for one in facts.report.tables if _NOTE.search(" ".join(one.notes)))
    return pages | {one.page for one in noted}


RULE = Rule(
    id="KZ106",
    slug="rounding-difference",
    title_ja="端数の差がある",
    title_en="Sums are off by a rounding difference",
    severity="notice",
    check=check,
)
