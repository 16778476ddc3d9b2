"""Does the sums of a document again, to prove that its truth agrees with itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.corpus.model import Fact, Relation, Term

_ROUNDING = {"half_up": "ROUND_HALF_UP", "down": "ROUND_DOWN"}


def holds(relation: Relation, facts: Sequence[Fact]) -> bool:
    """Whether the printed result is what its terms lead to; ``False`` if a figure is lacking."""
    result = figure(relation.result, facts)
    terms = [figure(term, facts) for term in relation.terms]
    if result is None or any(term is None for term in terms):
        return False
    exact = computed(relation, [term for term in terms if term is not None])
    if relation.rounding == "exact":
        return exact == result
    unit = Decimal(1).scaleb(result.as_tuple().exponent)
    rounded = exact.quantize(unit, rounding=_ROUNDING[relation.rounding])
    return abs(rounded - result) <= relation.slack * unit


def figure(term: Term, facts: Sequence[Fact]) -> Decimal | None:
    """The figure that a term names, without its factor."""
    fact = facts[term.fact]
    return fact.value if term.side == "value" else fact.delta


def computed(relation: Relation, terms: Sequence[Decimal]) -> Decimal:
    """The unrounded result."""
    if relation.kind in ("share", "rate"):
        return terms[0] / terms[1] * 100
    if relation.kind == "change_rate":
        return (terms[0] - terms[1]) / terms[1] * 100
    pairs = zip(terms, relation.terms, strict=True)
    return sum((value * term.factor for value, term in pairs), Decimal(0))
