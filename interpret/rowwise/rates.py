"""Rows of rates with empty cells: a rate stands where the actual is so much of the target.

A rate of three or four digits seldom comes out in a wrong year by chance; where it does, the row
is left open. Rows of actuals that lost cells are placed together with their rates.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, islice, product
from math import comb
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.placement import label_measure
from kenzan.interpret.tables.content import read_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.rowwise.placement import Places
    from kenzan.interpret.rowwise.records import Record

_MOST_WAYS = 200
_MEASURES = ("target", "actual", "rate")
_PERCENT = Decimal(100)


def place_rates(records: Sequence[Record], kinds: str, placed: Sequence[Places]) -> list[Places]:
    """The columns of all pieces, those of rates, and of what they are made of, told by them."""
    result = list(placed)
    for block in _find_blocks(records, kinds):
        if all(result[k] is not None for k in block):
            continue
        found = _solve([records[k] for k in block], kinds)
        for k, columns in zip(block, found, strict=False):
            result[k] = columns
    return result


def _find_blocks(records: Sequence[Record], kinds: str) -> Iterator[tuple[int, int, int]]:
    """Rows of target, actual and rate, one after the other."""
    measures = [label_measure(record, kinds) for record in records]
    for k in range(len(records) - 2):
        if tuple(measures[k : k + 3]) == _MEASURES:
            yield k, k + 1, k + 2


def _solve(rows: Sequence[Record], kinds: str) -> list[tuple[int, ...]]:
    """The columns of the pieces of each row, if only one way bears out every rate."""
    ways = [_find_ways(row, kinds) for row in rows]
    if not all(ways) or len(ways[0]) * len(ways[1]) * len(ways[2]) > _MOST_WAYS:
        return []
    fitting = (way for way in product(*ways) if _holds(rows, way, kinds))
    found = list(islice(fitting, 2))
    return list(found[0]) if len(found) == 1 else []


def _find_ways(row: Record, kinds: str) -> list[tuple[int, ...]]:
    """The columns that the pieces of a row may stand in, its figures in their order."""
    held = sorted({col for col in row.columns if kinds[col] == "f"})
    columns = [col for col, kind in enumerate(kinds) if kind == "f"]
    if not held or comb(len(columns), len(held)) > _MOST_WAYS:
        return []
    ways = []
    for chosen in combinations(columns, len(held)):
        moved = dict(zip(held, chosen, strict=True))
        ways.append(tuple(moved.get(col, col) for col in row.columns))
    return ways


def _holds(rows: Sequence[Record], way: Sequence[tuple[int, ...]], kinds: str) -> bool:
    targets, actuals, rates = (
        _values(row, columns, kinds) for row, columns in zip(rows, way, strict=True)
    )
    told = [k for k, rate in rates.items() if rate is not None]
    return bool(told) and all(_is_rate(actuals.get(k), targets.get(k), rates[k]) for k in told)


def _values(row: Record, columns: Sequence[int], kinds: str) -> dict[int, Decimal | None]:
    """The value in each column of figures; ``None`` for a mark."""
    found: dict[int, Decimal | None] = {}
    for piece, col in zip(row.pieces, columns, strict=True):
        if kinds[col] == "f" and col not in found:
            entries = read_content(piece.text).entries
            found[col] = entries[0].number.value if entries else None
    return found


def _is_rate(actual: Decimal | None, target: Decimal | None, rate: Decimal | None) -> bool:
    """Whether a rate is the part of the target that was reached, cut off or rounded."""
    if actual is None or not target or rate is None:
        return False
    step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
    return abs(actual * _PERCENT / target - rate) < step
