"""数量 × 単価 = 金額.

The amount may be printed in thousands while the price is in yen.

Source: 予算見積書, 積算内訳.
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.relation import AMOUNTS, Hypothesis, Relation, Wanted

_TIMES = Role("price") * Role("count")

RELATION = Relation(
    name="product",
    ja="数量 × 単価",
    en="quantity × unit price",
    hypotheses=(
        Hypothesis("times", "{price} × {count}", "{price} × {count}", _TIMES),
        Hypothesis(
            "times-thousandth", "{price} × {count} ÷ 1000", "{price} × {count} ÷ 1000",
            _TIMES / Constant(Decimal(1000)),
        ),
    ),
    judged=Wanted(measures=AMOUNTS - {"change"}, words=r"金額|^計$|事業費|積算額|小計|経費|予算額"),
    parts={
        "price": Wanted(words=r"単価"),
        "count": Wanted(words=r"数量|件数|人数|個数|回数|面積|延べ|台数|戸数|員数"),
    },
)  # fmt: skip
