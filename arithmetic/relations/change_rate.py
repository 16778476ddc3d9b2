"""増減率: how much an amount has changed, in percent of what it was.

Written as growth ((A − B) ÷ B), as change over base where both stand in the table, or as an index
(A ÷ B, 101.5 for a growth of 1.5).

Source: 予算の概要 (伸率, 対前年度比).
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relation import AMOUNTS, Hypothesis, Relation, Wanted

_AMOUNT = Wanted(measures=AMOUNTS - {"change"})
_HUNDRED = Constant(Decimal(100))

RELATION = Relation(
    name="change_rate",
    ja="増減率",
    en="change rate",
    hypotheses=(
        Hypothesis(
            "growth", "({current} ÷ {base} − 1) × 100", "({current} ÷ {base} − 1) × 100",
            (Role("current") / Role("base") - Constant(Decimal(1))) * _HUNDRED,
        ),
        Hypothesis(
            "change-over-base", "{change} ÷ {base} × 100", "{change} ÷ {base} × 100",
            Role("change") / Role("base") * _HUNDRED,
        ),
        Hypothesis(
            "index", "{current} ÷ {base} × 100", "{current} ÷ {base} × 100",
            Role("current") / Role("base") * _HUNDRED,
        ),
    ),
    judged=Wanted(
        measures=frozenset({"change_rate"}),
        words=r"増減率|伸び?率|対前年度?(?:当初)?比",
        either=True,
    ),
    parts={
        "current": _AMOUNT,
        "base": _AMOUNT,
        "change": Wanted(measures=frozenset({"change"})),
    },
    roundings=(Rounding.HALF_UP, Rounding.TRUNCATED),
)  # fmt: skip
