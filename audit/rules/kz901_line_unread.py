"""KZ901 行や列がまるごと合わない / A whole row or column does not come out.

What it checks:
    Rows and columns in which several sums break at once.
Why it matters:
    One slip breaks one sum, or those it takes part in. Many breaks in one line that no single
    correction mends are more likely a line that was read wrongly than many slips.
Formula:
    In a line at least two sums break for reasons of their own, and at least half of its sums.
    Nothing in it is called inconsistent.
Example:
    A column whose figures moved up by one row.
Leaves alone:
    Rates, which may follow figures that are not printed; lines where one correction mends
    everything.
Source:
    Docling #4083 (values on the wrong label); design: suspect ourselves first.
日本語:
    確かめること: 一つの行や列で、いくつもの計算がまとめて合わないところ。
    大切な理由: 一つの写し間違いなら、合わない計算も一つか、その数値を使う計算だけです。まとまっ
        て合わないのは、読み取りのずれと考えるのが自然です。ここでは何も「不整合」とはしません。
    指摘しないもの: 表にない数値から計算された率、一か所を直せばすべて合う行や列。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.grouping import describe_group, find_undecided, silent
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.rule import Outcome

KNOWN_PRIOR = 3
"""A total line in a table where other totals come out."""

KNOWN_TELLING = 6
"""A change in a document where many others follow the convention."""


def check(facts: Facts) -> Iterator[Outcome]:
    """Every table with lines that do not come out."""
    for rulings in find_undecided(facts, "reading").values():
        sums = [one for one in rulings if is_well_known(one)]
        if sums:
            head_ja = "まとまって合わない箇所が {count} 件ある（抽出要確認）"
            head_en = "{count} sums of a line do not come out together (check the extraction)"
            yield from describe_group(facts, silent(sums), head_ja, head_en)


def is_well_known(ruling: Ruling) -> bool:
    """Whether the relation that breaks is established elsewhere in the document."""
    answer = ruling.answer
    if answer.choice is None:
        return False
    if answer.pool.relation.name == "total":
        return answer.prior >= KNOWN_PRIOR
    tally = answer.tallies[answer.choice.best]
    return answer.pool.relation.name == "delta" and tally.telling >= KNOWN_TELLING


RULE = Rule(
    id="KZ901",
    slug="line-unread",
    title_ja="行や列がまるごと合わない",
    title_en="A whole row or column does not come out",
    severity="notice",
    check=check,
)
