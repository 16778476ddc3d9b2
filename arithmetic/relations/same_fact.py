"""同じ数値: one indicator, year and measure in two tables of a document.

Source: 予算の概要 (the same line by source and by kind).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

RELATION = Relation(
    name="same_fact",
    ja="同じ数値の別の掲載",
    en="the same fact in another table",
    hypotheses=(Hypothesis("equal", "同じ値", "the same value", Role("other")),),
    roles={"other": RoleName("別の表", "other table")},
    exception_bits=4,
)
