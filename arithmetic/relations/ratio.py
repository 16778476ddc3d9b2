"""執行率・収納率・割合: a percentage of one line in another of the same table.

Source: 決算書 (執行率 = 支出済額 ÷ 予算現額), 行政評価シート.
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relation import AMOUNTS, Hypothesis, Relation, Wanted

_AMOUNT = Wanted(measures=AMOUNTS - {"change"})

RELATION = Relation(
    name="ratio",
    ja="率（割合）",
    en="ratio",
    hypotheses=(
        Hypothesis(
            "ratio", "{part} ÷ {whole} × 100", "{part} ÷ {whole} × 100",
            Role("part") / Role("whole") * Constant(Decimal(100)),
        ),
    ),
    judged=Wanted(
        measures=frozenset({"rate"}),
        words=r"(?<![び減長加少化動比])率(?=$|[(（%％])",
        # The target and the actual of an indicator that is a rate are no ratio of their neighbours.
        avoid=r"(?:目標|計画|実績|見込み?|基準|現状|達成|当初)[値額]?$",
        either=True,
    ),
    parts={"part": _AMOUNT, "whole": _AMOUNT},
    roundings=(Rounding.HALF_UP, Rounding.TRUNCATED),
    exception_bits=8,
)  # fmt: skip
