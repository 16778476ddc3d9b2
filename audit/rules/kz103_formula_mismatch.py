"""KZ103 見出しの計算式と合わない / Figure does not follow the formula of its header.

What it checks:
    A line whose header states a formula in terms of other headers: ①－②, (a)+(b), (B)/(A).
Why it matters:
    The document itself says how the figure came about, so that nothing has to be guessed.
Formula:
    The formula as printed; a quotient may be printed in percent.
Example:
    市税見積書 均等割 ①－②: 76,781 - 69,102 = 7,679.
Leaves alone:
    Formulas whose marks name no line of the table; shares under a total's formula.
Source:
    予算見積書, 給与費明細書.
日本語:
    確かめること: 見出しに「①－②」「(B)/(A)」のような計算式が書かれた行や列が、その式どおりに
        なっているか。
    大切な理由: 計算のしかたを文書自身が示しているので、推測なしに確かめられます。
    指摘しないもの: 式の記号に当たる行や列が表にないもの、合計の式の下にある構成比。
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
    """Every figure of a line whose header states a formula."""
    yield from describe_rulings(facts, "stated")


RULE = Rule(
    id="KZ103",
    slug="formula-mismatch",
    title_ja="見出しの計算式と合わない",
    title_en="Figure does not follow the formula of its header",
    severity="error",
    check=check,
)
