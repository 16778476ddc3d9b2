"""累計: the sum of all years so far, or last year's running total and this year's figure.

Source: 総合戦略 効果検証 (累計), 基金・件数の推移.
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

RELATION = Relation(
    name="cumulative",
    ja="累計",
    en="cumulative total",
    hypotheses=(
        Hypothesis("carried", "前年度までの累計 + 当年度", "total so far + this year",
                   Role("carried") + Role("current")),
        Hypothesis("sum", "各年度の計", "sum of the years", Role("year")),
        Hypothesis("sum-and-baseline", "基準 + 各年度の計", "baseline + sum of the years",
                   Role("baseline") + Role("year")),
        Hypothesis("latest", "最終年度の値", "the latest figure", Role("latest")),
    ),
    roles={
        "carried": RoleName("前年度累計", "total so far"),
        "current": RoleName("当年度", "this year"),
        "year": RoleName("", ""),
        "baseline": RoleName("基準", "baseline"),
        "latest": RoleName("最終年度", "latest year"),
    },
    exception_bits=6,
)  # fmt: skip
