"""当初の対: the target and the actual that a baseline row prints for one indicator.

Before a project starts nothing has been aimed at yet, so many authors print the starting value in
both columns. Only a habit: a document that does so throughout makes one differing pair stand out.
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName

RELATION = Relation(
    name="baseline_pair",
    ja="当初の目標と実績",
    en="baseline target and actual",
    hypotheses=(
        Hypothesis(
            "equal", "当初の目標と実績は同じ値", "baseline target and actual agree", Role("target")
        ),
    ),
    roles={"target": RoleName("当初目標", "baseline target")},
    exception_bits=-4,
)
