"""Rows that lost cells, put back by what their columns must be to each other.

A row of a table of two years and of the money that pays for it says three things twice: the change
is the difference of the years, the growth is that in percent, the sources add up to the amount. A
figure stands where all ways that bear out most of this agree; the others stay open.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, permutations
from math import comb
from typing import TYPE_CHECKING, Literal

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Values = tuple[Decimal | None, ...]
"""The figures of a row from the left, without its empty cells; ``None`` for a mark."""

_AMOUNTS = frozenset({"", "budget", "settlement", "amount", "target", "actual", "other"})
_WIDEST, _MOST_AMOUNTS = 14, 5
_MOST_WAYS = 500
_SAMPLE, _FEWEST_ROWS = 24, 3
_LEAST_HELD = 80
"""Percent of the rows that must bear a tie out, or it is none."""
_ZERO, _PERCENT = Decimal(), Decimal(100)
_FEWEST_DIGITS = 3
"""What shorter figures are to each other they are too often by chance."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds by its header; ``source`` if it is where money comes from."""

    measure: str
    source: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """What the figure of column ``result`` must be of those in the columns ``terms``."""

    kind: Literal["difference", "growth", "rate", "total"]
    result: int
    terms: tuple[int, ...]

    def check(self, values: Mapping[int, Decimal]) -> bool | None:
        """Whether it holds for values by column; ``None`` if they do not say. Empty is zero."""
        if not any(col in values for col in (self.result, *self.terms)):
            return None
        if self.kind == "total" and not any(col in values for col in self.terms):
            return None
        if self.kind in {"difference", "total"}:
            return self._check_sum(values)
        above, below = (values.get(col) for col in self.terms)
        rate = values.get(self.result)
        if rate is None:
            return None
        if above is None or not below:
            return False
        exact = above * _PERCENT / below - (_PERCENT if self.kind == "growth" else _ZERO)
        return abs(exact - rate) < Decimal(1).scaleb(int(rate.as_tuple().exponent))

    def _check_sum(self, values: Mapping[int, Decimal]) -> bool | None:
        terms = [values.get(col, _ZERO) for col in self.terms]
        whole = terms[0] - terms[1] if self.kind == "difference" else sum(terms, _ZERO)
        said = values.get(self.result)
        if said is None and not whole:
            return True if any(terms) else None
        if not any(map(_is_long, terms)):
            return None if said == whole else False
        return said == whole


def _is_long(value: Decimal) -> bool:
    return len(value.as_tuple().digits) >= _FEWEST_DIGITS


def find_ties(columns: Sequence[Column], rows: Sequence[Values]) -> list[Tie]:
    """For each column the one tie of it that nearly all rows may bear out, if there is one."""
    if len(columns) > _WIDEST or len(rows) < _FEWEST_ROWS:
        return []
    ways = [list(_find_ways(row, len(columns))) for row in rows[:_SAMPLE]]
    best: dict[int, list[tuple[int, Tie]]] = {}
    for tie in _possible_ties(columns):
        held = sum(any(tie.check(way) for way in row) for row in ways)
        if held * 100 >= _LEAST_HELD * len(ways):
            best.setdefault(tie.result if tie.kind != "total" else -1, []).append((held, tie))
    ties = []
    for found in best.values():
        most = max(held for held, _ in found)
        chosen = [tie for held, tie in found if held == most]
        ties += chosen if len(chosen) == 1 else []
    return ties


def _possible_ties(columns: Sequence[Column]) -> Iterator[Tie]:
    amounts = [k for k, c in enumerate(columns) if c.measure in _AMOUNTS and not c.source]
    sources = tuple(k for k, column in enumerate(columns) if column.source)
    if len(amounts) > _MOST_AMOUNTS:
        return
    for k, column in enumerate(columns):
        kinds: dict[str, Literal["difference", "growth", "rate"]]
        kinds = {"change": "difference", "change_rate": "growth", "rate": "rate"}
        if column.measure in kinds:
            for pair in permutations(amounts, 2):
                yield Tie(kinds[column.measure], k, pair)
    if len(sources) > 1:
        yield from (Tie("total", k, sources) for k in amounts)


def place_row(row: Values, width: int, ties: Sequence[Tie]) -> tuple[int | None, ...] | None:
    """The columns of the figures of a row, ``None`` for those that stay open.

    The whole is ``None`` if nothing bears out where any of them stands.
    """
    best: list[tuple[int, ...]] = []
    most = 1
    for way in _find_ways(row, width):
        verdicts = [tie.check(way) for tie in ties]
        held = verdicts.count(True)
        if False in verdicts or held < most:
            continue
        best = [*best, tuple(way)] if held == most else [tuple(way)]
        most = held
    if not best:
        return None
    agreed = (set(places) for places in zip(*best, strict=True))
    return tuple(places.pop() if len(places) == 1 else None for places in agreed)


def _find_ways(row: Values, width: int) -> Iterator[dict[int, Decimal]]:
    """The figures of a row by their columns, in each way that keeps their order."""
    if not 0 < len(row) <= width or comb(width, len(row)) > _MOST_WAYS:
        return
    for columns in combinations(range(width), len(row)):
        yield {
            col: _ZERO if value is None else value for col, value in zip(columns, row, strict=True)
        }
