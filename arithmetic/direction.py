"""Which way is better for a figure, as the targets set for it show."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

Direction = Literal["up", "down", "unknown"]

_UPWARD, _DOWNWARD = frozenset({"at_least", "more_than"}), frozenset({"at_most", "less_than"})


def find_direction(steps: Sequence[Decimal], bounds: Iterable[str | None] = ()) -> Direction:
    """The way that targets lead: outright by their bounds (以上, 以下), else from step to step.

    ``steps`` are the baseline, if there is one, and the targets in the order of time.

    >>> from decimal import Decimal
    >>> find_direction([Decimal(12), Decimal(10), Decimal(8)])
    'down'
    >>> find_direction([Decimal(12), Decimal(10)], ["at_least"])
    'up'
    """
    stated = set(bounds)
    if bool(stated & _UPWARD) != bool(stated & _DOWNWARD):
        return "up" if stated & _UPWARD else "down"
    return agree(
        "up" if after > before else "down" for before, after in pairwise(steps) if after != before
    )


def agree(ways: Iterable[Direction]) -> Direction:
    """The one way that all of them name that name any; else nobody can tell."""
    known = set(ways) - {"unknown"}
    return known.pop() if len(known) == 1 else "unknown"
