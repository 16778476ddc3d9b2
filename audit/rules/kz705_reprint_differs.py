"""KZ705 続きの頁に再掲された数値が異なる / Reprinted figure differs.

What it checks:
    A row that goes on over the page and is printed again there, against its first printing.
Why it matters:
    A correction that reached only one of the two places.
Formula:
    Both figures are the same.
Example:
    予算に関する説明書 2.児童措置費 2,067,383 on three pages.
Leaves alone:
    Columns that go on instead of being repeated (節); rows of one name on one page.
Source:
    予算に関する説明書 (a 目 that goes on over the page).
日本語:
    確かめること: 次のページに続く行が再掲されているとき、その数値が最初のものと同じか。
    大切な理由: 訂正が二か所のうち片方にしか届いていない可能性があります。
    指摘しないもの: 再掲ではなく続きの列（節など）、一つのページにある同じ名前の行。
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
    """Every figure that is printed again on the next page."""
    yield from describe_rulings(facts, "copy")


RULE = Rule(
    id="KZ705",
    slug="reprint-differs",
    title_ja="続きの頁に再掲された数値が異なる",
    title_en="Reprinted figure differs",
    severity="warning",
    check=check,
)
