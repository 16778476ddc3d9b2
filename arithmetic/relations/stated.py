"""①−②, (a)+(b): a formula that a header states in terms of marks of other headers.

Source: 予算見積書 (①−②), 決算書 (歳出合計 (a)+(b)).
"""

from __future__ import annotations

from kenzan.arithmetic.relation import Relation

RELATION = Relation(
    name="stated",
    ja="見出しの計算式",
    en="formula in the header",
    hypotheses=(),
)
