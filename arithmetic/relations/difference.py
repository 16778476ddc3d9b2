"""増減額 (A − B): a column or row that is the difference of two others.

Which two, and which way round, is found by trying the lines nearest to it.

Source: 予算書 (比較), 決算書 (増減額).
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import AMOUNTS, Hypothesis, Relation, Wanted

_AMOUNT = Wanted(measures=AMOUNTS - {"change"}, blank=True)

RELATION = Relation(
    name="difference",
    ja="増減（差引）",
    en="difference",
    hypotheses=(
        Hypothesis(
            "minus", "{minuend} − {subtrahend}", "{minuend} − {subtrahend}",
            Role("minuend") - Role("subtrahend"),
        ),
    ),
    judged=Wanted(
        measures=frozenset({"change"}),
        words=r"増減|比較|差引|差額|増△?減|対前年度?(?:増減)?額",
        avoid=r"補正|増減率|伸|残高|現在高",
        either=True,
    ),
    parts={"minuend": _AMOUNT, "subtrahend": _AMOUNT},
)  # fmt: skip
