"""残高: a balance is the balance before it plus what went in, less what went out.

Events are printed with their sign, or without one under a name that says the way (取崩, 償還).

Source: 基金現在高調, 地方債現在高調書, 収支の繰越.
"""

from __future__ import annotations

from kenzan.arithmetic.expression import Role
from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName, Wanted

OUTGOING = (
    r"^減(?:少|額|高|員|数|少[額高数])?$|取り?崩|償還|元金|減少|処分|支出|払出|返済|充当|歳出|出金"
)
"""Names of events that lower a balance if they are printed without a sign."""

INTEREST = r"利子|利息"
"""Events that are paid beside a balance and leave it as it is."""

RELATION = Relation(
    name="balance",
    ja="残高",
    en="balance",
    hypotheses=(
        Hypothesis(
            "signed", "前の残高 + 増減", "balance before + all events",
            Role("opening") + Role("incoming"),
        ),
        Hypothesis(
            "by-name", "前の残高 + 積立 − 取崩", "balance before + deposits − withdrawals",
            Role("opening") + Role("incoming") - Role("outgoing"),
        ),
    ),
    roles={
        "opening": RoleName("前の残高", "balance before"),
        "incoming": RoleName("", ""),
        "outgoing": RoleName("", ""),
    },
    judged=Wanted(words=r"残高|現在高|現在額|[前翌次]年?[度期](?:から|へ)?の?繰越|期[首末]"),
)  # fmt: skip
