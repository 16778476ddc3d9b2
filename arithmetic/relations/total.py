"""合計: a figure that is the sum of others in its row or column.

Which figures are its parts is the hypothesis: those of its own group, all since the last total,
the subtotals before it, the rows below a heading row. Parts marked うち are never among them.

Source: 予算書, 決算書; Accurate Digits (foot and cross-foot).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation

SUM = Role("part")

RELATION = Relation(
    name="total",
    ja="合計",
    en="total",
    hypotheses=(
        Hypothesis("group", "同じ区分の計", "sum of its own group", SUM),
        Hypothesis("since-total", "直前の計より後の計", "sum since the last total", SUM),
        Hypothesis("open", "内訳（小計を含む）の計", "sum of the parts, subtotals among them", SUM),
        Hypothesis("below", "内訳の計", "sum of the lines below", SUM),
        Hypothesis("twin", "同じ様式の他の表と同じ計", "sum as in other tables of the form", SUM),
        Hypothesis("run", "続く行の計", "sum of neighbouring lines", SUM),
        Hypothesis("some", "一部の行の計", "sum of some of the lines", SUM),
        Hypothesis("without-one", "一つを除いた計", "sum of all but one", SUM),
    ),
    exception_bits=12,
)
