"""How precise are the figures of a document? Exact, rounded half up, or cut off: unit by unit.

Sums of rounded figures are off by a little now and then; sums of exact ones never are. Amounts in
千円 that always add up to the last digit were decided on in 千円 (a budget), and a sum that is off
by one is then worth a word. Amounts that were cut off add up to less than their total.

Source: XBRL Calculations 1.1 (rounding and truncation); variance of a sum of rounding errors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS
from kenzan.arithmetic.interval import Rounding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.ties import Pool, Question, Tie

LINEAR = {"total", "breakdown", "difference", "flow", "balance", "cumulative"}
"""Relations of sums and differences."""

ENOUGH = 400
"""After so many sums of a unit its precision is known well enough."""

_CENTS = 100
_OFF = ERROR_BITS * _CENTS
_HALF = Decimal("0.5")


def infer_precision(pools: Sequence[Pool]) -> dict[str, Rounding]:
    """The way of rounding of each unit whose sums show one clearly. Percent is left alone."""
    costs: dict[str, dict[Rounding, int]] = defaultdict(lambda: defaultdict(int))
    seen: Counter[str] = Counter()
    for question in _find_sums(pools):
        judged = question.judged
        if judged.unit == "%" or judged.mode is Rounding.EXACT or seen[judged.unit] >= ENOUGH:
            continue
        sum_of = _find_best(question)
        if sum_of is not None:
            seen[judged.unit] += 1
            for mode, cost in _mode_costs(*sum_of):
                costs[judged.unit][mode] += cost
    found = {}
    for unit, by_mode in costs.items():
        best = min(by_mode, key=by_mode.__getitem__)
        if by_mode[best] + _OFF <= by_mode[Rounding.HALF_UP]:
            found[unit] = best
    return found


def _find_sums(pools: Sequence[Pool]) -> Iterator[Question]:
    for pool in pools:
        if pool.relation.name in LINEAR:
            yield from pool.questions


def _find_best(question: Question) -> tuple[int, Decimal] | None:
    """Operands and error of the tie that comes out most exactly, if it comes near."""
    best: tuple[Tie, Decimal] | None = None
    for tie in question.ties:
        if tie is not None:
            off = find_error(tie)
            if best is None or abs(off) < abs(best[1]):
                best = tie, off
    if best is None:
        return None
    count = count_operands(best[0])
    return (count, best[1]) if abs(best[1]) <= count + 1 else None


def find_error(tie: Tie) -> Decimal:
    """By how many last digits the printed figure is above what the printed operands lead to."""
    off = tie.judged.value - tie.value()
    return off / tie.judged.step if off else off


def count_operands(tie: Tie) -> int:
    """How many figures are added up; zeros do not count, as nothing was rounded."""
    return sum([bool(one.value) for figures in tie.operands.values() for one in figures])


@lru_cache(maxsize=1024)
def _mode_costs(count: int, off: Decimal) -> tuple[tuple[Rounding, int], ...]:
    """What the error of a sum costs under each way of rounding, in hundredths of a bit."""
    shift = (count - 1) * _HALF
    return (
        (Rounding.EXACT, 0 if not off else _OFF),
        (Rounding.HALF_UP, _spread_cost(count, off)),
        (Rounding.TRUNCATED, _spread_cost(count, off - shift)),
    )


def _spread_cost(count: int, off: Decimal) -> int:
    """The cost of an error among ``count + 1`` rounding errors, each even over one last digit."""
    if abs(off) > (count + 1) * _HALF:
        return _OFF
    return min(_OFF, _base_cost(count) + int(866 * off * off / (count + 1)))


@lru_cache(maxsize=1024)
def _base_cost(count: int) -> int:
    """Half the logarithm of the variance (count + 1) / 12, as a normal density has it."""
    variance = Decimal(count + 1) * Decimal("0.5236")
    return max(0, int(_CENTS * variance.ln() / Decimal(2).ln() / 2))


def is_within_rounding(tie: Tie) -> bool:
    """Whether rounding alone could explain the difference: half up, or all of them cut off.

    Parts that were cut off add up to less than their total, by less than one last digit each.
    """
    off, count = find_error(tie), count_operands(tie)
    return abs(off) <= (count + 1) * _HALF or (0 < off < count and tie.judged.value > 0)
