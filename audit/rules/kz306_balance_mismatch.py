"""KZ306 残高が増減と合わない / Balance does not roll forward.

What it checks:
    A balance (残高, 現在高), against the balance before it and the events between the two.
Why it matters:
    Funds and debts are followed over many years by their balances alone.
Formula:
    closing = opening + all events, each with its printed sign; or opening + deposits - withdrawals
    where events carry no sign and their names say the way (取崩, 償還).
Example:
    財政調整基金: 2,626,042 - 680,000 - ... + 665 = 1,946,898.
Leaves alone:
    Balances with nothing between them; rows with a cell that could not be read.
Source:
    基金現在高調, 地方債現在高調書.
日本語:
    確かめること: 残高（現在高）が、前の残高に増減（積立・取崩・発行・償還など）を加えた値と合う
        か。
    大切な理由: 基金や地方債は、残高だけで何年も追われます。
    指摘しないもの: 増減の欄がない残高、読めない欄のある行。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.equation import describe_rulings
from kenzan.audit.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Outcome


def check(facts: Facts) -> Iterator[Outcome]:
    """Every balance that stands after another one."""
    yield from describe_rulings(facts, "balance")


RULE = Rule(
    id="KZ306",
    slug="balance-mismatch",
    title_ja="残高が増減と合わない",
    title_en="Balance does not roll forward",
    severity="error",
    check=check,
)
