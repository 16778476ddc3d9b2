"""財源内訳: columns under one heading that add up to another column of the row.

Source: 予算の概要 (事業費 = 国 + 県 + 地方債 + その他 + 一般財源).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation

RELATION = Relation(
    name="breakdown",
    ja="内訳の計",
    en="sum of the breakdown",
    hypotheses=(
        Hypothesis("whole", "内訳の計 = {whole}", "the breakdown adds up to {whole}", Role("part")),
    ),
    exception_bits=10,
)
