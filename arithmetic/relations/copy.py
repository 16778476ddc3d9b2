"""同じ数値の再掲: one figure printed in two places.

A row that goes on over the page is printed again; a summary repeats a figure of a table.

Source: 予算に関する説明書 (a 目 that goes on over the page).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

RELATION = Relation(
    name="copy",
    ja="同じ数値の再掲",
    en="the same figure in two places",
    hypotheses=(Hypothesis("equal", "同じ値", "the same value", Role("first")),),
    roles={"first": RoleName("先の掲載", "printed before")},
    exception_bits=6,
)
