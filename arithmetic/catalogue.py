"""All relations that kenzan knows, by name: what a profile can declare or veto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.arithmetic.relations import (
    achievement_rate,
    balance,
    baseline_pair,
    breakdown,
    change_rate,
    copy,
    cumulative,
    delta,
    difference,
    flow,
    growth,
    product,
    ratio,
    same_fact,
    share,
    stated,
    total,
)

if TYPE_CHECKING:
    from kenzan.arithmetic.relation import Relation

_ALL = (
    achievement_rate,
    balance,
    baseline_pair,
    breakdown,
    change_rate,
    copy,
    cumulative,
    delta,
    difference,
    flow,
    growth,
    product,
    ratio,
    same_fact,
    share,
    stated,
    total,
)
RELATIONS: dict[str, Relation] = {one.RELATION.name: one.RELATION for one in _ALL}
