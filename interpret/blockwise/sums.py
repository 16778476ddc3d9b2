"""What the sums say of a table: columns that add up, rows that are the total of the others.

A figure put into a wrong cell breaks every sum that it is part of, and a sum of large figures
hardly ever comes out by chance. So sums choose between ways to fill a table.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.blockwise.weights import load_weights
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Amounts = tuple[tuple[Decimal | None, ...], ...]
"""The columns of a table, each its values from the top; ``None`` where there is no figure."""

_WIDEST = 8
"""More columns are not tried for sums: there would be too many triples."""
_ZERO, _PERCENT = Decimal(), Decimal(100)


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


@dataclass(frozen=True, slots=True)
class Relations:
    """What the columns of a table are to each other, whatever its rows are; as in ``Sums``."""

    triples: tuple[tuple[int, int, int], ...]
    rates: tuple[tuple[int, int, int], ...]
    changes: tuple[tuple[int, int, int], ...]
    score: int


def relate_columns(columns: Amounts) -> Relations:
    """The sums and rates that hold across the columns of a table."""
    if len(columns) > _WIDEST:
        return Relations((), (), (), 0)
    triples = tuple(_find_triples(columns))
    rates, changes = _find_rates(columns)
    score = sum(worth for _, worth in triples)
    score += load_weights()["sums"]["rate"] * len({c for _, _, c in (*rates, *changes)})
    return Relations(tuple(triple for triple, _ in triples), tuple(rates), tuple(changes), score)


def find_sums(columns: Amounts, kinds: Sequence[str], across: Relations) -> Sums:
    """The sums of a table whose rows are of these kinds (part, total, subtotal, of_which …)."""
    totals = [_score_total(column, kinds) for column in columns]
    footed = frozenset(k for k, worth in enumerate(totals) if worth)
    score = sum(totals) + across.score
    return Sums(across.triples, across.rates, across.changes, footed, score)


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
    for c, rate in enumerate(columns):
        if not any(value is not None and _decimals(value) for value in rate):
            continue
        steps = [_ZERO if one is None else Decimal(1).scaleb(-_decimals(one)) for one in rate]
        others = (k for k in range(len(columns)) if k != c)
        for a, b in permutations(others, 2):
            kind = _tell_rate(columns[a], columns[b], rate, steps)
            if kind == "rate":
                rates.append((a, b, c))
            elif kind == "change":
                changes.append((a, b, c))
    return rates, changes


def _decimals(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _tell_rate(
    above: Sequence[Decimal | None],
    below: Sequence[Decimal | None],
    rate: Sequence[Decimal | None],
    steps: Sequence[Decimal],
) -> Literal["rate", "change", ""]:
    """What four in five of the figures of a column are of two others, within their last digit."""
    told = shares = changes = 0
    for a, b, c, step in zip(above, below, rate, steps, strict=True):
        if a is None or b is None or c is None or not b:
            continue
        told += 1
        percent = a * _PERCENT / b
        shares += abs(percent - c) <= step
        changes += abs(percent - _PERCENT - c) <= step
        if (told - max(shares, changes)) * 5 > len(rate):
            return ""
    if told < 2:
        return ""
    if shares * 5 >= told * 4:
        return "rate"
    return "change" if changes * 5 >= told * 4 else ""
