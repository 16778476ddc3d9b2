"""対前年比: the growth of a figure over its own figure of the year before.

Each year has its amount and its rate; the base stands at the year before.

Source: 推移表 (地方交付税の推移: 対前年比 and 金額 for each year).
"""

from __future__ import annotations

from decimal import Decimal

from kenzan.arithmetic.expression import Constant, Role
from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

_HUNDRED = Constant(Decimal(100))

RELATION = Relation(
    name="growth",
    ja="対前年比",
    en="growth over the year before",
    hypotheses=(
        Hypothesis(
            "growth", "前年度からの伸び率", "growth over the year before",
            (Role("current") / Role("previous") - Constant(Decimal(1))) * _HUNDRED,
        ),
        Hypothesis(
            "index", "前年度を 100 とする比", "ratio to the year before",
            Role("current") / Role("previous") * _HUNDRED,
        ),
    ),
    roles={"current": RoleName("", ""), "previous": RoleName("前年度", "year before")},
    roundings=(Rounding.HALF_UP, Rounding.TRUNCATED),
    exception_bits=6,
)  # fmt: skip
