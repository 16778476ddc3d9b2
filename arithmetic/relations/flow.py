"""補正前 + 補正額 = 補正後: an amount, its change, and the amount after it.

Source: 補正予算書 (地方自治法施行規則 予算の様式).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import AMOUNTS, Hypothesis, Relation, Wanted

RELATION = Relation(
    name="flow",
    ja="補正前 + 補正額 = 補正後",
    en="before + change = after",
    hypotheses=(
        Hypothesis(
            "plus", "{before} + {change}", "{before} + {change}", Role("before") + Role("change")
        ),
    ),
    judged=Wanted(measures=AMOUNTS - {"change"}, avoid=r"補正前|現計|既定|既決"),
    parts={
        "before": Wanted(measures=AMOUNTS - {"change"}, avoid=r"補正後", blank=True),
        "change": Wanted(
            measures=frozenset({"change"}), words=r"補正(?:予算)?額|変更額", blank=True
        ),
    },
)
