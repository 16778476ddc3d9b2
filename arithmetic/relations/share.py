"""構成比: what an amount is of a total, in percent.

Authors often move one share by a last digit so that the column adds up to 100.0.

Source: 予算の概要 (構成比).
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName, Wanted

RELATION = Relation(
    name="share",
    ja="構成比",
    en="share of total",
    hypotheses=(
        Hypothesis(
            "share", "{amount}の{total}に占める割合", "{amount} in {total}",
            Role("amount") / Role("total") * Constant(Decimal(100)),
        ),
    ),
    roles={"amount": RoleName("", ""), "total": RoleName("合計", "total")},
    judged=Wanted(measures=frozenset({"share"}), words=r"構成比|構成割合|割合", either=True),
    roundings=(Rounding.HALF_UP, Rounding.TRUNCATED),
    exception_bits=6,
    adjustable=True,
)  # fmt: skip
