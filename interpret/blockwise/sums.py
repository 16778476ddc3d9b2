"""What the sums say of a table: columns that add up, rows that are the total of the others.

A figure put into a wrong cell breaks every sum that it is part of, and a sum of large figures
hardly ever comes out by chance. So sums choose between ways to fill a table.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.weights import load_weights
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Amounts = tuple[tuple[Decimal | None, ...], ...]
"""The columns of a table, each its values from the top; ``None`` where there is no figure."""

_WIDEST = 8
"""More columns are not tried for sums: there would be too many triples."""
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sums:
    """``triples`` are columns (a, b, c) with a = b + c, c the smaller part.

    ``rates`` are those with c = a / b in percent, ``changes`` those with c = (a - b) / b in
    percent, ``totals`` the columns whose last figure is the sum of the others; ``score`` is in
    tenths of bits.
    """

    triples: tuple[tuple[int, int, int], ...]
    rates: tuple[tuple[int, int, int], ...]
    changes: tuple[tuple[int, int, int], ...]
    totals: frozenset[int]
    score: int

    @property
    def columns(self) -> frozenset[int]:
        """The columns that some sum is about."""
        found = (*self.triples, *self.rates, *self.changes)
        return self.totals.union(*found) if found else self.totals


def find_sums(columns: Amounts, kinds: Sequence[str]) -> Sums:
    """The sums of a table whose rows are of these kinds (part, total, subtotal, of_which …)."""
    totals = [_score_total(column, kinds) for column in columns]
    score = sum(totals)
    triples: list[tuple[int, int, int]] = []
    if len(columns) <= _WIDEST:
        for triple, worth in _find_triples(columns):
            triples.append(triple)
            score += worth
    rates, changes = _find_rates(columns)
    score += load_weights()["sums"]["rate"] * len({c for _, _, c in (*rates, *changes)})
    footed = frozenset(k for k, worth in enumerate(totals) if worth)
    return Sums(tuple(triples), tuple(rates), tuple(changes), footed, score)


def _digits(value: Decimal) -> int:
    weights = load_weights()["sums"]
    return min(len(value.as_tuple().digits), weights["most_digits"]) if value else 0


def _score_total(column: Sequence[Decimal | None], kinds: Sequence[str]) -> int:
    """The total at the foot of a column against the rows above it, or against their subtotals."""
    weights = load_weights()["sums"]
    total = column[-1]
    if kinds[-1] != "total" or total is None or len(column) < 3:
        return 0
    for parts in ({"part"}, {"subtotal"}, {"part", "total"}):
        rows = [k for k, kind in enumerate(kinds[:-1]) if kind in parts]
        added = [value for k in rows if (value := column[k]) is not None]
        if len(added) < 2:
            continue
        off = abs(sum(added, Decimal()) - total)
        if off == 0:
            return weights["digit"] * _digits(total)
        if off <= Decimal(len(added)).scaleb(int(total.as_tuple().exponent)) / 2:
            return weights["nearly"]
    return 0


def _find_triples(columns: Amounts) -> Iterator[tuple[tuple[int, int, int], int]]:
    """Columns of which one is the sum of two others in nearly all rows, and what that is worth."""
    for a, b, c in combinations(range(len(columns)), 3):
        for triple in ((a, b, c), (b, a, c), (c, a, b)):
            worth = _worth(*(columns[k] for k in triple))
            if worth > 0:
                whole, one, other = triple
                smaller = _total_size(columns[one]) < _total_size(columns[other])
                yield (whole, other, one) if smaller else triple, worth
                break


def _total_size(column: Sequence[Decimal | None]) -> Decimal:
    return sum((abs(value) for value in column if value is not None), Decimal())


def _worth(
    total: Sequence[Decimal | None], one: Sequence[Decimal | None], other: Sequence[Decimal | None]
) -> int:
    weights = load_weights()["sums"]
    worth, told, broken = -weights["supposed"], 0, 0
    for a, b, c in zip(total, one, other, strict=True):
        if a is None or b is None or c is None:
            continue
        told += 1
        if a == b + c:
            worth += weights["digit"] * max(min(_digits(a), _digits(b), _digits(c)), 0)
        else:
            broken += 1
    return worth - weights["broken"] * broken if broken * 5 <= told else 0


def _find_rates(
    columns: Amounts,
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Columns (a, b, c) where c is a in percent of b, and those where c is how far a exceeds b."""
    rates, changes = [], []
    width = len(columns) if len(columns) <= _WIDEST else 0
    for c in range(width):
        if not any(value is not None and _decimals(value) for value in columns[c]):
            continue
        for a, b in ((a, b) for a in range(width) for b in range(width)):
            if len({a, b, c}) < 3:
                continue
            if _is_rate(columns[a], columns[b], columns[c], Decimal()):
                rates.append((a, b, c))
            elif _is_rate(columns[a], columns[b], columns[c], _PERCENT):
                changes.append((a, b, c))
    return rates, changes


def _decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _is_rate(
    above: Sequence[Decimal | None],
    below: Sequence[Decimal | None],
    rate: Sequence[Decimal | None],
    less: Decimal,
) -> bool:
    told = hits = 0
    for a, b, c in zip(above, below, rate, strict=True):
        if a is None or b is None or c is None or not b:
            continue
        told += 1
        hits += abs(a * _PERCENT / b - less - c) <= Decimal(1).scaleb(-_decimals(c))
    return told > 1 and hits * 10 >= told * 8
