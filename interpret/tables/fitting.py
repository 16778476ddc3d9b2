"""How well series of figures fit sums: one the difference of two others, their ratio, a share."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.evidence import ERROR_BITS, Tally, count_bits

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kenzan.normalize.numbers import Number

    # The figures of each series by their place in it.
    Series = Mapping[Hashable, Number]
    Values = Mapping[int, Series]

Sum = Literal["difference", "ratio", "growth"]
_HUNDRED = Decimal(100)
_MOSTLY = Decimal("0.8")
FEWEST_FIGURES = 3


def is_share(shares: Series, amounts: Series) -> bool:
    """Whether one series gives the parts of 100 that the other makes up of its largest figure."""
    both = [
        (shares[at], a.value) for at, a in amounts.items() if at in shares and a.value is not None
    ]
    whole = max((amount for _, amount in both), default=None)
    if not whole or len(both) < FEWEST_FIGURES + 1:
        return False
    tally = Tally()
    for share, amount in both:
        if share.value is None or not share.decimals:
            return False
        step = Decimal(1).scaleb(-share.decimals)
        held = abs(amount / whole * _HUNDRED - share.value) <= step
        tally = tally.add(count_bits(share.value, step, Decimal(2)), held=held)
    return tally.mostly_holds(_MOSTLY) and tally.bits > 2 * ERROR_BITS


def fit(values: Values, result: int, one: int, other: int, kind: Sum) -> Tally:
    """How well a series is the difference, the ratio or the growth (in %) of two others."""
    tally = Tally()
    for number, a, b in _triples(values, result, one, other):
        if number.value is None or (kind != "difference" and not b):
            continue
        step = Decimal(1).scaleb(-max(number.decimals, 0))
        if kind == "difference":
            expected = a - b
        else:
            expected = (a if kind == "ratio" else a - b) / b * _HUNDRED
        held = abs(expected - number.value) <= step
        tally = tally.add(count_bits(number.value, step, Decimal(2)), held=held)
    return tally


def convinces(tally: Tally) -> bool:
    """Whether a sum holds in so many telling figures that it is no chance."""
    if tally.bits < 2 * ERROR_BITS or tally.telling < FEWEST_FIGURES:
        return False
    return tally.mostly_holds(_MOSTLY)


def find_ratio(values: Values, rate: int, among: Sequence[int]) -> tuple[int, int] | None:
    """The two series whose ratio a third one gives: (part, whole); ``None`` unless one pair fits.

    A pair that fits as well with other figures (those of a series printed twice) leaves it open.
    """
    tried = [(fit(values, rate, a, b, "ratio"), a, b) for a in among for b in among if a != b]
    good = sorted((t for t in tried if convinces(t[0])), key=lambda t: -t[0].bits)
    if not good or (len(good) > 1 and good[1][0].bits * 2 > good[0][0].bits):
        return None
    return good[0][1], good[0][2]


def _triples(
    values: Values, result: int, one: int, other: int
) -> Iterator[tuple[Number, Decimal, Decimal]]:
    for at, number in values[result].items():
        a, b = values[one].get(at), values[other].get(at)
        if a is not None and b is not None and a.value is not None and b.value is not None:
            yield number, a.value, b.value
